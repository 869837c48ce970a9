-- As Liquibase 4.28.0 prints it: update-sql, offline:postgresql?version=15.0

-- Changeset changelog.xml::1::a
SET LOCAL x.y = 1; CREATE TABLE t1 (a INTEGER) WITH (fillfactor=70);

-- Changeset changelog.xml::2::a
CREATE TABLE t2 (a BIGINT);

UPDATE t2 SET a = 'int'::text::int;

-- Changeset changelog.xml::4::a
SELECT 1;

CREATE TABLE t4 (a INTEGER);

