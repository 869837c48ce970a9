CREATE TABLE never ();
--  UP   Migration of e
CREATE TABLE e ();
-- Down Migration
DROP TABLE e;
