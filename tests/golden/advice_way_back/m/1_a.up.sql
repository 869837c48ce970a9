CREATE TABLE clients (id int PRIMARY KEY);
CREATE TABLE charges (id int PRIMARY KEY, client_id int NOT NULL REFERENCES clients, currency varchar(3) NOT NULL);
CREATE INDEX charges_client_id_idx ON charges (client_id);
CREATE TABLE keyed (id bigint CONSTRAINT keyed_id PRIMARY KEY, code text NOT NULL UNIQUE DEFERRABLE, label text);
