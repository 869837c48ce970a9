CREATE TABLE early (id bigint PRIMARY KEY);
-- +goose Up
CREATE TABLE late (id bigint PRIMARY KEY);
