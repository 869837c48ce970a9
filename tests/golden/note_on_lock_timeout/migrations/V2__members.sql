CREATE TABLE members (id bigint PRIMARY KEY, team_id bigint REFERENCES "Team"(id), first_team_id bigint REFERENCES "Team"(id));
