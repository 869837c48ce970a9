CREATE TABLE crm.seasons (id bigint PRIMARY KEY, year integer NOT NULL, half integer NOT NULL);
CREATE INDEX seasons_year_idx ON crm.seasons (year);
CREATE INDEX seasons_year_half_idx ON crm.seasons (year, half);
