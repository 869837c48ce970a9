BEGIN;

-- Running upgrade 0b0b -> 0c0c

SELECT 1;

-- Running upgrade 0a0a -> 0b0b

SELECT 2;

COMMIT;
