CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL DEFAULT '', nick text);
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE VIEW mails AS SELECT id, email FROM users;
COMMENT ON COLUMN users.nick IS 'what others call them';
