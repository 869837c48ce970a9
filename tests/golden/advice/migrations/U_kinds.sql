ALTER TABLE kinds ADD COLUMN tag_id bigint;
CREATE TABLE tags (id integer PRIMARY KEY);
