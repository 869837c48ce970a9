BEGIN;
SET LOCAL lock_timeout = '2s';
CREATE EXTENSION IF NOT EXISTS ltree;
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE users ADD COLUMN kind text;
CREATE INDEX users_id_period_idx ON users USING gist (id, period);
CREATE INDEX users_email_plain_idx ON users (email);
COMMIT;
