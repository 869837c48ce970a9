CREATE TABLE t (a integer, b integer);
GRANT SELECT ON t TO reader;
