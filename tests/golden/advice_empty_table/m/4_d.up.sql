TRUNCATE sessions;
INSERT INTO sessions VALUES (1, 'a', 1);
