-- +goose Up
-- +goose StatementBegin
CREATE TABLE a ();
-- +goose StatementEnd

-- +goose Down
DROP TABLE a;
