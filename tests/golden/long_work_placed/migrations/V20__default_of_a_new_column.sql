ALTER TABLE posts ADD COLUMN state text;
UPDATE posts SET state = 'old';
ALTER TABLE posts ALTER COLUMN state SET DEFAULT 'old';
ALTER TABLE posts ALTER COLUMN state SET NOT NULL;
