CREATE INDEX users_email_idx ON users (email);
DROP INDEX users_seen_idx;
CREATE INDEX users_seen_idx ON users (seen, name);
DELETE FROM users WHERE seen < '2020-01-01';
