ALTER TABLE users ADD COLUMN nick text;
ALTER TABLE teams ADD COLUMN nick text;
ALTER TABLE notes ADD COLUMN nick text;
