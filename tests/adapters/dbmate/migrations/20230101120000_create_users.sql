-- Users of the service.
-- dbopt-migrate: allow-file some-rule because there is no table yet

-- migrate:up
CREATE TABLE users (id bigint PRIMARY KEY);

-- migrate:down
DROP TABLE users;
