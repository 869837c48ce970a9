CREATE TABLE catalogs (id bigint PRIMARY KEY, name text NOT NULL UNIQUE, place integer NOT NULL UNIQUE, gone boolean NOT NULL);
