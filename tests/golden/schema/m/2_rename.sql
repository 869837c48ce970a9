ALTER TABLE shop.customers RENAME TO people;
ALTER TABLE shop.orders RENAME COLUMN "order" TO quantity;
ALTER TYPE shop.state ADD VALUE 'sent' AFTER 'paid';
ALTER TABLE unknown ADD COLUMN a integer;
