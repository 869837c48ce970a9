CREATE TABLE nameless (id bigint PRIMARY KEY);
