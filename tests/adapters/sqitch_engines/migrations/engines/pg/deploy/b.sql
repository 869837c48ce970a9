-- Deploy p:b to pg
BEGIN;
COMMIT;
