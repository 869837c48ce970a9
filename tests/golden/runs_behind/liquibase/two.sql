--liquibase formatted sql
--changeset ann:2
DROP VIEW emails;
DROP VIEW names;
DROP VIEW stamps;
DROP VIEW lists;
--changeset ann:3
CREATE VIEW emails AS SELECT id, email FROM users;
