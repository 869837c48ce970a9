-- Deploy p:a to pg
BEGIN;
COMMIT;
