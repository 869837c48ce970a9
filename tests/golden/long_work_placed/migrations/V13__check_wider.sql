ALTER TABLE users DROP CONSTRAINT users_kind;
UPDATE users SET kind = 'd' WHERE kind = 'c';
