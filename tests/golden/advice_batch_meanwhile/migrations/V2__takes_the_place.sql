ALTER TABLE users ADD COLUMN name_new varchar(20);
UPDATE users SET name_new = left(name, 20);
ALTER TABLE users DROP COLUMN name;
ALTER TABLE users RENAME COLUMN name_new TO name;
