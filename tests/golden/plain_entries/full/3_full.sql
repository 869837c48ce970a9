CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE TABLE tags (id int PRIMARY KEY, label text, note text);
CREATE TABLE hits (id int PRIMARY KEY);
CREATE INDEX tags_label ON tags (label);
ALTER TABLE tags ADD COLUMN more text;
