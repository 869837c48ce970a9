CREATE TABLE teams (id bigserial PRIMARY KEY, name text NOT NULL);
CREATE INDEX teams_name_idx ON teams (name);
CREATE TABLE users (id bigint PRIMARY KEY, team_id bigint REFERENCES teams);
CREATE TABLE marks (id bigserial PRIMARY KEY, mark integer NOT NULL);
