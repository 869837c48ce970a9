CREATE TABLE users (id bigint primary key, state int, name text, c int);
CREATE TABLE other (id bigint primary key, state int, name text, c int);
CREATE TABLE gone (id bigint PRIMARY KEY, note text);
