ALTER TABLE users RENAME TO accounts;
ALTER TABLE accounts DROP COLUMN name;
ALTER TABLE teams RENAME TO groups;
