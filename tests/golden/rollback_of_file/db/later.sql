--liquibase formatted sql
--changeset ann:3
INSERT INTO kinds (id, name) VALUES (2, 'second');
--rollback TRUNCATE kinds;
