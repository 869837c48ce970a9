CREATE TABLE people (id uuid NOT NULL, team text, name text, CONSTRAINT people_pkey PRIMARY KEY (team, name));
CREATE INDEX people_name ON people (name);
CREATE INDEX people_team ON people (team);
