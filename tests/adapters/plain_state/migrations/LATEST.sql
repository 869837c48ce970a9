-- for databases that are made new
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE UNLOGGED TABLE public."hits" (at timestamptz NOT NULL);
