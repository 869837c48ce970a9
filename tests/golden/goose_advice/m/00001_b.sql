-- +goose Up
CREATE TABLE b (id bigint PRIMARY KEY, n integer);

-- +goose Down
DROP TABLE b;
