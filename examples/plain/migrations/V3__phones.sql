-- Phone numbers with country codes are longer, and needed for delivery.
ALTER TABLE customers ALTER COLUMN phone TYPE varchar(32);
ALTER TABLE customers ALTER COLUMN phone SET NOT NULL;
