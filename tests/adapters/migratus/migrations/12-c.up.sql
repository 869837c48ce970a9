-- :disable-transaction
CREATE TABLE c (id bigint PRIMARY KEY);
--;;
CREATE INDEX CONCURRENTLY d ON c (id);
