SET lock_timeout = '5s';
ALTER TABLE crm.seats ALTER COLUMN id TYPE bigint;
ALTER TABLE crm.places ALTER COLUMN hall TYPE bigint;
