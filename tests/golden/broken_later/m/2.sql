DROP FUNCTION smallest(integer);
DROP FUNCTION total(integer);
CREATE FUNCTION total(integer) RETURNS TABLE (x integer, select integer) LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION largest(integer);
