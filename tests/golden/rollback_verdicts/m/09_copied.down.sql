ALTER TABLE teams ADD COLUMN name text;
DROP TABLE teams_copy;
