-- liquibase formatted sql
/* the licence
   of it */
--changeset
SELECT 2;
--changeset eve:1
SELECT 3;
/* liquibase rollback
SELECT 4;
