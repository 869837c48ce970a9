CREATE TABLE teams (id bigint PRIMARY KEY);
CREATE TABLE members (team bigint REFERENCES teams, usr bigint REFERENCES users, PRIMARY KEY (team, usr));
