ALTER TABLE users ADD COLUMN nick text;
COMMENT ON COLUMN users.nick IS 'what others call them';
CREATE VIEW mails AS SELECT id, email, nick FROM users;
