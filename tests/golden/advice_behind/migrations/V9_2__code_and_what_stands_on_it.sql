ALTER TABLE halls RENAME COLUMN label TO title;
CREATE FUNCTION halls_titled() RETURNS bigint LANGUAGE sql AS 'SELECT count(title) FROM halls';
CREATE VIEW halls_counted AS SELECT halls_titled();
COMMENT ON VIEW halls_counted IS 'one row';
ALTER TABLE halls ALTER COLUMN opened SET DEFAULT 1900;
