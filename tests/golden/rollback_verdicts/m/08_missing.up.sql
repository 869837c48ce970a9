ALTER TABLE teams ADD COLUMN size int;
