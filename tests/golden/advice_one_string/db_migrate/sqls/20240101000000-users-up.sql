CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text NOT NULL, seen date);
CREATE INDEX users_seen_idx ON users (seen);
CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE);
