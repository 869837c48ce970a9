ALTER TABLE orders RENAME COLUMN paid TO is_paid;
