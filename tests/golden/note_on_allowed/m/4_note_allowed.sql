BEGIN;
ALTER TABLE t ADD COLUMN z integer;
-- dbopt-migrate: allow long-work-while-holding-lock because nobody uses t
CREATE INDEX p_id_a ON p (id, a);
COMMIT;
