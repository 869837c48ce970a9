SELECT 1;

-- dbopt-migrate: allow drop-table
DROP TABLE sessions;
-- dbopt-migrate: allow drop-tabel because of a typo
SELECT 2;
-- dbopt-migrate: allow drop-table because nothing is dropped here
SELECT 3;
-- dbopt-migrate: alow drop-table because of a typo
SELECT 4;
-- dbopt-migrate: allow because I said so
SELECT 5;
