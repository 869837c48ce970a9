CREATE TABLE nobody (id bigint PRIMARY KEY);
