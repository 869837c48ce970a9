-- +migrate Up
CREATE TABLE a (id bigint PRIMARY KEY); -- the first
CREATE TABLE b (
  id bigint PRIMARY KEY -- no end;
)
-- +migrate Down
DROP TABLE b;
  -- indented, so it is a statement
