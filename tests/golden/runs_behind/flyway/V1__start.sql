CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
CREATE VIEW emails AS SELECT email FROM users;
CREATE VIEW names AS SELECT id FROM users;
CREATE VIEW stamps AS SELECT id FROM users;
CREATE VIEW lists AS SELECT id FROM users;
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM users';
CREATE FUNCTION rest() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM users';
CREATE FUNCTION most() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM users';
