--! Previous: sha1:bb
--! Hash: sha1:cc

CREATE TABLE c (id bigint PRIMARY KEY);
--! no-transaction
