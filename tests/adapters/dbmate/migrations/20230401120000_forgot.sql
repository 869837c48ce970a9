-- the mark is missing
DROP TABLE users;
