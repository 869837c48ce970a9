CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, name text NOT NULL, kind text NOT NULL);
CREATE INDEX users_email_idx ON users (email, name);
CREATE INDEX users_email_kind_idx ON users (email, kind);
CREATE INDEX users_name_idx ON users (name);
CREATE INDEX users_name_some_idx ON users (name, kind) WHERE kind <> '';
CREATE INDEX users_kind_idx ON users (kind);
CREATE INDEX users_kind_name_idx ON users (kind, name);
