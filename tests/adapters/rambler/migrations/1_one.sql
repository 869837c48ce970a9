-- A head comment.
-- rambler up
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
-- rambler down
DROP TABLE a;
