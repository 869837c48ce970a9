CREATE TABLE nine (id bigint PRIMARY KEY);
