ALTER TABLE places ALTER COLUMN price TYPE numeric(10, 2);
