-- // users
// Lines with slashes are comments, too.
CREATE TABLE users (id bigint PRIMARY KEY, email text);

-- //@UNDO
DROP TABLE users;
