CREATE TABLE /* schema */.person (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE visit (id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES person);
CREATE TYPE /* schema */.mood AS ENUM ('calm');
CREATE FUNCTION /* schema */.one() RETURNS int LANGUAGE sql AS 'SELECT 1';
