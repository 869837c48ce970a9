DROP VIEW v;
ALTER TABLE tags RENAME TO labels;
DROP TABLE labels;
CREATE TABLE tags (id bigint PRIMARY KEY, y int);
CREATE INDEX tags_x ON tags (y);
