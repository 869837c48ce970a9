DO $$ BEGIN
ALTER TABLE users ADD COLUMN size integer;
UPDATE users SET size = 1 WHERE id < 1000;
END $$;
