ALTER TABLE users ADD COLUMN place text;
ALTER TABLE notes DROP CONSTRAINT notes_user;
