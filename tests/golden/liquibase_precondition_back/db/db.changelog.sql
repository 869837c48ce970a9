--liquibase formatted sql

--changeset ann:1
CREATE TABLE users (id bigint PRIMARY KEY);
--rollback DROP TABLE users;

--changeset ann:2
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM settings
ALTER TABLE users ADD COLUMN nick text;
--rollback ALTER TABLE users DROP COLUMN nickname;

--changeset ann:3
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM settings
CREATE TABLE tags (id bigint PRIMARY KEY, label text NOT NULL);
--rollback DROP TABLE tags;

--changeset ann:4
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM settings
ALTER TABLE tags ADD COLUMN label text NOT NULL;
--rollback ALTER TABLE tags DROP COLUMN label;

--changeset ann:5
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM settings
CREATE TABLE marks (id bigint PRIMARY KEY);
CREATE TABLE seals (id bigint PRIMARY KEY);
--rollback DROP TABLE marks;
