ALTER TABLE tags ADD COLUMN name text;
