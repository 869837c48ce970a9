-- +goose Up
ALTER TABLE b ALTER COLUMN n TYPE bigint;
