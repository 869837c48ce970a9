ALTER TABLE users ADD COLUMN age integer;
ALTER TABLE users DROP CONSTRAINT users_kind;
UPDATE users SET kind = 'c' WHERE kind = 'b';
ALTER TABLE users ADD CONSTRAINT users_kind CHECK (kind IN ('a', 'c'));
