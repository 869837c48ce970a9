-- Up Migration
CREATE TABLE f (id int);
-- Down Migration
DROP TABLE f;
-- Up Migration
CREATE TABLE g (id int);
