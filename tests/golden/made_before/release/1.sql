--liquibase formatted sql
--changeset a:1
CREATE TABLE notes (id bigint PRIMARY KEY);
