CREATE TABLE users (id bigint PRIMARY KEY, age integer, kind text, old text);
