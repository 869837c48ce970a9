SET lock_timeout = '5s';
CREATE TYPE mood AS ENUM ('A');
CREATE TABLE crm.notes (id bigint PRIMARY KEY, mood text, "Size" text, length text);
ALTER TABLE crm.notes DROP COLUMN mood, ADD COLUMN mood text;
