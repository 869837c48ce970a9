ALTER TABLE places ALTER COLUMN n TYPE integer, ALTER COLUMN code TYPE varchar(10);
