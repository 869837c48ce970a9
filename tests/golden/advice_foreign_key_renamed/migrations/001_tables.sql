CREATE SCHEMA old;
CREATE TABLE o (id int PRIMARY KEY);
CREATE TABLE stays (id int PRIMARY KEY, o_id int REFERENCES o (id), y int);
CREATE TABLE renamed_column (id int PRIMARY KEY, old_id int REFERENCES o (id));
CREATE TABLE old_name (id int PRIMARY KEY, o_id int REFERENCES o (id));
CREATE TABLE old.moved (id int PRIMARY KEY, o_id int REFERENCES o (id));
CREATE TABLE at_once (id int PRIMARY KEY, old_id int REFERENCES o (id));
ALTER TABLE at_once RENAME COLUMN old_id TO o_id;
