CREATE TABLE authors (
	id bigserial PRIMARY KEY,
	name text NOT NULL
);

CREATE TABLE posts (
	id bigserial PRIMARY KEY,
	author_id bigint NOT NULL REFERENCES authors,
	title text NOT NULL,
	body text NOT NULL,
	published_at timestamptz
);
CREATE INDEX posts_author_id_idx ON posts (author_id);
