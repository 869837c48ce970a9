ALTER TABLE colors RENAME TO paints;
ALTER TABLE paints RENAME COLUMN password TO secret;
ALTER TABLE paints ALTER COLUMN secret TYPE varchar(4096);
