ALTER TABLE accounts ADD COLUMN age int;
