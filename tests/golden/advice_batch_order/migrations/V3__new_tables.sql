UPDATE users SET id = -id;
CREATE TABLE teams (id bigint PRIMARY KEY, owner bigint REFERENCES users (id));
ALTER TABLE posts ADD COLUMN editor bigint REFERENCES users (id);
