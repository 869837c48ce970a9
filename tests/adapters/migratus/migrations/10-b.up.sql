-- :disable-transaction
CREATE INDEX CONCURRENTLY b ON a (id);
