-- Revert p:b from pg
BEGIN;
COMMIT;
