ALTER TABLE comments ADD COLUMN email text;
CREATE INDEX comments_email_idx ON comments (email);
ALTER TABLE comments RENAME COLUMN text TO body;
