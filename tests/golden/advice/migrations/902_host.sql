CREATE TABLE application (id int PRIMARY KEY, host int DEFAULT 0 NOT NULL);
