-- +goose Up
ALTER TABLE a MODIFY b json;
