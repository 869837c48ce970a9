ALTER TABLE users ALTER COLUMN age TYPE text;
UPDATE users SET age = age || ' years' WHERE id < 1000;
