-- migrate:up
CREATE TABLE mails (id bigint PRIMARY KEY, sent timestamptz GENERATED ALWAYS AS (now()) VIRTUAL);
-- migrate:down
DROP TABLE mails;
