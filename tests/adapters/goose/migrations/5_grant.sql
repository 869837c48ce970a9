-- +goose ENVSUB ON
-- +goose Up
GRANT SELECT ON users TO ${READER_ROLE};
