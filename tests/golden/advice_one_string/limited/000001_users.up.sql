CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, team integer NOT NULL);
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id));
