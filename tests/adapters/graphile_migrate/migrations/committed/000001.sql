--! Previous: -
--! Hash: sha1:aa

CREATE TABLE a (id bigint PRIMARY KEY);
GRANT SELECT ON a TO :DATABASE_VISITOR;
