ALTER TABLE users ADD COLUMN place text;
UPDATE users SET place = email WHERE id < 1000;
UPDATE users SET place = '' WHERE place IS NULL AND id < 2000;
ALTER TABLE users ALTER COLUMN place SET NOT NULL;
