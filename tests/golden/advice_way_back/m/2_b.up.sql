SET lock_timeout = '2s';
ALTER TABLE charges DROP CONSTRAINT charges_client_id_fkey;
ALTER TABLE charges DROP COLUMN currency;
