CREATE TYPE status AS ENUM ('on', 'off');
-- migrate:up
ALTER TABLE users ADD COLUMN status status;
-- migrate:down
ALTER TABLE users DROP COLUMN status;
