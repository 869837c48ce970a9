CREATE TABLE again (id bigint PRIMARY KEY);
