-- depends: 9-nine
INSERT INTO log (f) VALUES ('10');
INSERT INTO log (f) VALUES ('10b');
