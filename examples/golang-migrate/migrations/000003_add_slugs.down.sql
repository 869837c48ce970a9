ALTER TABLE posts DROP CONSTRAINT posts_slug_key;
