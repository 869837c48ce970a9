ALTER TABLE users ADD COLUMN born integer, ADD COLUMN died integer;
ALTER TABLE users ADD CONSTRAINT users_life CHECK (born < died AND age > 0) NOT VALID;
ALTER TABLE users DROP COLUMN died, ADD CONSTRAINT users_life CHECK (born > 0);
ALTER TABLE users ALTER COLUMN born SET DEFAULT 1, ADD CONSTRAINT users_born CHECK (born < 3000);
