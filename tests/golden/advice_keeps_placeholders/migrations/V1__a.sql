CREATE TABLE ${schema}.t (id bigint PRIMARY KEY, a text);
INSERT INTO ${schema}.t VALUES (1);
