CREATE TABLE seats (nr integer NOT NULL, old_nr integer NOT NULL);
