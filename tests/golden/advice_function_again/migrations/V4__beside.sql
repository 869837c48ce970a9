DROP FUNCTION paid(bigint, bigint, bigint);
CREATE FUNCTION paid(b bigint, a bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1 + $2';
GRANT EXECUTE ON FUNCTION paid TO PUBLIC;
COMMENT ON FUNCTION paid IS 'without tax';
ALTER FUNCTION paid(bigint, bigint) STABLE;
ALTER FUNCTION paid SET search_path = '';
DROP FUNCTION owed(bigint);
REVOKE EXECUTE ON FUNCTION owed FROM PUBLIC;
