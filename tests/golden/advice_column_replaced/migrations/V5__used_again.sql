UPDATE users SET state = 2 WHERE id = 0;
ALTER TABLE users RENAME COLUMN note TO remark;
UPDATE users SET mark = 1 WHERE id = 0;
