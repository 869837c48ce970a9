-- postgres-migrations disable-transaction
CREATE INDEX CONCURRENTLY a_id ON a (id);
