--liquibase formatted sql
--changeset a:1 dbms:mysql
CREATE INDEX users_email ON users (email) ALGORITHM=INPLACE;
--changeset a:2
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);
--changeset a:3 dbms:!mysql
CREATE INDEX users_email ON users (email);
