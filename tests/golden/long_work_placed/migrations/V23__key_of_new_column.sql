ALTER TABLE users ADD COLUMN deleted bigint DEFAULT -1;
ALTER TABLE posts DROP CONSTRAINT posts_title_key;
ALTER TABLE posts ADD COLUMN deleted bigint DEFAULT -1, ADD CONSTRAINT posts_title_once UNIQUE (title, deleted);
