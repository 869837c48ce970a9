-- Revert p:a from pg
BEGIN;
COMMIT;
