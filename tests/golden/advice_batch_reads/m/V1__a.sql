CREATE TABLE ou (id bigint PRIMARY KEY, av jsonb DEFAULT '{}');
CREATE TABLE ouav (ou bigint, v text);
CREATE TABLE x (av jsonb);
