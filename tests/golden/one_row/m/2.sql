ALTER TABLE users ADD COLUMN c2 text;
UPDATE app SET version = 2;
UPDATE users SET locale = 'en';
