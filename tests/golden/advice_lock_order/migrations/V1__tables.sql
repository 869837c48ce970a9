CREATE TABLE users (id int PRIMARY KEY, name text);
CREATE TABLE posts (id bigint PRIMARY KEY, user_id int REFERENCES users, title text);
CREATE TABLE notes (id bigint PRIMARY KEY, user_id int CONSTRAINT notes_user REFERENCES users, note text);
