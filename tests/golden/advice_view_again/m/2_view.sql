DROP VIEW validations;
ALTER TABLE raw_v DROP COLUMN total_epochs;
CREATE VIEW validations AS SELECT * FROM raw_v WHERE NOT archived;
