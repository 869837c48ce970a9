CREATE TABLE modules (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE grants (id bigint PRIMARY KEY, module_id integer NOT NULL REFERENCES modules);
CREATE INDEX grants_module_id_idx ON grants (module_id);
