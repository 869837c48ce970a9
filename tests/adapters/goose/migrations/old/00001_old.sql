-- +goose Up
CREATE TABLE old (id bigint PRIMARY KEY);
