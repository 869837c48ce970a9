ALTER TABLE orders ADD COLUMN never boolean;
