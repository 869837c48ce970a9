ALTER TABLE shop.orders ADD CONSTRAINT note_given CHECK (note <> '') NOT VALID;
