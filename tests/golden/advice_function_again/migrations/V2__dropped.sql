DROP FUNCTION total(bigint);
DROP FUNCTION gone(bigint);
DROP FUNCTION here(bigint);
CREATE FUNCTION here(bigint) RETURNS numeric LANGUAGE sql AS 'SELECT $1::numeric';
