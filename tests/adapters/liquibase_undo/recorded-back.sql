-- As Liquibase 4.28.0 prints it: future-rollback-sql, offline:postgresql?version=15.0

-- Rolling Back ChangeSet: changelog.xml::u15::a
-- Rolling Back ChangeSet: changelog.xml::u14::a
create table z();

create table z2();

select 3;

-- Rolling Back ChangeSet: changelog.xml::u12::a
CREATE TABLE y (a INTEGER);

select 1;

-- Rolling Back ChangeSet: changelog.xml::u11::a
-- Rolling Back ChangeSet: changelog.xml::u10::a
-- Rolling Back ChangeSet: changelog.xml::u9::a
-- Rolling Back ChangeSet: changelog.xml::u8::a
ALTER TABLE t DROP CONSTRAINT FK_T_STATES;

DROP TABLE states;

-- Rolling Back ChangeSet: changelog.xml::u7::a
DROP VIEW v;

-- Rolling Back ChangeSet: changelog.xml::u6::a
DROP SEQUENCE s.q CASCADE;

DROP INDEX s.i;

-- Rolling Back ChangeSet: changelog.xml::u5::a
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;

ALTER TABLE t ALTER COLUMN  b SET NOT NULL;

ALTER TABLE t ALTER COLUMN  a DROP NOT NULL;

-- Rolling Back ChangeSet: changelog.xml::u4::a
ALTER TABLE s.t DROP CONSTRAINT f;

ALTER TABLE t DROP CONSTRAINT u;

ALTER TABLE t DROP CONSTRAINT k;

-- Rolling Back ChangeSet: changelog.xml::u3::a
ALTER SEQUENCE b RENAME TO a;

ALTER TABLE b RENAME TO a;

ALTER TABLE t RENAME COLUMN b TO a;

-- Rolling Back ChangeSet: changelog.xml::u2::a
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;

ALTER TABLE t DROP COLUMN a;

ALTER TABLE t DROP COLUMN b;

-- Rolling Back ChangeSet: changelog.xml::u1::a
ALTER TABLE B RENAME TO a;

DROP TABLE s.t1;

