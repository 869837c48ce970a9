CREATE OR REPLACE VIEW emails AS SELECT id, email FROM users;
CREATE OR REPLACE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT count(email) FROM users';
