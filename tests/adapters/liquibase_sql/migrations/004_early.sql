-- liquibase formatted sql
SELECT 1;
--changeset eve:2
SELECT 3;
