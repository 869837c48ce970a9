CREATE TABLE teams (id bigint PRIMARY KEY, lead bigint, label varchar(40) NOT NULL);
CREATE TABLE people (id integer PRIMARY KEY, team_id bigint REFERENCES teams, label text NOT NULL);
ALTER TABLE teams ADD FOREIGN KEY (lead) REFERENCES people;
CREATE VIEW labels AS SELECT label FROM teams;
CREATE TABLE hooks (id integer PRIMARY KEY, url text NOT NULL, place integer);
