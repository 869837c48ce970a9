CREATE TABLE three (id bigint PRIMARY KEY);
