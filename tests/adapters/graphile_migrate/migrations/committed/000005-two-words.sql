--! Previous: sha1:421b95bf576527690dda5549144eb2ef46122913
--! Hash: sha1:21232b4002d00cd5c8f79c2aab09362d532b9feb
--! Message: two words

-- --! no-transaction
CREATE TABLE d (id bigint PRIMARY KEY);
