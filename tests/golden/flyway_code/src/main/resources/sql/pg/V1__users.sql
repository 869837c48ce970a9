CREATE TABLE teams (id bigint PRIMARY KEY);
CREATE TABLE users (id bigint PRIMARY KEY, team integer NOT NULL, leader bigint NOT NULL REFERENCES teams);
