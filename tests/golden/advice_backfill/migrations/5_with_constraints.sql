CREATE TABLE shelves (name text PRIMARY KEY);
INSERT INTO shelves VALUES ('top');
ALTER TABLE orders ADD COLUMN shelf text CONSTRAINT orders_shelf_known REFERENCES shelves (name) ON DELETE SET NULL CHECK (shelf <> '');
UPDATE orders SET shelf = 'top';
