-- Up Migration
CREATE TABLE c ();

-- Down Migration: the table goes
DROP TABLE c;
