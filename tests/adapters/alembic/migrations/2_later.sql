BEGIN;

-- Running upgrade ffff -> 0a0a

ALTER TABLE users DROP COLUMN x;

UPDATE alembic_version SET version_num='0a0a' WHERE alembic_version.version_num = 'ffff';

COMMIT;

BEGIN;

-- Running upgrade 0a0a -> 0b0b

ALTER TABLE users DROP COLUMN y;

UPDATE alembic_version SET version_num='0b0b' WHERE alembic_version.version_num = '0a0a';

COMMIT;

