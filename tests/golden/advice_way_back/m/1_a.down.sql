DROP TABLE keyed;
DROP TABLE charges;
DROP TABLE clients;
