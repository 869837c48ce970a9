--liquibase formatted sql

--changeset a:1
CREATE TABLE users (id bigint PRIMARY KEY, mail text, email text);
