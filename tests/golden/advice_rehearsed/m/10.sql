ALTER TABLE history DROP COLUMN authority;
ALTER TABLE history RENAME COLUMN authority_new TO authority;
ALTER TABLE history ALTER COLUMN authority SET NOT NULL;
ALTER TABLE history ADD CONSTRAINT history_authority_fkey FOREIGN KEY (authority) REFERENCES entity (uuid);
CREATE INDEX history_origin_idx ON history (origin);
