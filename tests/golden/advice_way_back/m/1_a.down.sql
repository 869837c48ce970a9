DROP TABLE charges;
DROP TABLE clients;
