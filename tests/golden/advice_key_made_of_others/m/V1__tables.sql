CREATE TABLE asset (id text PRIMARY KEY);
CREATE TABLE joined (a text NOT NULL REFERENCES asset (id), b text NOT NULL, CONSTRAINT joined_pkey PRIMARY KEY (a, b));
CREATE TABLE seats (x int NOT NULL, y int NOT NULL, CONSTRAINT seats_pkey PRIMARY KEY (x, y));
CREATE TABLE bare (x int NOT NULL, y int NOT NULL, CONSTRAINT bare_pkey PRIMARY KEY (x, y));
CREATE TABLE kept (x int NOT NULL, y int NOT NULL, CONSTRAINT kept_pkey PRIMARY KEY (x, y));
