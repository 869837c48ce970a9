CREATE TABLE users (id bigint PRIMARY KEY);CREATE TABLE notes (id bigint PRIMARY KEY);
GRANT ALL ON users, notes TO bob;
REVOKE ALL ON notes FROM bob;
