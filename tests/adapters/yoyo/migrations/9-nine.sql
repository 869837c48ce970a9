-- depends: 0001.create
INSERT INTO log (f) VALUES ('9');
INSERT INTO log (f) VALUES ('9b');
