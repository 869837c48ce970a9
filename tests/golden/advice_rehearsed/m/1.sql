CREATE TYPE k AS ENUM ('a');
CREATE TABLE a (id bigint PRIMARY KEY, kind k, x int);
CREATE INDEX a_x ON a (x);
