--liquibase formatted sql
--changeset ann:2
CREATE TABLE teams (id bigint PRIMARY KEY);
