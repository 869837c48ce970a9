ALTER TABLE users ADD COLUMN rank integer;
DROP INDEX users_name_idx;
CREATE INDEX users_name_idx ON users (name, rank);
