SET lock_timeout = '20s';
ALTER TABLE users ADD COLUMN note text;
