BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 8a6f1c52d9e0

CREATE TABLE users (
    id SERIAL NOT NULL, 
    email TEXT, 
    PRIMARY KEY (id)
);

INSERT INTO alembic_version (version_num) VALUES ('8a6f1c52d9e0') RETURNING alembic_version.version_num;

-- Running upgrade 8a6f1c52d9e0 -> c91e7ab20d44

CREATE TABLE teams (
    id SERIAL NOT NULL, 
    PRIMARY KEY (id)
);

ALTER TABLE users ADD COLUMN team INTEGER;

ALTER TABLE users ADD CONSTRAINT users_team_fkey FOREIGN KEY(team) REFERENCES teams (id);

UPDATE alembic_version SET version_num='c91e7ab20d44' WHERE alembic_version.version_num = '8a6f1c52d9e0';

-- Running upgrade 8a6f1c52d9e0 -> b3c07d1e4f25

-- dbopt-migrate: allow set-not-null-scan because the table is small;

ALTER TABLE users ALTER COLUMN email SET NOT NULL;

COMMIT;

CREATE UNIQUE INDEX CONCURRENTLY users_email ON users (email);

BEGIN;

INSERT INTO alembic_version (version_num) VALUES ('b3c07d1e4f25') RETURNING alembic_version.version_num;

-- Running upgrade b3c07d1e4f25, c91e7ab20d44 -> d05b8e3f6c17

-- dbopt-migrate: allow update-without-where because all start in one team
UPDATE users SET team = 1;

DELETE FROM alembic_version WHERE alembic_version.version_num = 'b3c07d1e4f25';

UPDATE alembic_version SET version_num='d05b8e3f6c17' WHERE alembic_version.version_num = 'c91e7ab20d44';

COMMIT;

