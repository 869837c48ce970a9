/* License */
-- migrate:up
CREATE TABLE licensed (id bigint PRIMARY KEY);
-- migrate:down
DROP TABLE licensed;
