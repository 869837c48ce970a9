CREATE TABLE hyphen (id bigint PRIMARY KEY);
