CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE users (id bigint PRIMARY KEY, nick varchar(20) UNIQUE, mood mood);
CREATE TABLE posts (id bigint PRIMARY KEY, nick text REFERENCES users (nick));
CREATE INDEX posts_nick_idx ON posts (nick);
