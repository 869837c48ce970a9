-- By hand: Liquibase asks before it prints.
DO $liquibase$ BEGIN IF NOT (EXISTS (SELECT FROM pg_catalog.pg_tables WHERE tablename = 'users' AND schemaname = 'app')) THEN
CREATE TABLE app.USERS (id INTEGER);
END IF; END $liquibase$;
ALTER TABLE users DROP COLUMN "Id";
DO $liquibase$ BEGIN IF ((SELECT count(*) FROM app.users) = 0 AND current_setting('liquibase.precondition', true) = 'met') THEN
UPDATE app.users SET id = 3;
END IF; END $liquibase$;
DO $liquibase$ BEGIN IF (SELECT max(id) FROM app.users)::text = '64' THEN
DROP TABLE app.users;
END IF; END $liquibase$;
SELECT setval('s', 3);
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES o (id);
