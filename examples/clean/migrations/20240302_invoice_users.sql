-- New rows are checked from here on; old ones only by the next migration.
SET lock_timeout = '2s';
ALTER TABLE invoices
	ADD CONSTRAINT invoices_user_id_fkey FOREIGN KEY (user_id) REFERENCES users NOT VALID;
ALTER TABLE invoices ADD CONSTRAINT invoices_user_id_check CHECK (user_id IS NOT NULL) NOT VALID;
