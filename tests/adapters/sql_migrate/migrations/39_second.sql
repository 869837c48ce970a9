-- +migrate Up
ALTER TABLE a ADD COLUMN x int;
-- +migrate StatementBegin
SELECT 1;
-- +migrate StatementEnd
