--liquibase formatted sql

--changeset a:2
UPDATE users SET email = mail;

--changeset a:3
ALTER TABLE users DROP COLUMN mail;

--changeset a:4
ALTER TABLE users ADD COLUMN low text;
ALTER TABLE users ADD COLUMN other text;

--changeset a:5
UPDATE users SET low = lower(email);

--changeset a:6
ALTER TABLE users DROP COLUMN other;
ALTER TABLE users DROP COLUMN email;
