
--liquibase formatted sql
-- dbopt-migrate: allow rename-table because it is a test
--property name:owner value:ops

--changeset ann:1
--comment: two tables
CREATE TABLE a (id int);
ALTER TABLE a OWNER TO ${owner};
--rollback DROP TABLE a;

-- ChangeSet ann:2 runInTransaction:false dbms:postgresql,h2
CREATE INDEX CONCURRENTLY a_id ON a (id);
--rollback DROP INDEX CONCURRENTLY a_id;

--changeset "ann lee":"3 b" dbms:mysql
CREATE TABLE `b` (id int AUTO_INCREMENT);

--changeset ann:4 splitStatements:false runInTransaction:false
ALTER TABLE a ADD COLUMN x int;
ALTER TABLE a ADD COLUMN y int;
/* liquibase rollback
ALTER TABLE a DROP COLUMN y;
ALTER TABLE a DROP COLUMN x;
*/
