CREATE VIEW {{.schema}}.v AS SELECT 1;
