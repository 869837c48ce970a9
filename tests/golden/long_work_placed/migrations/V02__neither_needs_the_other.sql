ALTER TABLE users ADD COLUMN nick text;
DELETE FROM posts WHERE rank < 0;
