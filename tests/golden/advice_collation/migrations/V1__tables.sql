CREATE SCHEMA crm;
CREATE COLLATION crm.german FROM "C";
CREATE TABLE crm.t (id bigint PRIMARY KEY, email text NOT NULL, a text);
CREATE UNIQUE INDEX t_email ON crm.t (email);
CREATE INDEX t_a ON crm.t (a COLLATE "default");
CREATE INDEX t_id ON crm.t (id, a COLLATE pg_catalog."C");
