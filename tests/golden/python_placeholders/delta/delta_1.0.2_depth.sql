ALTER TABLE things ALTER COLUMN depth TYPE numeric(7,3);
