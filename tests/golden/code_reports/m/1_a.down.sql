DROP FUNCTION add_key();
DROP TABLE posts, users;
