INSERT INTO log (f) VALUES ('sub');
