-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RETURN NEW;
END
$$
-- +goose StatementEnd
-- +goose Down
DROP FUNCTION touch();
