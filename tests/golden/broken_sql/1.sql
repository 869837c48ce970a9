CREATE TABLE users (id bigint PRIMARY KEY, email text,);
DROP TABLE sessions;
ALTER TABLE users ALTER COLUMN email SET DEFUALT 'x';
SELECT 'never closed;
DROP TABLE users;
