ALTER TABLE users ADD COLUMN c3 text;
UPDATE app SET version = 3;
