CREATE FUNCTION total(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION gone(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION here(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION paid(a bigint, b bigint, tax bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1 + $2 + $3';
CREATE FUNCTION owed(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION owed(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION bare(varchar, varchar) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
