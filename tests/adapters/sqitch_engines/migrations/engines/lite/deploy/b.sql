-- Deploy p:b to sqlite
BEGIN;
COMMIT;
