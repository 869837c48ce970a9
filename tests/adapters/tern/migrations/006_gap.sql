CREATE TABLE gap (id bigint PRIMARY KEY);
