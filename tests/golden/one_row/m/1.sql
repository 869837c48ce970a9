CREATE TABLE app (version integer NOT NULL);
INSERT INTO app VALUES (0);
CREATE TABLE users (id bigint PRIMARY KEY, locale text);
