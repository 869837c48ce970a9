ALTER TABLE hooks ADD COLUMN internal boolean;
