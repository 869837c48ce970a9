-- migrate:up
CREATE TABLE mails (id bigint PRIMARY KEY, twice bigint GENERATED ALWAYS AS (id + id) VIRTUAL);
-- migrate:down
DROP TABLE mails;
