ALTER TABLE species DROP CONSTRAINT species_pkey, ALTER COLUMN code SET NOT NULL, ADD PRIMARY KEY (code);
ALTER TABLE sightings ADD COLUMN code text, ADD CONSTRAINT sightings_code_fkey FOREIGN KEY (code) REFERENCES species (code);
