CREATE SCHEMA app;
CREATE SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE TYPE app.mood AS ENUM ('a','b');
CREATE FUNCTION app.norm(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE TABLE app.users (id bigint PRIMARY KEY, email text NOT NULL, name text, mood app.mood);
