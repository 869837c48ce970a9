ALTER TABLE orders ADD COLUMN note text;
CREATE INDEX ON orders (note);
