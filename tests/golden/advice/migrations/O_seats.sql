CREATE TABLE seats (id bigint PRIMARY KEY, hall integer NOT NULL, number integer NOT NULL, CONSTRAINT seats_key UNIQUE (hall, number));
