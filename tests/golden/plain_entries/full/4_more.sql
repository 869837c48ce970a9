SET lock_timeout = '5s';
ALTER TABLE tags ADD COLUMN more text;
CREATE INDEX tags_more ON tags (more);
