-- migrate:up
CREATE TABLE d ();
-- migrate:down
DROP TABLE d;
-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY e ON d ((1));
-- migrate:down
