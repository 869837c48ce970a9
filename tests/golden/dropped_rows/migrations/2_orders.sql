BEGIN;
CREATE TABLE purchases (id bigint PRIMARY KEY);
INSERT INTO purchases (id) SELECT id FROM orders;
DROP TABLE orders;
COMMIT;
