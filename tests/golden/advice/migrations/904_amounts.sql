CREATE TABLE amounts (id int PRIMARY KEY, gas numeric);
