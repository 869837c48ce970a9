-- +migrate up
ALTER TABLE a ADD COLUMN y int;
