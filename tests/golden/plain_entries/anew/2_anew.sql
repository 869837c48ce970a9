DROP TABLE users, tags;
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE tags (id bigint PRIMARY KEY, label text);
