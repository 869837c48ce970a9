-- +goose Up
CREATE TABLE a (id bigint PRIMARY KEY, b jsonb);
