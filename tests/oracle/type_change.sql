-- Prints tests/unit/type_change.tsv: what ALTER COLUMN TYPE does to the heap and to a btree index, for every pair of types.
--   psql -XAtq -F "$(printf '\t')" -f tests/oracle/type_change.sql >tests/unit/type_change.tsv
-- Line 1 holds the types; each further line is a type to change from, then one letter per type to change to:
--   -  no cast in assignment: the statement fails without USING
--   k  nothing is rewritten, the index keeps its file
--   n  nothing is rewritten, and there is no index: one of the types has no btree operator class
--   i  the heap keeps its file, the index is built anew
--   r  the heap is rewritten
--   u  as i when TimeZone is UTC, as r otherwise
-- 15 and 18 print the same.
SET client_min_messages = error;
CREATE TEMP TABLE types (n int GENERATED ALWAYS AS IDENTITY, name text);
DO $$
DECLARE t text; spelled text;
BEGIN
	FOREACH t IN ARRAY ARRAY[
		'bool', '"char"', 'name', 'int2', 'int4', 'int8', 'float4', 'float8',
		'numeric', 'numeric(3)', 'numeric(10)', 'numeric(10,2)', 'numeric(12,2)', 'numeric(12,4)', 'numeric(20)', 'numeric(3,-2)', 'money',
		'text', 'varchar', 'varchar(10)', 'varchar(20)', 'varchar(63)', 'bpchar', 'char', 'char(10)', 'char(20)', 'bytea',
		'date', 'time', 'time(0)', 'time(3)', 'time(6)', 'timetz', 'timetz(3)', 'timetz(6)',
		'timestamp', 'timestamp(0)', 'timestamp(3)', 'timestamp(6)', 'timestamptz', 'timestamptz(0)', 'timestamptz(3)', 'timestamptz(6)',
		'interval', 'interval(0)', 'interval(3)', 'interval(6)', 'interval year', 'interval year to month', 'interval month',
		'interval day', 'interval day to hour', 'interval day to second', 'interval day to second(3)', 'interval hour to minute',
		'interval minute to second', 'interval second', 'interval second(3)',
		'"bit"', 'bit', 'bit(8)', 'bit(16)', 'bit varying', 'bit varying(8)', 'bit varying(16)',
		'uuid', 'inet', 'cidr', 'macaddr', 'macaddr8', 'json', 'jsonb', 'jsonpath', 'xml', 'tsvector', 'tsquery',
		'oid', 'regclass', 'regtype', 'regproc', 'xid', 'xid8', 'pg_lsn',
		'point', 'box', 'circle', 'polygon', 'path', 'lseg',
		'int4range', 'int8range', 'int4multirange', 'tsrange', 'tstzrange',
		'bool[]', 'int4[]', 'int8[]', 'text[]', 'varchar[]', 'varchar(10)[]', 'varchar(20)[]', 'char(10)[]', 'bpchar[]', 'name[]',
		'numeric[]', 'numeric(10,2)[]', 'numeric(12,2)[]', 'timestamp[]', 'timestamptz[]', 'timestamp(3)[]', 'inet[]', 'cidr[]',
		'oid[]', 'regclass[]', 'jsonb[]', 'json[]', 'bit(8)[]', 'bit varying[]', 'bit varying(8)[]'
	] LOOP
		EXECUTE format('CREATE TEMP TABLE spelling (c %s)', t);
		SELECT format_type(atttypid, atttypmod) INTO spelled FROM pg_attribute WHERE attrelid = 'spelling'::regclass AND attnum = 1;
		DROP TABLE spelling;
		INSERT INTO types (name) VALUES (spelled);
	END LOOP;
END $$;

CREATE FUNCTION pg_temp.change(a text, b text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	heap oid; index oid; heap_now oid; index_now oid;
BEGIN
	EXECUTE format('CREATE TABLE pg_temp.t (c %s)', a);
	BEGIN
		CREATE INDEX t_c ON pg_temp.t (c);
	EXCEPTION WHEN undefined_object THEN NULL;
	END;
	heap := pg_relation_filenode('pg_temp.t');
	index := pg_relation_filenode(to_regclass('pg_temp.t_c'));
	BEGIN
		EXECUTE format('ALTER TABLE pg_temp.t ALTER c TYPE %s', b);
	EXCEPTION
		WHEN datatype_mismatch THEN
			DROP TABLE pg_temp.t;
			RETURN '-';
		WHEN undefined_object THEN      -- the index has no operator class for the new type
			DROP INDEX pg_temp.t_c;
			index := NULL;
			EXECUTE format('ALTER TABLE pg_temp.t ALTER c TYPE %s', b);
	END;
	heap_now := pg_relation_filenode('pg_temp.t');
	index_now := pg_relation_filenode(to_regclass('pg_temp.t_c'));
	DROP TABLE pg_temp.t;
	RETURN CASE WHEN heap <> heap_now THEN 'r' WHEN index <> index_now THEN 'i' WHEN index = index_now THEN 'k' ELSE 'n' END;
END $$;

CREATE TEMP TABLE changes (a int, b int, utc text, other text);
CREATE PROCEDURE pg_temp.measure() LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. (SELECT max(n) FROM types) LOOP
		SET TimeZone = 'UTC';
		INSERT INTO changes SELECT a.n, b.n, pg_temp.change(a.name, b.name) FROM types a, types b WHERE a.n = i;
		SET TimeZone = 'Europe/Berlin';
		UPDATE changes SET other = pg_temp.change(x.name, y.name) FROM types x, types y WHERE x.n = a AND y.n = b AND a = i;
		COMMIT;
	END LOOP;
END $$;
CALL pg_temp.measure();
SELECT '', string_agg(name, E'\t' ORDER BY n) FROM types;
SELECT name, string_agg(CASE WHEN utc = other THEN utc WHEN (utc, other) = ('i', 'r') THEN 'u' ELSE '?' END, E'\t' ORDER BY b)
FROM changes JOIN types ON n = a GROUP BY a, name ORDER BY a;
