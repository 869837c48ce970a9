CREATE TABLE species (id bigint PRIMARY KEY, code text);
CREATE TABLE sightings (id bigint PRIMARY KEY);
