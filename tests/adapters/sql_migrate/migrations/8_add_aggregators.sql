-- +migrate Up
CREATE TABLE a (id bigint PRIMARY KEY);

-- +migrate Down
DROP TABLE a;

-- +migrate Up
CREATE TABLE b (id bigint PRIMARY KEY);

-- +migrate Down
DROP TABLE b;
