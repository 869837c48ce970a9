ALTER TABLE users ALTER COLUMN email DROP DEFAULT;
CREATE INDEX users_email_idx ON users (email);
CREATE OR REPLACE VIEW mails AS SELECT id, email, nick FROM users;
