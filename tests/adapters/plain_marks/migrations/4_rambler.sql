-- rambler down
DROP TABLE d;
-- rambler up
CREATE TABLE d ();
