-- As Liquibase 4.28.0 prints it: update-sql, offline:postgresql?version=15.0

-- Changeset changelog.xml::u1::a
CREATE TABLE s.t1 (a INTEGER DEFAULT 3);

ALTER TABLE a RENAME TO B;

-- Changeset changelog.xml::u2::a
ALTER TABLE t ADD a INTEGER DEFAULT 3;

ALTER TABLE t ADD b INTEGER;

ALTER TABLE t ADD UNIQUE (b);

ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES x (y);

-- Changeset changelog.xml::u3::a
ALTER TABLE t RENAME COLUMN a TO b;

ALTER TABLE a RENAME TO b;

ALTER SEQUENCE a RENAME TO b;

-- Changeset changelog.xml::u4::a
ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a);

ALTER TABLE t ADD CONSTRAINT u UNIQUE (a);

ALTER TABLE s.t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES o (id);

-- Changeset changelog.xml::u5::a
UPDATE t SET a = '1' WHERE a IS NULL;

ALTER TABLE t ALTER COLUMN  a SET NOT NULL;

ALTER TABLE t ALTER COLUMN  b DROP NOT NULL;

ALTER TABLE t ALTER COLUMN  a SET DEFAULT 'x';

-- Changeset changelog.xml::u6::a
CREATE INDEX i ON s.t(a);

CREATE SEQUENCE  IF NOT EXISTS s.q;

-- Changeset changelog.xml::u7::a
CREATE OR REPLACE VIEW v AS select 1;

-- Changeset changelog.xml::u8::a
CREATE TABLE states AS SELECT DISTINCT state AS abbr FROM t WHERE state IS NOT NULL;

ALTER TABLE states ALTER COLUMN  abbr SET NOT NULL;

ALTER TABLE states ADD PRIMARY KEY (abbr);

ALTER TABLE t ADD CONSTRAINT FK_T_STATES FOREIGN KEY (state) REFERENCES states (abbr);

-- Changeset changelog.xml::u9::a
-- Changeset changelog.xml::u10::a
-- Changeset changelog.xml::u11::a
-- Changeset changelog.xml::u12::a
drop table y;

-- Changeset changelog.xml::u14::a
drop table z;

-- Changeset changelog.xml::u15::a
DROP TABLE z;

