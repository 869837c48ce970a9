--! Previous: sha1:cc
--! Hash: sha1:dd
--! Message: two words

-- --! no-transaction
CREATE TABLE d (id bigint PRIMARY KEY);
