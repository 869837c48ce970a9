SET lock_timeout = '5s';
ALTER TABLE tags ADD COLUMN note text;
