ALTER TABLE comments RENAME COLUMN body TO text;
ALTER TABLE comments DROP COLUMN email;
