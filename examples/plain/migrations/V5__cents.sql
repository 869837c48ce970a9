-- Money in cents.
ALTER TABLE orders ALTER COLUMN total TYPE bigint USING (total * 100)::bigint;
CREATE INDEX orders_total_idx ON orders (total);
