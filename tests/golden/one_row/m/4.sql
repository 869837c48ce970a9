ALTER TABLE users ADD COLUMN c4 text;
UPDATE app SET version = 4;
UPDATE users SET locale = 'fr';
