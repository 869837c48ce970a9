-- Reads the table while others read and write.
SET lock_timeout = '2s';
ALTER TABLE invoices VALIDATE CONSTRAINT invoices_user_id_fkey;
ALTER TABLE invoices VALIDATE CONSTRAINT invoices_user_id_check;
