DROP INDEX people_name, people_team;
CREATE INDEX people_name ON people USING hash (name);
CREATE INDEX people_team ON people USING hash (team);
