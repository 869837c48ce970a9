SELECT 1;
DROP TABLE users -- at last