SET lock_timeout = '2s';
ALTER TABLE teams ADD COLUMN id bigint;
ALTER TABLE users ADD CONSTRAINT users_pkey CHECK (id > 0) NOT VALID;
