CREATE TABLE users (id bigint PRIMARY KEY, email varchar(10) NOT NULL, n int);
