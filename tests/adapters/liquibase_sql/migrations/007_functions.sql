--liquibase formatted sql
--changeset ann:1
CREATE FUNCTION g() RETURNS void AS $$ BEGIN PERFORM 1; END $$ LANGUAGE plpgsql;
--changeset ann:2
CREATE FUNCTION h() RETURNS void AS $body$ DECLARE x int; BEGIN PERFORM 1; END $body$ LANGUAGE plpgsql;
--changeset ann:3 splitStatements:false
CREATE FUNCTION i() RETURNS void AS $$ SELECT 1; $$ LANGUAGE sql;
