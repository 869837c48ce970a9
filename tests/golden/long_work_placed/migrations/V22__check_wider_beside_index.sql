ALTER TABLE posts ADD COLUMN dedup text;
ALTER TABLE posts DROP CONSTRAINT posts_rank;
DROP INDEX posts_rank_idx;
CREATE INDEX posts_dedup_idx ON posts (dedup);
