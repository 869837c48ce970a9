INSERT INTO log (f) VALUES ('post');
