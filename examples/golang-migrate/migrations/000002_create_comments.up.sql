CREATE TABLE comments (
	id bigserial PRIMARY KEY,
	post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE,
	email text,
	body text NOT NULL
);
CREATE INDEX comments_email_idx ON comments (email);
