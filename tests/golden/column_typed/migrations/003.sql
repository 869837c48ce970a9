SET lock_timeout='5s'; ALTER TABLE t ALTER COLUMN a TYPE varchar(50);
