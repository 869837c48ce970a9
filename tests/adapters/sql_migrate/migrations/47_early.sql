-- first
/* then
   this */ CREATE TABLE early (id bigint PRIMARY KEY);
-- +migrate Up
CREATE TABLE late (id bigint PRIMARY KEY);
