-- As Liquibase 4.28.0 prints it: update-sql --contexts=postgresql, offline:postgresql?version=15.0

-- Changeset changelog.xml::1::a
SET LOCAL x.y = 1; CREATE TABLE t1 (a INTEGER) WITH (fillfactor=70);

-- Changeset changelog.xml::2::a
CREATE TABLE t2 (a BIGINT);

UPDATE t2 SET a = 'int'::text::int;

-- Changeset changelog.xml::5::a
ALTER TABLE t1 ADD b VARCHAR(3);

-- Changeset changelog.xml::4::a
SELECT 1;

CREATE TABLE t4 (a INTEGER);

