BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE words ADD COLUMN x integer;
ALTER TABLE users ADD COLUMN x integer;
ALTER TABLE posts ADD COLUMN x integer;
COMMIT;
