SELECT 1;

-- squawk-ignore ban-drop-table
DROP TABLE sessions;
-- squawk-ignore require-concurrent-index-creation, unknown-to-us
CREATE INDEX users_email_idx ON users (email);
