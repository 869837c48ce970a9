CREATE TABLE firms (id uuid NOT NULL, number text NOT NULL CONSTRAINT firms_pkey PRIMARY KEY, part_of text CONSTRAINT firms_part_of REFERENCES firms (number));
