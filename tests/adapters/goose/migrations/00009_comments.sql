-- +goose Up
CREATE TABLE e (id bigint PRIMARY KEY); -- ends here
  -- a comment between statements
-- +goose Down
DROP TABLE e
