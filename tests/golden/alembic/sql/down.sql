BEGIN;

-- Running downgrade d05b8e3f6c17 -> b3c07d1e4f25, c91e7ab20d44

INSERT INTO alembic_version (version_num) VALUES ('b3c07d1e4f25') RETURNING alembic_version.version_num;

UPDATE alembic_version SET version_num='c91e7ab20d44' WHERE alembic_version.version_num = 'd05b8e3f6c17';

-- Running downgrade b3c07d1e4f25 -> 8a6f1c52d9e0

DROP INDEX users_email;

ALTER TABLE users ALTER COLUMN email DROP NOT NULL;

DELETE FROM alembic_version WHERE alembic_version.version_num = 'b3c07d1e4f25';

-- Running downgrade c91e7ab20d44 -> 8a6f1c52d9e0

ALTER TABLE users DROP COLUMN team;

DROP TABLE teams;

UPDATE alembic_version SET version_num='8a6f1c52d9e0' WHERE alembic_version.version_num = 'c91e7ab20d44';

-- Running downgrade 8a6f1c52d9e0 -> 

DROP TABLE users;

DELETE FROM alembic_version WHERE alembic_version.version_num = '8a6f1c52d9e0';

DROP TABLE alembic_version;

COMMIT;

