CREATE TABLE people (id bigint PRIMARY KEY, nick text);
INSERT INTO people (id, nick) SELECT m.id, m.nick FROM members m WHERE m.id NOT IN (SELECT id FROM banned);
CREATE TABLE visitors AS SELECT * FROM guests;
CREATE TEMPORARY TABLE now_seen AS SELECT * FROM seen;
CREATE TABLE copy AS SELECT * FROM kept;
DROP TABLE copy;
CREATE TABLE states AS SELECT id, 'new' AS state FROM logs;
