-- +migrate Up
-- +migrate StatementBegin
CREATE TABLE c (id bigint PRIMARY KEY);
