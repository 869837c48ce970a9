-- // a table
CREATE TABLE j ();
-- //@UNDO
DROP TABLE j;
