SET lock_timeout = '2s';
-- Everyone has one.
CREATE INDEX users_email_idx ON users (email);

ALTER TABLE users
	RENAME COLUMN email TO mail;
ALTER TABLE posts ADD FOREIGN KEY (user_id) REFERENCES users;
