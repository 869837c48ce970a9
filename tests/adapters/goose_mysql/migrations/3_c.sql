-- +goose Up
ALTER TABLE a ADD COLUMN c int;
