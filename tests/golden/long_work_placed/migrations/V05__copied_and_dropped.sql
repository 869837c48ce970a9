ALTER TABLE posts ADD COLUMN heading text;
UPDATE posts SET heading = old_title WHERE id < 1000;
ALTER TABLE posts DROP COLUMN old_title;
