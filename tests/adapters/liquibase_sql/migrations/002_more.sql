--liquibase formatted sql
--changeset bob:1 endDelimiter:/ runOnChange:true
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_class WHERE relname = 'f'
CREATE FUNCTION f() RETURNS int AS $$ SELECT 4 / 2; $$ LANGUAGE sql
/
SELECT 4 / 2
/
--rollback empty
--changeset bob:2 endDelimiter:-- runInTransaction:false
SELECT 1;
--
SELECT 2;
--
--changeset bob:3
--ignoreLines:start
DROP TABLE a;
--ignoreLines:end
SELECT 3;
--ignoreLines:1
DROP TABLE a;
SELECT 4;
--rollback not required
--changeset bob:4 ignore:true
SELECT 5;
--changeset bob:1
SELECT 6;
