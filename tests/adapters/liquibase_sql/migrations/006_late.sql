-- a word
-- liquibase formatted sql
--changeset eve:3
SELECT 3;
