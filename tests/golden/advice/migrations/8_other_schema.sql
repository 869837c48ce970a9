-- A name of something in another schema than the default one is written with it.
CREATE SCHEMA crm;
CREATE TYPE crm.state AS ENUM ('new', 'done');
CREATE TABLE crm."Visit" ("Id" bigserial PRIMARY KEY, path text NOT NULL, at timestamptz NOT NULL);
CREATE INDEX visit_path_idx ON crm."Visit" (path);
