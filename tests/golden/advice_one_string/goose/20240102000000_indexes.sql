-- +goose Up
-- +goose StatementBegin
SET LOCAL lock_timeout = '2s';
CREATE INDEX users_email_idx ON users (email);
CREATE INDEX users_team_idx ON users (team);
-- +goose StatementEnd
-- +goose Down
DROP INDEX users_team_idx;
DROP INDEX users_email_idx;
