BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> a1b2

CREATE TABLE users (
    id SERIAL NOT NULL, 
    PRIMARY KEY (id)
);

INSERT INTO alembic_version (version_num) VALUES ('a1b2') RETURNING alembic_version.version_num;

-- Running upgrade a1b2 -> e5f6

ALTER TABLE users ADD COLUMN y INTEGER;

UPDATE alembic_version SET version_num='e5f6' WHERE alembic_version.version_num = 'a1b2';

-- Running upgrade a1b2 -> c3d4

COMMIT;

CREATE INDEX CONCURRENTLY ix ON users (y);

BEGIN;

ALTER TABLE users ADD COLUMN x INTEGER;

UPDATE alembic_version SET version_num='c3d4' WHERE alembic_version.version_num = 'e5f6';

-- Running upgrade c3d4, e5f6 -> ffff

UPDATE alembic_version SET version_num='ffff' WHERE alembic_version.version_num = 'c3d4';

COMMIT;

