CREATE INDEX visit_person ON @cdmSchema.visit (person_id);
CREATE INDEX person_name ON @cdmSchema.person (name);
DROP INDEX person_name;
DROP TABLE @cdmSchema.visit;
CREATE TABLE visit (id bigint PRIMARY KEY);
DROP TYPE mood;
CREATE TYPE @cdmSchema.mood AS ENUM ('wild');
DROP FUNCTION one();
ALTER TABLE person ADD COLUMN name text;
