--liquibase formatted sql
--changeset me:1
CREATE TABLE f ();
--rollback DROP TABLE f;
--changeset me:2
--rollback
CREATE TABLE g ();
