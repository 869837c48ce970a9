-- flyway:executeInTransaction=false
ALTER TABLE accounts DROP COLUMN own;
