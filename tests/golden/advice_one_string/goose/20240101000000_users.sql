-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, team bigint);
-- +goose Down
DROP TABLE users;
