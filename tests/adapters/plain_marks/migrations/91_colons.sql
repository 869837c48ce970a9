-- 91_colons.sql
-- :up
CREATE TABLE colons (id bigint PRIMARY KEY);

-- :down
DROP TABLE colons;
