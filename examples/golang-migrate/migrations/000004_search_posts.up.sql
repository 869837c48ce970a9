CREATE INDEX CONCURRENTLY posts_body_idx ON posts USING gin (to_tsvector('english', body));
