CREATE TABLE concepts (concept_id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, concept_id bigint, parent_id bigint);
CREATE INDEX ON notes (concept_id);
CREATE INDEX ON notes (parent_id);
CREATE TABLE apps (id bigint PRIMARY KEY, label text);
CREATE TABLE versions (id bigint PRIMARY KEY, label text);
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
