ALTER TABLE users ADD COLUMN note text;
UPDATE posts SET title = 'none' WHERE title = '';
ALTER TABLE posts ALTER COLUMN title SET DEFAULT 'none';
