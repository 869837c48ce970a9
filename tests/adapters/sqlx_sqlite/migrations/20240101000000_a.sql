CREATE TABLE a (id integer PRIMARY KEY, on_top integer NOT NULL DEFAULT FALSE);
