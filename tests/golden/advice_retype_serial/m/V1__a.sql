CREATE SCHEMA shop;
CREATE TABLE shop.docs (id serial NOT NULL, name text NOT NULL, CONSTRAINT docs_pkey PRIMARY KEY (id));
CREATE TABLE shop.events (id bigint PRIMARY KEY, hash text);
CREATE INDEX events_hash ON shop.events (hash);
