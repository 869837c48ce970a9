CREATE TABLE memo (id integer PRIMARY KEY, content text NOT NULL);
