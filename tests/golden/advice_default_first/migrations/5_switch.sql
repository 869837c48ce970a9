UPDATE w SET a = 0 WHERE a > 0;
INSERT INTO w (id, a) VALUES (7, 1);
