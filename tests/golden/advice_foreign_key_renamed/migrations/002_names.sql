ALTER TABLE stays RENAME COLUMN y TO z;
ALTER TABLE renamed_column RENAME COLUMN old_id TO o_id;
ALTER TABLE old_name RENAME TO renamed_table;
ALTER TABLE old.moved SET SCHEMA public;
