CREATE TABLE e ();

---- create above / drop below ----

DROP TABLE e;
