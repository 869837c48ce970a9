-- +goose NO TRANSACTION
-- +goose Up
-- +goose StatementBegin
CREATE TABLE f (id bigint PRIMARY KEY, a text);
CREATE INDEX CONCURRENTLY f_a_idx ON f (a);
-- +goose StatementEnd
-- +goose Down
-- +goose StatementBegin
DROP INDEX CONCURRENTLY f_a_idx;
-- +goose StatementEnd
DROP TABLE f;
