CREATE TABLE a (id bigint PRIMARY KEY, doc json); CREATE INDEX a_id ON a USING hash (id);
