ALTER TABLE posts ADD COLUMN slug text;
UPDATE posts SET slug = lower(replace(title, ' ', '-'));
ALTER TABLE posts ADD CONSTRAINT posts_slug_key UNIQUE (slug);
