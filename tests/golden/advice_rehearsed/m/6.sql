CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, note text, CONSTRAINT users_check CHECK (name <> ''), CONSTRAINT users_key UNIQUE (note));
CREATE INDEX users_name ON users (name);
CREATE TABLE notes (id bigint PRIMARY KEY, name text, note text, CONSTRAINT notes_check CHECK (name IS NOT NULL), CONSTRAINT notes_key UNIQUE (note));
