SET lock_timeout = '2s';
ALTER TABLE charges ADD COLUMN currency varchar(3) NOT NULL;
ALTER TABLE charges ADD CONSTRAINT charges_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients;
