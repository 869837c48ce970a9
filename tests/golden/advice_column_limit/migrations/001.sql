CREATE TABLE parcels (id bigint PRIMARY KEY, code char(4), "Label" varchar(9));
ALTER TABLE parcels ADD COLUMN depot char(7);
