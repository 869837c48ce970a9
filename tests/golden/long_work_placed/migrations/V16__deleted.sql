ALTER TABLE posts ADD COLUMN gone boolean;
DELETE FROM posts WHERE gone;
ALTER TABLE posts DROP COLUMN gone;
