ALTER TABLE teams ADD COLUMN name text;
