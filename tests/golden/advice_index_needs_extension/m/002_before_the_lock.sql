BEGIN;
SET LOCAL lock_timeout = '2s';
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER TABLE users ADD COLUMN note text;
CREATE INDEX users_email_idx ON users USING gin (email gin_trgm_ops);
COMMIT;
