SET lock_timeout = '5s';
CREATE TABLE crm.seats (id serial PRIMARY KEY, label text);
CREATE TABLE crm.places (hall integer GENERATED ALWAYS AS IDENTITY, seat bigint NOT NULL REFERENCES crm.seats (id), PRIMARY KEY (seat, hall));
