--liquibase formatted sql
--changeset ann:3
CREATE TABLE rooms (id bigint PRIMARY KEY);
