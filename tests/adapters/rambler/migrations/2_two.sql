-- rambler up
CREATE INDEX CONCURRENTLY a_id_idx ON a (id);
-- rambler up
CREATE INDEX CONCURRENTLY b_id_idx ON b (id);
-- rambler down
DROP INDEX a_id_idx;
-- rambler down
DROP INDEX b_id_idx;
