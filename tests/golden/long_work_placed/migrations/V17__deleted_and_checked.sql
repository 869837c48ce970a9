ALTER TABLE posts ADD COLUMN kind text;
DELETE FROM posts WHERE id < 100;
ALTER TABLE posts ADD CONSTRAINT posts_id_check CHECK (id >= 100);
