SET lock_timeout = '2s';
CREATE SCHEMA old;
CREATE TABLE old.logs (id bigint PRIMARY KEY);
