DROP FUNCTION by_amount(integer);
ALTER TABLE diary ALTER COLUMN amount TYPE bigint;
CREATE FUNCTION by_amount(m bigint) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM diary WHERE amount = m';
GRANT EXECUTE ON FUNCTION by_amount(bigint) TO pg_monitor;
CREATE VIEW of_five AS SELECT by_amount(5);
DROP FUNCTION IF EXISTS by_number(integer);
