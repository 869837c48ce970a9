ALTER TABLE crates ADD COLUMN downloads integer NOT NULL DEFAULT 0;
