ALTER TABLE books ADD COLUMN paid boolean;
