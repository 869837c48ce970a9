TRUNCATE notes;
ALTER TABLE notes ADD COLUMN owner bigint NOT NULL;
ALTER TABLE notes ALTER COLUMN value TYPE integer USING value::integer;
