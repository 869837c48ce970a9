TRUNCATE counts;
INSERT INTO counts (n) VALUES (0);
