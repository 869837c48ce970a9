CREATE TABLE nested (id bigint PRIMARY KEY);
