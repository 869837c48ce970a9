ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new', ADD COLUMN source text NOT NULL DEFAULT 'web', ADD COLUMN level integer;
UPDATE orders SET state = 'new', source = 'mail', level = 1;
UPDATE orders SET state = 'new';
