CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint);
CREATE FUNCTION add_key() RETURNS void LANGUAGE sql AS 'ALTER TABLE posts ADD CONSTRAINT k FOREIGN KEY (user_id) REFERENCES users';
