BEGIN;

-- Running downgrade ffff -> c3d4, e5f6

UPDATE alembic_version SET version_num='c3d4' WHERE alembic_version.version_num = 'ffff';

-- Running downgrade c3d4 -> a1b2

ALTER TABLE users DROP COLUMN x;

DROP INDEX ix;

UPDATE alembic_version SET version_num='e5f6' WHERE alembic_version.version_num = 'c3d4';

-- Running downgrade e5f6 -> a1b2

ALTER TABLE users DROP COLUMN y;

UPDATE alembic_version SET version_num='a1b2' WHERE alembic_version.version_num = 'e5f6';

-- Running downgrade a1b2 -> 

DROP TABLE users;

DELETE FROM alembic_version WHERE alembic_version.version_num = 'a1b2';

DROP TABLE alembic_version;

COMMIT;

