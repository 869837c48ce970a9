ALTER TABLE users ADD COLUMN listed boolean;
