--liquibase formatted sql
--changeset ann:1
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
CREATE VIEW emails AS SELECT email FROM users;
CREATE VIEW names AS SELECT id FROM users;
CREATE VIEW stamps AS SELECT id FROM users;
CREATE VIEW lists AS SELECT id FROM users;
