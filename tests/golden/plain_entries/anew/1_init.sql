CREATE TABLE users (id int PRIMARY KEY, email text);
CREATE TABLE tags (id int PRIMARY KEY, label text);
