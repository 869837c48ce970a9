INSERT INTO log (f) VALUES ('9r1');
INSERT INTO log (f) VALUES ('9r2');
INSERT INTO log (f) VALUES ('9r3');
