BEGIN;

-- Running downgrade c3d4 -> a1b2

ALTER TABLE users DROP COLUMN x;

DROP INDEX ix;

-- Running downgrade a1b2 -> 

DROP TABLE users;

DROP TABLE alembic_version;

COMMIT;

