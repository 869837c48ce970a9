CREATE TABLE files (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users);
