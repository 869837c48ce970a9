ALTER TABLE users ALTER COLUMN nick TYPE varchar(20);
ALTER TABLE accounts ALTER COLUMN id TYPE integer;
