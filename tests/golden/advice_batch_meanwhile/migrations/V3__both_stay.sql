ALTER TABLE users ADD COLUMN state_new text;
UPDATE users SET state_new = upper(state);
ALTER TABLE users RENAME COLUMN state_new TO state_upper;
ALTER TABLE users DROP COLUMN note;
