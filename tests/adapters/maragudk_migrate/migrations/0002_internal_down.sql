ALTER TABLE hooks DROP COLUMN internal;
