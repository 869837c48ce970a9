-- +migrate Up notransaction
CREATE INDEX CONCURRENTLY a_id_idx ON a (id);
-- +migrate Down
DROP INDEX a_id_idx;
