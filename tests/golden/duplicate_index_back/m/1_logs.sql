-- +goose Up
CREATE TABLE logs (id bigint PRIMARY KEY, header_id bigint NOT NULL, line integer NOT NULL, UNIQUE (header_id, line));
CREATE INDEX logs_header_index ON logs (header_id);
CREATE INDEX logs_id_index ON logs (id);
-- +goose Down
DROP INDEX logs_header_index;
DROP INDEX IF EXISTS logs_id_index;
DROP TABLE logs;
