-- +goose Up
CREATE TABLE d (note text DEFAULT 'a;
b');
