DROP VIEW validations;
ALTER TABLE raw_v DROP COLUMN archived;
ALTER TABLE raw_v ALTER COLUMN id TYPE bigint;
CREATE VIEW validations AS SELECT * FROM raw_v;
