CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users);
CREATE INDEX posts_user_id_idx ON posts (user_id);
CREATE TABLE words (id bigint PRIMARY KEY);
