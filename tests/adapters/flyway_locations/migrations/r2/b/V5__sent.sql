ALTER TABLE orders ADD COLUMN sent boolean;
