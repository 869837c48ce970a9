BEGIN;

-- Running upgrade 0a0a -> 0b0b

ALTER TABLE users DROP COLUMN y;

UPDATE alembic_version SET version_num='0b0b' WHERE alembic_version.version_num = '0a0a';

-- Running upgrade 0b0b -> 0c0c

UPDATE alembic_version SET version_num='0c0c' WHERE alembic_version.version_num = '0b0b';

COMMIT;

