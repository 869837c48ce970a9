-- given
CREATE TABLE t (a integer);
-- migration
CREATE FUNCTION f(text) RETURNS text LANGUAGE sql IMMUTABLE;
DO LANGUAGE sql;
