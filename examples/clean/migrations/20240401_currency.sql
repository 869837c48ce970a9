-- A constant default is stored once, not in every row.
SET lock_timeout = '2s';
ALTER TABLE invoices ADD COLUMN currency text NOT NULL DEFAULT 'EUR';
