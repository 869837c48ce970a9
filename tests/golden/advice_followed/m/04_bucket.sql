ALTER TABLE prices DROP CONSTRAINT prices_name, ADD CONSTRAINT prices_name UNIQUE (name);
ALTER TABLE prices DROP COLUMN bucket;
