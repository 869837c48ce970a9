--liquibase formatted sql
--changeset ann:2
DROP TABLE a;
