CREATE TABLE a (id bigint PRIMARY KEY, x bigint);
CREATE VIEW v AS SELECT @a.x AS y, '${a}' AS z FROM a WHERE @a.x < 3;
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT '${x} @a.b' $$;
