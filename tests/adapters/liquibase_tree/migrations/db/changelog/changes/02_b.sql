--liquibase formatted sql
--changeset ann:1
CREATE TABLE app.v (id int);
--rollback DROP TABLE app.v;
