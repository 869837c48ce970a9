CREATE TABLE lost (id bigint PRIMARY KEY);
