-- Deploy p:a to sqlite
BEGIN;
COMMIT;
