-- in a table that may have rows by now, a CHECK of ADD COLUMN reads them
ALTER TABLE parcels ADD COLUMN digits char(6) NOT NULL DEFAULT 'x', ADD COLUMN "Note" varchar(9), ADD COLUMN marks char(5)[];
ALTER TABLE not_made_here ADD COLUMN digits char(6);
