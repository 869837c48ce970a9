--liquibase formatted sql
--changeset ann:1
CREATE TABLE kinds (id bigint PRIMARY KEY, name text NOT NULL);
--rollback DROP TABLE kinds;
--changeset ann:2
INSERT INTO kinds (id, name) VALUES (1, 'first');
--rollback DELETE FROM kinds;
