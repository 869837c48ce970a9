SET lock_timeout = '2s';
CREATE FUNCTION clean() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	-- dbopt-migrate: allow drop-table because it is old
	DROP TABLE old;
	DROP TABLE older;
	-- dbopt-migrate: allow-file drop-view because views are made again
	DROP VIEW v;
END $$;
CREATE FUNCTION idle() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	-- dbopt-migrate: allow drop-table because it is never called
	DROP TABLE old;
END $$;
SELECT clean();
