-- Prints tests/unit/predicate.tsv: which conditions of DELETE FROM t find their rows by an index.
--   psql -XAtq -F "$(printf '\t')" -f tests/oracle/predicate.sql >tests/unit/predicate.tsv
-- The first lines are the table, as comments; each further line is y or n, and the condition.  15, 17 and 18 print the same.
SET client_min_messages = error;
SET enable_seqscan = off;
SET enable_material = off;
CREATE TEMP TABLE setup (n int GENERATED ALWAYS AS IDENTITY, sql text);
INSERT INTO setup (sql) VALUES
	('CREATE TABLE t (id bigint PRIMARY KEY, email varchar(100), name text, at timestamptz, day date, n int, done boolean, state text, tags text[], data jsonb)'),
	('CREATE INDEX t_email ON t (email)'), ('CREATE INDEX t_name ON t (name text_pattern_ops)'), ('CREATE INDEX t_at ON t (at)'),
	('CREATE INDEX t_day ON t USING hash (day)'), ('CREATE INDEX t_n ON t (n, day)'), ('CREATE INDEX t_done ON t (done)'),
	('CREATE INDEX t_waiting ON t (id) WHERE state = ''waiting'''), ('CREATE INDEX t_tags ON t USING gin (tags)'),
	('CREATE INDEX t_data ON t ((data ->> ''key''))'), ('CREATE TABLE other (id bigint, n int, email text)');
CREATE SCHEMA predicate_oracle;
SET search_path = predicate_oracle;
DO $$ DECLARE s text; BEGIN FOR s IN SELECT sql FROM setup ORDER BY n LOOP EXECUTE s; END LOOP; END $$;
CREATE TEMP TABLE conditions (n int GENERATED ALWAYS AS IDENTITY, sql text);
INSERT INTO conditions (sql) VALUES
	('id = 1'), ('1 = id'), ('t.id = 1'), ('id > 5 AND name = ''x'''), ('id <> 1'), ('NOT id = 1'), ('NOT id > 1'), ('id IN (1, 2)'), ('id NOT IN (1, 2)'),
	('id = ANY (ARRAY[1, 2])'), ('id <> ALL (ARRAY[1, 2])'), ('id BETWEEN 1 AND 5'), ('id + 1 = 5'), ('id = 5 + 1'), ('id % 10 = 0'), ('-id = 5'), ('abs(id) = 5'),
	('id::text = ''5'''), ('id::int = 5'), ('id = 5.5'), ('n < 5::numeric'), ('id > 5000000000'), ('id = 5::int'), ('n IS NULL'), ('n IS NOT NULL'), ('n IS DISTINCT FROM 5'), ('n IS NOT DISTINCT FROM 5'),
	('id = n'), ('id = length(name)'), ('id BETWEEN 1 AND n'), ('id IN (1, n)'), ('ctid IN (SELECT max(ctid) FROM other)'), ('n = 5'), ('day = ''2026-01-01'''), ('day > ''2026-01-01'''), ('data ->> ''key'' = ''x'''), ('data ->> ''other'' = ''x'''),
	('email = ''x'''), ('email::text = ''x'''), ('lower(email) = ''x'''), ('upper(name) = ''x'''), ('coalesce(email, '''') = '''''), ('CASE WHEN n > 5 THEN id ELSE 0 END = 5'),
	('greatest(n, 5) = 7'), ('nullif(n, 5) = 7'), ('email || ''x'' = ''yx'''), ('name LIKE ''x%'''), ('name LIKE ''%x'''), ('name LIKE ''_x'''), ('name LIKE ''x'''),
	('name NOT LIKE ''x%'''), ('name ILIKE ''x%'''), ('name ILIKE ''1%'''), ('name ~ ''^x'''), ('starts_with(name, ''x'')'), ('at::date = ''2026-01-01'''),
	('date_trunc(''day'', at) = ''2026-01-01'''), ('extract(year from at) = 2026'), ('at < now() - interval ''1 day'''), ('at + interval ''1 day'' < now()'),
	('age(at) > interval ''1 day'''), ('done'), ('NOT done'), ('done IS TRUE'), ('done IS NOT TRUE'), ('done = true'), ('id = 1 OR email = ''x'''), ('id = 1 OR lower(email) = ''x'''),
	('id = 1 OR state = ''x'''), ('state = ''x'''), ('state = ''waiting'''), ('state = ''waiting'' AND lower(email) = ''x'''), ('tags @> ARRAY[''x'']'), ('''x'' = ANY (tags)'),
	('ctid = ''(0,1)'''), ('ctid = ANY (ARRAY[''(0,1)''::tid]) AND lower(email) = ''x'''), ('id IN (SELECT n FROM other)'), ('id NOT IN (SELECT n FROM other)'),
	('NOT id IN (SELECT n FROM other)'), ('id = (SELECT max(n) FROM other)'), ('lower(email) IN (SELECT email FROM other)'), ('id <> (SELECT max(n) FROM other)'),
	('NOT EXISTS (SELECT FROM other o WHERE o.n = t.id)'), ('EXISTS (SELECT FROM other o WHERE o.n = t.id)'), ('(n, day) = (5, ''2026-01-01'')'), ('(id, n) > (5, 6)'),
	('true'), ('random() < 0.5'), ('id = 1 AND random() < 0.5');
SELECT '# ' || sql FROM setup ORDER BY n;
CREATE FUNCTION pg_temp.finds(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN DELETE FROM t WHERE ' || condition LOOP
		IF line ~ '(Index|TID) Cond|Index Scan .*t_waiting' THEN RETURN 'y'; END IF;
	END LOOP;
	RETURN 'n';
END $$;
SELECT pg_temp.finds(sql), sql FROM conditions ORDER BY n;
DROP SCHEMA predicate_oracle CASCADE;
