CREATE INDEX visit_person ON /* schema */.visit (person_id);
CREATE INDEX person_name ON /* schema */.person (name);
DROP INDEX person_name;
DROP TABLE /* schema */.visit;
CREATE TABLE visit (id bigint PRIMARY KEY);
DROP TYPE mood;
CREATE TYPE /* schema */.mood AS ENUM ('wild');
DROP FUNCTION one();
ALTER TABLE person ADD COLUMN name text;
