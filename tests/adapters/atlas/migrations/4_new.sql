CREATE TABLE four (id bigint PRIMARY KEY);
