CREATE TABLE places (id bigint PRIMARY KEY, code varchar(20), n bigint, price numeric(10, 4));
