CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, nick text, boss bigint);
CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint, title text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
