/* License */
-- +goose Up
CREATE TABLE licensed (id bigint PRIMARY KEY);
-- +goose Down
DROP TABLE licensed;
