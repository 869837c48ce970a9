CREATE TYPE mood AS ENUM ('low', 'mid', 'high');
CREATE TABLE users (id bigint PRIMARY KEY, feels mood DEFAULT 'mid', name text, n bigint NOT NULL DEFAULT 0);
CREATE INDEX users_n_idx ON users (n);
