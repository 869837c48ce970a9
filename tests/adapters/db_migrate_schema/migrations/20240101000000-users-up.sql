CREATE TABLE stock.users (id bigint PRIMARY KEY);
