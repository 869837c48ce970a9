CREATE TABLE teams (id bigint PRIMARY KEY);
CREATE TABLE users (id bigint PRIMARY KEY, team_id bigint, old_team_id bigint, a integer, b integer);
CREATE INDEX users_team_id_idx ON users (team_id);
CREATE INDEX users_old_team_id_idx ON users (old_team_id);
