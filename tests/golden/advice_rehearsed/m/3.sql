CREATE TABLE tags (id bigint PRIMARY KEY, x int);
CREATE INDEX tags_x ON tags (x);
CREATE VIEW v AS SELECT x FROM tags;
