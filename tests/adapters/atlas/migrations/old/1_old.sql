CREATE TABLE old (id bigint PRIMARY KEY);
