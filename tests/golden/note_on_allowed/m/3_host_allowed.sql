BEGIN;
ALTER TABLE t ADD COLUMN y integer;
-- dbopt-migrate: allow create-index-blocks-writes because it is small
CREATE INDEX p_a_id ON p (a, id);
COMMIT;
