ALTER TABLE firms
  ADD CONSTRAINT firms_number UNIQUE (number),
  DROP CONSTRAINT firms_part_of,
  DROP CONSTRAINT firms_pkey,
  ADD CONSTRAINT firms_pkey PRIMARY KEY (id),
  ADD CONSTRAINT firms_part_of FOREIGN KEY (part_of) REFERENCES firms (number);
