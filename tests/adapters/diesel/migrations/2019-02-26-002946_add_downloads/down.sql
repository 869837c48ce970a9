ALTER TABLE crates DROP COLUMN downloads;
