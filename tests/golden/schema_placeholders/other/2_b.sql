ALTER TABLE ${a}.person ADD COLUMN name text;
ALTER TABLE ${b}.person ADD COLUMN name text;
ALTER TABLE person ADD COLUMN name text;
ALTER TABLE app.person ADD COLUMN name text;
ALTER TABLE ${c}.person ADD COLUMN name text;
ALTER TABLE place ADD COLUMN name text;
ALTER TABLE ${a}.person ADD COLUMN name text;
CREATE VIEW v AS SELECT @p.id AS id FROM ${b}.person p WHERE @p.id > 0;
