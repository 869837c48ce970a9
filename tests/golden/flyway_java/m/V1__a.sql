CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL);
CREATE TABLE u (id integer PRIMARY KEY, a integer NOT NULL);
CREATE TABLE v (id integer PRIMARY KEY, a integer NOT NULL);
