SET lock_timeout = '1s';
ALTER TABLE application ALTER host DROP DEFAULT, ALTER host TYPE boolean USING host = 1, ALTER host SET DEFAULT false, ADD COLUMN x int;
