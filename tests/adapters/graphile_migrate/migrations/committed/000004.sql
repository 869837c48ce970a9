--! Previous: sha1:df9b13ab6f6d102598671f2733098be8e8f4542c
--! Hash: sha1:421b95bf576527690dda5549144eb2ef46122913

CREATE TABLE c (id bigint PRIMARY KEY);
--! no-transaction
