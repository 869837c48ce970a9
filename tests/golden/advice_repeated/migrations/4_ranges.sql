CREATE TABLE places (zip text NOT NULL, number integer UNIQUE, kind text, UNIQUE (kind, zip), UNIQUE (zip));
CREATE TABLE parts (number integer UNIQUE, name text);
CREATE TABLE named (name text PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE TABLE labels (label text PRIMARY KEY);
