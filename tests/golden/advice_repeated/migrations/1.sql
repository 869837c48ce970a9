CREATE TABLE rates (id bigint PRIMARY KEY, country text NOT NULL, kind text NOT NULL, rate numeric NOT NULL);
