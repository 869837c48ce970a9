-- +goose Up
-- +goose no transaction
CREATE INDEX CONCURRENTLY users_id_idx ON users (id);
-- +GOOSE DOWN
DROP INDEX CONCURRENTLY users_id_idx;
