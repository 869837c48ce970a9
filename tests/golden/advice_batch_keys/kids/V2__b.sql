ALTER TABLE grants ADD COLUMN weight integer;
DELETE FROM grants WHERE weight IS NULL;
DELETE FROM modules WHERE name = 'gone';
ALTER TABLE grants DROP COLUMN weight;
