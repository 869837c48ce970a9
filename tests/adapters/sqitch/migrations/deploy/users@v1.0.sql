CREATE TABLE shop.users (id int);
GRANT SELECT ON shop.users TO :role;
