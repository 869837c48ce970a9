CREATE TABLE tags (id int PRIMARY KEY, label text);
CREATE INDEX users_email ON users (email);
