DROP TABLE IF EXISTS teams CASCADE;
CREATE TABLE teams (id bigserial PRIMARY KEY, name text NOT NULL, place text);
CREATE INDEX teams_name_idx ON teams (name);
