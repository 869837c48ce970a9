CREATE TABLE h ();
-- rollback of the old table is not needed
CREATE TABLE i ();
-- rollback
DROP TABLE i;
