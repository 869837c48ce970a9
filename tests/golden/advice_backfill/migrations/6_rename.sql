ALTER TABLE orders RENAME COLUMN amount TO sum_due;
