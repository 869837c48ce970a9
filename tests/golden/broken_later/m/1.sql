CREATE FUNCTION total(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION largest(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION smallest(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
