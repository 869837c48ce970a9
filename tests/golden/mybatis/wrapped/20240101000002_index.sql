-- // index
CREATE INDEX users_email_idx ON users (email);
-- //@UNDO
DROP INDEX users_email_idx;
