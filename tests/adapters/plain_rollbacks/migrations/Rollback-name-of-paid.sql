ALTER TABLE orders RENAME COLUMN is_paid TO paid;
