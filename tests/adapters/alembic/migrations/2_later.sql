BEGIN;

-- Running upgrade ffff -> 0a0a

ALTER TABLE users DROP COLUMN x;

COMMIT;

BEGIN;

-- Running upgrade 0a0a -> 0b0b

ALTER TABLE users DROP COLUMN y;

COMMIT;

