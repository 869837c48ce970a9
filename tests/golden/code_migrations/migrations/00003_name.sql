-- +goose Up
ALTER TABLE users ALTER COLUMN made_by_code SET DEFAULT '';
-- +goose Down
ALTER TABLE users ALTER COLUMN made_by_code DROP DEFAULT;
