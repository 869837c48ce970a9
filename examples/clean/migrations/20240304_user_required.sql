-- The check proves it, so this reads nothing.
SET lock_timeout = '2s';
ALTER TABLE invoices ALTER COLUMN user_id SET NOT NULL;
ALTER TABLE invoices DROP CONSTRAINT invoices_user_id_check;
