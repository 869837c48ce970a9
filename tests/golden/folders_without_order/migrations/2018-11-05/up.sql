CREATE TABLE a (id bigint PRIMARY KEY, kind text NOT NULL);
