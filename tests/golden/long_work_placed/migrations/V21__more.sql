ALTER TABLE posts ADD CONSTRAINT posts_rank CHECK (rank > 0);
ALTER TABLE posts ADD CONSTRAINT posts_title_key UNIQUE (title);
CREATE INDEX posts_rank_idx ON posts (rank);
