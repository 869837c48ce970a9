CREATE TABLE t (id bigint PRIMARY KEY);
CREATE TABLE p (id bigint PRIMARY KEY, a integer);
