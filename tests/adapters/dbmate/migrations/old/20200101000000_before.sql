-- migrate:up
DROP TABLE users;
-- migrate:down
