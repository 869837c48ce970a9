-- Revert p:b from sqlite
BEGIN;
COMMIT;
