CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE sessions (id bigint PRIMARY KEY, token text);
