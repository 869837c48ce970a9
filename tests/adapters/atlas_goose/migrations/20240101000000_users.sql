-- +goose Up
-- create "users" table
CREATE TABLE "users" ("id" bigint NOT NULL, PRIMARY KEY ("id"));

-- +goose Down
-- reverse: create "users" table
DROP TABLE "users";
