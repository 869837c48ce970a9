-- // users
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- //@UNDO
DROP TABLE users;
