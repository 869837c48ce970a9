CREATE TABLE @cdmSchema.person (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE visit (id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES person);
CREATE TYPE @cdmSchema.mood AS ENUM ('calm');
CREATE FUNCTION @cdmSchema.one() RETURNS int LANGUAGE sql AS 'SELECT 1';
