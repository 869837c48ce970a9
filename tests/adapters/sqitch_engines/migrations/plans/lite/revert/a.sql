-- Revert p:a from sqlite
BEGIN;
COMMIT;
