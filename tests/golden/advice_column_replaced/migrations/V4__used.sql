ALTER TABLE users ALTER COLUMN state TYPE bigint;
CREATE TABLE states (state text PRIMARY KEY, users bigint);
CREATE VIEW noted AS SELECT id, note FROM users;
CREATE INDEX users_mark_idx ON users (mark);
