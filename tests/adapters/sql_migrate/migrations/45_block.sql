-- +migrate Up notransaction
-- +migrate StatementBegin
CREATE TABLE f (id bigint PRIMARY KEY, a text);
CREATE INDEX CONCURRENTLY f_a_idx ON f (a);
-- +migrate StatementEnd
-- +migrate Down
-- +migrate StatementBegin
DROP INDEX CONCURRENTLY f_a_idx;
-- +migrate StatementEnd
DROP TABLE f;
