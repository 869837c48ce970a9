BEGIN;
SET LOCAL lock_timeout = '2s';
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER TABLE users ADD COLUMN title text;
CREATE INDEX users_email_gist_idx ON users USING gist (email gist_trgm_ops);
COMMIT;
