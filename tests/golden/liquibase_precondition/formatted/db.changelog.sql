--liquibase formatted sql

--changeset a:0
CREATE TABLE people (id bigint PRIMARY KEY, name text);

--changeset a:1
--preconditions onFail:MARK_RAN onError:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_tables WHERE tablename = 'users'
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

--changeset a:2
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_name = 'people' AND column_name = 'name'
ALTER TABLE people ADD COLUMN name text;

--changeset a:3
--preconditions onFail:MARK_RAN
--precondition-table-exists table:visits
DROP TABLE visits;

--changeset a:4
--preconditions onFail:HALT
--precondition-sql-check expectedResult:0 SELECT count(*) FROM people
ALTER TABLE people ALTER COLUMN name SET NOT NULL;

--changeset a:5 runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_indexes WHERE indexname = 'people_name'
CREATE INDEX CONCURRENTLY people_name ON people (name);
