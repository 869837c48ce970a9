
-- no-transaction
CREATE INDEX CONCURRENTLY teams_id_idx ON teams (id);
