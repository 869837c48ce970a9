CREATE TABLE m (id bigint PRIMARY KEY, n int NOT NULL);
CREATE TABLE b (id bigint PRIMARY KEY, n int NOT NULL);
CREATE TABLE c (id bigint PRIMARY KEY, n int NOT NULL);
