CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE marks (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY);
