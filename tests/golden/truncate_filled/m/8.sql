BEGIN;
TRUNCATE solo;
ALTER TABLE solo SET (fillfactor = 70);
INSERT INTO solo (n) VALUES (1);
COMMIT;
