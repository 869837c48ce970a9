CREATE TABLE d ();
-- Down Migration
DROP TABLE d;
