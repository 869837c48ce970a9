--liquibase formatted sql
--changeset a:1
CREATE TABLE users (id bigint PRIMARY KEY, email text);
--changeset a:2
CREATE TABLE posts (id bigint PRIMARY KEY, author bigint);
--changeset a:3
SET lock_timeout = '2s';
CREATE INDEX users_email ON users (email);
