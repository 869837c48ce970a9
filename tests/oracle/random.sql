-- a name that IF EXISTS does not find stays unknown
ALTER TABLE IF EXISTS nowhere ADD COLUMN a integer
ALTER TABLE IF EXISTS nowhere ADD COLUMN a integer

-- a rule that is replaced is as enabled as it was
CREATE TABLE t (a integer)
CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING
ALTER TABLE t ENABLE REPLICA RULE r
CREATE OR REPLACE RULE r AS ON DELETE TO t DO ALSO NOTHING

-- LIKE leaves the default of a serial column out, which can have an identity then
CREATE TABLE t (a smallserial, b integer)
CREATE TABLE u (LIKE t)
ALTER TABLE u ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY
CREATE TABLE v (LIKE t INCLUDING DEFAULTS)
! ALTER TABLE v ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY

-- literals without a type, put together, are a text; an array has the type of its elements
CREATE VIEW v AS SELECT 'x' || 'y' AS xy, ARRAY[1, 2] AS numbers, ARRAY['x', NULL] AS words, ARRAY[ARRAY[1], ARRAY[2]] AS lists

-- the collation of a column goes on to views
CREATE TABLE t (a text COLLATE "C", b integer)
CREATE VIEW v AS SELECT *, lower(a) AS lower FROM t
CREATE MATERIALIZED VIEW m AS SELECT * FROM v

-- keys of the same columns in CREATE TABLE are one
CREATE TABLE t (a date, CONSTRAINT k1 UNIQUE (a), PRIMARY KEY (a))
CREATE TABLE u (a date UNIQUE PRIMARY KEY, UNIQUE (a), CONSTRAINT named UNIQUE (a), CONSTRAINT other UNIQUE (a))
CREATE TABLE v (a date, b date, UNIQUE (a, b), UNIQUE (b, a), CONSTRAINT k2 UNIQUE (a, b))

-- a dropped sequence takes the defaults along
CREATE TABLE t (a serial)
CREATE SEQUENCE s
CREATE TABLE u (a integer DEFAULT nextval('s'))
DROP SEQUENCE t_a_seq CASCADE
DROP SEQUENCE s CASCADE

-- generated names of indexes number their columns, and name expressions as result columns
CREATE TABLE t (a integer, b text, UNIQUE (a) INCLUDE (b), EXCLUDE (a WITH =, (a + 1) WITH =))
CREATE INDEX ON t (a, a)
CREATE INDEX ON t (a) INCLUDE (a, a)
CREATE INDEX ON t (lower(b), lower(b), (a + 1), (a::bigint), coalesce(b, ''), (CASE WHEN a > 1 THEN b END))

-- bounds and start of a sequence stay when its increment turns round, and follow its type
CREATE SEQUENCE s INCREMENT BY -1
ALTER SEQUENCE s INCREMENT BY 2
CREATE SEQUENCE r AS smallint
ALTER SEQUENCE r AS integer MINVALUE -7
ALTER SEQUENCE r NO MAXVALUE
CREATE TABLE t (a smallint GENERATED ALWAYS AS IDENTITY)
ALTER TABLE t ALTER COLUMN a SET INCREMENT BY -1, ALTER COLUMN a TYPE integer

-- a policy for several roles
CREATE TABLE t (a integer)
CREATE POLICY p ON t TO pg_monitor, pg_read_all_stats USING (a > 0)

-- LIKE puts its columns where it stands, with sequences of their own
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY (START WITH 5), b text DEFAULT 'x' NOT NULL)
CREATE TABLE u (a integer, LIKE t INCLUDING ALL, c integer)
ALTER TABLE u ALTER COLUMN id DROP IDENTITY
CREATE SEQUENCE u_id_seq

-- equal exclusion constraints in CREATE TABLE are one
CREATE TABLE t (a integer, CONSTRAINT k EXCLUDE (a WITH =), EXCLUDE (a WITH =))

-- the sequence of an identity column may get another type
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)
ALTER SEQUENCE t_a_seq AS bigint

-- storage parameters and the options of views, given at once or later
CREATE TABLE t (a integer PRIMARY KEY WITH (fillfactor = 60), b integer UNIQUE) WITH (fillfactor = 80)
CREATE INDEX i ON t (b) WITH (fillfactor = 70)
ALTER INDEX t_b_key SET (fillfactor = 50)
CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t WITH LOCAL CHECK OPTION
CREATE VIEW w AS SELECT a FROM t
ALTER VIEW w SET (security_barrier = true)
ALTER VIEW v RESET (security_barrier)
CREATE VIEW x WITH (security_barrier) AS SELECT a FROM t
CREATE OR REPLACE VIEW x AS SELECT a FROM t
CREATE TABLE u WITH (fillfactor = 40) AS SELECT * FROM t

-- one DROP may name what it has dropped already
CREATE TABLE t (a integer)
CREATE VIEW v AS SELECT a FROM t
CREATE TYPE e AS ENUM ('a')
CREATE DOMAIN d AS integer
DROP TABLE t, public.t CASCADE
! DROP VIEW v
CREATE VIEW a AS SELECT 1 AS one
CREATE VIEW b AS SELECT * FROM a
DROP VIEW a, b CASCADE
DROP TYPE e, e
DROP DOMAIN d, public.d

-- the index of REPLICA IDENTITY keeps its place through a new name
CREATE TABLE t (a integer PRIMARY KEY)
ALTER TABLE t REPLICA IDENTITY USING INDEX t_pkey
ALTER INDEX t_pkey RENAME TO p

-- arrays have a type
CREATE VIEW v AS SELECT ARRAY[1, 2] AS a, ARRAY['x', NULL] AS b, ARRAY[1, 2.5] AS c

-- generated names of the constraints of a domain
CREATE DOMAIN d AS text CHECK (VALUE <> '') CHECK (VALUE <> 'x')
ALTER DOMAIN d ADD CHECK (VALUE <> 'y')

-- columns of a view may have defaults
CREATE TABLE t (a integer)
CREATE VIEW v AS SELECT a FROM t
ALTER VIEW v ALTER COLUMN a SET DEFAULT 7

-- 18: a NOT NULL that is not valid
CREATE TABLE t (a integer, b integer)
ALTER TABLE t ADD CONSTRAINT k NOT NULL a NOT VALID

-- a key may take the name of one that it is merged with
CREATE TABLE t (a integer, CONSTRAINT k PRIMARY KEY (a), CONSTRAINT k UNIQUE (a))

-- a dropped column takes along what is generated from it
CREATE TABLE t (a integer, gen boolean GENERATED ALWAYS AS (a IS NULL) STORED)
CREATE TABLE u (gen boolean GENERATED ALWAYS AS (a IS NULL) STORED, a integer, b integer)
ALTER TABLE t ADD COLUMN b integer, DROP COLUMN a CASCADE
ALTER TABLE u DROP COLUMN a CASCADE

-- new names that are taken
CREATE SCHEMA s
CREATE TABLE t (a integer, b integer, CONSTRAINT k CHECK (a > 0), CONSTRAINT l CHECK (b > 0))
CREATE TABLE s.t (a integer)
CREATE VIEW v AS SELECT 1 AS one
CREATE INDEX i ON t (a)
CREATE TYPE e AS ENUM ('a')
! ALTER TABLE t RENAME TO v
! ALTER VIEW v RENAME TO t
! ALTER INDEX i RENAME TO t
! ALTER TABLE t RENAME TO e
! ALTER TABLE t SET SCHEMA s
! CREATE TABLE e (a integer)
! CREATE SEQUENCE e
! CREATE TYPE t AS ENUM ('x')
! CREATE DOMAIN v AS integer
! ALTER TABLE t RENAME COLUMN a TO b
! ALTER TABLE t RENAME CONSTRAINT k TO l
! ALTER TABLE t RENAME CONSTRAINT none TO m
ALTER TABLE t SET SCHEMA public
CREATE TYPE i AS ENUM ('x')

-- functions that are there already
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f(b integer) RETURNS integer LANGUAGE sql AS 'SELECT 2'
CREATE FUNCTION f(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1'

-- keys that do not fit
CREATE TABLE t (a integer, b integer UNIQUE)
! CREATE TABLE u (x integer REFERENCES t)
! ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a, b) REFERENCES t (b)
ALTER TABLE t ADD PRIMARY KEY (a)
! ALTER TABLE t ADD PRIMARY KEY (b)
! ALTER TABLE t ALTER COLUMN a DROP NOT NULL
! ALTER TABLE t VALIDATE CONSTRAINT t_pkey
CREATE TABLE u (x integer REFERENCES t, y integer REFERENCES u, id integer PRIMARY KEY)
! CREATE TABLE w (x integer, y integer, FOREIGN KEY (x, y) REFERENCES t)

-- who is no child
CREATE TABLE p (a integer) PARTITION BY LIST (a)
CREATE TABLE c (a integer)
CREATE TABLE d (a integer)
! ALTER TABLE p DETACH PARTITION c
! ALTER TABLE c NO INHERIT d
! ALTER TABLE p ALTER COLUMN a TYPE bigint
! ALTER TABLE p DROP COLUMN a

-- a sequence that defaults need
CREATE SEQUENCE s
CREATE TABLE t (a serial, b integer DEFAULT nextval('s'))
! DROP SEQUENCE s
! DROP SEQUENCE t_a_seq
DROP TABLE t
DROP SEQUENCE s

-- a key goes with a column that it includes
CREATE TABLE t (a integer, b integer, UNIQUE (a) INCLUDE (b))
ALTER TABLE t DROP COLUMN b

-- a default goes with the sequence, whoever owns that
CREATE TABLE t (a integer)
CREATE TABLE u (a serial)
ALTER SEQUENCE u_a_seq OWNED BY t.a
DROP TABLE t CASCADE

-- the sequence of an identity column goes where its table is
CREATE SCHEMA s
CREATE TABLE s.t (a bigint GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME own))
ALTER SEQUENCE s.own RENAME TO other

-- a replaced trigger fires again
CREATE TABLE t (a integer)
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()
ALTER TABLE t DISABLE TRIGGER USER
CREATE OR REPLACE TRIGGER g BEFORE UPDATE OF a ON t EXECUTE FUNCTION f()

-- 18: a copy of a NOT NULL that is not valid is valid
CREATE TABLE t (a integer)
ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID
CREATE TABLE u (LIKE t)

-- a column may own several sequences
CREATE SCHEMA s
CREATE TABLE t (a smallserial, b integer GENERATED ALWAYS AS IDENTITY, c integer)
CREATE SEQUENCE one OWNED BY t.a
CREATE SEQUENCE two OWNED BY t.b
CREATE SEQUENCE three OWNED BY t.c
CREATE SEQUENCE four OWNED BY t.c
ALTER TABLE t RENAME COLUMN c TO d
ALTER TABLE t SET SCHEMA s
ALTER TABLE s.t DROP COLUMN a
DROP TABLE s.t

-- a trigger keeps its state under a new name
CREATE TABLE t (a integer)
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()
ALTER TABLE t DISABLE TRIGGER g
ALTER TRIGGER g ON t RENAME TO h

-- the views on partitions and children go with the whole
CREATE TABLE p (a integer) PARTITION BY LIST (a)
CREATE TABLE q PARTITION OF p DEFAULT
CREATE VIEW v AS SELECT * FROM q
CREATE VIEW w AS SELECT * FROM v
DROP TABLE p CASCADE
CREATE TABLE r (a integer)
CREATE TABLE s (b integer) INHERITS (r)
CREATE VIEW x AS SELECT b FROM s
DROP TABLE r CASCADE

-- what a CHECK, a predicate or an index expression meant survives a change of the type
CREATE TABLE t (a varchar(20) CHECK (a <> '' OR a IS NULL), b char(3) CHECK (b IN ('a', 'b')), c integer CHECK (c > 0))
CREATE INDEX i ON t (lower(a)) WHERE a LIKE 'a%'
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING btree (a WITH =) WHERE (a <> 'x')
ALTER TABLE t ALTER COLUMN a TYPE integer USING NULL, ALTER COLUMN b TYPE text, ALTER COLUMN c TYPE numeric
CREATE DOMAIN d AS integer
CREATE TABLE u (a d CHECK (a > 0))
ALTER TABLE u ALTER COLUMN a TYPE text

-- a CHECK that is dropped with ONLY stays below
CREATE TABLE t (a integer CONSTRAINT k CHECK (a > 0))
CREATE TABLE u () INHERITS (t)
ALTER TABLE ONLY t DROP CONSTRAINT k

-- 18: LIKE copies NO INHERIT of a NOT NULL, and who inherits does not get it
CREATE TABLE t (a integer CONSTRAINT n NOT NULL NO INHERIT)
CREATE TABLE u (LIKE t)
CREATE TABLE v () INHERITS (t)

-- partitions keep the names of two keys that are the same
CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY HASH (a)
ALTER TABLE t ADD UNIQUE (a) DEFERRABLE
CREATE TABLE u PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0)
ALTER TABLE t RENAME COLUMN a TO b
ALTER TABLE t ADD UNIQUE (b) DEFERRABLE INITIALLY DEFERRED

-- a NULL that was coerced keeps the type it had
CREATE TABLE t (a bit(4) DEFAULT NULL)
ALTER TABLE t ALTER COLUMN a TYPE varchar(40)

-- a trigger does not go with another function of the same name
CREATE VIEW v AS SELECT 1 AS one
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE FUNCTION f(a integer, OUT b integer) LANGUAGE sql AS 'SELECT a'
CREATE TRIGGER g INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f()
! DROP FUNCTION f()
DROP FUNCTION f(a integer, OUT b integer) CASCADE

-- IF EXISTS passes over a function of other arguments, and fails for one of another kind
CREATE FUNCTION f(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE AGGREGATE g(integer) (SFUNC = int4pl, STYPE = integer)
DROP FUNCTION IF EXISTS f()
DROP ROUTINE IF EXISTS f(integer)
DROP PROCEDURE IF EXISTS f(integer)
! DROP PROCEDURE IF EXISTS f(integer, integer)
DROP AGGREGATE IF EXISTS g(text)
DROP FUNCTION IF EXISTS g(text)
! DROP FUNCTION IF EXISTS g(integer)
! CREATE FUNCTION f(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'

-- the name of a key that is merged into another is free
CREATE TABLE t (a integer CONSTRAINT k CHECK (a > 0), CONSTRAINT l UNIQUE (a), CONSTRAINT k UNIQUE (a))

-- what does not fit a partitioned table
CREATE TABLE p (a integer, b text) PARTITION BY LIST (a)
CREATE TABLE r (a integer, b integer) PARTITION BY RANGE (a, b)
CREATE TABLE h (a integer) PARTITION BY HASH (a)
CREATE TABLE one (a integer)
CREATE TABLE other (a integer, b date)
CREATE TABLE more (a integer, b text, c integer)
CREATE INDEX i ON one (a)
CREATE INDEX j ON p (a)
! CREATE TABLE x PARTITION OF p FOR VALUES FROM (1) TO (2)
! CREATE TABLE x PARTITION OF r FOR VALUES FROM (1) TO (2)
! CREATE TABLE x PARTITION OF h DEFAULT
! CREATE TABLE x PARTITION OF h FOR VALUES IN (1)
! ALTER TABLE p ATTACH PARTITION one DEFAULT
! ALTER TABLE p ATTACH PARTITION other DEFAULT
! ALTER TABLE p ATTACH PARTITION more DEFAULT
! ALTER TABLE one ATTACH PARTITION other DEFAULT
! ALTER INDEX i ATTACH PARTITION j
! ALTER INDEX j SET (fillfactor = 50)
CREATE TABLE q PARTITION OF p DEFAULT
! ALTER TABLE q ADD COLUMN c integer
! ALTER TABLE q DROP COLUMN b
! ALTER TABLE q ALTER COLUMN b TYPE varchar
! ALTER TABLE q RENAME COLUMN b TO c

-- what does not fit a parent
CREATE TABLE t (a integer)
CREATE TABLE u (b integer)
CREATE TABLE w (a bigint)
! ALTER TABLE u INHERIT t
! ALTER TABLE w INHERIT t
! CREATE TABLE x (a text) INHERITS (t)
! CREATE TABLE x (a integer, b integer, a text)
! CREATE TABLE x (a integer, LIKE t)
! CREATE VIEW v AS SELECT *, 1 AS a FROM t
! CREATE TABLE x AS SELECT 1 AS a, 2 AS a

-- types without a cast, an operator or an operator class
CREATE TYPE e AS ENUM ('a', 'b')
CREATE TABLE t (a integer PRIMARY KEY, b e UNIQUE, c text DEFAULT 'x', d varchar UNIQUE)
! CREATE TABLE u (a text REFERENCES t)
! CREATE TABLE u (a numeric REFERENCES t)
! CREATE TABLE u (a integer REFERENCES t (b))
CREATE TABLE u (a smallint REFERENCES t, b e REFERENCES t (b), c text REFERENCES t (d))
! ALTER TABLE t ADD COLUMN f integer[] DEFAULT 0
! ALTER TABLE t ALTER COLUMN a SET DEFAULT lower('A')
! ALTER TABLE t ALTER COLUMN c TYPE date USING NULL
! ALTER TABLE t ALTER COLUMN c TYPE date
! CREATE INDEX ON t USING gin (a)
! CREATE INDEX ON t USING gist (b)
! CREATE INDEX ON t (nothing)
! CREATE INDEX ON t (a) INCLUDE (nothing)

-- names of parts that are taken, or not there
CREATE SCHEMA s
CREATE TYPE e AS ENUM ('a', 'b')
CREATE TYPE s.e AS ENUM ('x')
CREATE DOMAIN d AS integer CONSTRAINT k CHECK (VALUE > 0)
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY, b integer CONSTRAINT c CHECK (b > 0))
CREATE INDEX i ON t (b)
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()
CREATE POLICY p ON t
! CREATE POLICY p ON t
! ALTER POLICY p ON t RENAME TO p
! ALTER POLICY none ON t TO PUBLIC
ALTER TRIGGER g ON t RENAME TO g
! ALTER TABLE t ENABLE TRIGGER none
! ALTER TYPE e RENAME VALUE 'a' TO 'b'
! ALTER TYPE e RENAME VALUE 'none' TO 'c'
! ALTER TYPE e ADD VALUE 'c' AFTER 'none'
! ALTER TYPE e RENAME TO t
! ALTER TYPE e SET SCHEMA s
! ALTER TYPE e SET SCHEMA none
! ALTER DOMAIN d DROP CONSTRAINT none
! ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 1)
! ALTER TABLE t ALTER CONSTRAINT c NOT DEFERRABLE
! ALTER TABLE t CLUSTER ON none
! ALTER TABLE t REPLICA IDENTITY USING INDEX i
! ALTER TABLE t ADD PRIMARY KEY USING INDEX none
! ALTER TABLE t ADD UNIQUE (b, b)
! ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES t
! DROP SEQUENCE t_a_seq CASCADE
! DROP SCHEMA s

-- generated names of the constraints of a domain are free in the whole schema
CREATE DOMAIN a AS integer CHECK (VALUE > 0)
ALTER DOMAIN a RENAME TO b
CREATE DOMAIN a AS text CHECK (VALUE <> '')
CREATE TABLE c (a integer CHECK (a > 0))
ALTER TABLE c RENAME TO d
CREATE DOMAIN c_a AS integer CHECK (VALUE > 0)

-- IF NOT EXISTS of an index minds whatever has the name
CREATE TABLE t (a integer)
CREATE INDEX IF NOT EXISTS t ON t (a)
ALTER TABLE t ENABLE ROW LEVEL SECURITY

-- 18: children get a NOT NULL that is not valid, too
CREATE TABLE t (a integer, b integer)
CREATE TABLE u (a integer CONSTRAINT own NOT NULL) INHERITS (t)
ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID
ALTER TABLE t ADD NOT NULL b NOT VALID

-- the state of a trigger goes to its clones
CREATE TABLE p (a integer) PARTITION BY LIST (a)
CREATE TABLE a PARTITION OF p DEFAULT
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
CREATE TRIGGER g AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f()
ALTER TABLE p ENABLE ALWAYS TRIGGER g

-- columns that a query finds nowhere
CREATE TABLE t (a integer, b text)
CREATE VIEW v AS SELECT a, t.b, t IS NULL AS none, count(*) OVER () AS n, (SELECT max(x)::integer FROM generate_series(1, 2) x) AS m, t.tableoid::oid AS o FROM t
! CREATE VIEW w AS SELECT c FROM t
! CREATE TABLE w AS SELECT lower(t.c) AS c FROM t
! CREATE MATERIALIZED VIEW w AS SELECT q.ctid FROM v q

-- an identity column has no use for the default of a parent
CREATE TABLE t (a serial, b integer DEFAULT 1)
CREATE TABLE u (a integer GENERATED ALWAYS AS IDENTITY, b integer GENERATED BY DEFAULT AS IDENTITY) INHERITS (t)

-- a primary key makes NOT NULL of inherited columns the table's own
CREATE TABLE t (a integer CONSTRAINT n NOT NULL, b integer PRIMARY KEY)
CREATE TABLE u (a integer, PRIMARY KEY (a)) INHERITS (t)
CREATE TABLE v (PRIMARY KEY (a, b)) INHERITS (t)
CREATE TABLE w (a integer CONSTRAINT other NOT NULL, PRIMARY KEY (a)) INHERITS (t)
CREATE TABLE x (a integer) INHERITS (t)
CREATE TABLE p (a integer CONSTRAINT n NOT NULL) PARTITION BY LIST (a)
CREATE TABLE q PARTITION OF p (PRIMARY KEY (a)) DEFAULT

-- a trigger goes on to call its function when another schema has one of that name
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
CREATE SCHEMA s
CREATE FUNCTION s.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TABLE t (a integer)
CREATE TRIGGER g BEFORE UPDATE ON t EXECUTE FUNCTION f()
CREATE TRIGGER h BEFORE UPDATE ON t EXECUTE FUNCTION s.f()
ALTER SCHEMA s RENAME TO r
! DROP FUNCTION f()
DROP FUNCTION r.f() CASCADE

-- the name of a key that another of CREATE TABLE is merged into goes to the next of these columns
CREATE TABLE t (a date NOT NULL UNIQUE, UNIQUE (a) DEFERRABLE, UNIQUE (a) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT k UNIQUE (a))

-- keys of partitions go along, ONLY or not
CREATE TABLE t (a integer PRIMARY KEY, b text, CHECK (a > 0)) PARTITION BY RANGE (a)
CREATE TABLE u PARTITION OF t DEFAULT
ALTER TABLE ONLY t DROP CONSTRAINT t_pkey CASCADE

-- the keys of a partitioned table only, as pg_dump writes them
CREATE TABLE p (a integer NOT NULL, b text) PARTITION BY RANGE (a)
CREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (10)
CREATE TABLE r PARTITION OF p FOR VALUES FROM (10) TO (20)
ALTER TABLE ONLY p ADD CONSTRAINT k PRIMARY KEY (a)
ALTER TABLE ONLY q ADD CONSTRAINT l PRIMARY KEY (a)
CREATE UNIQUE INDEX m ON r (a)
! ALTER INDEX k ATTACH PARTITION m
ALTER INDEX k ATTACH PARTITION l
ALTER INDEX k ATTACH PARTITION l
ALTER TABLE r ADD CONSTRAINT n PRIMARY KEY USING INDEX m
ALTER INDEX k ATTACH PARTITION n

-- a partition has the index, or not the one
CREATE TABLE p (a integer NOT NULL, b text) PARTITION BY RANGE (a)
CREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (10)
CREATE TABLE r PARTITION OF p FOR VALUES FROM (10) TO (20)
CREATE INDEX i ON q (b DESC)
CREATE UNIQUE INDEX j ON r (a, b)
CREATE INDEX ON p (b)
CREATE INDEX ON p (a, b)
ALTER TABLE q ADD UNIQUE (a)
ALTER TABLE p ADD CONSTRAINT k UNIQUE (a)
CREATE TABLE s (a integer NOT NULL, b text)
CREATE UNIQUE INDEX n ON s (a)
ALTER TABLE p ATTACH PARTITION s FOR VALUES FROM (20) TO (30)

-- ONLY leaves the columns of children as they are
CREATE TABLE t AS SELECT 1 AS one
CREATE TABLE u () INHERITS (t)

-- the index of a partition is made anew with that of its parent, under a name of its own
CREATE TABLE p (a integer, b text, c text, UNIQUE (a, b)) PARTITION BY HASH (a)
ALTER TABLE p RENAME COLUMN b TO d
CREATE TABLE q PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0)
CREATE INDEX i ON p (d, c)
CREATE INDEX j ON p (c)
CREATE INDEX k ON p (c) WHERE d IS NULL
ALTER INDEX q_d_c_idx RENAME TO l
ALTER INDEX q_c_idx RENAME TO m
ALTER INDEX q_c_idx1 RENAME TO n
ALTER TABLE p ALTER COLUMN d TYPE text COLLATE "C" USING NULL

-- DROP SCHEMA takes the children of its tables along, and their views
CREATE SCHEMA s
CREATE TABLE s.item (a integer)
CREATE TABLE users (id integer) INHERITS (s.item)
CREATE VIEW item AS SELECT count(*) AS n FROM users
DROP SCHEMA s CASCADE

-- 17: a partition has the exclusion constraint
CREATE TABLE p (a integer, b text) PARTITION BY HASH (a)
CREATE TABLE q PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0)
ALTER TABLE q ADD CONSTRAINT own EXCLUDE USING btree (a WITH =)
ALTER TABLE p ADD CONSTRAINT k EXCLUDE USING btree (a WITH =)

-- what a fraction was compared with stays one; functions of text know no char
CREATE TABLE t (a numeric(10,2) CHECK (a BETWEEN 1 AND 5), b float8 CHECK (b > 1), c char(3))
CREATE INDEX ON t (lower(c))
ALTER TABLE t ALTER a TYPE bigint, ALTER b TYPE bigint, ALTER c TYPE integer USING NULL
ALTER TABLE t ALTER a TYPE text, ALTER c TYPE text

-- a domain keeps what its base had when it was made
CREATE DOMAIN t AS integer CHECK (VALUE IS NOT NULL)
CREATE DOMAIN u AS t
ALTER DOMAIN t SET DEFAULT '1'
CREATE DOMAIN v AS t

-- a policy that went with its column does not stand in for one of the same name
CREATE TABLE t (a integer, b text)
CREATE POLICY p ON t USING (b <> '')
ALTER TABLE t DROP COLUMN b CASCADE
CREATE POLICY p ON t USING (a > 0)
DROP POLICY p ON t
CREATE POLICY p ON t USING (a > 1)

-- a partition is not dropped while a foreign key points at the whole, which goes with it
CREATE TABLE p (a integer PRIMARY KEY, b integer) PARTITION BY LIST (a)
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (a)
CREATE TABLE p11 PARTITION OF p1 FOR VALUES IN (1)
CREATE TABLE u (a integer REFERENCES p)
! DROP TABLE p11
! DROP TABLE p1
DROP TABLE p11 CASCADE

-- triggers that a partition has of its own stay as they are
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
CREATE TABLE p (a integer) PARTITION BY LIST (a)
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (a)
CREATE TABLE p11 PARTITION OF p1 FOR VALUES IN (1)
CREATE TRIGGER own AFTER INSERT ON p1 FOR EACH ROW EXECUTE FUNCTION f()
CREATE TRIGGER whole AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f()
CREATE TRIGGER statement AFTER INSERT ON p11 EXECUTE FUNCTION f()
ALTER TABLE p DISABLE TRIGGER ALL
ALTER TABLE p1 DISABLE TRIGGER own

-- the constructors of a range, and its multirange, stay where they were made
CREATE SCHEMA s1
CREATE SCHEMA s2
CREATE TYPE s1.r AS RANGE (subtype = integer)
ALTER TYPE s1.r SET SCHEMA s2
ALTER SCHEMA s1 RENAME TO s3
! DROP SCHEMA s3
DROP SCHEMA s3 CASCADE

-- a sequence of an identity column that counts down and has another type than the column
CREATE TABLE t (a bigint GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME s INCREMENT BY -2))
ALTER TABLE t ALTER COLUMN a TYPE integer
ALTER SEQUENCE s AS bigint

-- inheritance: a CHECK of the child itself stays when its parent loses it
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE c ADD CONSTRAINT k CHECK (a > 0)
ALTER TABLE p ADD CONSTRAINT k CHECK (a > 0)
ALTER TABLE p DROP CONSTRAINT k

-- inheritance: a CHECK that a parent leaves to its children
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE p ADD CONSTRAINT k CHECK (a > 0)
ALTER TABLE ONLY p DROP CONSTRAINT k
ALTER TABLE c DROP CONSTRAINT k

-- 18: inheritance: not null, drop constraint
CREATE TABLE p (a integer CONSTRAINT nn NOT NULL)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE p DROP CONSTRAINT nn

-- 18: inheritance: not null, drop constraint only
CREATE TABLE p (a integer CONSTRAINT nn NOT NULL)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE ONLY p DROP CONSTRAINT nn

-- 18: inheritance: not null, its own
CREATE TABLE p (a integer CONSTRAINT nn NOT NULL)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE c ALTER a SET NOT NULL
ALTER TABLE p DROP CONSTRAINT nn

-- inheritance: not null, two parents
CREATE TABLE p (a integer NOT NULL)
CREATE TABLE q (a integer NOT NULL)
CREATE TABLE c () INHERITS (p, q)
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: not null, its own, first
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
ALTER TABLE c ALTER a SET NOT NULL
ALTER TABLE p ALTER a SET NOT NULL
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: DROP NOT NULL of a parent that has none
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
ALTER TABLE c ALTER a SET NOT NULL
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: in create table
CREATE TABLE p (a integer NOT NULL)
CREATE TABLE c (a integer NOT NULL) INHERITS (p)
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: attached
CREATE TABLE p (a integer NOT NULL) PARTITION BY LIST (a)
CREATE TABLE c (a integer NOT NULL)
ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1)
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: attached and detached
CREATE TABLE p (a integer NOT NULL) PARTITION BY LIST (a)
CREATE TABLE c PARTITION OF p FOR VALUES IN (1)
ALTER TABLE p DETACH PARTITION c
ALTER TABLE p ALTER a DROP NOT NULL
ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1)

-- 18: inheritance: primary key
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
ALTER TABLE c ADD PRIMARY KEY (a)
ALTER TABLE p ADD PRIMARY KEY (a)
ALTER TABLE p DROP CONSTRAINT p_pkey
ALTER TABLE p ALTER a DROP NOT NULL

-- 18: inheritance: primary key at first
CREATE TABLE p (a integer PRIMARY KEY)
CREATE TABLE c (PRIMARY KEY (a)) INHERITS (p)
CREATE TABLE d () INHERITS (p)
ALTER TABLE p DROP CONSTRAINT p_pkey
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: add column merging
CREATE TABLE p (a integer)
CREATE TABLE c (b integer NOT NULL) INHERITS (p)
ALTER TABLE p ADD COLUMN b integer NOT NULL
ALTER TABLE p ALTER b DROP NOT NULL

-- inheritance: identity
CREATE TABLE p (a integer GENERATED ALWAYS AS IDENTITY)
CREATE TABLE c () INHERITS (p)
ALTER TABLE p ALTER a DROP IDENTITY
ALTER TABLE p ALTER a DROP NOT NULL

-- 18: inheritance: no inherit
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
ALTER TABLE p ADD CONSTRAINT nn NOT NULL a
ALTER TABLE c NO INHERIT p
ALTER TABLE p ALTER a DROP NOT NULL
ALTER TABLE c INHERIT p

-- inheritance: inherit
CREATE TABLE p (a integer NOT NULL)
CREATE TABLE c (a integer NOT NULL)
ALTER TABLE c INHERIT p
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: like
CREATE TABLE p (a integer NOT NULL)
CREATE TABLE c (LIKE p) INHERITS (p)
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: merged with inherited check by alter
CREATE TABLE p (a integer CONSTRAINT k CHECK (a > 0))
CREATE TABLE c () INHERITS (p)
ALTER TABLE c ADD CONSTRAINT k CHECK (a > 0)
! ALTER TABLE c ADD CONSTRAINT k CHECK (a > 0)
ALTER TABLE p DROP CONSTRAINT k

-- inheritance: two parents with a check
CREATE TABLE p (a integer CONSTRAINT k CHECK (a > 0))
CREATE TABLE q (a integer CONSTRAINT k CHECK (a > 0))
CREATE TABLE c () INHERITS (p, q)
CREATE TABLE d () INHERITS (c)
ALTER TABLE p DROP CONSTRAINT k
ALTER TABLE q DROP CONSTRAINT k

-- inheritance: declared check of an inheritor
CREATE TABLE p (a integer CONSTRAINT k CHECK (a > 0))
CREATE TABLE c (CONSTRAINT k CHECK (a > 0)) INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE p DROP CONSTRAINT k
ALTER TABLE c DROP CONSTRAINT k

-- inheritance: declared check of a partition
CREATE TABLE p (a integer CONSTRAINT k CHECK (a > 0)) PARTITION BY LIST (a)
CREATE TABLE c PARTITION OF p (CONSTRAINT k CHECK (a > 0)) FOR VALUES IN (1)
ALTER TABLE p DROP CONSTRAINT k

-- inheritance: attached with a check
CREATE TABLE p (a integer CONSTRAINT k CHECK (a > 0)) PARTITION BY LIST (a)
CREATE TABLE c (a integer CONSTRAINT k CHECK (a > 0))
ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1)
! ALTER TABLE c DROP CONSTRAINT k
ALTER TABLE p DROP CONSTRAINT k

-- inheritance: detached with a check
CREATE TABLE p (a integer CONSTRAINT k CHECK (a > 0)) PARTITION BY LIST (a)
CREATE TABLE c PARTITION OF p FOR VALUES IN (1)
ALTER TABLE p DETACH PARTITION c
ALTER TABLE p DROP CONSTRAINT k
ALTER TABLE c DROP CONSTRAINT k

-- inheritance: column dropped
CREATE TABLE p (a integer CONSTRAINT k CHECK (a > 0), b integer)
CREATE TABLE c (a integer) INHERITS (p)
ALTER TABLE p DROP COLUMN a

-- inheritance: column with not null dropped
CREATE TABLE p (a integer NOT NULL, b integer)
CREATE TABLE c (a integer) INHERITS (p)
ALTER TABLE p DROP COLUMN a

-- inheritance: partition with its own not null
CREATE TABLE p (a integer NOT NULL, b integer) PARTITION BY LIST (b)
CREATE TABLE c PARTITION OF p (a NOT NULL) FOR VALUES IN (1)
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: partition that was attached with not null
CREATE TABLE p (a integer NOT NULL, b integer) PARTITION BY LIST (b)
CREATE TABLE c (a integer NOT NULL, b integer)
ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1)
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: merged column of a child with a child
CREATE TABLE p (b integer)
CREATE TABLE c (a integer) INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE p ADD COLUMN a integer NOT NULL
ALTER TABLE p ALTER a DROP NOT NULL

-- inheritance: two parents with a column
CREATE TABLE p (a integer)
CREATE TABLE q (a integer)
CREATE TABLE c () INHERITS (p, q)
ALTER TABLE p DROP COLUMN a
ALTER TABLE q DROP COLUMN a

-- inheritance: check not valid in the parent and the child
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
ALTER TABLE c ADD CONSTRAINT k CHECK (a > 0) NOT VALID
ALTER TABLE p ADD CONSTRAINT k CHECK (a > 0) NOT VALID
ALTER TABLE p VALIDATE CONSTRAINT k
ALTER TABLE p DROP CONSTRAINT k
ALTER TABLE c VALIDATE CONSTRAINT k

-- a key with INCLUDE is not called as the one without it, whose name was given late
CREATE TABLE t (a integer UNIQUE, b integer, UNIQUE (a) INCLUDE (b), UNIQUE (a) INCLUDE (a), CONSTRAINT k UNIQUE (a))

-- validated in children, too
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE p ADD CONSTRAINT k CHECK (a > 0) NOT VALID
ALTER TABLE p VALIDATE CONSTRAINT k

-- validated in a child first
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE p ADD CONSTRAINT k CHECK (a > 0) NOT VALID
ALTER TABLE c VALIDATE CONSTRAINT k
! ALTER TABLE ONLY p VALIDATE CONSTRAINT k
ALTER TABLE p VALIDATE CONSTRAINT k

-- 18: a NOT NULL is validated in children, too
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE p ADD CONSTRAINT k NOT NULL a NOT VALID
ALTER TABLE p VALIDATE CONSTRAINT k

-- 18: set not null of one that is not valid
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE p ADD CONSTRAINT k NOT NULL a NOT VALID
ALTER TABLE p ALTER a SET NOT NULL

-- 18: set not null of a child that is not valid
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE c ADD CONSTRAINT k NOT NULL a NOT VALID
ALTER TABLE p ALTER a SET NOT NULL

-- 18: a foreign key of a partitioned table
CREATE TABLE r (a integer PRIMARY KEY)
CREATE TABLE p (a integer) PARTITION BY LIST (a)
CREATE TABLE c PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (a)
CREATE TABLE d PARTITION OF c FOR VALUES IN (1)
ALTER TABLE p ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES r NOT VALID
ALTER TABLE p VALIDATE CONSTRAINT k

-- identity of a partitioned table
CREATE TABLE p (a integer NOT NULL) PARTITION BY HASH (a)
CREATE TABLE c PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0)
ALTER TABLE p ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY
ALTER TABLE p ALTER COLUMN a SET GENERATED ALWAYS
ALTER TABLE p ALTER COLUMN a DROP IDENTITY

-- parents and children: column of two parents
CREATE TABLE p (a integer, b text)
CREATE TABLE q (a integer, c text)
CREATE TABLE c () INHERITS (p, q)
ALTER TABLE p DROP COLUMN a
ALTER TABLE c NO INHERIT p
ALTER TABLE p ADD COLUMN e integer

-- parents and children: local and inherited column
CREATE TABLE p (a integer, b text)
CREATE TABLE c (a integer) INHERITS (p)
ALTER TABLE p DROP COLUMN a
ALTER TABLE p DROP COLUMN b
ALTER TABLE c DROP COLUMN a

-- parents and children: drop column only
CREATE TABLE p (a integer, b text)
CREATE TABLE c () INHERITS (p)
ALTER TABLE ONLY p DROP COLUMN a
ALTER TABLE c DROP COLUMN a

-- parents and children: no inherit makes columns local
CREATE TABLE p (a integer, b text)
CREATE TABLE c () INHERITS (p)
ALTER TABLE c NO INHERIT p
ALTER TABLE c DROP COLUMN a
ALTER TABLE c ADD COLUMN a integer
ALTER TABLE c INHERIT p
! ALTER TABLE c DROP COLUMN a

-- parents and children: attach makes columns inherited
CREATE TABLE p (a integer, b text) PARTITION BY LIST (a)
CREATE TABLE c (b text, a integer)
ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1)
! ALTER TABLE c DROP COLUMN b
ALTER TABLE p DROP COLUMN b

-- parents and children: defaults of children
CREATE TABLE p (a integer DEFAULT 1)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d (a integer DEFAULT 2) INHERITS (p)
ALTER TABLE p ALTER a SET DEFAULT 3
ALTER TABLE ONLY p ALTER a DROP DEFAULT

-- parents and children: defaults of partitions
CREATE TABLE p (a integer DEFAULT 1, b integer) PARTITION BY LIST (b)
CREATE TABLE c PARTITION OF p (a DEFAULT 2) FOR VALUES IN (1)
ALTER TABLE p ALTER a SET DEFAULT 3
ALTER TABLE c ALTER a DROP DEFAULT

-- parents and children: type in children
CREATE TABLE p (a integer, b text)
CREATE TABLE c (CHECK (a > 0)) INHERITS (p)
ALTER TABLE p ALTER a TYPE bigint
! ALTER TABLE c ALTER b TYPE varchar

-- parents and children: foreign keys of partitions
CREATE TABLE r (a integer PRIMARY KEY)
CREATE TABLE p (a integer, b integer) PARTITION BY LIST (a)
CREATE TABLE c PARTITION OF p FOR VALUES IN (1)
ALTER TABLE c ADD CONSTRAINT own FOREIGN KEY (b) REFERENCES r
ALTER TABLE p ADD CONSTRAINT k FOREIGN KEY (b) REFERENCES r
ALTER TABLE p DETACH PARTITION c
ALTER TABLE p DROP CONSTRAINT k
ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1)

-- parents and children: foreign keys that take over
CREATE TABLE r (a integer PRIMARY KEY)
CREATE TABLE p (a integer, b integer CONSTRAINT k REFERENCES r) PARTITION BY LIST (a)
CREATE TABLE c (a integer, b integer CONSTRAINT own REFERENCES r)
CREATE TABLE d (a integer, b integer CONSTRAINT own REFERENCES r ON DELETE CASCADE)
ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1)
ALTER TABLE p ATTACH PARTITION d FOR VALUES IN (2)
ALTER TABLE p DROP CONSTRAINT k

-- parents and children: a foreign key that is deferrable does not take over
CREATE TABLE r (a integer PRIMARY KEY)
CREATE TABLE p (a integer, b integer CONSTRAINT k REFERENCES r) PARTITION BY LIST (a)
CREATE TABLE c (a integer, b integer CONSTRAINT own REFERENCES r DEFERRABLE)
CREATE TABLE d (a integer, b integer CONSTRAINT own REFERENCES r MATCH FULL)
CREATE TABLE e (a integer, b integer)
ALTER TABLE e ADD CONSTRAINT own FOREIGN KEY (b) REFERENCES r NOT VALID
ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1)
ALTER TABLE p ATTACH PARTITION d FOR VALUES IN (2)
ALTER TABLE p ATTACH PARTITION e FOR VALUES IN (3)

-- parents and children: referenced partitioned table
CREATE TABLE p (a integer PRIMARY KEY) PARTITION BY LIST (a)
CREATE TABLE c PARTITION OF p FOR VALUES IN (1)
CREATE TABLE u (a integer CONSTRAINT k REFERENCES p)
ALTER TABLE p DETACH PARTITION c
DROP TABLE c
CREATE TABLE c PARTITION OF p FOR VALUES IN (1)
ALTER TABLE u DROP CONSTRAINT k
DROP TABLE c

-- parents and children: self reference of a partitioned table
CREATE TABLE p (a integer PRIMARY KEY, b integer CONSTRAINT k REFERENCES p) PARTITION BY LIST (a)
CREATE TABLE c PARTITION OF p FOR VALUES IN (1)
! DROP TABLE c
DROP TABLE p

-- parents and children: keys of partitions
CREATE TABLE p (a integer, b integer) PARTITION BY LIST (a)
CREATE TABLE c PARTITION OF p FOR VALUES IN (1)
ALTER TABLE p ADD CONSTRAINT k PRIMARY KEY (a)
! ALTER TABLE c DROP CONSTRAINT c_pkey
! DROP INDEX c_pkey
ALTER TABLE p DROP CONSTRAINT k

-- parents and children: index of partitions
CREATE TABLE p (a integer, b integer) PARTITION BY LIST (a)
CREATE TABLE c PARTITION OF p FOR VALUES IN (1)
CREATE INDEX i ON p (b)
! DROP INDEX c_b_idx
ALTER INDEX c_b_idx RENAME TO x
DROP INDEX i

-- parents and children: detached index
CREATE TABLE p (a integer, b integer) PARTITION BY LIST (a)
CREATE TABLE c PARTITION OF p FOR VALUES IN (1)
CREATE INDEX i ON p (b)
ALTER TABLE p DETACH PARTITION c
DROP INDEX c_b_idx
DROP INDEX i

-- parents and children: exclusion in a child
CREATE TABLE p (a integer, EXCLUDE (a WITH =))
CREATE TABLE c (LIKE p INCLUDING ALL)
CREATE TABLE d () INHERITS (p)

-- parents and children: generated columns and children
CREATE TABLE p (a integer, g integer GENERATED ALWAYS AS (a + 1) STORED)
CREATE TABLE c () INHERITS (p)
ALTER TABLE c NO INHERIT p
ALTER TABLE c ALTER g DROP EXPRESSION
! ALTER TABLE c INHERIT p

-- parents and children: row security of children
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
ALTER TABLE p ENABLE ROW LEVEL SECURITY
CREATE POLICY x ON p USING (a > 0)
ALTER TABLE p DROP COLUMN a CASCADE

-- parents and children: a domain of a table that is not null
CREATE DOMAIN n AS integer NOT NULL
CREATE TABLE p (a n)
ALTER TABLE p ALTER a TYPE integer
DROP DOMAIN n

-- 18: a primary key makes a NOT NULL of the same statement valid
CREATE TABLE t (a integer)
ALTER TABLE t ADD PRIMARY KEY (a), ADD NOT NULL a NOT VALID

-- an index of a partition that is made anew keeps a name of 63 bytes
CREATE TABLE users (a integer NOT NULL, b text DEFAULT 'x', c date) PARTITION BY RANGE (a)
CREATE INDEX i2 ON users (b DESC NULLS LAST, c) INCLUDE (c)
CREATE TABLE account_membership_invitations_by_external_identity_x PARTITION OF users FOR VALUES FROM (10) TO (MAXVALUE)
ALTER TABLE users ALTER COLUMN c TYPE date USING NULL

-- what INSERT, UPDATE and DELETE may leave out, name and set
CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, c integer[], d integer GENERATED ALWAYS AS (a + 1) STORED, UNIQUE (a, b))
CREATE UNIQUE INDEX t_lower ON t (lower(b))
CREATE UNIQUE INDEX t_part ON t (b) WHERE a > 5
INSERT INTO t (b) VALUES ('x'), (NULL)
INSERT INTO t VALUES (1010), (1011)
INSERT INTO t VALUES (1012, 1, 'y', NULL, DEFAULT)
INSERT INTO t (id, a, b) VALUES (DEFAULT, 2, 'z') ON CONFLICT (b, a) DO UPDATE SET b = excluded.b
INSERT INTO t (b) VALUES ('q') ON CONFLICT (lower(b)) DO NOTHING
INSERT INTO t (b) VALUES ('p') ON CONFLICT (b) WHERE a > 5 DO NOTHING
INSERT INTO t (b) VALUES ('o') ON CONFLICT ON CONSTRAINT t_pkey DO NOTHING
INSERT INTO t (b) VALUES ('r') ON CONFLICT DO NOTHING
INSERT INTO t (id, a) SELECT id + 100, a FROM t
INSERT INTO t (a, b) SELECT t.* FROM (VALUES (7, 's')) AS t (a, b)
INSERT INTO t (c[1], c[2]) VALUES (1, 2)
INSERT INTO t SELECT 500, 1 UNION SELECT 501, 2
INSERT INTO t DEFAULT VALUES
UPDATE t SET (a, d) = (DEFAULT, DEFAULT), c[1] = 1, c[2] = 2 WHERE ctid IS NOT NULL AND t IS NOT NULL AND xmin IS NOT NULL
UPDATE t AS u SET b = 'x' || u.id WHERE u.a > 1 AND u IS NOT NULL AND (SELECT count(*) FROM t x WHERE x.a = u.a) > 0
UPDATE t SET b = v.b FROM (VALUES (1, 'x')) AS v (n, b) WHERE n = id
DELETE FROM t USING t o WHERE o.id = t.id AND t.tableoid IS NOT NULL AND lower(t.b) = 'nothing'
! INSERT INTO t (zz) VALUES (1)
! INSERT INTO t (a, a) VALUES (1, 2)
! INSERT INTO t (a, b) VALUES (1)
! INSERT INTO t (a) VALUES (1, 2)
! INSERT INTO t VALUES (1, 2, 'x', NULL, 5)
! INSERT INTO t VALUES (1), (2, 3)
! INSERT INTO t (a) VALUES (NULL)
! INSERT INTO t (b) VALUES ('q') ON CONFLICT (b) DO NOTHING
! INSERT INTO t (b) VALUES ('q') ON CONFLICT (a) DO NOTHING
! INSERT INTO t (b) VALUES ('q') ON CONFLICT DO UPDATE SET b = 'x'
! INSERT INTO t (a) SELECT zz FROM t
! UPDATE t SET zz = 1
! UPDATE t SET a = 1, a = 2
! UPDATE t SET d = 5
! UPDATE t SET a = 1 WHERE zz = 1
! DELETE FROM t WHERE zz = 1

-- what a row gets besides: triggers, rules, domains
CREATE DOMAIN given AS integer DEFAULT 5 NOT NULL
CREATE TABLE t (id integer PRIMARY KEY, a given)
CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.id := coalesce(NEW.id, 7); RETURN NEW; END'
CREATE TRIGGER fill BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fill()
INSERT INTO t (a) VALUES (1)
INSERT INTO t (id) VALUES (9)
DROP TRIGGER fill ON t
! INSERT INTO t (a) VALUES (1)
CREATE RULE nothing AS ON INSERT TO t DO INSTEAD NOTHING
INSERT INTO t (a) VALUES (1)

-- identity columns that are always generated
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a integer UNIQUE DEFERRABLE)
INSERT INTO t (id, a) OVERRIDING SYSTEM VALUE VALUES (100, 5)
INSERT INTO t (id, a) OVERRIDING USER VALUE VALUES (1, 6)
INSERT INTO t (id, a) VALUES (DEFAULT, 7), (DEFAULT, 8)
! INSERT INTO t (id, a) VALUES (9, 9)
! INSERT INTO t SELECT 9, 9
! INSERT INTO t (a) VALUES (9) ON CONFLICT (a) DO NOTHING
! INSERT INTO t (a) VALUES (9) ON CONFLICT ON CONSTRAINT t_a_key DO NOTHING
UPDATE t SET id = DEFAULT
! UPDATE t SET id = 5

-- a column with two parents is changed in neither
CREATE TABLE p (a integer, b integer)
CREATE TABLE q (a integer, c integer)
CREATE TABLE k () INHERITS (p, q)
! ALTER TABLE p ALTER COLUMN a TYPE bigint
! ALTER TABLE p RENAME COLUMN a TO z
! ALTER TABLE q RENAME a TO z
ALTER TABLE p ALTER COLUMN b TYPE bigint
ALTER TABLE p RENAME COLUMN b TO bb
CREATE TABLE l () INHERITS (k)
ALTER TABLE p ADD COLUMN m integer
ALTER TABLE q ADD COLUMN m integer
! ALTER TABLE p ALTER COLUMN m TYPE bigint
! ALTER TABLE q RENAME COLUMN m TO mm
ALTER TABLE k NO INHERIT q
ALTER TABLE p ALTER COLUMN m TYPE bigint
ALTER TABLE q RENAME COLUMN m TO mm
ALTER TABLE p RENAME COLUMN a TO z

-- a column that comes down on two ways from one table
CREATE TABLE p (a integer)
CREATE TABLE l (s integer) INHERITS (p)
CREATE TABLE r (t integer) INHERITS (p)
CREATE TABLE d () INHERITS (l, r)
ALTER TABLE p RENAME COLUMN a TO b
ALTER TABLE p ALTER COLUMN b TYPE bigint
! ALTER TABLE l RENAME COLUMN b TO c
! ALTER TABLE l ALTER COLUMN b TYPE integer
ALTER TABLE l RENAME COLUMN s TO ss
ALTER TABLE r ALTER COLUMN t TYPE bigint

-- what a child has of its own follows its only parent
CREATE TABLE p (a integer)
CREATE TABLE k (a integer) INHERITS (p)
ALTER TABLE p RENAME COLUMN a TO b
ALTER TABLE p ALTER COLUMN b TYPE bigint
! ALTER TABLE k RENAME COLUMN b TO c
! ALTER TABLE k ALTER COLUMN b TYPE text
! ALTER TABLE k DROP COLUMN b

-- ONLY does not part a column from its children
CREATE TABLE p (a integer, b integer)
CREATE TABLE k () INHERITS (p)
! ALTER TABLE ONLY p RENAME COLUMN a TO z
! ALTER TABLE ONLY p ALTER COLUMN a TYPE bigint
! ALTER TABLE ONLY p ADD COLUMN c integer
ALTER TABLE ONLY p ALTER COLUMN a SET DEFAULT 7
ALTER TABLE ONLY p DROP COLUMN a
CREATE TABLE w (a integer, b integer) PARTITION BY LIST (b)
ALTER TABLE ONLY w ADD COLUMN d integer
ALTER TABLE ONLY w RENAME COLUMN a TO z
CREATE TABLE x PARTITION OF w DEFAULT
! ALTER TABLE ONLY w RENAME COLUMN z TO a
! ALTER TABLE ONLY w ALTER COLUMN z TYPE bigint
! ALTER TABLE ONLY w ADD COLUMN c integer
! ALTER TABLE ONLY w DROP COLUMN z
! ALTER TABLE x ADD COLUMN c integer

-- an expression stays with its parent's
CREATE TABLE p (a integer, g integer GENERATED ALWAYS AS (a * 2) STORED)
CREATE TABLE k () INHERITS (p)
! ALTER TABLE k ALTER COLUMN g DROP EXPRESSION
! ALTER TABLE ONLY p ALTER COLUMN g DROP EXPRESSION
! ALTER TABLE k ALTER COLUMN g DROP EXPRESSION IF EXISTS
ALTER TABLE p ALTER COLUMN g DROP EXPRESSION

-- CHECK constraints of a name that do not go together
CREATE TABLE p (a integer, CONSTRAINT k CHECK (a > 0))
! CREATE TABLE c1 (CONSTRAINT k CHECK (a > 1)) INHERITS (p)
CREATE TABLE c2 (CONSTRAINT k CHECK (a > 0)) INHERITS (p)
! CREATE TABLE c3 (CONSTRAINT k CHECK (a > 0) NO INHERIT) INHERITS (p)
CREATE TABLE q (a integer, CONSTRAINT k CHECK (a > 3))
! CREATE TABLE c4 () INHERITS (p, q)
! ALTER TABLE q INHERIT p
CREATE TABLE r (a integer, CONSTRAINT k CHECK (a > 0) NO INHERIT)
! ALTER TABLE r INHERIT p
CREATE TABLE s (a integer)
! ALTER TABLE s INHERIT p
ALTER TABLE s ADD CONSTRAINT k CHECK (a > 0) NOT VALID
! ALTER TABLE s INHERIT p
ALTER TABLE s VALIDATE CONSTRAINT k
ALTER TABLE s INHERIT p
! ALTER TABLE ONLY p ADD CONSTRAINT l CHECK (a < 9)
! ALTER TABLE c2 DROP CONSTRAINT k
ALTER TABLE ONLY p DROP CONSTRAINT k
ALTER TABLE c2 DROP CONSTRAINT k

-- CHECK constraints of partitions
CREATE TABLE p (a integer, CONSTRAINT k CHECK (a > 0)) PARTITION BY RANGE (a)
! CREATE TABLE p1 PARTITION OF p (CONSTRAINT k CHECK (a > 1)) FOR VALUES FROM (1) TO (9)
CREATE TABLE p1 PARTITION OF p (CONSTRAINT k CHECK (a > 0)) FOR VALUES FROM (1) TO (9)
! ALTER TABLE p1 DROP CONSTRAINT k
! ALTER TABLE ONLY p ADD CONSTRAINT l CHECK (a < 8)
ALTER TABLE p1 ADD CONSTRAINT m CHECK (a < 8)
! ALTER TABLE p ADD CONSTRAINT m CHECK (a < 9)
ALTER TABLE p ADD CONSTRAINT m CHECK (a < 8)

-- columns of a name that do not go together
CREATE TABLE p (a integer)
CREATE TABLE q (a bigint)
! CREATE TABLE k () INHERITS (p, q)
! CREATE TABLE k (a bigint) INHERITS (p)
! ALTER TABLE q INHERIT p
CREATE TABLE k () INHERITS (p)
ALTER TABLE k ADD COLUMN r integer
! ALTER TABLE p ADD COLUMN r bigint
ALTER TABLE p ADD COLUMN r integer

-- 18: NOT NULL and ONLY
CREATE TABLE p (a integer, b integer)
CREATE TABLE k () INHERITS (p)
ALTER TABLE ONLY p ALTER COLUMN a SET NOT NULL

-- 18: NOT NULL of a child that its parent has
CREATE TABLE p (a integer NOT NULL)
CREATE TABLE k () INHERITS (p)
! ALTER TABLE k ALTER COLUMN a DROP NOT NULL
! ALTER TABLE k DROP CONSTRAINT p_a_not_null
CREATE TABLE q (a integer)
! ALTER TABLE q INHERIT p
ALTER TABLE q ADD NOT NULL a NO INHERIT
! ALTER TABLE q INHERIT p
ALTER TABLE q ALTER COLUMN a DROP NOT NULL
ALTER TABLE q ADD CONSTRAINT n NOT NULL a NOT VALID
! ALTER TABLE q INHERIT p
ALTER TABLE q VALIDATE CONSTRAINT n
ALTER TABLE q INHERIT p
ALTER TABLE ONLY p ALTER COLUMN a DROP NOT NULL
ALTER TABLE k ALTER COLUMN a DROP NOT NULL

-- NOT NULL of partitions
CREATE TABLE p (a integer NOT NULL, b integer) PARTITION BY LIST (a)
CREATE TABLE k PARTITION OF p DEFAULT
! ALTER TABLE k ALTER COLUMN a DROP NOT NULL
! ALTER TABLE ONLY p ALTER COLUMN b SET NOT NULL
CREATE TABLE q (a integer, b integer)
! ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (1)
ALTER TABLE q ALTER COLUMN a SET NOT NULL
ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (1)

-- NOT NULL of children before 18
CREATE TABLE p (a integer NOT NULL)
CREATE TABLE q (a integer)
! ALTER TABLE q INHERIT p
CREATE TABLE k () INHERITS (p)

-- 18: NO INHERIT and NOT NULL
CREATE TABLE p (a integer CONSTRAINT n NOT NULL NO INHERIT)
CREATE TABLE k () INHERITS (p)
! ALTER TABLE p ALTER COLUMN a SET NOT NULL
ALTER TABLE p ALTER CONSTRAINT n INHERIT
! ALTER TABLE k ALTER COLUMN a DROP NOT NULL
ALTER TABLE p ALTER CONSTRAINT n NO INHERIT
ALTER TABLE k ALTER COLUMN a DROP NOT NULL

-- 18: constraints that are not enforced
CREATE TABLE p (a integer, CONSTRAINT k CHECK (a > 0) NOT ENFORCED)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d (a integer, CONSTRAINT k CHECK (a > 0))
ALTER TABLE d INHERIT p
CREATE TABLE e (a integer, CONSTRAINT l CHECK (a > 1) NOT ENFORCED)
ALTER TABLE p ADD CONSTRAINT l CHECK (a > 1) NOT ENFORCED
ALTER TABLE e ADD CONSTRAINT k CHECK (a > 0) NOT ENFORCED
ALTER TABLE e INHERIT p
CREATE TABLE q (a integer, CONSTRAINT k CHECK (a > 0))
CREATE TABLE r (a integer, CONSTRAINT k CHECK (a > 0) NOT ENFORCED)
! ALTER TABLE r INHERIT q
! ALTER TABLE p VALIDATE CONSTRAINT k
! ALTER TABLE p ALTER CONSTRAINT k ENFORCED
CREATE TABLE w (a integer, CONSTRAINT k CHECK (a > 0) NOT ENFORCED) PARTITION BY LIST (a)
CREATE TABLE x PARTITION OF w DEFAULT
CREATE TABLE y (LIKE w INCLUDING CONSTRAINTS)
ALTER TABLE w ATTACH PARTITION y FOR VALUES IN (1)
ALTER TABLE w DETACH PARTITION y
ALTER TABLE y DROP CONSTRAINT k

-- 18: foreign keys that are not enforced
CREATE TABLE t (id integer PRIMARY KEY)
CREATE TABLE u (t integer, CONSTRAINT k FOREIGN KEY (t) REFERENCES t NOT ENFORCED)
! ALTER TABLE u VALIDATE CONSTRAINT k
ALTER TABLE u ALTER CONSTRAINT k ENFORCED
ALTER TABLE u ALTER CONSTRAINT k NOT ENFORCED
! ALTER TABLE u ALTER CONSTRAINT k NOT VALID
ALTER TABLE u ALTER CONSTRAINT k DEFERRABLE
CREATE TABLE p (t integer, CONSTRAINT k FOREIGN KEY (t) REFERENCES t NOT ENFORCED) PARTITION BY LIST (t)
CREATE TABLE q PARTITION OF p DEFAULT
ALTER TABLE p ALTER CONSTRAINT k ENFORCED
! ALTER TABLE q ALTER CONSTRAINT k NOT ENFORCED
ALTER TABLE p ALTER CONSTRAINT k NOT ENFORCED

-- validating with parents and children
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
CREATE TABLE d () INHERITS (c)
ALTER TABLE p ADD CONSTRAINT k CHECK (a > 0) NOT VALID
! ALTER TABLE ONLY p VALIDATE CONSTRAINT k
ALTER TABLE d VALIDATE CONSTRAINT k
ALTER TABLE c VALIDATE CONSTRAINT k
ALTER TABLE ONLY c VALIDATE CONSTRAINT k
ALTER TABLE c NO INHERIT p
ALTER TABLE ONLY p VALIDATE CONSTRAINT k
ALTER TABLE c ADD CONSTRAINT l CHECK (a > 1) NO INHERIT NOT VALID
ALTER TABLE c VALIDATE CONSTRAINT l

-- 18: validating NOT NULL with parents and children
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
ALTER TABLE p ADD CONSTRAINT n NOT NULL a NOT VALID
! ALTER TABLE ONLY p VALIDATE CONSTRAINT n
ALTER TABLE c VALIDATE CONSTRAINT n
ALTER TABLE p VALIDATE CONSTRAINT n

-- validating foreign keys of partitions
CREATE TABLE t (id integer PRIMARY KEY)
CREATE TABLE p (t integer, b integer) PARTITION BY LIST (b)
CREATE TABLE q PARTITION OF p FOR VALUES IN (1)
CREATE TABLE r (t integer, b integer, CONSTRAINT k FOREIGN KEY (t) REFERENCES t NOT VALID)
ALTER TABLE q ADD CONSTRAINT k FOREIGN KEY (t) REFERENCES t NOT VALID
ALTER TABLE q VALIDATE CONSTRAINT k
ALTER TABLE p ADD CONSTRAINT k FOREIGN KEY (t) REFERENCES t
ALTER TABLE p ATTACH PARTITION r FOR VALUES IN (2)

-- an attached partition with checks and an inherited table
CREATE TABLE p (a integer, b integer, CONSTRAINT k CHECK (b > 0)) PARTITION BY RANGE (a)
CREATE TABLE q (a integer, b integer, CONSTRAINT k CHECK (b > 0), CONSTRAINT own CHECK (a > 0))
CREATE TABLE base (a integer, b integer)
CREATE TABLE r (CONSTRAINT k CHECK (b > 0)) INHERITS (base)
! ALTER TABLE p ATTACH PARTITION r FOR VALUES FROM (1) TO (2)
ALTER TABLE p ATTACH PARTITION q FOR VALUES FROM (2) TO (3)
! ALTER TABLE q INHERIT base
! ALTER TABLE q NO INHERIT p
! ALTER TABLE p INHERIT base
! ALTER TABLE base INHERIT p
! CREATE TABLE s () INHERITS (p)
! CREATE TABLE s () INHERITS (q)
! ALTER TABLE p ATTACH PARTITION base FOR VALUES FROM (3) TO (4)
ALTER TABLE r NO INHERIT base
ALTER TABLE p ATTACH PARTITION r FOR VALUES FROM (1) TO (2)
! ALTER TABLE p ATTACH PARTITION r FOR VALUES FROM (1) TO (2)
! ALTER TABLE q DROP CONSTRAINT k
ALTER TABLE q DROP CONSTRAINT own
ALTER TABLE p DETACH PARTITION q
ALTER TABLE q DROP CONSTRAINT k

-- policies of tables and children
CREATE TABLE t (a integer, b integer)
CREATE TABLE c () INHERITS (t)
CREATE POLICY p ON t FOR SELECT USING (a > 0)
! CREATE POLICY p ON t USING (b > 0)
CREATE POLICY p ON c AS RESTRICTIVE FOR INSERT WITH CHECK (b > 0)
! CREATE POLICY q ON t FOR INSERT USING (a > 0)
! CREATE POLICY q ON t FOR SELECT WITH CHECK (a > 0)
! ALTER POLICY p ON t WITH CHECK (a > 0)
! ALTER POLICY p ON c USING (a > 0)
! ALTER TABLE t DROP COLUMN a
! ALTER TABLE t DROP COLUMN b
! ALTER TABLE t ALTER COLUMN a TYPE bigint
ALTER TABLE t RENAME COLUMN a TO aa
ALTER POLICY p ON t RENAME TO q
! ALTER POLICY p ON t RENAME TO r
! DROP POLICY p ON t
DROP POLICY q ON t
DROP POLICY IF EXISTS q ON t
ALTER TABLE c NO INHERIT t
ALTER TABLE t DROP COLUMN b
CREATE VIEW v AS SELECT 1 AS one
! CREATE POLICY p ON v

-- policies that look at other tables
CREATE TABLE t (a integer)
CREATE TABLE m (a integer, who text)
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM m WHERE m.a = t.a AND who = current_user))
! DROP TABLE m
! ALTER TABLE m DROP COLUMN who
! ALTER TABLE m ALTER COLUMN who TYPE varchar(9)
ALTER TABLE m RENAME TO n
ALTER TABLE n RENAME COLUMN who TO whom
DROP TABLE n CASCADE

-- comments
CREATE TABLE t (a integer CONSTRAINT k CHECK (a > 0), b integer)
COMMENT ON TABLE t IS 'x'
COMMENT ON COLUMN t.a IS 'x'
COMMENT ON CONSTRAINT k ON t IS 'x'
! COMMENT ON COLUMN t.c IS 'x'
! COMMENT ON CONSTRAINT l ON t IS 'x'
! COMMENT ON TRIGGER l ON t IS 'x'
! COMMENT ON POLICY l ON t IS 'x'
! COMMENT ON RULE l ON t IS 'x'
! COMMENT ON VIEW t IS 'x'
! COMMENT ON INDEX t IS 'x'
! COMMENT ON MATERIALIZED VIEW t IS 'x'
! COMMENT ON SEQUENCE t IS 'x'
! COMMENT ON FOREIGN TABLE t IS 'x'
CREATE VIEW v AS SELECT a FROM t
! COMMENT ON TABLE v IS 'x'
COMMENT ON COLUMN v.a IS 'x'
CREATE INDEX i ON t (a)
COMMENT ON INDEX i IS 'x'

-- a policy names a column of another table
CREATE TABLE t (a integer, who text)
CREATE TABLE m (a integer, who text)
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM m WHERE m.a = t.a AND m.who = 'x'))
ALTER TABLE t DROP COLUMN who

-- a policy names a column of another table that is called as one that is renamed
CREATE TABLE t (a integer, who text)
CREATE TABLE m (a integer, who text)
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM m WHERE m.a = t.a AND m.who = 'x'))
ALTER TABLE t RENAME COLUMN who TO whom

-- a policy names a column of another table that is retyped
CREATE TABLE t (a integer, who text)
CREATE TABLE m (a integer, who text)
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM m WHERE m.a = t.a AND who = 'x'))
ALTER TABLE t ALTER COLUMN who TYPE varchar(20)
! ALTER TABLE t ALTER COLUMN a TYPE bigint

-- a table that a policy names is renamed
CREATE TABLE t (a integer, who text)
CREATE TABLE m (a integer, who text)
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM m WHERE m.a = t.a AND who = 'x'))
ALTER TABLE m RENAME TO n

-- a column of a table that a policy names is renamed
CREATE TABLE t (a integer, b text)
CREATE TABLE m (a integer, who text)
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM m WHERE m.a = t.a AND who = 'x'))
ALTER TABLE m RENAME COLUMN who TO whom

-- a table with a policy is renamed
CREATE TABLE t (a integer, b text)
CREATE TABLE m (a integer, who text)
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM m WHERE m.a = t.a AND who = 'x'))
ALTER TABLE t RENAME TO n

-- a function that a policy calls
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE TABLE t (a integer, b text)
CREATE POLICY p ON t USING (a = f())
! DROP FUNCTION f()
DROP FUNCTION f() CASCADE

-- a function that a default calls
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE TABLE t (a integer DEFAULT f(), b text)
! DROP FUNCTION f()
DROP FUNCTION f() CASCADE

-- a function that a check and an index call
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1'
CREATE TABLE t (a integer, b text, CHECK (f(a) > 0))
! DROP FUNCTION f(integer)
! DROP FUNCTION f
ALTER TABLE t DROP CONSTRAINT t_a_check
CREATE INDEX i ON t (f(a))
! DROP FUNCTION f
DROP INDEX i
CREATE INDEX i ON t (a) WHERE f(a) > 0
! DROP FUNCTION f
DROP FUNCTION f CASCADE

-- a function that a generated column and a domain call
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1'
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (f(a)) STORED)
! DROP FUNCTION f(integer)
ALTER TABLE t DROP COLUMN b
CREATE DOMAIN d AS integer CHECK (f(VALUE) > 0)
! DROP FUNCTION f(integer)
ALTER DOMAIN d DROP CONSTRAINT d_check
CREATE VIEW v AS SELECT f(a) FROM t
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- without its arguments a function has to be the only one of its name
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'
GRANT EXECUTE ON FUNCTION f TO pg_read_all_stats
COMMENT ON FUNCTION f IS 'one'
ALTER FUNCTION f STABLE
ALTER FUNCTION f OWNER TO postgres
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! GRANT EXECUTE ON FUNCTION f TO pg_read_all_stats
! GRANT EXECUTE ON ROUTINE f TO pg_read_all_stats
! REVOKE EXECUTE ON FUNCTION public.f FROM PUBLIC
! COMMENT ON FUNCTION f IS 'two'
! COMMENT ON ROUTINE f IS 'two'
! ALTER FUNCTION f VOLATILE
! ALTER ROUTINE f SET search_path = ''
! ALTER FUNCTION f OWNER TO postgres
! ALTER FUNCTION f RENAME TO g
! DROP FUNCTION f
! DROP FUNCTION IF EXISTS f
GRANT EXECUTE ON FUNCTION f(text) TO pg_read_all_stats
COMMENT ON FUNCTION f(text) IS 'two'
ALTER FUNCTION f(text) STABLE
ALTER ROUTINE f(text) OWNER TO postgres
DROP FUNCTION f(integer)
GRANT EXECUTE ON FUNCTION f TO pg_read_all_stats
COMMENT ON ROUTINE f IS 'one again'
ALTER ROUTINE f VOLATILE
DROP FUNCTION f

-- functions and procedures of a name are told apart, but not as routines
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'
CREATE PROCEDURE f(text) LANGUAGE sql AS 'SELECT 1'
GRANT EXECUTE ON FUNCTION f TO pg_read_all_stats
COMMENT ON PROCEDURE f IS 'p'
ALTER PROCEDURE f SECURITY DEFINER
ALTER FUNCTION f OWNER TO postgres
! GRANT EXECUTE ON ROUTINE f TO pg_read_all_stats
! COMMENT ON ROUTINE f IS 'two'
! ALTER ROUTINE f SECURITY DEFINER
! ALTER ROUTINE f OWNER TO postgres
! COMMENT ON FUNCTION f(text) IS 'p'
! GRANT EXECUTE ON PROCEDURE f(integer) TO pg_read_all_stats
! ALTER PROCEDURE f(integer) OWNER TO postgres
CREATE AGGREGATE f(bigint) (SFUNC = int8pl, STYPE = bigint)
! COMMENT ON FUNCTION f IS 'an aggregate is one, too'
! GRANT EXECUTE ON FUNCTION f TO pg_read_all_stats

-- a function that is gone, or has other arguments
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'
! COMMENT ON FUNCTION f(text) IS 'x'
! GRANT EXECUTE ON FUNCTION f() TO pg_read_all_stats
! ALTER FUNCTION f(bigint) STABLE
! ALTER FUNCTION f(bigint) OWNER TO postgres
DROP FUNCTION f
! COMMENT ON FUNCTION f IS 'x'
! REVOKE EXECUTE ON FUNCTION f FROM PUBLIC
! ALTER FUNCTION f OWNER TO postgres
! ALTER FUNCTION f STABLE

-- a function is one of two
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE TABLE t (a integer, b text, CHECK (f(b) > 0))
DROP FUNCTION f(integer)
! DROP FUNCTION f(text)

-- rules
CREATE TABLE t (a integer, b integer)
CREATE TABLE log (a integer)
CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.a)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.a)
CREATE OR REPLACE RULE r AS ON UPDATE TO t DO INSTEAD NOTHING
CREATE TABLE c () INHERITS (t)
! DROP RULE r ON c
ALTER RULE r ON t RENAME TO s
! ALTER RULE r ON t RENAME TO s
! DROP RULE r ON t
DROP RULE IF EXISTS r ON t
ALTER TABLE t DISABLE RULE s
! ALTER TABLE t DISABLE RULE r
ALTER TABLE t ENABLE REPLICA RULE s
CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.a)
! ALTER RULE r ON t RENAME TO s
DROP RULE s ON t
! ALTER TABLE t ENABLE RULE s
CREATE VIEW v AS SELECT a FROM t
CREATE RULE w AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (new.a)
! DROP RULE "_RETURN" ON v
DROP VIEW v

-- a view on a renamed table
CREATE TABLE t (a integer, who text)
CREATE VIEW v AS SELECT a FROM t WHERE who = 'x'
ALTER TABLE t RENAME TO u

-- a view on two renamed tables
CREATE TABLE t (a integer, who text)
CREATE TABLE s (a integer, b text)
CREATE VIEW v AS SELECT t.a, s.b FROM t JOIN s ON t.a = s.a WHERE who = 'x'
ALTER TABLE t RENAME TO u
ALTER TABLE s RENAME TO t

-- a view on rows of a renamed table
CREATE TABLE t (a integer, who text)
CREATE VIEW v AS SELECT row_to_json(t) AS j, t.* FROM t
ALTER TABLE t RENAME TO u

-- a view on a renamed table that it calls by another name
CREATE TABLE t (a integer, who text)
CREATE TABLE s (a integer)
CREATE VIEW v AS SELECT t.a, u.a AS b FROM t t JOIN s u ON t.a = u.a
CREATE VIEW w AS SELECT t.a, (SELECT count(*) FROM s WHERE s.a = t.a) AS n FROM t
ALTER TABLE t RENAME TO u
ALTER TABLE s RENAME TO t

-- a statement for another kind of relation
CREATE TABLE t (a integer PRIMARY KEY)
CREATE VIEW v AS SELECT a FROM t
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE SEQUENCE s
CREATE INDEX i ON t (a)
! DROP TABLE v
! DROP TABLE IF EXISTS v
! DROP VIEW t
! DROP VIEW m
! DROP MATERIALIZED VIEW v
! DROP INDEX t
! DROP SEQUENCE t
! DROP TABLE s
! DROP TABLE i
! DROP FOREIGN TABLE t
! DROP TYPE t
! ALTER VIEW t RENAME TO u
! ALTER SEQUENCE t RENAME TO u
! ALTER MATERIALIZED VIEW v RENAME TO u
! TRUNCATE v
! TRUNCATE m
! CREATE INDEX ON v (a)
CREATE INDEX ON m (a)
! REFRESH MATERIALIZED VIEW v
! REFRESH MATERIALIZED VIEW t
! ALTER TABLE v ADD COLUMN b integer
! ALTER TABLE m ADD COLUMN b integer
! ALTER TABLE v ALTER COLUMN a SET NOT NULL
! ALTER TABLE v ADD CONSTRAINT k CHECK (a > 0)
! ALTER TABLE v ADD PRIMARY KEY (a)
! ALTER TABLE m ADD UNIQUE (a)
! ALTER TABLE v DROP COLUMN a
! ALTER TABLE v ALTER COLUMN a TYPE bigint
! ALTER TABLE v ENABLE ROW LEVEL SECURITY
! ALTER TABLE m ENABLE ROW LEVEL SECURITY
! ALTER TABLE v SET UNLOGGED
! CREATE TABLE c () INHERITS (v)
! CREATE TABLE r (a integer REFERENCES v)
! CREATE TABLE r (a integer REFERENCES m)
! LOCK TABLE m
! LOCK TABLE s
! ALTER SEQUENCE t RESTART
! CREATE OR REPLACE VIEW t AS SELECT 1 AS a
! ALTER TABLE t INHERIT v
! ALTER TABLE s ADD COLUMN a integer
! ALTER INDEX t SET (fillfactor = 70)
! ALTER VIEW t SET (security_barrier)

-- names of indexes that need quotes
CREATE TABLE t (a integer, b integer)
CREATE TABLE u (a integer)
CREATE UNIQUE INDEX "T_a_key" ON t (a)
! CREATE UNIQUE INDEX "T_a_key" ON u (a)
! CREATE INDEX "T_a_key" ON t (b)
! ALTER TABLE u ADD CONSTRAINT "T_a_key" UNIQUE (a)
! CREATE TABLE "T_a_key" (a integer)
! CREATE TABLE w (a integer CONSTRAINT "T_a_key" UNIQUE)
CREATE INDEX IF NOT EXISTS "T_a_key" ON t (b)
ALTER TABLE t ADD CONSTRAINT "K" UNIQUE (b)
! ALTER TABLE u ADD CONSTRAINT "K" UNIQUE (a)
! CREATE INDEX "K" ON u (a)
! ALTER TABLE t ADD CONSTRAINT "K" CHECK (a > 0)
! ALTER TABLE t DROP CONSTRAINT "k"
! DROP INDEX "K"
ALTER TABLE t DROP CONSTRAINT "K"

-- triggers of a partitioned table and their clones
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$
CREATE TABLE t (id integer, a integer) PARTITION BY LIST (a)
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1) PARTITION BY LIST (id)
CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()
CREATE TRIGGER h AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION f()
CREATE TRIGGER own AFTER INSERT ON t1 FOR EACH ROW EXECUTE FUNCTION f()
CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2)
CREATE TABLE t11 PARTITION OF t1 FOR VALUES IN (1)
CREATE TRIGGER h AFTER INSERT ON t2 FOR EACH STATEMENT EXECUTE FUNCTION f()
! DROP TRIGGER g ON t2
! DROP TRIGGER IF EXISTS g ON t11
! DROP TRIGGER own ON t11
! DROP TRIGGER g ON t1 CASCADE
DROP TRIGGER h ON t
DROP TRIGGER g ON t
CREATE TRIGGER g AFTER UPDATE ON t2 FOR EACH ROW EXECUTE FUNCTION f()
DROP TRIGGER own ON t1
DROP TRIGGER g ON t2

-- extensions: a type
CREATE EXTENSION citext
! CREATE EXTENSION citext
CREATE EXTENSION IF NOT EXISTS citext
CREATE TABLE t (a citext, b integer)
! DROP EXTENSION citext
ALTER TABLE t DROP COLUMN a
CREATE DOMAIN d AS citext
! DROP EXTENSION citext
DROP DOMAIN d
CREATE VIEW v AS SELECT 'x'::citext AS x
! DROP EXTENSION citext
DROP VIEW v
DROP EXTENSION citext

-- extensions: a type in a schema of its own, on cascade
CREATE SCHEMA extensions
CREATE EXTENSION hstore SCHEMA extensions
CREATE TABLE t (a extensions.hstore, b integer)
CREATE VIEW v AS SELECT a FROM t
CREATE INDEX i ON t USING gin (a)
! DROP EXTENSION hstore
DROP EXTENSION hstore CASCADE

-- extensions: a function in a default
CREATE EXTENSION "uuid-ossp"
CREATE TABLE t (id uuid DEFAULT uuid_generate_v4() PRIMARY KEY)
! DROP EXTENSION "uuid-ossp"
ALTER TABLE t ALTER COLUMN id SET DEFAULT gen_random_uuid()
DROP EXTENSION "uuid-ossp"
CREATE EXTENSION "uuid-ossp"
ALTER TABLE t ALTER COLUMN id SET DEFAULT uuid_generate_v1()
DROP EXTENSION "uuid-ossp" CASCADE

-- extensions: functions of pgcrypto
CREATE EXTENSION pgcrypto
CREATE TABLE t (id uuid DEFAULT gen_random_uuid())
DROP EXTENSION pgcrypto
CREATE EXTENSION pgcrypto
CREATE TABLE u (a text CHECK (a <> crypt('x', a)), b integer)
! DROP EXTENSION pgcrypto
DROP EXTENSION pgcrypto CASCADE

-- extensions: operator classes
CREATE EXTENSION pg_trgm
CREATE TABLE t (a text, b integer)
CREATE INDEX i ON t USING gin (a gin_trgm_ops)
! DROP EXTENSION pg_trgm
DROP INDEX i
DROP EXTENSION pg_trgm
CREATE EXTENSION btree_gist
CREATE TABLE r (room integer, during tstzrange, EXCLUDE USING gist (room WITH =, during WITH &&))
! DROP EXTENSION btree_gist
ALTER TABLE r DROP CONSTRAINT r_room_during_excl
CREATE INDEX ON r USING gist (during)
DROP EXTENSION btree_gist
CREATE EXTENSION btree_gin
CREATE INDEX j ON t USING gin (b)
! DROP EXTENSION btree_gin
DROP EXTENSION btree_gin CASCADE
CREATE EXTENSION intarray
CREATE TABLE n (a integer[])
CREATE INDEX k ON n USING gin (a)
DROP EXTENSION intarray
CREATE EXTENSION intarray
CREATE INDEX l ON n USING gin (a gin__int_ops)
! DROP EXTENSION intarray

-- extensions: one that needs another
CREATE EXTENSION earthdistance CASCADE
CREATE TABLE t (a earth, b cube)
! DROP EXTENSION cube
! DROP EXTENSION earthdistance
ALTER TABLE t DROP COLUMN a
! DROP EXTENSION cube
DROP EXTENSION earthdistance
! DROP EXTENSION cube
DROP EXTENSION cube CASCADE

-- extensions: foreign servers
CREATE EXTENSION postgres_fdw
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw
! DROP EXTENSION postgres_fdw
DROP SERVER other
DROP EXTENSION postgres_fdw

-- extensions: views and triggers
CREATE EXTENSION unaccent
CREATE TABLE t (a text, at timestamp)
CREATE VIEW v AS SELECT unaccent(a) AS a FROM t
! DROP EXTENSION unaccent
DROP EXTENSION unaccent CASCADE
CREATE EXTENSION moddatetime
CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION moddatetime(at)
! DROP EXTENSION moddatetime
DROP TRIGGER touch ON t
DROP EXTENSION moddatetime
CREATE EXTENSION ltree
CREATE TABLE n (path ltree)
CREATE INDEX i ON n (path)
! DROP EXTENSION ltree
DROP EXTENSION ltree CASCADE
CREATE EXTENSION moddatetime
CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION moddatetime(at)
DROP EXTENSION moddatetime CASCADE

-- comments follow
CREATE SCHEMA s
CREATE TABLE t (a integer CONSTRAINT k CHECK (a > 0), b integer)
CREATE INDEX i ON t (a)
COMMENT ON TABLE t IS 'the table'
COMMENT ON COLUMN t.a IS 'the ''column'''
COMMENT ON CONSTRAINT k ON t IS 'the check'
COMMENT ON INDEX i IS 'the index'
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()
COMMENT ON TRIGGER g ON t IS 'the trigger'
CREATE POLICY p ON t USING (true)
COMMENT ON POLICY p ON t IS 'the policy'
CREATE RULE r AS ON INSERT TO t DO ALSO NOTHING
COMMENT ON RULE r ON t IS 'the rule'
COMMENT ON FUNCTION f() IS 'the function'
CREATE TYPE e AS ENUM ('x')
COMMENT ON TYPE e IS 'the type'
CREATE SEQUENCE q
COMMENT ON SEQUENCE q IS 'the sequence'
CREATE VIEW v AS SELECT a FROM t
COMMENT ON VIEW v IS 'the view'
COMMENT ON COLUMN v.a IS 'of the view'
ALTER TABLE t RENAME COLUMN a TO c
ALTER TABLE t RENAME CONSTRAINT k TO l
ALTER TRIGGER g ON t RENAME TO h
ALTER POLICY p ON t RENAME TO o
ALTER RULE r ON t RENAME TO n
ALTER TABLE t SET SCHEMA s
ALTER TABLE s.t RENAME TO u
ALTER TYPE e RENAME TO f
COMMENT ON COLUMN s.u.b IS 'gone'
ALTER TABLE s.u DROP COLUMN b
COMMENT ON TABLE s.u IS NULL
DROP TRIGGER h ON s.u
CREATE TRIGGER h BEFORE INSERT ON s.u EXECUTE FUNCTION f()
DROP POLICY o ON s.u
CREATE POLICY o ON s.u USING (true)
CREATE OR REPLACE RULE n AS ON INSERT TO s.u DO INSTEAD NOTHING
ALTER TABLE s.u DISABLE RULE n

-- privileges
CREATE TABLE t (a integer, b integer)
CREATE SEQUENCE q
CREATE VIEW v AS SELECT a FROM t
GRANT SELECT, INSERT ON t TO pg_monitor, pg_read_all_stats
GRANT SELECT (a), UPDATE (a, b) ON t TO pg_monitor WITH GRANT OPTION
GRANT ALL ON t TO PUBLIC
GRANT USAGE ON SEQUENCE q TO pg_monitor
GRANT SELECT ON v TO pg_monitor WITH GRANT OPTION
GRANT SELECT ON v TO pg_monitor
REVOKE GRANT OPTION FOR UPDATE (a) ON t FROM pg_monitor
REVOKE INSERT ON t FROM pg_monitor
ALTER TABLE t RENAME COLUMN a TO c
ALTER TABLE t DROP COLUMN b
REVOKE SELECT ON t FROM pg_monitor
GRANT UPDATE ON ALL SEQUENCES IN SCHEMA public TO pg_read_all_stats
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
GRANT EXECUTE ON FUNCTION f(integer) TO pg_monitor
REVOKE EXECUTE ON FUNCTION f(integer) FROM PUBLIC
CREATE TYPE e AS ENUM ('x')
GRANT USAGE ON TYPE e TO pg_monitor
ALTER TABLE t RENAME TO u
CREATE SCHEMA s
GRANT USAGE, CREATE ON SCHEMA s TO pg_monitor
GRANT ALL ON SCHEMA s TO PUBLIC
REVOKE CREATE ON SCHEMA s FROM PUBLIC

-- publications and what they hold
CREATE SCHEMA s
CREATE TABLE t (a integer PRIMARY KEY, b integer)
CREATE TABLE c () INHERITS (t)
CREATE TABLE s.u (a integer PRIMARY KEY)
CREATE TABLE p (a integer) PARTITION BY LIST (a)
CREATE TABLE q PARTITION OF p DEFAULT
CREATE PUBLICATION one FOR TABLE t, ONLY s.u WITH (publish = 'insert')
CREATE PUBLICATION two FOR ALL TABLES
CREATE PUBLICATION three FOR TABLE p, TABLES IN SCHEMA s
CREATE PUBLICATION four FOR TABLE ONLY t (a), s.u WHERE (a > 0)
ALTER PUBLICATION one DROP TABLE s.u
ALTER PUBLICATION three ADD TABLE t
ALTER PUBLICATION four SET (publish = 'insert, update')
CREATE PUBLICATION five
ALTER PUBLICATION five SET TABLE p, TABLES IN SCHEMA public
ALTER PUBLICATION five SET TABLE s.u
ALTER PUBLICATION three DROP TABLES IN SCHEMA s
ALTER TABLE t RENAME TO v
DROP TABLE p
DROP PUBLICATION two
CREATE PUBLICATION two FOR TABLE v

-- statistics objects
CREATE TABLE t (a integer, b integer)
CREATE STATISTICS x ON a, b FROM t
CREATE STATISTICS y (ndistinct) ON a, b FROM t
ALTER STATISTICS y RENAME TO z
ALTER TABLE t RENAME COLUMN a TO c
ALTER TABLE t RENAME TO u
DROP STATISTICS x
CREATE STATISTICS w ON c, (b + 1) FROM u

-- aggregates, operators, casts
CREATE FUNCTION f(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2'
CREATE AGGREGATE total (integer) (SFUNC = f, STYPE = integer, INITCOND = '0')
CREATE AGGREGATE product (integer) (SFUNC = int4mul, STYPE = integer, INITCOND = '1')
CREATE OPERATOR === (FUNCTION = f, LEFTARG = integer, RIGHTARG = integer)
CREATE OPERATOR @@@ (FUNCTION = int4abs, RIGHTARG = integer)
CREATE TYPE e AS (x integer)
CREATE FUNCTION g(e) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE CAST (e AS integer) WITH FUNCTION g(e)
ALTER AGGREGATE product (integer) RENAME TO multiply
DROP OPERATOR @@@ (NONE, integer)
DROP AGGREGATE total (integer)
DROP CAST (e AS integer)
CREATE CAST (e AS integer) WITH FUNCTION g(e) AS ASSIGNMENT
DROP OPERATOR IF EXISTS === (integer, bigint)

-- text search, collations and conversions
CREATE TEXT SEARCH CONFIGURATION mine (COPY = simple)
CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple)
ALTER TEXT SEARCH CONFIGURATION mine RENAME TO ours
ALTER TEXT SEARCH DICTIONARY words RENAME TO terms
CREATE COLLATION german FROM "C"
ALTER COLLATION german RENAME TO deutsch
CREATE CONVERSION conv FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1
DROP TEXT SEARCH DICTIONARY terms
DROP CONVERSION conv

-- statistics, privileges and rules that the server refuses
CREATE TABLE t (a integer, b integer)
CREATE STATISTICS x ON a, b FROM t
! CREATE STATISTICS x ON a, b FROM t
! CREATE STATISTICS y ON a, a FROM t
! CREATE STATISTICS y ON a, c FROM t
! GRANT SELECT (c) ON t TO pg_monitor
! REVOKE SELECT (c) ON t FROM pg_monitor
CREATE UNLOGGED TABLE u (a integer PRIMARY KEY)
! ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u
! CREATE TABLE w (a integer REFERENCES u)
CREATE UNLOGGED TABLE v (a integer REFERENCES u)
! CREATE TABLE w () INHERITS (t, public.t)
CREATE VIEW n AS SELECT a FROM t
CREATE RULE r AS ON INSERT TO n DO INSTEAD NOTHING
! ALTER TABLE n DISABLE RULE r
DROP TABLE t CASCADE
CREATE TABLE t (a integer, b integer)
CREATE STATISTICS x ON a, b FROM t

-- 18: only NOT NULL constraints change what they pass on
CREATE TABLE t (a integer CONSTRAINT k CHECK (a > 0))
! ALTER TABLE t ALTER CONSTRAINT k NO INHERIT
! ALTER TABLE t ALTER CONSTRAINT k INHERIT

-- LIKE copies comments
CREATE TABLE t (a integer CONSTRAINT k CHECK (a > 0), b varchar(5))
COMMENT ON COLUMN t.b IS 'a word'
COMMENT ON CONSTRAINT k ON t IS 'a check'
COMMENT ON TABLE t IS 'not this'
CREATE INDEX i ON t (a)
COMMENT ON INDEX i IS 'an index'
CREATE TABLE u (LIKE t INCLUDING ALL)
CREATE TABLE v (LIKE t INCLUDING COMMENTS)
CREATE TABLE w (LIKE t INCLUDING COMMENTS INCLUDING INDEXES, c integer)

-- statistics go with their columns
CREATE TABLE t (a integer, "Mixed" integer, c integer)
CREATE STATISTICS x ON a, "Mixed" FROM t
CREATE STATISTICS y (mcv, ndistinct) ON a, c FROM t
CREATE STATISTICS z ON (c + 1), a FROM t
ALTER TABLE t RENAME COLUMN c TO "C"
ALTER TABLE t DROP COLUMN "Mixed"

-- LIKE copies statistics
CREATE TABLE t (a integer, b integer, c integer)
CREATE STATISTICS x ON c, a FROM t
CREATE STATISTICS y (mcv) ON b, (a + 1), (c + 1) FROM t
CREATE TABLE u (LIKE t INCLUDING ALL)
CREATE TABLE v (LIKE t INCLUDING STATISTICS)
CREATE TABLE w (LIKE t)

-- 16: statistics without a name
CREATE TABLE t (a integer, b integer, c integer)
CREATE STATISTICS ON c, a FROM t
CREATE STATISTICS ON c, a FROM t
CREATE STATISTICS ON b, (a + 1) FROM t

-- an index of a partition that is made anew has the parameters of its parent
CREATE TABLE t (a integer, b text, UNIQUE (a, b)) PARTITION BY LIST (a)
CREATE TABLE t3 PARTITION OF t FOR VALUES IN (3)
CREATE INDEX ON t (b, a)
CREATE INDEX own ON t3 (b) WITH (fillfactor = 60)
ALTER INDEX t3_b_a_idx SET (fillfactor = 50)
ALTER INDEX t3_a_b_key SET (fillfactor = 50)
ALTER TABLE t ALTER COLUMN b TYPE varchar(40)

-- members of publications, and names of keys that relations have
CREATE TABLE t (a integer PRIMARY KEY, b integer UNIQUE)
CREATE TABLE u (a integer, CONSTRAINT c CHECK (a > 0))
CREATE TABLE k (a integer) INHERITS (u)
CREATE PUBLICATION p FOR TABLE t, u
! CREATE PUBLICATION p
! ALTER PUBLICATION p ADD TABLE t
! ALTER PUBLICATION p ADD TABLE k
ALTER PUBLICATION p DROP TABLE u
! ALTER PUBLICATION p DROP TABLE u
ALTER PUBLICATION p SET TABLE u
ALTER PUBLICATION p ADD TABLE t
DROP PUBLICATION p
CREATE PUBLICATION p
ALTER PUBLICATION p ADD TABLE t
! ALTER TABLE t RENAME CONSTRAINT t_pkey TO u
! ALTER TABLE t RENAME CONSTRAINT t_pkey TO t_b_key
ALTER TABLE u RENAME CONSTRAINT c TO t

-- the default of a serial column is cast, too
CREATE TABLE t (a serial, b smallserial, c bigserial, d text)
CREATE SEQUENCE s
ALTER TABLE t ALTER COLUMN d SET DEFAULT nextval('s')
! ALTER TABLE t ALTER COLUMN a TYPE boolean USING NULL
! ALTER TABLE t ALTER COLUMN a TYPE boolean USING a > 0
ALTER TABLE t ALTER COLUMN a TYPE bigint
ALTER TABLE t ALTER COLUMN b TYPE text
! ALTER TABLE t ALTER COLUMN c TYPE date USING NULL
ALTER TABLE t ALTER COLUMN d TYPE varchar(20)
ALTER TABLE t ALTER COLUMN c TYPE numeric(10)
ALTER TABLE t ALTER COLUMN a DROP DEFAULT
ALTER TABLE t ALTER COLUMN a TYPE boolean USING a > 0

-- a column of two parents has the default of either
CREATE TABLE p (a integer DEFAULT 1, b text, c integer DEFAULT 5, d serial, e integer)
CREATE TABLE q (a integer, b text DEFAULT 'x', c integer DEFAULT 6, d integer, e serial)
! CREATE TABLE k () INHERITS (p, q)
CREATE TABLE k (c integer DEFAULT 7) INHERITS (p, q)
ALTER TABLE q ALTER COLUMN c SET DEFAULT 5
CREATE TABLE l () INHERITS (q, p)
ALTER TABLE p ALTER COLUMN e SET DEFAULT 0
CREATE TABLE m (e integer DEFAULT NULL, b text DEFAULT 'y') INHERITS (p)
CREATE TABLE n (a bigint DEFAULT 3, c integer)
CREATE TABLE o (c integer DEFAULT 3) INHERITS (n)

-- publications, their schemas and renames
CREATE SCHEMA s1
CREATE SCHEMA s2
CREATE TABLE t (a integer PRIMARY KEY)
CREATE PUBLICATION p FOR TABLE t, TABLES IN SCHEMA s1, s2 WITH (publish = 'insert')
ALTER SCHEMA s1 RENAME TO s9
ALTER PUBLICATION p RENAME TO q
DROP SCHEMA s2
ALTER PUBLICATION q DROP TABLE t
ALTER PUBLICATION q ADD TABLE t
ALTER PUBLICATION q SET (publish = 'update')

-- comments under more than one name
CREATE TYPE e AS ENUM ('a')
CREATE SCHEMA s
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
COMMENT ON TYPE e IS 'one'
COMMENT ON TYPE public.e IS 'two'
COMMENT ON FUNCTION f IS 'one'
COMMENT ON FUNCTION public.f(integer) IS 'two'
COMMENT ON SCHEMA s IS 'one'
ALTER SCHEMA s RENAME TO s2
COMMENT ON SCHEMA s2 IS 'two'
ALTER TYPE e RENAME TO e2
COMMENT ON TYPE e2 IS 'three'
ALTER FUNCTION f RENAME TO g
COMMENT ON FUNCTION g IS NULL
COMMENT ON TYPE public.e2 IS NULL

-- an index of the partitioned table alone is made on the partitions when a type change makes it anew
CREATE TABLE z (a integer, b varchar(5)) PARTITION BY RANGE (a)
CREATE TABLE z1 PARTITION OF z FOR VALUES FROM (1) TO (10) PARTITION BY RANGE (a)
CREATE TABLE z11 PARTITION OF z1 FOR VALUES FROM (1) TO (10)
CREATE TABLE z2 PARTITION OF z FOR VALUES FROM (10) TO (20)
CREATE TABLE z3 PARTITION OF z FOR VALUES FROM (20) TO (30)
CREATE INDEX i ON ONLY z (b)
CREATE INDEX own2 ON z2 (b)
CREATE INDEX own3 ON z3 (b)
ALTER INDEX i ATTACH PARTITION own3
ALTER TABLE z ALTER b TYPE varchar(9)
ALTER TABLE z ALTER b TYPE text

-- 16: statistics objects of more than one schema
CREATE SCHEMA s1
CREATE TABLE t (a integer, b integer, c integer)
CREATE STATISTICS x ON a, b FROM t
CREATE STATISTICS s1.x ON b, c FROM t
! CREATE STATISTICS x ON a, c FROM t
CREATE STATISTICS ON a, c FROM t
CREATE TABLE s1.t (LIKE t INCLUDING ALL)
ALTER STATISTICS s1.x RENAME TO y
ALTER STATISTICS x SET SCHEMA s1
ALTER TABLE t RENAME TO u
ALTER TABLE u SET SCHEMA s1
ALTER SCHEMA s1 RENAME TO s2
DROP STATISTICS s2.y
CREATE TABLE v (LIKE s2.t INCLUDING STATISTICS)
DROP SCHEMA s2 CASCADE

-- a view of which the columns cannot be told stays when another column goes
CREATE TABLE t (a integer, b integer, j jsonb)
CREATE VIEW v AS SELECT t.a, e.value FROM t, jsonb_each(t.j) e
ALTER TABLE t DROP COLUMN b
DROP VIEW v
! DROP VIEW v
CREATE VIEW w AS SELECT t.a, e.value FROM t, jsonb_each(t.j) e
! ALTER TABLE t DROP COLUMN j
! ALTER TABLE t DROP COLUMN a
DROP VIEW w

-- what code that nobody could read has made is not missing
CREATE TABLE t (a integer)
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE FUNCTION add_audit(tab text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREATE TRIGGER audited BEFORE INSERT ON ' || tab || ' FOR EACH ROW EXECUTE FUNCTION audit()'; END $$
SELECT add_audit('t')
ALTER TABLE t DISABLE TRIGGER audited
ALTER TABLE t RENAME TO u
! ALTER TABLE u DROP CONSTRAINT k
! DROP POLICY p ON u
DROP TRIGGER audited ON u

-- a function in a CASE, or one for rows, may not be called
CREATE TABLE t (a integer)
CREATE FUNCTION refuse() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION $x$no$x$; END'
SELECT CASE WHEN 1 > 2 THEN refuse() END
SELECT coalesce(1, refuse())
SELECT refuse() WHERE 1 > 2
SELECT refuse() FROM t
SELECT 1 FROM t WHERE refuse() > 1
UPDATE t SET a = refuse()
DELETE FROM t WHERE a = refuse()
! SELECT refuse()
! SELECT * FROM refuse()
! INSERT INTO t VALUES (refuse())

-- columns that are named with their table
CREATE TABLE t (a integer, b text, CHECK (t.a > 0 AND public.t.b <> 'x'), c integer GENERATED ALWAYS AS (t.a + 1) STORED)
ALTER TABLE t ADD CONSTRAINT k CHECK (public.t.b ~ '^[A-Z]')
CREATE INDEX ON t ((public.t.a + 1), lower(t.b)) WHERE public.t.b IS NOT NULL
ALTER TABLE t RENAME TO u
CREATE SCHEMA s
ALTER TABLE u SET SCHEMA s
ALTER TABLE s.u RENAME COLUMN b TO d

-- a foreign key points at what a unique index keeps apart
CREATE TABLE t (a integer, b integer, c integer, d integer UNIQUE DEFERRABLE, PRIMARY KEY (a, b))
CREATE UNIQUE INDEX ON t (c) INCLUDE (a)
CREATE UNIQUE INDEX i ON t (d) WHERE a > 0
CREATE TABLE u (a integer, b integer, c integer REFERENCES t (c), FOREIGN KEY (b, a) REFERENCES t (b, a), FOREIGN KEY (a, b) REFERENCES t)
! ALTER TABLE u ADD COLUMN d integer REFERENCES t (d)
! ALTER TABLE u ADD FOREIGN KEY (a) REFERENCES t (a)
! ALTER TABLE u ADD FOREIGN KEY (a, b) REFERENCES t (a, a)
! ALTER TABLE u ADD FOREIGN KEY (c) REFERENCES t (c) ON DELETE SET NULL (a)
CREATE TABLE v (a integer, b integer REFERENCES v (a), UNIQUE (a))
CREATE TABLE w (LIKE t INCLUDING ALL)
ALTER TABLE u ADD FOREIGN KEY (a, b) REFERENCES w (b, a)
ALTER TABLE u ADD x integer UNIQUE, ADD FOREIGN KEY (b) REFERENCES u (x)
CREATE UNIQUE INDEX k ON v (b)
ALTER TABLE v ADD CONSTRAINT k UNIQUE USING INDEX k, ADD FOREIGN KEY (a) REFERENCES v (b)
CREATE VIEW x AS SELECT a FROM t
! CREATE TABLE y (a integer REFERENCES x (a))
CREATE TABLE p (a integer PRIMARY KEY) PARTITION BY RANGE (a)
! ALTER TABLE ONLY p ADD FOREIGN KEY (a) REFERENCES v (a)
! ALTER TABLE p ADD CHECK (a > 0) NO INHERIT

-- operators that the types have
CREATE TABLE t (a text, b integer, c date, d jsonb, e boolean, f text[], h timestamptz, i numeric, j interval, n varchar(10), o bigint, s time, u name)
ALTER TABLE t ADD CHECK (a > '1'), ADD CHECK (a IN ('x', 'y')), ADD CHECK (b IN (1, 2)), ADD CHECK (b = ANY (ARRAY[1, 2])), ADD CHECK (b = ANY ('{1,2}'))
ALTER TABLE t ADD CHECK (a = ANY (f)), ADD CHECK ('x' = ANY (f)), ADD CHECK (a LIKE ANY (f)), ADD CHECK (b BETWEEN 1 AND 2.5)
ALTER TABLE t ADD CHECK (c BETWEEN '2000-01-01' AND h), ADD CHECK (c + 1 > h), ADD CHECK (h - c > j), ADD CHECK (c - c > 1), ADD CHECK (b * j > j)
ALTER TABLE t ADD CHECK (e), ADD CHECK (e = 't'), ADD CHECK (e IS TRUE AND NOT e), ADD CHECK (NULL), ADD CHECK ('t' AND e), ADD CHECK ((b = 1) = e)
ALTER TABLE t ADD CHECK (d ->> 'x' = 'y'), ADD CHECK ((d ->> 'x')::integer > b), ADD CHECK (d ? 'x'), ADD CHECK (d - 'x' = d), ADD CHECK (u = a)
ALTER TABLE t ADD CONSTRAINT k CHECK (tableoid > 1), ADD CHECK (a || b = n), ADD CHECK ((b + o) * 2 > 1.5), ADD CHECK (s + j > '1:00')
CREATE POLICY p ON t USING (ctid IS NOT NULL AND u = current_user AND EXISTS (SELECT 1 FROM t x WHERE x.b = t.b))
! ALTER TABLE t ADD CHECK (a + b > 1)
! ALTER TABLE t ADD CHECK (a > 1)
! ALTER TABLE t ADD CHECK (b ~ 'x')
! ALTER TABLE t ADD CHECK (b LIKE 'x')
! ALTER TABLE t ADD CHECK (e = 1)
! ALTER TABLE t ADD CHECK (b IN ('a'::text))
! ALTER TABLE t ADD CHECK (a BETWEEN 1 AND 2)
! ALTER TABLE t ADD CHECK (a IS DISTINCT FROM b)
! ALTER TABLE t ADD CHECK (b)
! ALTER TABLE t ADD CHECK (a AND e)
! ALTER TABLE t ADD CHECK (NOT b)
! ALTER TABLE t ADD CHECK (ctid IS NOT NULL)
! ALTER TABLE t ADD CHECK (nowhere > 1)
! CREATE INDEX ON t (b) WHERE a = 1
! CREATE INDEX ON t (b) WHERE b
! CREATE INDEX ON t ((nowhere + 1))
! CREATE INDEX ON t USING gin (lower(a))
! CREATE POLICY q ON t USING (a = b)
! CREATE POLICY q ON t USING (b)
! ALTER TABLE t ADD x text DEFAULT 1 + 'a'::text

-- what is not immutable is no index and no generated column
CREATE TABLE t (a text, b integer, c date, d timestamp, e timestamptz, f interval, g text[], h boolean, n varchar(9))
! CREATE INDEX ON t ((e::date))
! CREATE INDEX ON t (date_trunc('day', e))
! CREATE INDEX ON t (date_trunc('day', c))
! CREATE INDEX ON t (date(e))
! CREATE INDEX ON t (extract(year FROM e))
! CREATE INDEX ON t (to_char(d, 'YYYY'))
! CREATE INDEX ON t (concat(a, b))
! CREATE INDEX ON t (age(d))
! CREATE INDEX ON t (to_tsvector(a))
! CREATE INDEX ON t ((a::date))
! CREATE INDEX ON t ((n::timestamp))
! CREATE INDEX ON t ((c::text))
! CREATE INDEX ON t ((f::text))
! CREATE INDEX ON t ((current_user = a))
! CREATE INDEX ON t (b) WHERE e > now()
! CREATE INDEX ON t (b) WHERE h AND random() > 1
! ALTER TABLE t ADD x integer GENERATED ALWAYS AS (random()) STORED
! ALTER TABLE t ADD x text GENERATED ALWAYS AS (array_to_string(g, ',')) STORED
CREATE INDEX ON t (date_trunc('day', d), (d::date), (c::timestamp), extract(year FROM c), extract(day FROM d), age(d, d), timezone('UTC', e))
CREATE INDEX ON t (to_tsvector('simple', a), to_timestamp(b), date(d), (a || b), (b::text), (a::integer), ('2000-01-01'::date), quote_literal(a))
CREATE INDEX ON t (b) WHERE CASE WHEN true THEN h ELSE random() > 1 END
CREATE INDEX ON t (b) WHERE coalesce(true, random() > 1)
CREATE INDEX ON t (b) WHERE false AND random() > 1
CREATE FUNCTION now(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 1'
CREATE INDEX ON t (now(b))
CREATE TYPE mood AS ENUM ('x')
CREATE TABLE u (a text, b mood, c time, d money, e integer[], f interval, g numeric, h regclass)
! CREATE INDEX ON u (coalesce(f::text, ''))
! CREATE INDEX ON u (coalesce(a, f::text))
! CREATE INDEX ON u (nullif(f::text, ''))
! CREATE INDEX ON u (greatest(f::text, ''))
! CREATE INDEX ON u ((b::text))
! CREATE INDEX ON u ((a::mood))
! CREATE INDEX ON u ((c::timetz))
! CREATE INDEX ON u ((d::numeric))
! CREATE INDEX ON u ((g::money))
! CREATE INDEX ON u ((e::text))
! CREATE INDEX ON u ((h::text))
CREATE INDEX ON u (coalesce('x', f::text), coalesce(lower('X'), f::text), coalesce(a, 'x', f::text), (e::bigint[]), (g::text), (c::text), ('x'::mood))

-- what a function in FROM may offer says nothing of names with another qualifier
CREATE TABLE t (a integer, b integer, c text[])
CREATE VIEW v1 AS SELECT t.a, e.value FROM t CROSS JOIN LATERAL json_each_text('{}') AS e
CREATE VIEW v2 AS SELECT q.n, w.* FROM (SELECT t.a AS n FROM t) q, LATERAL regexp_matches('x', 'x') AS w
CREATE VIEW v3 AS SELECT t.c, e.b FROM t, LATERAL json_to_record('{}') AS e (b integer)
CREATE VIEW v4 AS SELECT t.b, e.value FROM t CROSS JOIN LATERAL json_each_text('{}') AS e
ALTER TABLE t DROP COLUMN a CASCADE
ALTER TABLE t DROP COLUMN b CASCADE

-- generated columns name no other, and no column of the server but tableoid
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a + 1) STORED)
! ALTER TABLE t ADD x integer GENERATED ALWAYS AS (b + 1) STORED
! ALTER TABLE t ADD x integer GENERATED ALWAYS AS (x + 1) STORED
! ALTER TABLE t ADD x integer GENERATED ALWAYS AS (nowhere + 1) STORED
! ALTER TABLE t ADD x text GENERATED ALWAYS AS (ctid::text) STORED
! ALTER TABLE t ADD x boolean GENERATED ALWAYS AS (a > 'x'::text) STORED
ALTER TABLE t ADD x oid GENERATED ALWAYS AS (tableoid) STORED, ADD y boolean GENERATED ALWAYS AS (a > '1') STORED
! ALTER TABLE t ADD xmin integer
! ALTER TABLE t RENAME a TO ctid
! CREATE TABLE u (tableoid integer)

-- USING INDEX takes no column twice
CREATE TABLE t (a integer NOT NULL, b integer)
CREATE UNIQUE INDEX i ON t (a, a)
CREATE UNIQUE INDEX j ON t (a) INCLUDE (a)
! ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i
! ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING INDEX i
ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX j

-- identity of columns that have it, and of those that do not
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY, b integer, c integer NOT NULL DEFAULT 1, d integer NOT NULL, e serial)
! ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY
! ALTER TABLE t ALTER b ADD GENERATED ALWAYS AS IDENTITY
! ALTER TABLE t ALTER c ADD GENERATED ALWAYS AS IDENTITY
! ALTER TABLE t ALTER e ADD GENERATED ALWAYS AS IDENTITY
! ALTER TABLE t ALTER b SET GENERATED ALWAYS
! ALTER TABLE t ALTER b DROP IDENTITY
ALTER TABLE t ALTER b DROP IDENTITY IF EXISTS
ALTER TABLE t ALTER b SET NOT NULL, ALTER b ADD GENERATED ALWAYS AS IDENTITY, ALTER a DROP IDENTITY
ALTER TABLE t ALTER e DROP DEFAULT, ALTER e ADD GENERATED BY DEFAULT AS IDENTITY
ALTER TABLE t ALTER d ADD GENERATED ALWAYS AS IDENTITY, ALTER b SET GENERATED BY DEFAULT

-- 17: identity is for the whole of a partitioned table
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY, b integer NOT NULL) PARTITION BY RANGE (a)
! ALTER TABLE ONLY t ALTER a DROP IDENTITY
CREATE TABLE t1 PARTITION OF t DEFAULT
! ALTER TABLE ONLY t ALTER a SET GENERATED BY DEFAULT
! ALTER TABLE ONLY t ALTER b ADD GENERATED ALWAYS AS IDENTITY
! ALTER TABLE t1 ALTER b ADD GENERATED ALWAYS AS IDENTITY
! ALTER TABLE t1 ALTER a DROP IDENTITY
! ALTER TABLE t1 ALTER a SET GENERATED BY DEFAULT
ALTER TABLE t ALTER a DROP IDENTITY, ALTER b ADD GENERATED ALWAYS AS IDENTITY

-- partitions do not overlap
CREATE TABLE l (a text) PARTITION BY LIST (a)
CREATE TABLE l1 PARTITION OF l FOR VALUES IN ('x', 'y', NULL)
! CREATE TABLE l2 PARTITION OF l FOR VALUES IN ('z', 'y')
! CREATE TABLE l2 PARTITION OF l FOR VALUES IN (NULL)
CREATE TABLE l2 (a text)
! ALTER TABLE l ATTACH PARTITION l2 FOR VALUES IN ('x')
ALTER TABLE l ATTACH PARTITION l2 FOR VALUES IN ('X', 'z')
ALTER TABLE l DETACH PARTITION l1
CREATE TABLE l3 PARTITION OF l FOR VALUES IN ('x')
DROP TABLE l3
CREATE TABLE l4 PARTITION OF l FOR VALUES IN ('x')
CREATE TABLE r (a date) PARTITION BY RANGE (a)
CREATE TABLE r1 PARTITION OF r FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
CREATE TABLE r2 PARTITION OF r FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
! CREATE TABLE r3 PARTITION OF r FOR VALUES FROM ('2024-06-01') TO ('2025-06-01')
! CREATE TABLE r3 PARTITION OF r FOR VALUES FROM ('2026-06-01') TO ('2026-06-01')
! CREATE TABLE r3 PARTITION OF r FOR VALUES FROM (MINVALUE) TO (MAXVALUE)
CREATE TABLE r3 PARTITION OF r FOR VALUES FROM (MINVALUE) TO ('2024-01-01')
CREATE TABLE r4 PARTITION OF r FOR VALUES FROM (DATE '2026-01-01') TO (MAXVALUE)
CREATE TABLE r5 PARTITION OF r DEFAULT
! CREATE TABLE r6 PARTITION OF r DEFAULT
CREATE TABLE s (a integer, b integer) PARTITION BY RANGE (a, b)
CREATE TABLE s1 PARTITION OF s FOR VALUES FROM (1, 1) TO (5, 5)
! CREATE TABLE s2 PARTITION OF s FOR VALUES FROM (5, 4) TO (6, 1)
CREATE TABLE s2 PARTITION OF s FOR VALUES FROM (5, 5) TO (6, MAXVALUE)
CREATE TABLE s3 PARTITION OF s FOR VALUES FROM (0, MINVALUE) TO (1, 1)
CREATE TABLE s4 PARTITION OF s FOR VALUES FROM (10, 1) TO (100, 1)
! CREATE TABLE s5 PARTITION OF s FOR VALUES FROM (9, 1) TO (11, 1)
CREATE TABLE s5 PARTITION OF s FOR VALUES FROM (9, 1) TO (10, 1)
CREATE TABLE h (a integer) PARTITION BY HASH (a)
CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0)
! CREATE TABLE h2 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0)
! CREATE TABLE h2 PARTITION OF h FOR VALUES WITH (MODULUS 4, REMAINDER 2)
! CREATE TABLE h2 PARTITION OF h FOR VALUES WITH (MODULUS 3, REMAINDER 1)
! CREATE TABLE h2 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 2)
CREATE TABLE h2 PARTITION OF h FOR VALUES WITH (MODULUS 4, REMAINDER 1)
CREATE TABLE h3 PARTITION OF h FOR VALUES WITH (MODULUS 8, REMAINDER 3)

-- index expressions that need parentheses
CREATE TABLE t (a timestamptz, b text, c integer, j jsonb)
CREATE INDEX i1 ON t ((a AT TIME ZONE 'UTC'))
CREATE INDEX i2 ON t ((c::text))
CREATE INDEX i3 ON t ((CASE WHEN c > 1 THEN b END))
CREATE INDEX i4 ON t ((b COLLATE "C"))
CREATE INDEX i5 ON t ((lower(b) COLLATE "C"))
CREATE INDEX i6 ON t ((j -> 'a'))
CREATE INDEX i7 ON t ((extract(year FROM a AT TIME ZONE 'UTC')))
CREATE INDEX i8 ON t (coalesce(b, 'x'))
CREATE INDEX i9 ON t ((b IS NULL), (c IN (1, 2)), (NOT (c > 1)), (row(c, b) = row(1, 'x')))
CREATE INDEX i10 ON t (substring(b FROM 1 FOR 2), trim(b), position('a' IN b), overlay(b PLACING 'x' FROM 1))
CREATE INDEX i11 ON t (greatest(c, 1), nullif(c, 1))
CREATE INDEX i12 ON t ((b LIKE 'a%'), (b SIMILAR TO 'x'))
CREATE INDEX i13 ON t ((b IS NORMALIZED), (a BETWEEN 'epoch' AND 'infinity'), (c IS DISTINCT FROM 1))
CREATE INDEX i14 ON t ((normalize(b)))
CREATE INDEX i15 ON t ((ARRAY[c]), ((ARRAY[c])[1]))
CREATE INDEX i16 ON t (((j -> 'a')::text)) WHERE (a AT TIME ZONE 'UTC') > '2000-01-01'::timestamp
CREATE INDEX i17 ON t (((a, 'epoch'::timestamptz) OVERLAPS ('epoch'::timestamptz, a)))
CREATE INDEX i18 ON t (lower(b) COLLATE "C" text_pattern_ops)
CREATE INDEX i19 ON t (cast(c AS bigint))
CREATE INDEX i20 ON t ((a = ANY (ARRAY['epoch'::timestamptz])))
CREATE INDEX i21 ON t (( xmlserialize(DOCUMENT NULL::xml AS text) ))

-- partition keys that need parentheses
CREATE TABLE t (a timestamptz, b text, c integer) PARTITION BY RANGE ((a AT TIME ZONE 'UTC'), (b COLLATE "C"), (c::bigint), lower(b))
CREATE TABLE u (a timestamptz, b text) PARTITION BY LIST ((CASE WHEN b > 'x' THEN 1 ELSE 2 END))

-- expressions in checks, defaults, generated columns and policies that need parentheses
CREATE TABLE t (n boolean DEFAULT (NOT true), a timestamptz DEFAULT (now() AT TIME ZONE 'UTC'), b text DEFAULT ('x' COLLATE "C"), c integer DEFAULT (CASE WHEN true THEN 1 END), CHECK (c IS NULL), CHECK (a IS DISTINCT FROM now()), CHECK (b COLLATE "C" > 'x'), e boolean DEFAULT (1 IS NULL), f integer DEFAULT (1 + 2)::integer, g date DEFAULT '2020-01-01'::date, h boolean DEFAULT (1 IN (1, 2)), i integer[] DEFAULT ARRAY[1], j integer DEFAULT -1, k integer DEFAULT (ARRAY[1, 2])[1], l text DEFAULT current_user, m text DEFAULT NULLIF('a', 'b'))
ALTER TABLE t ADD COLUMN dg timestamp GENERATED ALWAYS AS (a AT TIME ZONE 'UTC') STORED
CREATE POLICY p ON t USING (a AT TIME ZONE 'UTC' > 'epoch') WITH CHECK (CASE WHEN c > 1 THEN true END)

-- exclusion constraints with expressions and WHERE
CREATE TABLE t (a timestamptz, b text, c integer, EXCLUDE USING gist (tstzrange(a, a) WITH &&) WHERE (c > 1), EXCLUDE ((c::bigint) WITH =), EXCLUDE ((a AT TIME ZONE 'UTC') WITH =), EXCLUDE USING gist (point(c, c) WITH ~=) INCLUDE (b) DEFERRABLE INITIALLY DEFERRED)

-- 18: temporal keys
CREATE TABLE t (id int4range, during daterange, x int, CONSTRAINT t_pk PRIMARY KEY (id, during WITHOUT OVERLAPS), UNIQUE (during, id WITHOUT OVERLAPS) DEFERRABLE)
CREATE TABLE u (id int4range, during daterange, CONSTRAINT f FOREIGN KEY (id, PERIOD during) REFERENCES t (id, PERIOD during), FOREIGN KEY (id, PERIOD during) REFERENCES t)
ALTER TABLE u ADD UNIQUE (id, during WITHOUT OVERLAPS)
CREATE TABLE v (LIKE t INCLUDING ALL)

-- whole rows in checks
CREATE TABLE t (a integer, b integer, CHECK (t IS NOT NULL))
CREATE TABLE u (a integer, b integer)
ALTER TABLE u ADD CHECK (u IS NOT NULL), ADD CHECK (u.a > 0 AND u IS NOT NULL), ADD CHECK (u.* IS NOT NULL)
CREATE TABLE w (a integer CHECK (w IS NOT NULL), b integer CHECK (w.* IS NOT NULL), c integer CHECK (tableoid > 0), CHECK (tableoid > 1::oid AND a > 1), CHECK (tableoid > 2))
ALTER TABLE w RENAME TO x
ALTER TABLE x ADD COLUMN f integer CHECK (x IS NOT NULL)

-- constraints of CREATE TABLE are named as they stand, those of columns and those of the table
CREATE TABLE t (a integer UNIQUE CHECK (a > b AND a > 0), UNIQUE (a, b), CHECK (a < b), b integer CHECK (b > a), c integer REFERENCES t (a), FOREIGN KEY (c) REFERENCES t (a), d integer REFERENCES t (a), FOREIGN KEY (c) REFERENCES t (e), EXCLUDE (a WITH =), e integer UNIQUE)

-- an operator made before a table that got the CHECK later
CREATE TABLE a (x integer, y text)
CREATE FUNCTION eq(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1 = length($2)
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = text, FUNCTION = eq)
ALTER TABLE a ADD CHECK (x === y), ADD COLUMN z boolean DEFAULT (1 === 'a'), ADD COLUMN g boolean GENERATED ALWAYS AS (x === y) STORED
CREATE DOMAIN d AS integer CHECK (VALUE === 'a')
CREATE INDEX i ON a ((x === y)) WHERE x === y
CREATE VIEW v AS SELECT x FROM a WHERE x === y
CREATE POLICY p ON a USING (x === y)

-- a cast that comes after the table that uses it
CREATE TABLE a (x integer)
CREATE TYPE c AS (i integer)
CREATE FUNCTION to_c(integer) RETURNS c LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1)::c'
CREATE CAST (integer AS c) WITH FUNCTION to_c(integer)
ALTER TABLE a ADD COLUMN y c DEFAULT 1::c, ADD CHECK (x::c IS NOT NULL)

-- a subtype_diff that is replaced later
CREATE FUNCTION fdiff(float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2'
CREATE TYPE fr AS RANGE (subtype = float8, subtype_diff = fdiff)
CREATE TABLE t (a fr)
CREATE OR REPLACE FUNCTION fdiff(float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2 + 0'

-- views with options
CREATE TABLE t (a integer, b text)
CREATE VIEW v AS SELECT * FROM t WHERE a > 0 WITH CASCADED CHECK OPTION
CREATE VIEW w WITH (security_invoker = true, security_barrier = true, check_option = local) AS SELECT a, b FROM t WHERE a < 9
CREATE VIEW x (one, two) AS SELECT a, b FROM v
ALTER VIEW x ALTER COLUMN two SET DEFAULT 'z'
ALTER VIEW w SET (security_invoker = false)
ALTER VIEW v RESET (check_option)
ALTER VIEW x RENAME COLUMN one TO uno
CREATE OR REPLACE VIEW x (uno, two, three) AS SELECT a, b, 1 FROM v

-- a policy on the whole row
CREATE TABLE t (a integer)
CREATE POLICY p ON t USING (t IS NOT NULL) WITH CHECK (t.* IS NOT NULL AND t.a > 1)
ALTER TABLE t RENAME TO x

-- publications with filters
CREATE TABLE t (a integer PRIMARY KEY, b text, c integer)
CREATE TABLE u (a integer PRIMARY KEY)
CREATE SCHEMA s
CREATE TABLE s.x (a integer)
CREATE PUBLICATION p1 FOR TABLE t (a, b) WHERE (a > 1 AND b IS NOT NULL), ONLY u WITH (publish = 'insert, update', publish_via_partition_root = true)
CREATE PUBLICATION p2 FOR TABLES IN SCHEMA s, public
CREATE PUBLICATION p3 FOR ALL TABLES WITH (publish = 'truncate')
CREATE PUBLICATION p4
ALTER PUBLICATION p4 ADD TABLE t, TABLES IN SCHEMA s
ALTER PUBLICATION p1 DROP TABLE u
ALTER PUBLICATION p1 SET (publish = 'delete')
ALTER PUBLICATION p2 RENAME TO p22
ALTER TABLE t RENAME COLUMN b TO bb

-- foreign tables
CREATE EXTENSION file_fdw
CREATE FOREIGN DATA WRAPPER w
CREATE SERVER fs FOREIGN DATA WRAPPER file_fdw
CREATE SERVER ws TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (a 'b')
CREATE FOREIGN TABLE ft (a integer OPTIONS (force_not_null 'true') NOT NULL, b text DEFAULT 'x', CHECK (a > 1)) SERVER fs OPTIONS (filename '/dev/null', format 'csv')
CREATE FOREIGN TABLE fw (a integer) SERVER ws
COMMENT ON FOREIGN TABLE fw IS 'f'
CREATE TABLE p (a integer) PARTITION BY LIST (a)
CREATE FOREIGN TABLE pf PARTITION OF p FOR VALUES IN (1) SERVER ws
ALTER FOREIGN TABLE fw ADD COLUMN c text, OPTIONS (ADD z 'y')
ALTER FOREIGN TABLE ft OPTIONS (SET filename '/dev/zero')

-- comments on everything
CREATE SCHEMA s
COMMENT ON SCHEMA s IS 's'
CREATE TYPE s.e AS ENUM ('a')
CREATE DOMAIN s.d AS integer CONSTRAINT pos CHECK (VALUE > 0)
CREATE TABLE s.t (a integer CONSTRAINT c CHECK (a > 0), b s.e)
CREATE FUNCTION s.f(integer, s.e) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE PROCEDURE s.p(integer) LANGUAGE sql AS 'SELECT 1'
CREATE SEQUENCE s.q
COMMENT ON TYPE s.e IS 'it''s'
COMMENT ON DOMAIN s.d IS 'd'
COMMENT ON CONSTRAINT pos ON DOMAIN s.d IS 'dc'
COMMENT ON TABLE s.t IS E'two\nlines'
COMMENT ON COLUMN s.t.a IS 'a'
COMMENT ON CONSTRAINT c ON s.t IS 'c'
COMMENT ON FUNCTION s.f(integer, s.e) IS 'f'
COMMENT ON PROCEDURE s.p IS 'p'
COMMENT ON SEQUENCE s.q IS 'q'
ALTER TABLE s.t RENAME COLUMN a TO aa
ALTER SCHEMA s RENAME TO s2

-- 18: NOT NULL NOT VALID that stays
CREATE TABLE t (a integer, b integer)
ALTER TABLE t ADD CONSTRAINT a_there NOT NULL a NOT VALID, ADD NOT NULL b NOT VALID NO INHERIT
CREATE TABLE p (a integer) PARTITION BY LIST (a)
ALTER TABLE p ADD CONSTRAINT pn NOT NULL a NOT VALID
CREATE TABLE p1 (a integer)
ALTER TABLE p1 ADD CONSTRAINT pn1 NOT NULL a NOT VALID
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1)

-- functions with every clause
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION f1(a integer, OUT b text, INOUT c e, VARIADIC d text[] DEFAULT '{}') RETURNS record LANGUAGE plpgsql STABLE STRICT LEAKPROOF PARALLEL SAFE COST 10 SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '1MB' AS 'BEGIN END'
CREATE FUNCTION f2() RETURNS TABLE (x integer, y e) LANGUAGE sql ROWS 5 CALLED ON NULL INPUT AS $$ SELECT 1, 'a'::e $$
CREATE FUNCTION f3(e[]) RETURNS SETOF e LANGUAGE sql RETURN $1[1]
CREATE PROCEDURE p1(INOUT a integer, b text DEFAULT 'it''s') LANGUAGE plpgsql AS 'BEGIN COMMIT; END'
ALTER FUNCTION f2() COST 7
ALTER FUNCTION f1(integer, e, text[]) RESET ALL
ALTER FUNCTION f3 RENAME TO f33
CREATE FUNCTION f4(double precision, character varying, timestamp with time zone, "char", bit varying, numeric(4, 2)) RETURNS "char" LANGUAGE sql AS 'SELECT NULL::"char"'
COMMENT ON FUNCTION f4 IS 'x'

-- names that need quotes
CREATE SCHEMA "S p"
CREATE TABLE "S p"."T t" ("A a" integer PRIMARY KEY, "b""q" text DEFAULT 'x' CHECK ("b""q" <> ''), "select" integer REFERENCES "S p"."T t", UNIQUE ("select") INCLUDE ("A a"))
CREATE TYPE "S p"."E e" AS ENUM ('A a', 'it''s')
ALTER TABLE "S p"."T t" ADD COLUMN "user" "S p"."E e" DEFAULT 'A a', ADD COLUMN "x" "S p"."E e"[]
CREATE INDEX "I i" ON "S p"."T t" (lower("b""q"), "select" DESC) WHERE "A a" > 1
CREATE VIEW "S p"."V v" AS SELECT "A a" AS "X x", "user" FROM "S p"."T t"
CREATE FUNCTION "S p"."F f"("S p"."E e", "A b" integer) RETURNS "S p"."T t" LANGUAGE sql AS 'SELECT NULL::"S p"."T t"'
COMMENT ON COLUMN "S p"."T t"."A a" IS 'c'
GRANT SELECT ("A a") ON "S p"."T t" TO pg_monitor
CREATE SEQUENCE "S p"."Q q" OWNED BY "S p"."T t"."select"
CREATE TRIGGER "G g" BEFORE UPDATE OF "A a" ON "S p"."T t" FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
CREATE POLICY "P p" ON "S p"."T t" USING ("A a" > 1)

-- unlogged, tablespaces, options of tables
CREATE UNLOGGED TABLE t (a integer PRIMARY KEY, b text) WITH (fillfactor = 70, autovacuum_enabled = off, toast.autovacuum_enabled = false)
ALTER TABLE t SET (parallel_workers = 3), RESET (fillfactor)
CREATE TABLE u (a integer) TABLESPACE pg_default
ALTER TABLE u SET UNLOGGED
ALTER TABLE t SET LOGGED
CREATE INDEX i ON u USING brin (a) WITH (pages_per_range = 4, autosummarize)
CREATE INDEX j ON t USING gin (to_tsvector('english', b)) WITH (fastupdate = off)
CREATE INDEX k ON t USING hash (b)
CREATE INDEX l ON t USING gist (to_tsvector('english', b) tsvector_ops (siglen = 100))
ALTER TABLE t CLUSTER ON t_pkey
ALTER TABLE t REPLICA IDENTITY USING INDEX t_pkey
ALTER TABLE u REPLICA IDENTITY FULL

-- schema moves
CREATE SCHEMA s
CREATE TYPE e AS ENUM ('a')
CREATE TABLE t (a serial PRIMARY KEY, b e, c integer GENERATED BY DEFAULT AS IDENTITY)
CREATE VIEW v AS SELECT a, b FROM t
CREATE FUNCTION f(e) RETURNS t LANGUAGE sql AS 'SELECT NULL::t'
CREATE INDEX ON t (b)
ALTER TABLE t SET SCHEMA s
ALTER TYPE e SET SCHEMA s
ALTER VIEW v SET SCHEMA s
ALTER FUNCTION f SET SCHEMA s
CREATE DOMAIN s.d AS s.e DEFAULT 'a'
CREATE TABLE u (a s.d, b s.t, c s.t[])

-- indexes of every kind of key
CREATE TABLE t (a integer, b text, c jsonb, d integer[], r tstzrange, p point)
CREATE INDEX ON t USING gin (c jsonb_path_ops)
CREATE INDEX ON t USING gin (d, c)
CREATE INDEX ON t USING gist (r, p)
CREATE INDEX ON t USING spgist (p quad_point_ops)
CREATE INDEX ON t (a NULLS FIRST, b COLLATE "C" DESC, lower(b) text_pattern_ops)
CREATE INDEX ON t USING brin (a int4_minmax_multi_ops (values_per_range = 16))
CREATE UNIQUE INDEX ON t ((c ->> 'x')) WHERE c ? 'x'
CREATE INDEX ON t ((a / 2), (d[1]), (-a))

-- collations and aggregates in another schema, which gets another name
CREATE TABLE t (a text, b text)
CREATE SCHEMA s
CREATE COLLATION s.c2 FROM "C"
ALTER TABLE t ALTER COLUMN a TYPE text COLLATE s.c2
CREATE DOMAIN d AS text COLLATE s.c2
CREATE TYPE ct AS (x text COLLATE s.c2)
CREATE TABLE u (a text COLLATE s.c2) PARTITION BY LIST (a COLLATE s.c2)
CREATE INDEX i ON t (b COLLATE s.c2)
CREATE AGGREGATE s.agg(integer) (SFUNC = int4pl, STYPE = integer)
CREATE VIEW v AS SELECT 1 AS one FROM t HAVING s.agg(1) > 1

-- a schema of an aggregate that gets another name
CREATE SCHEMA s
CREATE AGGREGATE s.agg(integer) (SFUNC = int4pl, STYPE = integer)
CREATE COLLATION s.c2 FROM "C"
CREATE TABLE t (a text COLLATE s.c2)
ALTER SCHEMA s RENAME TO s2

-- rules and bodies in SQL follow a table that gets another name
CREATE TABLE t (a integer, b text)
CREATE TABLE log (a integer, b text DEFAULT 'x')
CREATE VIEW v AS SELECT a, b FROM t
CREATE RULE ins AS ON INSERT TO v DO INSTEAD INSERT INTO t (a, b) VALUES (NEW.a, NEW.b) RETURNING t.a, t.b
CREATE RULE del AS ON DELETE TO t DO ALSO (INSERT INTO log VALUES (OLD.a, OLD.b); UPDATE log SET b = 'log' WHERE log.a = OLD.a)
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM t WHERE t.a > 1; END
CREATE FUNCTION g(x text) RETURNS void LANGUAGE sql BEGIN ATOMIC INSERT INTO log (a, b) SELECT t.a, x FROM t; END
ALTER TABLE log RENAME TO logs
ALTER TABLE t RENAME TO tt

-- defaults of parameters that call functions and use types
CREATE TABLE t (a integer)
CREATE FUNCTION z() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION b(x integer DEFAULT z(), y e DEFAULT 'a'::e, z e[] DEFAULT ARRAY['a'::e]) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
ALTER TABLE t ADD CHECK (b(a) > 0)

-- triggers with WHEN over rows and functions
CREATE TABLE t (a integer, b text)
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE FUNCTION ok(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'
CREATE TRIGGER g BEFORE INSERT OR UPDATE OF b ON t FOR EACH ROW WHEN (ok(NEW.b) AND NEW.a IS NOT NULL) EXECUTE FUNCTION tf()
CREATE TRIGGER h AFTER UPDATE ON t FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION tf('x')
ALTER TABLE t RENAME COLUMN b TO c
ALTER TABLE t RENAME TO tt
ALTER FUNCTION ok(text) RENAME TO fine

-- functions that get another name behind what uses them
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1'
CREATE TABLE t (a integer DEFAULT f(1) CHECK (f(a) > 0), b integer GENERATED ALWAYS AS (f(a)) STORED)
CREATE INDEX i ON t (f(a)) WHERE f(a) > 1
CREATE VIEW v AS SELECT f(a) AS f FROM t
CREATE POLICY p ON t USING (f(a) > 1)
CREATE DOMAIN d AS integer CHECK (f(VALUE) > 1)
ALTER FUNCTION f RENAME TO g

-- functions that move to another schema behind what uses them
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1'
CREATE TABLE t (a integer DEFAULT f(1) CHECK (f(a) > 0))
CREATE INDEX i ON t (f(a))
ALTER FUNCTION f SET SCHEMA s

-- types that get another name behind what uses them
CREATE TYPE e AS ENUM ('a', 'b')
CREATE TABLE t (a e DEFAULT 'a'::e CHECK (a <> 'b'::e), b e[] DEFAULT ARRAY['a'::e], c text GENERATED ALWAYS AS (CASE WHEN 'a'::e = 'a'::e THEN 'x' END) STORED)
CREATE INDEX i ON t (a) WHERE a = 'a'::e
CREATE VIEW v AS SELECT 'a'::e AS x, a FROM t WHERE a <> 'b'::e
CREATE POLICY p ON t USING (a = 'b'::e)
CREATE FUNCTION f(x e DEFAULT 'a'::e) RETURNS e LANGUAGE sql IMMUTABLE RETURN 'b'::e
ALTER TYPE e RENAME TO e2

-- an index expression on a type made later, and operators in predicates
CREATE TABLE t (a integer, b text)
CREATE TYPE e AS ENUM ('x')
CREATE FUNCTION te(text) RETURNS e LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN NULL; END'
CREATE FUNCTION same(e, e) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'
CREATE OPERATOR ~~~ (LEFTARG = e, RIGHTARG = e, FUNCTION = same)
CREATE STATISTICS st ON (te(b)), a FROM t
ALTER TABLE t ADD EXCLUDE (te(b) WITH =) WHERE (te(b) IS NOT NULL), ADD CHECK (te(b) OPERATOR(public.~~~) te('x'))

-- row types of tables and views in columns and arguments
CREATE TABLE a (x integer, y text)
CREATE VIEW v AS SELECT x FROM a
CREATE TABLE b (r a, s a[], w v)
CREATE FUNCTION f(v, a[]) RETURNS SETOF a LANGUAGE sql AS 'SELECT NULL::a'
CREATE DOMAIN d AS a CHECK ((VALUE).x > 0)
ALTER TABLE a ADD COLUMN z date
ALTER TABLE a RENAME TO aa
ALTER VIEW v RENAME TO vv

-- a type and an index of one name
CREATE TYPE e AS ENUM ('a')
CREATE TABLE t (a e)
CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1'
CREATE INDEX e ON t (a)
ALTER INDEX e RENAME TO i

-- a CHECK, a predicate or an expression finds no operator for a column's new type
CREATE TABLE t (a integer CHECK (a > 5), b text CHECK (b IN ('1', '2')), n numeric CHECK (n BETWEEN 1 AND 2), v varchar(5) CHECK (v <> 'a'), d date CHECK (d > '2020-01-01'), p boolean, u uuid, i bigint, CHECK (NOT p OR u IS NULL), CHECK (i = 3 OR i + 1 > 5))
! ALTER TABLE t ALTER a TYPE text
! ALTER TABLE t ALTER b TYPE integer USING b::integer
! ALTER TABLE t ALTER n TYPE text
! ALTER TABLE t ALTER d TYPE text
! ALTER TABLE t ALTER p TYPE integer USING 3
! ALTER TABLE t ALTER i TYPE text
ALTER TABLE t ALTER v TYPE integer USING 3, ALTER u TYPE text
ALTER TABLE t ALTER d TYPE timestamptz, ALTER b TYPE varchar(5), ALTER i TYPE integer
ALTER TABLE t ALTER a TYPE bigint, ALTER n TYPE bigint

-- the same of indexes
CREATE TABLE t (a integer, b text, c integer, EXCLUDE USING btree (a WITH =) WHERE (b LIKE 'x%'))
! ALTER TABLE t ALTER b TYPE integer USING 1
CREATE INDEX i ON t ((a + 1)) WHERE c >= 3 AND a > c
! ALTER TABLE t ALTER a TYPE text
! ALTER TABLE t ALTER c TYPE text
ALTER TABLE t ALTER c TYPE bigint, ALTER a TYPE bigint
DROP INDEX i
ALTER TABLE t ALTER c TYPE text

-- two columns get another type at once
CREATE TABLE t (a integer, b integer, CHECK (a < b))
ALTER TABLE t ALTER a TYPE text, ALTER b TYPE text
CREATE TABLE u (a integer, b integer, CHECK (a < b))
! ALTER TABLE u ALTER b TYPE text

-- operators of arrays
CREATE TABLE t (a text[], b integer[], c bit(4), e inet, j jsonb)
! CREATE INDEX i ON t (c) WHERE a ~ 'x'
! CREATE INDEX i ON t (c) WHERE b BETWEEN 1 AND 5
! CREATE INDEX i ON t (c) WHERE a = b
! CREATE INDEX i ON t (c) WHERE 3 > b
! CREATE INDEX i ON t (c) WHERE c LIKE 'x'
! CREATE INDEX i ON t (c) WHERE e = 'x'::text
! CREATE INDEX i ON t (c) WHERE j -> 3::bigint IS NULL
CREATE INDEX i ON t (c) WHERE a = '{}' AND b <> '{1}' AND c = '1111' AND e <> '10.0.0.1' AND j -> 3 IS NULL AND j ->> 'a' = 'b' AND a || '{x}' <> a

-- queries find no operator for what they compare, and no column of the server in what is not stored
CREATE TABLE t (a text[], b integer[], c integer, d text, e boolean, at timestamptz)
CREATE VIEW v AS SELECT c, d, 'x' AS x FROM t
! CREATE VIEW w AS SELECT 1 FROM t WHERE a ~ 'x'
! CREATE VIEW w AS SELECT b >= 3 FROM t
! CREATE VIEW w AS SELECT c FROM t WHERE b BETWEEN 1 AND 5 OR c IS NULL
! CREATE VIEW w AS SELECT c FROM v WHERE d > 5
! CREATE VIEW w AS SELECT c FROM v WHERE x = 5
! CREATE VIEW w AS SELECT q.c FROM t q JOIN v ON q.c = v.d
! CREATE VIEW w AS SELECT q.c FROM t q JOIN v USING (c) WHERE q.a = v.c
! CREATE VIEW w AS SELECT c FROM (SELECT c, d FROM t) q WHERE q.d = c
! CREATE VIEW w AS WITH q AS (SELECT c, d FROM t) SELECT c FROM q WHERE q.d = c
! CREATE VIEW w AS SELECT 1 UNION SELECT c FROM t WHERE d = 3
! CREATE VIEW w AS SELECT c FROM t WHERE c
! CREATE VIEW w AS SELECT c FROM t q JOIN v ON q.d
! CREATE TABLE w AS SELECT c FROM t WHERE d < 3
! CREATE MATERIALIZED VIEW w AS SELECT c FROM t WHERE at = c
! UPDATE t SET c = 3 WHERE d = 3
! UPDATE t q SET c = q.c + 1, e = q.d < 3 WHERE true
! DELETE FROM t q WHERE q.d > c
! DELETE FROM t WHERE c
! INSERT INTO t (c) SELECT c FROM v WHERE d > 5
! CREATE VIEW w AS SELECT v.tableoid FROM v
! CREATE VIEW w AS SELECT q.tableoid::regclass AS origin FROM v q CROSS JOIN (VALUES (1, 'x')) other (number, word)
! CREATE VIEW w AS SELECT q.ctid FROM (SELECT c FROM t) q, t
! CREATE VIEW w AS WITH q AS (SELECT c, d FROM t) SELECT q.ctid FROM q
! CREATE TABLE w AS SELECT c FROM v WHERE v.ctid IS NULL
CREATE VIEW w AS SELECT q.tableoid, q.ctid, c FROM t q WHERE a = '{x}' AND d = '5' AND b[1] >= 3 AND c BETWEEN 1 AND 5 AND at > now()
CREATE VIEW w1 AS SELECT q.tableoid::regclass FROM w q
CREATE VIEW w2 AS WITH q AS (SELECT c, tableoid FROM t) SELECT q.tableoid FROM q
CREATE VIEW w3 AS SELECT q.c FROM t q JOIN v ON q.d = v.d AND q.e WHERE q IS NOT NULL AND q.c = (SELECT max(x.c) FROM t x WHERE x.d = q.d)
CREATE VIEW w4 AS SELECT max(c) > 3 AS m, d || 3 AS n FROM t WHERE e AND 'x' = ANY (a) GROUP BY d HAVING count(*) > 1
UPDATE t q SET c = q.c + 1, e = q.d < '3' WHERE q.e AND q IS NOT NULL
DELETE FROM t USING v WHERE t.c = v.c AND x = 'y'

-- functions of the server for types that they do not take
CREATE TABLE t (a text[], b integer, c text, d jsonb, e timestamptz, f json, v varchar(5), CHECK (lower(c) <> 'x'), u uuid, CHECK (length(v) > 1))
! CREATE INDEX i ON t (lower(a))
! CREATE INDEX i ON t (abs(c))
! CREATE INDEX i ON t (upper(e))
! CREATE INDEX i ON t (b) WHERE length(d) > 3
! CREATE INDEX i ON t (jsonb_array_length(f))
! ALTER TABLE t ADD CHECK (array_length(c, 1) > 0)
! ALTER TABLE t ADD CHECK (substring(b from 1 for 3) = '1')
! ALTER TABLE t ADD CHECK (replace(b, 'x', 'y') = '1')
! CREATE VIEW w AS SELECT max(u) FROM t
! CREATE VIEW w AS SELECT sum(c) FROM t
! CREATE VIEW w AS SELECT date_trunc('day', c) FROM t
! CREATE VIEW w AS SELECT extract(year FROM c) FROM t
! UPDATE t SET c = lower(b)
! ALTER TABLE t ALTER c TYPE integer USING 1
ALTER TABLE t ALTER v TYPE integer USING 1
CREATE INDEX i ON t (lower(c), abs(b), jsonb_array_length(d), cardinality(a), array_length(a, 1), length(v::text))
CREATE VIEW w AS SELECT max(e), sum(b), max(v) AS y, array_agg(c) FILTER (WHERE b > 3), date_trunc('day', e), extract(year FROM e), round(b, 2), substring(c FROM 2) FROM t GROUP BY e, b, c
CREATE FUNCTION lower(text[]) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower($1[1])'
CREATE INDEX j ON t (lower(a))

-- operator classes and the types that they take
CREATE TABLE t (a text[], b integer, c text, d jsonb, v varchar(5), n name)
! CREATE INDEX i ON t (a text_pattern_ops)
! CREATE INDEX i ON t (c, b varchar_pattern_ops)
! CREATE INDEX i ON t (n text_pattern_ops)
! CREATE INDEX i ON t USING gist (c text_pattern_ops)
! CREATE INDEX i ON t USING btree (d jsonb_path_ops)
! CREATE INDEX i ON t USING gin (c jsonb_path_ops)
! CREATE INDEX i ON t USING gin ((lower(c)))
! CREATE INDEX i ON t USING gin (lower(v))
CREATE INDEX i ON t (c text_pattern_ops, v varchar_pattern_ops, b, lower(v) text_pattern_ops)
CREATE INDEX j ON t USING gin (d jsonb_path_ops, a)
CREATE INDEX k ON t USING hash (c bpchar_pattern_ops)
! ALTER TABLE t ALTER v TYPE integer USING 1
! ALTER TABLE t ALTER c TYPE integer USING 1
! ALTER TABLE t ALTER d TYPE integer USING 1
ALTER TABLE t ALTER b TYPE bigint
ALTER TABLE t ALTER v TYPE text
DROP INDEX j
ALTER TABLE t ALTER d TYPE integer USING 1
CREATE INDEX j ON t (d)
! ALTER TABLE t ALTER d TYPE json USING NULL

-- two constraints of one name
! CREATE TABLE t (a integer, b integer, CONSTRAINT k UNIQUE (a), CONSTRAINT k UNIQUE (b))
! CREATE TABLE t (a integer, b integer, CONSTRAINT k EXCLUDE USING btree (a WITH =), CONSTRAINT k PRIMARY KEY (b))
CREATE TABLE t (a integer, b integer, CONSTRAINT k UNIQUE (a), CONSTRAINT k UNIQUE (a))
CREATE TABLE u (a integer, b integer, CONSTRAINT k1 UNIQUE (a), CONSTRAINT k1 UNIQUE (b), CONSTRAINT k2 PRIMARY KEY (a))
! ALTER TABLE t ADD CONSTRAINT k3 UNIQUE (b), ADD CONSTRAINT k3 UNIQUE (b)

-- columns that no table can have
CREATE TABLE t (a integer, b text, id integer GENERATED ALWAYS AS IDENTITY)
! CREATE TABLE c (a integer, g integer GENERATED ALWAYS AS (random() * a) STORED)
! CREATE TABLE c (a integer, g text GENERATED ALWAYS AS (ctid::text) STORED)
! CREATE TABLE c (a integer, b integer GENERATED ALWAYS AS (a) STORED, g integer GENERATED ALWAYS AS (b) STORED)
! CREATE TABLE c (a integer, b text, g integer GENERATED ALWAYS AS (b) STORED)
! CREATE TABLE c (a integer, g integer GENERATED ALWAYS AS (nowhere) STORED)
! CREATE TABLE c (a integer, g boolean GENERATED ALWAYS AS (a > 'x'::text) STORED)
! CREATE TABLE c (a integer COLLATE "C")
! CREATE TABLE c (a integer, id integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME t))
! ALTER TABLE t ADD g integer GENERATED ALWAYS AS (b) STORED
! ALTER TABLE t ADD g integer COLLATE "C"
! ALTER TABLE t ALTER a TYPE integer COLLATE "C"
! ALTER TABLE t ADD x integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME t)
! ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY, DROP a
! CREATE INDEX i ON t (a COLLATE "C")
! CREATE INDEX i ON t USING spgist (a)
CREATE TABLE c (a integer, b text COLLATE "C", x text[] COLLATE "C", g text GENERATED ALWAYS AS (b || 'x') STORED, h bigint GENERATED ALWAYS AS (a + 1) STORED, i integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s))
CREATE INDEX i ON c USING spgist (b COLLATE "C")
ALTER TABLE t ADD x text COLLATE "C", ALTER b TYPE varchar(5) COLLATE "C"

-- a column that is identity reaches no children
CREATE TABLE t (a integer)
CREATE TABLE u () INHERITS (t)
! ALTER TABLE t ADD x integer GENERATED ALWAYS AS IDENTITY
CREATE TABLE p (a integer) PARTITION BY RANGE (a)
ALTER TABLE p ADD x integer GENERATED ALWAYS AS IDENTITY
ALTER TABLE u ADD x integer GENERATED ALWAYS AS IDENTITY

-- types that have nothing in common
CREATE TABLE t (a integer, b text, c bigint, d date, e timestamptz)
! ALTER TABLE t ADD CHECK (coalesce(a, b) IS NULL)
! ALTER TABLE t ADD CHECK (greatest(d, c) IS NULL)
! ALTER TABLE t ADD CHECK (nullif(a, b) IS NULL)
! CREATE VIEW v AS SELECT coalesce(a, 0, d) AS x FROM t
! UPDATE t SET a = b
! UPDATE t SET a = a > 3
! UPDATE t SET a = lower(b), b = a
! INSERT INTO t (a) SELECT b FROM t
! INSERT INTO t SELECT 1, 'x', now() FROM t
ALTER TABLE t ADD CHECK (coalesce(a, c, 1.5) IS NULL), ADD CHECK (greatest(d, e, '2024-01-01') IS NULL), ADD CHECK (nullif(b, 'x') IS NULL), ADD CHECK (coalesce(b, '5') IS NULL)
UPDATE t SET a = c, b = a, c = 1.5, d = now(), e = d
INSERT INTO t SELECT c, a, 1.5, '2024-01-01', NULL FROM t

-- an enum is cast to no number, and no schema gets the name of another
CREATE TYPE mood AS ENUM ('a')
CREATE TABLE t (a mood, b mood, c mood)
! ALTER TABLE t ALTER a TYPE bigint
! ALTER TABLE t ALTER a TYPE text[]
ALTER TABLE t ALTER a TYPE text, ALTER b TYPE varchar(5), ALTER c TYPE name
CREATE SCHEMA s
! ALTER SCHEMA s RENAME TO s

-- the sequence of a serial column goes with its table
CREATE TABLE t (a serial, b integer)
CREATE TABLE u (LIKE t INCLUDING DEFAULTS)
! DROP TABLE t
ALTER TABLE u ALTER a DROP DEFAULT
DROP TABLE t
CREATE TABLE t (a serial, b integer)
CREATE TABLE v (LIKE t INCLUDING DEFAULTS)
DROP TABLE t, v
CREATE TABLE t (a serial, b integer)
CREATE TABLE v (a integer DEFAULT nextval('t_a_seq'))
! DROP TABLE t
ALTER SEQUENCE t_a_seq OWNED BY v.a
! DROP TABLE v
DROP TABLE t, v
CREATE TABLE t (a serial, b integer)
CREATE TABLE v (a integer DEFAULT nextval('t_a_seq'))
DROP TABLE t CASCADE
CREATE TABLE t (a serial) PARTITION BY RANGE (a)
CREATE TABLE t1 PARTITION OF t DEFAULT
DROP TABLE t

-- IS TRUE is for booleans
CREATE TABLE t (a integer, b boolean CHECK (b IS NOT TRUE), c boolean)
! ALTER TABLE t ADD CHECK (a IS TRUE)
! CREATE VIEW v AS SELECT 1 FROM t WHERE a IS NOT UNKNOWN
! ALTER TABLE t ALTER b TYPE integer USING 1
! UPDATE t SET c = a IS FALSE
CREATE VIEW v AS SELECT (a > 3) IS TRUE AS d FROM t WHERE NULL IS UNKNOWN AND b IS NOT FALSE AND 't' IS TRUE
ALTER TABLE t ALTER c TYPE integer USING 1

-- a table moves with its type and its indexes
CREATE SCHEMA s
CREATE TABLE t (a integer)
CREATE TYPE s.t AS ENUM ('a')
! ALTER TABLE t SET SCHEMA s
DROP TYPE s.t
CREATE INDEX i ON t (a)
CREATE TABLE s.i (a integer)
! ALTER TABLE t SET SCHEMA s
ALTER TABLE t SET SCHEMA public
DROP INDEX i
ALTER TABLE t SET SCHEMA s
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a
CREATE DOMAIN s.m AS integer
! ALTER MATERIALIZED VIEW m SET SCHEMA s

-- a function whose result has the type of an argument
CREATE TABLE t (a integer, e timestamptz, x integer[], y timestamptz[])
CREATE FUNCTION iif(boolean, anyelement, anyelement) RETURNS anyelement IMMUTABLE LANGUAGE sql AS 'SELECT CASE WHEN $1 THEN $2 ELSE $3 END'
INSERT INTO t (e, a) SELECT iif(true, e, NULL), iif(true, a, NULL) FROM t
INSERT INTO t (a, e) SELECT unnest(x), unnest(y) FROM t
INSERT INTO t (a, e) SELECT mode() WITHIN GROUP (ORDER BY a), max(e) FROM t

-- default privileges: of all schemas and of one add up
CREATE SCHEMA s
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT ON TABLES TO pg_monitor
ALTER DEFAULT PRIVILEGES IN SCHEMA s, public GRANT ALL ON TABLES TO pg_read_all_stats WITH GRANT OPTION
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO pg_monitor WITH GRANT OPTION
ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE INSERT ON TABLES FROM pg_monitor
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO pg_monitor
CREATE TABLE t (a serial, b integer GENERATED ALWAYS AS IDENTITY)
CREATE TABLE s.t (a integer) PARTITION BY LIST (a)
CREATE TABLE s.p PARTITION OF s.t DEFAULT
CREATE VIEW v AS SELECT a FROM t
CREATE MATERIALIZED VIEW s.m AS SELECT a FROM t
CREATE TABLE c AS SELECT 1 AS a
CREATE SEQUENCE q
ALTER TABLE t ADD COLUMN d bigserial
REVOKE SELECT ON t FROM pg_monitor
GRANT INSERT ON c TO pg_monitor WITH GRANT OPTION
CREATE OR REPLACE VIEW v AS SELECT a, b FROM t
ALTER TABLE c SET SCHEMA s
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM pg_read_all_stats
ALTER DEFAULT PRIVILEGES REVOKE INSERT ON TABLES FROM pg_monitor
CREATE TABLE u (a integer)
ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE GRANT OPTION FOR SELECT ON TABLES FROM pg_read_all_stats
CREATE TABLE s.u (a integer)
ALTER SCHEMA s RENAME TO r
CREATE TABLE r.w (a integer)
DROP SCHEMA r CASCADE
CREATE SCHEMA r
CREATE TABLE r.w (a integer)

-- default privileges on functions, types and schemas
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO pg_monitor
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON ROUTINES TO pg_read_all_stats
ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO pg_monitor
ALTER DEFAULT PRIVILEGES GRANT USAGE, CREATE ON SCHEMAS TO pg_monitor, PUBLIC
CREATE SCHEMA s
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION f(integer, text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION s.g(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'
CREATE TYPE e AS ENUM ('x')
CREATE TYPE s.k AS (a integer)
CREATE TYPE r AS RANGE (subtype = integer)
CREATE DOMAIN d AS integer
REVOKE EXECUTE ON FUNCTION s.g(integer) FROM pg_monitor
GRANT EXECUTE ON PROCEDURE p() TO pg_monitor WITH GRANT OPTION
REVOKE USAGE ON TYPE e FROM pg_monitor
CREATE OR REPLACE FUNCTION s.g(integer) RETURNS integer LANGUAGE sql AS 'SELECT 2'
ALTER FUNCTION f(integer, text) RENAME TO h
ALTER TYPE r SET SCHEMA s
DROP TYPE d
CREATE DOMAIN d AS text
REVOKE CREATE ON SCHEMA s FROM PUBLIC
ALTER DEFAULT PRIVILEGES FOR ROLE pg_monitor GRANT USAGE ON TYPES TO pg_read_all_stats
ALTER DEFAULT PRIVILEGES FOR ROLE CURRENT_USER REVOKE USAGE ON TYPES FROM pg_monitor
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC
CREATE TYPE z AS ENUM ('x')
CREATE FUNCTION z() RETURNS integer LANGUAGE sql AS 'SELECT 1'

-- default privileges on overloads and on a schema that is renamed
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO pg_monitor
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
DROP FUNCTION f(text)
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO pg_monitor
CREATE SCHEMA s
CREATE SCHEMA q AUTHORIZATION pg_monitor
ALTER SCHEMA s RENAME TO r
GRANT CREATE ON SCHEMA r TO pg_monitor
REVOKE USAGE ON SCHEMA r FROM pg_monitor
CREATE SCHEMA s

-- privileges on all routines of a schema, and on one overload
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE PROCEDURE p(integer) LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION s.f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE PROCEDURE s.p() LANGUAGE sql AS 'SELECT 1'
GRANT EXECUTE ON FUNCTION f(integer) TO pg_monitor
GRANT EXECUTE ON FUNCTION f(text) TO pg_read_all_stats WITH GRANT OPTION
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public, s TO pg_read_all_settings
GRANT ALL ON ALL PROCEDURES IN SCHEMA s TO pg_monitor
GRANT ALL ON ALL ROUTINES IN SCHEMA s TO pg_read_all_stats
REVOKE EXECUTE ON FUNCTION f(text) FROM pg_read_all_settings
REVOKE GRANT OPTION FOR EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM pg_read_all_stats
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'
DROP FUNCTION f(integer)
ALTER FUNCTION f(text) RENAME TO g
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
GRANT EXECUTE ON ROUTINE f(text) TO pg_read_all_stats
CREATE TABLE t (a integer, b serial)
CREATE TABLE s.t (a integer, b serial)
CREATE VIEW v AS SELECT 1 AS one
CREATE MATERIALIZED VIEW s.m AS SELECT 1 AS one
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA s, public TO pg_monitor
GRANT USAGE ON ALL SEQUENCES IN SCHEMA s TO pg_monitor WITH GRANT OPTION
REVOKE INSERT ON ALL TABLES IN SCHEMA s FROM pg_monitor
REVOKE GRANT OPTION FOR USAGE ON ALL SEQUENCES IN SCHEMA s FROM pg_monitor

-- privileges on columns follow them
CREATE TABLE t (a integer, b integer, c integer)
GRANT SELECT (a), UPDATE (a, b), REFERENCES (c) ON t TO pg_monitor
GRANT ALL (b) ON t TO pg_read_all_stats WITH GRANT OPTION
ALTER TABLE t RENAME COLUMN a TO z
ALTER TABLE t DROP COLUMN c
ALTER TABLE t ADD COLUMN c integer
REVOKE GRANT OPTION FOR INSERT (b) ON t FROM pg_read_all_stats
REVOKE SELECT ON t FROM pg_read_all_stats
CREATE VIEW v AS SELECT b FROM t
GRANT SELECT (b) ON v TO pg_monitor
! GRANT SELECT (a) ON v TO pg_monitor
CREATE OR REPLACE VIEW v AS SELECT b, z FROM t

-- a privilege on a function stays with it when another one gets its name
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
GRANT EXECUTE ON FUNCTION f(text) TO pg_monitor
ALTER FUNCTION f(text) RENAME TO g
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
GRANT EXECUTE ON FUNCTION f(text) TO pg_monitor WITH GRANT OPTION
CREATE TYPE e AS ENUM ('a')
GRANT USAGE ON TYPE e TO pg_monitor
ALTER TYPE e RENAME TO d
CREATE TYPE e AS ENUM ('a')
GRANT USAGE ON TYPE e TO pg_monitor WITH GRANT OPTION
CREATE SCHEMA s
GRANT USAGE ON SCHEMA s TO pg_monitor
ALTER SCHEMA s RENAME TO r
CREATE SCHEMA s
GRANT USAGE ON SCHEMA s TO pg_monitor WITH GRANT OPTION

-- what a role that is set makes is its own, and gets what its default privileges say
CREATE SCHEMA s
GRANT ALL ON SCHEMA s, public TO told_role
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor
ALTER DEFAULT PRIVILEGES FOR ROLE told_role GRANT INSERT, SELECT ON TABLES TO pg_monitor, pg_read_all_stats
ALTER DEFAULT PRIVILEGES FOR ROLE told_role IN SCHEMA s GRANT SELECT ON TABLES TO pg_read_all_settings WITH GRANT OPTION
SET ROLE told_role; ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO pg_monitor; ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO pg_monitor, told_other; RESET ROLE
SET SESSION AUTHORIZATION told_role; ALTER DEFAULT PRIVILEGES FOR ROLE CURRENT_USER GRANT USAGE ON SEQUENCES TO told_other; RESET SESSION AUTHORIZATION
CREATE TABLE t (a serial)
SET ROLE told_role; CREATE TABLE u (a serial); CREATE TABLE s.u (a integer); CREATE VIEW v AS SELECT a FROM u; CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE TYPE e AS ENUM ('a'); RESET ROLE
BEGIN; SET LOCAL ROLE told_role; CREATE SEQUENCE q; COMMIT; CREATE SEQUENCE r
SET SESSION AUTHORIZATION told_role; CREATE TABLE w (a integer); SET ROLE NONE; CREATE TABLE x (a integer); SET SESSION AUTHORIZATION DEFAULT; CREATE TABLE y (a integer)
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT 1'
SET ROLE told_role; GRANT SELECT ON u TO CURRENT_USER, told_other; RESET ROLE
GRANT UPDATE ON u, t TO told_role
GRANT EXECUTE ON FUNCTION f(), g() TO told_role
ALTER DEFAULT PRIVILEGES FOR ROLE told_role REVOKE INSERT ON TABLES FROM pg_monitor
SET ROLE told_role; CREATE TABLE z (a integer); RESET ALL; CREATE TABLE z2 (a integer); RESET ROLE

-- CREATE SCHEMA AUTHORIZATION without a name; what is embedded, whose it is, and in what order it is made
ALTER DEFAULT PRIVILEGES FOR ROLE told_role GRANT SELECT ON TABLES TO pg_monitor
ALTER DEFAULT PRIVILEGES FOR ROLE told_role GRANT USAGE ON SCHEMAS TO pg_monitor
CREATE TABLE a (z text)
CREATE SCHEMA AUTHORIZATION told_role
CREATE SCHEMA s AUTHORIZATION told_other CREATE VIEW v AS SELECT x FROM a CREATE INDEX i ON a (x) CREATE TABLE a (x integer PRIMARY KEY, y integer DEFAULT nextval('s.q') REFERENCES a) CREATE SEQUENCE q GRANT SELECT ON a TO pg_monitor
CREATE SCHEMA r CREATE TABLE c (x integer PRIMARY KEY) CREATE TABLE b (x integer REFERENCES c)
CREATE TABLE told_role.a (x integer)
SET ROLE told_role; CREATE TABLE b (x integer); CREATE VIEW v AS SELECT x FROM a; RESET ROLE
CREATE TABLE b (y integer)
GRANT USAGE ON SCHEMA told_role TO told_role, told_other
DROP SCHEMA told_role CASCADE

-- CREATE SCHEMA AUTHORIZATION CURRENT_USER is named after the role that is set
CREATE SCHEMA AUTHORIZATION told_role CREATE TABLE a (x integer) CREATE VIEW v AS SELECT x FROM a
DROP SCHEMA told_role CASCADE
DO 'BEGIN EXECUTE format(''GRANT CREATE ON DATABASE %I TO told_role'', current_database()); END'
SET ROLE told_role; CREATE SCHEMA AUTHORIZATION CURRENT_USER CREATE TABLE a (x integer) CREATE VIEW v AS SELECT x FROM a; RESET ROLE
SET SESSION AUTHORIZATION told_role; CREATE SCHEMA IF NOT EXISTS AUTHORIZATION SESSION_USER; CREATE TABLE b (x integer); RESET SESSION AUTHORIZATION

-- a privilege that a role with the option has given on
CREATE TABLE t (a integer, b integer)
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
GRANT SELECT, INSERT ON t TO told_role WITH GRANT OPTION
GRANT SELECT (a), UPDATE (a, b) ON t TO told_role WITH GRANT OPTION
GRANT EXECUTE ON FUNCTION f(integer) TO told_role WITH GRANT OPTION
GRANT USAGE ON SCHEMA public TO told_role WITH GRANT OPTION
SET ROLE told_role; GRANT SELECT, INSERT ON t TO told_other WITH GRANT OPTION; GRANT UPDATE (a) ON t TO told_other; GRANT EXECUTE ON FUNCTION f(integer) TO pg_monitor; GRANT USAGE ON SCHEMA public TO told_other, pg_monitor; RESET ROLE
SET ROLE told_other; GRANT INSERT ON t TO pg_monitor; RESET ROLE
! REVOKE INSERT ON t FROM told_role
! REVOKE GRANT OPTION FOR INSERT ON t FROM told_role
! REVOKE ALL ON t FROM told_role
! REVOKE EXECUTE ON FUNCTION f FROM told_role
! REVOKE USAGE ON SCHEMA public FROM told_role
! REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM told_role
! REVOKE UPDATE (a) ON t FROM told_role
REVOKE UPDATE (b) ON t FROM told_role
REVOKE GRANT OPTION FOR INSERT ON t FROM told_role CASCADE
REVOKE UPDATE ON t FROM told_role CASCADE
REVOKE GRANT OPTION FOR EXECUTE ON FUNCTION f(integer) FROM told_role CASCADE
REVOKE USAGE ON SCHEMA public FROM told_role CASCADE
GRANT SELECT ON t TO pg_monitor WITH GRANT OPTION
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM told_role CASCADE

-- a role that is a member of another one has its grant options, too
CREATE TABLE t (a integer)
GRANT USAGE ON SCHEMA public TO told_role, told_other
GRANT INSERT ON t TO told_role WITH GRANT OPTION
SET ROLE told_role; GRANT INSERT ON t TO told_other WITH GRANT OPTION; RESET ROLE
GRANT told_other TO told_role
REVOKE INSERT ON t FROM told_role
REVOKE told_other FROM told_role

-- a body in standard SQL follows a column
CREATE SCHEMA s
CREATE TABLE t (a integer, b text)
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(a) FROM t WHERE b = 'x'; END
ALTER TABLE t RENAME COLUMN a TO z

-- a body in standard SQL follows a table
CREATE SCHEMA s
CREATE TABLE t (a integer, b text)
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(a) FROM t WHERE b = 'x'; END
ALTER TABLE t RENAME TO u

-- a body in standard SQL follows a table into another schema
CREATE SCHEMA s
CREATE TABLE t (a integer, b text)
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(a) FROM t WHERE b = 'x'; END
ALTER TABLE t SET SCHEMA s

-- bodies in standard SQL that change rows, or return a query, follow columns and tables
CREATE TABLE t (a integer, b text)
CREATE FUNCTION f(x integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC UPDATE t SET a = x WHERE b = 'x' RETURNING a; END
CREATE FUNCTION g(x integer) RETURNS integer LANGUAGE sql RETURN (SELECT max(t.a) FROM t WHERE t.a > x)
CREATE FUNCTION h(a integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC INSERT INTO t (a, b) VALUES (h.a, 'a'); SELECT a FROM t; END
ALTER TABLE t RENAME COLUMN a TO z
ALTER TABLE t RENAME TO u

-- rules follow columns, tables and schemas, also in what they do
CREATE SCHEMA s
CREATE TABLE t (a integer, b text)
CREATE TABLE l (a integer, b text)
CREATE RULE r AS ON UPDATE TO t WHERE OLD.a > 1 DO ALSO INSERT INTO l (a, b) VALUES (NEW.a, OLD.b)
CREATE RULE q AS ON DELETE TO t DO ALSO (INSERT INTO l SELECT a, b FROM t; DELETE FROM l WHERE a = OLD.a)
ALTER TABLE t RENAME COLUMN a TO z
ALTER TABLE l RENAME COLUMN a TO y
ALTER TABLE l RENAME TO m
ALTER TABLE t RENAME TO u
ALTER TABLE m SET SCHEMA s
ALTER TABLE u SET SCHEMA s

-- a body in standard SQL follows types and functions, and the script makes what it calls first
CREATE TYPE e AS ENUM ('x')
CREATE TABLE t (a e)
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION g(x e) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT f() FROM t WHERE a = 'x'::e AND a = x; END
ALTER TYPE e RENAME TO k
ALTER FUNCTION f() RENAME TO h
ALTER SCHEMA public RENAME TO other
ALTER SCHEMA other RENAME TO public

-- a body, a rule and a view follow the name of a schema
CREATE SCHEMA s
CREATE TABLE s.t (a integer, b text)
CREATE FUNCTION f() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT a FROM s.t; END
CREATE RULE r AS ON DELETE TO s.t DO ALSO INSERT INTO s.t VALUES (1, 'x')
CREATE VIEW v AS SELECT a FROM s.t
ALTER SCHEMA s RENAME TO q

-- arms of a set operation whose types have nothing in common
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE VIEW v AS SELECT a FROM t UNION SELECT b FROM t

-- arms of a set operation have as many columns
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE VIEW v AS SELECT a, b FROM t UNION ALL SELECT a FROM t

-- types that arms of a set operation have in common; literals alone are a text
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
CREATE VIEW v0 AS SELECT a FROM t UNION SELECT 2.5 UNION SELECT n FROM t UNION SELECT NULL UNION SELECT '3'
CREATE VIEW v1 AS SELECT d FROM t UNION SELECT now()
CREATE VIEW v2 AS SELECT NULL UNION SELECT NULL UNION SELECT 'x'
! CREATE VIEW v3 AS SELECT NULL UNION SELECT NULL UNION SELECT 1
CREATE VIEW v4 AS SELECT ARRAY[a] AS x FROM t UNION SELECT '{1}'
! CREATE VIEW v AS SELECT j FROM t EXCEPT SELECT b FROM t

-- an arm of VALUES
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE VIEW v AS SELECT a FROM t UNION VALUES (DATE '2020-01-01')

-- rows of VALUES of one type
! CREATE VIEW v AS VALUES (1), (DATE '2020-01-01')

-- rows of VALUES of one length
! CREATE VIEW v AS VALUES (1, 2), (1)

-- results of CASE
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
CREATE VIEW v1 AS SELECT CASE WHEN a > 1 THEN a ELSE 2.5 END AS x, COALESCE(a, 1.5) AS y, COALESCE(b, 'x') AS z, GREATEST(a, 2) AS g FROM t
! CREATE VIEW v AS SELECT CASE WHEN a > 1 THEN a ELSE b END AS x FROM t

-- COALESCE
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE VIEW v AS SELECT COALESCE(a, b) AS x FROM t

-- COALESCE in a CHECK
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! ALTER TABLE t ADD CHECK (COALESCE(a, b) IS NOT NULL)

-- COALESCE in an index
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE INDEX i ON t ((COALESCE(a, d)))

-- GREATEST
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE VIEW v AS SELECT GREATEST(a, d) AS x FROM t

-- NULLIF
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE VIEW v AS SELECT NULLIF(a, b) AS x FROM t

-- elements of ARRAY
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE VIEW v AS SELECT ARRAY[a, b] AS x FROM t

-- CASE that compares
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE VIEW v AS SELECT CASE a WHEN b THEN 1 END AS x FROM t

-- CASE whose condition is no boolean
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE VIEW v AS SELECT CASE WHEN a THEN 1 END AS x FROM t

-- IN compares with each
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! CREATE VIEW v AS SELECT a IN (d, n) AS x FROM t

-- INSERT of a set operation
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric)
! INSERT INTO t (a) SELECT a FROM t UNION SELECT b FROM t

-- columns of FROM f()
CREATE FUNCTION f() RETURNS TABLE (x integer, y text) LANGUAGE sql AS 'SELECT 1, ''a'''
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION h(OUT p integer, OUT q text) LANGUAGE sql AS 'SELECT 1, ''a'''
CREATE TABLE t (a integer, b text)
CREATE FUNCTION k() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'
CREATE VIEW v1 AS SELECT x, f.y FROM f()
CREATE VIEW v2 AS SELECT g FROM g()
CREATE VIEW v3 AS SELECT p, z.q FROM h() z
CREATE VIEW v4 AS SELECT a, z.b FROM k() z
CREATE VIEW v5 AS SELECT c, d FROM f() z(c, d)
CREATE VIEW v6 AS SELECT z.c FROM g() z(c)
CREATE VIEW v7 AS SELECT z FROM g() z
CREATE VIEW v8 AS SELECT c, y FROM f() z(c)
CREATE VIEW v9 AS SELECT c, ordinality FROM f() WITH ORDINALITY z(c)
CREATE VIEW v11 AS SELECT * FROM f()
! CREATE VIEW v AS SELECT z FROM f()
! CREATE VIEW v AS SELECT f.z FROM f()
! CREATE VIEW v AS SELECT x FROM f() z(c, d)
! CREATE VIEW v AS SELECT z.x FROM g() z
! CREATE VIEW v AS SELECT 1 AS one FROM g() z(c, d)
! CREATE VIEW v AS SELECT c FROM k()
! CREATE OR REPLACE VIEW v11 AS SELECT y, x FROM f()
! CREATE OR REPLACE VIEW v11 AS SELECT x FROM f()

-- columns of a view on FROM f()
CREATE FUNCTION f() RETURNS TABLE (x integer, y text) LANGUAGE sql AS 'SELECT 1, ''a'''
CREATE VIEW w AS SELECT * FROM f()
! ALTER TABLE w RENAME COLUMN z TO y

-- values that no assignment cast takes to the column
CREATE TABLE t (a integer, b text, d date, j jsonb, n numeric, e boolean, u uuid, r integer[])
CREATE TABLE o (a integer, b text, d date)
INSERT INTO t (a, b) VALUES (1, 2), ('3', DATE '2020-01-01'), (NULL, 'x'), (2.5, true)
INSERT INTO t (n, d) VALUES (1, now()), (1.5, '2020-01-01')
INSERT INTO t (r) VALUES ('{1}'), (ARRAY[1]), (ARRAY[1.5])
! INSERT INTO t (a) VALUES (DATE '2020-01-01')
! INSERT INTO t (a) VALUES (true)
! INSERT INTO t (e) VALUES (1)
! INSERT INTO t (u) VALUES (1)
! INSERT INTO t (j) VALUES (1)
! INSERT INTO t (d) VALUES (1)
! INSERT INTO t (r) VALUES (1)
! INSERT INTO t (a) VALUES (ARRAY[1])
! INSERT INTO t (a) SELECT d FROM o
! INSERT INTO t (a) SELECT b FROM o
! UPDATE t SET a = d
! UPDATE t SET a = true
! UPDATE t SET e = 1
! INSERT INTO t (a) VALUES (1), (true)

-- bounds of another strategy
CREATE TABLE p (a integer, b text) PARTITION BY RANGE (a)
CREATE TABLE l (a integer, b text) PARTITION BY LIST (a)
CREATE TABLE h (a integer, b text) PARTITION BY HASH (a)
CREATE TABLE c (a integer, b text)
! ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1)
! ALTER TABLE l ATTACH PARTITION c FOR VALUES FROM (1) TO (2)
! ALTER TABLE h ATTACH PARTITION c FOR VALUES FROM (1) TO (2)
! ALTER TABLE h ATTACH PARTITION c DEFAULT
! ALTER TABLE p ATTACH PARTITION c FOR VALUES WITH (MODULUS 2, REMAINDER 1)
! CREATE TABLE x PARTITION OF p FOR VALUES IN (1)
! CREATE TABLE x PARTITION OF h DEFAULT
! CREATE TABLE x PARTITION OF l FOR VALUES FROM (1) TO (2)

-- a foreign key to the own table beside its primary key
CREATE TABLE t (a integer, b integer)
ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES t (a), ADD PRIMARY KEY (a)
CREATE TABLE u (a integer, b integer)
ALTER TABLE u ADD FOREIGN KEY (b) REFERENCES u, ADD PRIMARY KEY (a)
CREATE TABLE w (a integer, b integer)
! ALTER TABLE w ADD FOREIGN KEY (b) REFERENCES w (b), ADD PRIMARY KEY (a)
! ALTER TABLE w ADD FOREIGN KEY (b) REFERENCES w, ADD UNIQUE (a)
CREATE TABLE x (a integer, b text)
! ALTER TABLE x ADD FOREIGN KEY (b) REFERENCES x (a), ADD PRIMARY KEY (a)
ALTER TABLE x ADD COLUMN c integer REFERENCES x, ADD PRIMARY KEY (a)

-- columns of one key retyped together
CREATE TABLE t (a integer, b integer, CHECK (a < b), UNIQUE (a, b))
CREATE TABLE u (a integer, b integer, FOREIGN KEY (a, b) REFERENCES t (a, b))
! ALTER TABLE t ALTER COLUMN a TYPE text
ALTER TABLE t ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE bigint
CREATE TABLE w (a integer, b integer, CHECK (a < b))
ALTER TABLE w ALTER COLUMN a TYPE text, ALTER COLUMN b TYPE text
ALTER TABLE w ALTER COLUMN a TYPE date USING NULL, ALTER COLUMN b TYPE date USING NULL

-- 18: a named NOT NULL
CREATE TABLE t (a integer, b integer CONSTRAINT k CHECK (b > 0), c integer)
ALTER TABLE t ADD CONSTRAINT n NOT NULL a
ALTER TABLE t ADD CONSTRAINT n NOT NULL a
! ALTER TABLE t ADD CONSTRAINT m NOT NULL a
CREATE UNIQUE INDEX x ON t (a)
ALTER TABLE t ADD CONSTRAINT x NOT NULL c

-- fields of composite values
CREATE TYPE k AS (x integer, y text)
CREATE TABLE t (p k, a integer)
CREATE VIEW v1 AS SELECT (p).x, (p).y AS z FROM t
! CREATE VIEW v AS SELECT (p).z FROM t
! CREATE VIEW v AS SELECT (a).z FROM t
! CREATE INDEX i ON t (((p).z))
! ALTER TABLE t ADD CHECK ((p).z > 1)
! ALTER TABLE t ADD CHECK ((p).x > DATE '2020-01-01')
CREATE VIEW v2 AS SELECT (t).a FROM t
CREATE VIEW v3 AS SELECT ((p).x + 1) AS s FROM t
! CREATE VIEW v AS SELECT ((p).y + 1) AS s FROM t
! CREATE VIEW v AS SELECT (t.p).z AS s FROM t
CREATE VIEW v5 AS SELECT (t.p).x AS s FROM t
UPDATE t SET p.x = 1
INSERT INTO t (p.x, p.y) VALUES (1, 'a')

-- COLLATE of what has no collation
CREATE TABLE t (a integer, b text, d date)
CREATE DOMAIN dt AS text
CREATE VIEW v1 AS SELECT b COLLATE "C" AS x, lower(b) COLLATE "C" AS y, 'x' COLLATE "C" AS z FROM t
! CREATE VIEW v AS SELECT a COLLATE "C" AS x FROM t
! CREATE TABLE u (a integer COLLATE "C")
! ALTER TABLE t ADD COLUMN c integer COLLATE "C"
! ALTER TABLE t ALTER COLUMN b TYPE date COLLATE "C" USING NULL
! CREATE INDEX i ON t (a COLLATE "C")
! CREATE INDEX i ON t ((a + 1) COLLATE "C")
! CREATE INDEX i ON t ((a COLLATE "C"))
! ALTER TABLE t ADD CHECK (a COLLATE "C" > '1')
CREATE TABLE w (a dt COLLATE "C", b varchar(3) COLLATE "C", c text[] COLLATE "C")
CREATE TABLE pq (a text) PARTITION BY RANGE (a COLLATE "C")

-- operators of one's own
CREATE TABLE t (a integer, b text)
CREATE FUNCTION add(integer, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE OPERATOR + (LEFTARG = integer, RIGHTARG = text, FUNCTION = add)
CREATE VIEW v1 AS SELECT a + b AS x FROM t
ALTER TABLE t ADD CHECK (a + b > 1)
! ALTER TABLE t ADD CHECK (a + b > DATE '2020-01-01')
! CREATE VIEW v AS SELECT b + a AS x FROM t
CREATE OPERATOR <=> (LEFTARG = integer, RIGHTARG = text, FUNCTION = add)
CREATE VIEW v2 AS SELECT a <=> b AS x FROM t
! CREATE VIEW v AS SELECT b <=> a AS x FROM t
! CREATE VIEW v AS SELECT a <==> b AS x FROM t
! ALTER TABLE t ADD CHECK (a <=> b)
CREATE OR REPLACE VIEW v2 AS SELECT a <=> b AS x, 1 AS y FROM t
! CREATE OR REPLACE VIEW v2 AS SELECT b AS x, 1 AS y FROM t
DROP VIEW v2
DROP OPERATOR <=> (integer, text)
! CREATE VIEW v AS SELECT a <=> b AS x FROM t

-- a domain of what has no collation
CREATE DOMAIN a AS text COLLATE "C"
CREATE DOMAIN b AS a COLLATE "C"
CREATE DOMAIN c AS text[] COLLATE "C"
! CREATE DOMAIN d AS integer COLLATE "C"
CREATE DOMAIN e AS integer
! CREATE DOMAIN d AS e COLLATE "C"

-- cycle: default function reads the table
CREATE TABLE t (a integer)
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM t; END
ALTER TABLE t ALTER COLUMN a SET DEFAULT f()

-- cycle: check with function that reads the table
CREATE TABLE t (a integer)
CREATE FUNCTION f(x integer) RETURNS boolean LANGUAGE sql BEGIN ATOMIC SELECT EXISTS (SELECT FROM t WHERE a = x); END
ALTER TABLE t ADD CONSTRAINT k CHECK (f(a))
ALTER TABLE t ADD CONSTRAINT k2 CHECK (f(a)) NOT VALID

-- cycle: check with a function of the row type
CREATE TABLE t (a integer, b integer)
CREATE FUNCTION f(r t) RETURNS integer IMMUTABLE LANGUAGE sql BEGIN ATOMIC SELECT (r).a; END
ALTER TABLE t ADD CONSTRAINT k CHECK (f(t) > 0)

-- cycle: generated column, function reads same table
CREATE TABLE t (a integer, b integer)
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql BEGIN ATOMIC SELECT x + 1 WHERE x IN (SELECT a FROM t); END
ALTER TABLE t ADD COLUMN g integer GENERATED ALWAYS AS (f(b)) STORED

-- cycle: view default
CREATE TABLE t (a integer)
CREATE VIEW v AS SELECT a FROM t
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM v; END
ALTER TABLE t ALTER COLUMN a SET DEFAULT f()

-- cycle: default of a view column
CREATE TABLE t (a integer)
CREATE VIEW v AS SELECT a FROM t
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM v; END
ALTER VIEW v ALTER COLUMN a SET DEFAULT f()

-- cycle: policy with function that reads the table
CREATE TABLE t (a integer)
CREATE FUNCTION f() RETURNS boolean LANGUAGE sql BEGIN ATOMIC SELECT EXISTS (SELECT FROM t); END
CREATE POLICY p ON t USING (f())

-- cycle: view whose function reads the view (or replace)
CREATE TABLE t (a integer)
CREATE VIEW v AS SELECT a FROM t
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM v; END
CREATE OR REPLACE VIEW v AS SELECT a FROM t WHERE f() > 0

-- cycle: function returns setof table, used in default of it
CREATE TABLE t (a integer)
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT a FROM f() LIMIT 1'
ALTER TABLE t ALTER COLUMN a SET DEFAULT g()

-- cycle: index expression with row type function
CREATE TABLE t (a integer, b integer)
CREATE FUNCTION f(r t) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT (r).a'
CREATE INDEX i ON t (f(t.*))

-- cycle: two tables defaults through functions
CREATE TABLE t (a integer)
CREATE TABLE u (a integer)
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM t; END
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM u; END
ALTER TABLE t ALTER COLUMN a SET DEFAULT g()
ALTER TABLE u ALTER COLUMN a SET DEFAULT f()

-- cycle: mutually recursive functions by replace
CREATE FUNCTION f() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT 1; END
CREATE FUNCTION g() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT f(); END
CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT g(); END

-- cycle: domain check calls function that takes domain
CREATE DOMAIN d AS integer
CREATE FUNCTION f(x d) RETURNS boolean LANGUAGE sql BEGIN ATOMIC SELECT x > 0; END
ALTER DOMAIN d ADD CONSTRAINT k CHECK (f(VALUE))

-- cycle: domain default calls function returning the domain
CREATE DOMAIN d AS integer
CREATE FUNCTION f() RETURNS d LANGUAGE sql AS 'SELECT 1::d'
ALTER DOMAIN d SET DEFAULT f()

-- cycle: a column of the type of a table that has a column default function taking the other
CREATE TABLE t (a integer)
CREATE TABLE u (r t)
CREATE FUNCTION f(x u) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION g() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT f(u) FROM u LIMIT 1; END
ALTER TABLE t ALTER COLUMN a SET DEFAULT g()

-- cycle: inherited check whose function reads the child
CREATE TABLE p (a integer)
CREATE TABLE c () INHERITS (p)
CREATE FUNCTION f(x integer) RETURNS boolean LANGUAGE sql BEGIN ATOMIC SELECT EXISTS (SELECT FROM c WHERE a = x); END
ALTER TABLE p ADD CONSTRAINT k CHECK (f(a))
ALTER TABLE p ALTER COLUMN a SET DEFAULT length(f(1)::text)

-- options of foreign things
CREATE FOREIGN DATA WRAPPER w OPTIONS (a '1')
CREATE SERVER s TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (host 'h', port '1')
CREATE USER MAPPING FOR postgres SERVER s OPTIONS (user 'u')
CREATE FOREIGN TABLE t (a integer OPTIONS (n 'x'), b text OPTIONS (m 'y', "O o" 'it''s') NOT NULL) SERVER s OPTIONS (table_name 'r')
ALTER FOREIGN DATA WRAPPER w OPTIONS (ADD b '2', SET a '3')
ALTER SERVER s VERSION '2' OPTIONS (DROP port, ADD db 'd')
ALTER USER MAPPING FOR postgres SERVER s OPTIONS (SET user 'v', ADD password 'p')
ALTER FOREIGN TABLE t OPTIONS (SET table_name 'q', ADD schema_name 'z')
ALTER FOREIGN TABLE t ALTER COLUMN a OPTIONS (SET n 'w', ADD k '1'), ALTER COLUMN b OPTIONS (DROP m)
ALTER FOREIGN TABLE t ADD COLUMN c integer OPTIONS (x '1')
! ALTER FOREIGN TABLE t OPTIONS (ADD table_name 'q')
! ALTER FOREIGN TABLE t OPTIONS (DROP nothing)
! ALTER FOREIGN TABLE t OPTIONS (SET nothing '1')
! ALTER FOREIGN TABLE t ALTER COLUMN a OPTIONS (ADD k '1')
ALTER FOREIGN TABLE t RENAME COLUMN a TO aa
ALTER SERVER s RENAME TO s2
ALTER FOREIGN DATA WRAPPER w RENAME TO w2
DROP USER MAPPING FOR postgres SERVER s2
CREATE USER MAPPING FOR PUBLIC SERVER s2
! ALTER FOREIGN TABLE t OPTIONS (schema_name 'zz1')
ALTER FOREIGN TABLE t OPTIONS (SET schema_name 'zz1')
ALTER FOREIGN TABLE t DROP COLUMN b

-- foreign things that go with their server or wrapper
CREATE FOREIGN DATA WRAPPER w
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (a 'b')
CREATE SERVER r FOREIGN DATA WRAPPER w
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (c 'd')
CREATE FOREIGN TABLE t (a integer) SERVER s
CREATE VIEW v AS SELECT * FROM t
CREATE FOREIGN TABLE u (a integer) SERVER r
! DROP SERVER s
! DROP FOREIGN DATA WRAPPER w
DROP SERVER s CASCADE
CREATE SERVER s FOREIGN DATA WRAPPER w
DROP FOREIGN DATA WRAPPER w CASCADE

-- sequence inside a larger default
CREATE SCHEMA x
CREATE SEQUENCE s
CREATE SEQUENCE r
CREATE TABLE t (a text DEFAULT 'x' || nextval('s'), b bigint DEFAULT coalesce(nextval('s'::regclass), 1))
CREATE TABLE u (a text DEFAULT ('x' || nextval('r') || nextval('s')))
ALTER SEQUENCE s RENAME TO s2
ALTER SEQUENCE s2 SET SCHEMA x
ALTER SCHEMA x RENAME TO y
! DROP SEQUENCE y.s2
! DROP SEQUENCE r
DROP SEQUENCE r CASCADE
DROP SEQUENCE y.s2 CASCADE

-- sequence inside check and generated, view
CREATE SEQUENCE s
CREATE TABLE t (a bigint)
CREATE VIEW v AS SELECT nextval('s') AS n, nextval('s'::regclass) + 1 AS m FROM t
ALTER SEQUENCE s RENAME TO s2
! DROP SEQUENCE s2
DROP SEQUENCE s2 CASCADE

-- DROP TABLE with a serial whose sequence others use
CREATE TABLE t (a serial)
CREATE TABLE u (a integer DEFAULT nextval('t_a_seq') + 1, b integer DEFAULT nextval('t_a_seq'))
! DROP TABLE t
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t RENAME TO tt
DROP TABLE tt CASCADE

-- schema drop with sequence in larger default
CREATE SCHEMA x
CREATE SEQUENCE x.s
CREATE TABLE t (a bigint DEFAULT nextval('x.s') + 1)
! DROP SCHEMA x
DROP SCHEMA x CASCADE

-- sequence in a default with owned by in another table
CREATE TABLE t (a integer)
CREATE SEQUENCE s OWNED BY t.a
CREATE TABLE u (a integer DEFAULT nextval('s'))
! DROP TABLE t
DROP TABLE t, u

-- function f needed by: index
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE INDEX i ON t (f(a))
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: index predicate
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE INDEX i ON t (a) WHERE f(a) > 0
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: check
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD CONSTRAINT k CHECK (f(a) > 0)
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: default
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
ALTER TABLE t ALTER COLUMN a SET DEFAULT f(1)
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: policy
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE POLICY p ON t USING (f(a) > 0)
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: generated column
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD COLUMN g integer GENERATED ALWAYS AS (f(a)) STORED
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: view
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT f(a) AS x FROM t
CREATE VIEW w AS SELECT * FROM v
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: materialized view
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT f(a) AS x FROM t
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: view from
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT x FROM f(1) AS x
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: domain default
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE DOMAIN d AS integer DEFAULT f(1)
CREATE TABLE u (a d, b integer)
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: domain check
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE DOMAIN d AS integer CONSTRAINT k CHECK (f(VALUE) > 0)
CREATE TABLE u (a d, b integer)
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: body in standard SQL
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE FUNCTION g() RETURNS integer LANGUAGE sql RETURN f(1)
CREATE VIEW v AS SELECT g() AS x
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: string body
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT f(1)'
DROP FUNCTION f(integer)

-- function f needed by: default of a parameter
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE FUNCTION g(x integer DEFAULT f(1)) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: statistics
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE STATISTICS s ON f(a), c FROM t
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: partition key
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE TABLE p (a integer) PARTITION BY RANGE (f(a))
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: rule
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE RULE r AS ON INSERT TO t DO ALSO SELECT f(1)
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: exclusion constraint
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD CONSTRAINT x EXCLUDE (f(a) WITH =)
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: default of a column of a view
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
ALTER VIEW v ALTER COLUMN a SET DEFAULT f(1)
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: when of a trigger
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (f(NEW.a) > 0) EXECUTE FUNCTION tf()
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function f needed by: inherited check
CREATE FUNCTION f(x integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1'
CREATE TABLE t (a integer, c text)
CREATE TABLE u () INHERITS (t)
ALTER TABLE t ADD CONSTRAINT k CHECK (f(a) > 0)
! DROP FUNCTION f(integer)
DROP FUNCTION f(integer) CASCADE

-- function op needed by: operator
CREATE FUNCTION f2(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2'
CREATE TABLE t (a integer, c text)
CREATE OPERATOR #+ (FUNCTION = f2, LEFTARG = integer, RIGHTARG = integer)
CREATE VIEW v AS SELECT a #+ 1 AS x FROM t
! DROP FUNCTION f2(integer, integer)
DROP FUNCTION f2(integer, integer) CASCADE

-- function op needed by: aggregate
CREATE FUNCTION f2(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2'
CREATE TABLE t (a integer, c text)
CREATE AGGREGATE total (integer) (SFUNC = f2, STYPE = integer)
CREATE VIEW v AS SELECT total(a) AS x FROM t
! DROP FUNCTION f2(integer, integer)
DROP FUNCTION f2(integer, integer) CASCADE

-- function op needed by: operator class
CREATE FUNCTION f2(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2'
CREATE TABLE t (a integer, c text)
CREATE OPERATOR CLASS oc FOR TYPE integer USING btree AS OPERATOR 1 <, FUNCTION 1 f2(integer, integer)
CREATE INDEX i ON t (a oc)
! DROP FUNCTION f2(integer, integer)
DROP FUNCTION f2(integer, integer) CASCADE

-- function tf needed by: trigger
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TABLE t (a integer, c text)
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf()
! DROP FUNCTION tf()
DROP FUNCTION tf() CASCADE

-- function tf needed by: trigger on a view
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE TRIGGER g INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION tf()
! DROP FUNCTION tf()
DROP FUNCTION tf() CASCADE

-- function tf needed by: trigger of partitions
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TABLE t (a integer, c text)
CREATE TABLE p (a integer) PARTITION BY LIST (a)
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)
CREATE TRIGGER g BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION tf()
! DROP FUNCTION tf()
DROP FUNCTION tf() CASCADE

-- function et needed by: event trigger
CREATE FUNCTION et() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'
CREATE EVENT TRIGGER g ON ddl_command_end EXECUTE FUNCTION et()
ALTER EVENT TRIGGER g DISABLE
! DROP FUNCTION et()
DROP FUNCTION et() CASCADE

-- function cf needed by: cast
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION cf(e) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE CAST (e AS integer) WITH FUNCTION cf(e)
! DROP FUNCTION cf(e)
DROP FUNCTION cf(e) CASCADE

-- type e needed by: column
CREATE TYPE e AS ENUM ('a')
CREATE TABLE u (a e, b integer)
CREATE VIEW v AS SELECT b FROM u
CREATE VIEW w AS SELECT a FROM u
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: array column
CREATE TYPE e AS ENUM ('a')
CREATE TABLE u (a e[], b integer)
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: domain over it
CREATE TYPE e AS ENUM ('a')
CREATE DOMAIN dd AS e
CREATE TABLE u (a dd, b integer)
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: domain over the array
CREATE TYPE e AS ENUM ('a')
CREATE DOMAIN dd AS e[]
CREATE TABLE u (a dd, b integer)
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: argument
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION g(x e) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION h(x text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: argument in a view
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION g(x e) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE VIEW v AS SELECT g(NULL) AS x
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: array argument
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION g(x integer, VARIADIC y e[]) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: result
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION g() RETURNS e LANGUAGE sql AS 'SELECT NULL::e'
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: set result
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION g() RETURNS SETOF e LANGUAGE sql AS 'SELECT NULL::e'
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: result table
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION g() RETURNS TABLE (x e, y integer) LANGUAGE sql AS 'SELECT NULL::e, 1'
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: argument of a procedure
CREATE TYPE e AS ENUM ('a')
CREATE PROCEDURE g(x e) LANGUAGE sql AS ''
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: attribute
CREATE TYPE e AS ENUM ('a')
CREATE TYPE ct AS (x e, y integer)
CREATE TABLE u (a ct, b integer)
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: cast in a default
CREATE TYPE e AS ENUM ('a')
CREATE TABLE u (a text DEFAULT 'a'::e::text)
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: cast in a check
CREATE TYPE e AS ENUM ('a')
CREATE TABLE u (a text, CONSTRAINT k CHECK (a <> 'a'::e::text))
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: cast in a view
CREATE TYPE e AS ENUM ('a')
CREATE VIEW v AS SELECT 'a'::e::text AS x
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: cast in a policy
CREATE TYPE e AS ENUM ('a')
CREATE TABLE u (a text)
CREATE POLICY p ON u USING (a <> 'a'::e::text)
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: cast in a body
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION g() RETURNS text LANGUAGE sql RETURN 'a'::e::text
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: aggregate
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION g(x integer, y e) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE AGGREGATE ag (e) (SFUNC = g, STYPE = integer)
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: operator
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION g(x e, y integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE OPERATOR #+ (FUNCTION = g, LEFTARG = e, RIGHTARG = integer)
! DROP TYPE e
DROP TYPE e CASCADE

-- type e needed by: partition key
CREATE TYPE e AS ENUM ('a')
CREATE TABLE p (a e) PARTITION BY LIST (a)
! DROP TYPE e
DROP TYPE e CASCADE

-- domain d needed by: column
CREATE DOMAIN d AS text
CREATE TABLE u (a d, b integer)
CREATE VIEW v AS SELECT b FROM u
CREATE VIEW w AS SELECT a FROM u
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: array column
CREATE DOMAIN d AS text
CREATE TABLE u (a d[], b integer)
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: domain over it
CREATE DOMAIN d AS text
CREATE DOMAIN dd AS d
CREATE TABLE u (a dd, b integer)
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: domain over the array
CREATE DOMAIN d AS text
CREATE DOMAIN dd AS d[]
CREATE TABLE u (a dd, b integer)
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: argument
CREATE DOMAIN d AS text
CREATE FUNCTION g(x d) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION h(x text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: argument in a view
CREATE DOMAIN d AS text
CREATE FUNCTION g(x d) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE VIEW v AS SELECT g(NULL) AS x
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: array argument
CREATE DOMAIN d AS text
CREATE FUNCTION g(x integer, VARIADIC y d[]) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: result
CREATE DOMAIN d AS text
CREATE FUNCTION g() RETURNS d LANGUAGE sql AS 'SELECT NULL::d'
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: set result
CREATE DOMAIN d AS text
CREATE FUNCTION g() RETURNS SETOF d LANGUAGE sql AS 'SELECT NULL::d'
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: result table
CREATE DOMAIN d AS text
CREATE FUNCTION g() RETURNS TABLE (x d, y integer) LANGUAGE sql AS 'SELECT NULL::d, 1'
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: argument of a procedure
CREATE DOMAIN d AS text
CREATE PROCEDURE g(x d) LANGUAGE sql AS ''
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: attribute
CREATE DOMAIN d AS text
CREATE TYPE ct AS (x d, y integer)
CREATE TABLE u (a ct, b integer)
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: cast in a default
CREATE DOMAIN d AS text
CREATE TABLE u (a text DEFAULT 'a'::d::text)
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: cast in a check
CREATE DOMAIN d AS text
CREATE TABLE u (a text, CONSTRAINT k CHECK (a <> 'a'::d::text))
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: cast in a view
CREATE DOMAIN d AS text
CREATE VIEW v AS SELECT 'a'::d::text AS x
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: cast in a policy
CREATE DOMAIN d AS text
CREATE TABLE u (a text)
CREATE POLICY p ON u USING (a <> 'a'::d::text)
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: cast in a body
CREATE DOMAIN d AS text
CREATE FUNCTION g() RETURNS text LANGUAGE sql RETURN 'a'::d::text
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: aggregate
CREATE DOMAIN d AS text
CREATE FUNCTION g(x integer, y d) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE AGGREGATE ag (d) (SFUNC = g, STYPE = integer)
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: operator
CREATE DOMAIN d AS text
CREATE FUNCTION g(x d, y integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE OPERATOR #+ (FUNCTION = g, LEFTARG = d, RIGHTARG = integer)
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- domain d needed by: partition key
CREATE DOMAIN d AS text
CREATE TABLE p (a d) PARTITION BY LIST (a)
! DROP DOMAIN d
DROP DOMAIN d CASCADE

-- type r needed by: column
CREATE TYPE e AS ENUM ('a')
CREATE TYPE r AS RANGE (SUBTYPE = integer)
CREATE TABLE u (a r, b integer)
! DROP TYPE r
DROP TYPE r CASCADE

-- type r needed by: argument
CREATE TYPE e AS ENUM ('a')
CREATE TYPE r AS RANGE (SUBTYPE = integer)
CREATE FUNCTION g(x r) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP TYPE r
DROP TYPE r CASCADE

-- type e of a range needed by: range
CREATE TYPE e AS ENUM ('a')
CREATE TYPE r AS RANGE (SUBTYPE = e)
CREATE TABLE u (a r, b integer)
! DROP TYPE e
DROP TYPE e CASCADE

-- type e of a range needed by: cast
CREATE TYPE e AS ENUM ('a')
CREATE FUNCTION cf(e) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE CAST (e AS integer) WITH FUNCTION cf(e)
! DROP TYPE e
DROP TYPE e CASCADE

-- type ct needed by: column
CREATE TYPE ct AS (a integer, b text)
CREATE TABLE u (a ct, b integer)
! DROP TYPE ct
DROP TYPE ct CASCADE

-- type ct needed by: argument
CREATE TYPE ct AS (a integer, b text)
CREATE FUNCTION g(x ct) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP TYPE ct
DROP TYPE ct CASCADE

-- sequence s needed by: default
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
ALTER TABLE t ALTER COLUMN a SET DEFAULT nextval('s')
! DROP SEQUENCE s
DROP SEQUENCE s CASCADE

-- sequence s needed by: larger default
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
ALTER TABLE t ALTER COLUMN c SET DEFAULT 'x' || nextval('s')
! DROP SEQUENCE s
DROP SEQUENCE s CASCADE

-- sequence s needed by: text default
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
ALTER TABLE t ALTER COLUMN a SET DEFAULT nextval('s'::text)
DROP SEQUENCE s

-- sequence s needed by: view
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT last_value FROM s
! DROP SEQUENCE s
DROP SEQUENCE s CASCADE

-- sequence s needed by: view with literal
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT nextval('s') AS n
! DROP SEQUENCE s
DROP SEQUENCE s CASCADE

-- sequence s needed by: body
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql RETURN nextval('s')
! DROP SEQUENCE s
DROP SEQUENCE s CASCADE

-- sequence s needed by: domain default
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
CREATE DOMAIN d AS integer DEFAULT nextval('s')
CREATE TABLE u (a d, b integer)
! DROP SEQUENCE s
DROP SEQUENCE s CASCADE

-- sequence s needed by: owned
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
ALTER SEQUENCE s OWNED BY t.a
DROP SEQUENCE s

-- sequence s needed by: default of a parameter
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
CREATE FUNCTION g(x bigint DEFAULT nextval('s')) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP SEQUENCE s
DROP SEQUENCE s CASCADE

-- sequence s needed by: default of a column of a view
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
ALTER VIEW v ALTER COLUMN a SET DEFAULT nextval('s')
! DROP SEQUENCE s
DROP SEQUENCE s CASCADE

-- sequence s needed by: inherited default
CREATE SEQUENCE s
CREATE TABLE t (a integer, c text)
ALTER TABLE t ALTER COLUMN a SET DEFAULT nextval('s')
CREATE TABLE u () INHERITS (t)
! DROP SEQUENCE s
DROP SEQUENCE s CASCADE

-- table t needed by: view
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE VIEW w AS SELECT a FROM t
CREATE VIEW x AS SELECT a FROM w
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: materialized view
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE MATERIALIZED VIEW w AS SELECT a FROM t
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: body
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM t)
CREATE VIEW w AS SELECT g() AS x
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: string body
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM t'
DROP TABLE t

-- table t needed by: argument
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE FUNCTION g(x t) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: set result
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: column of its row type
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE TABLE u (r t, b integer)
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: domain of its row type
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE DOMAIN d AS t
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: array of its row type
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE TABLE u (r t[], b integer)
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: policy of another
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE TABLE u (a integer)
CREATE POLICY p ON u USING (a IN (SELECT a FROM t))
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: rule of another
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE TABLE u (a integer)
CREATE RULE r AS ON INSERT TO u DO ALSO SELECT * FROM t
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: literal
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE TABLE u (a regclass DEFAULT 't'::regclass, b integer)
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: rule
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING
DROP TABLE t

-- table t needed by: attribute
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE TYPE ct AS (x t, y integer)
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: cast in a view
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE VIEW w AS SELECT NULL::t AS x
! DROP TABLE t
DROP TABLE t CASCADE

-- view v needed by: view
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE VIEW w AS SELECT a FROM v
CREATE VIEW x AS SELECT a FROM w
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: materialized view
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE MATERIALIZED VIEW w AS SELECT a FROM v
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: body
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM v)
CREATE VIEW w AS SELECT g() AS x
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: string body
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM v'
DROP VIEW v

-- view v needed by: argument
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE FUNCTION g(x v) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: set result
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE FUNCTION g() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v'
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: column of its row type
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE TABLE u (r v, b integer)
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: domain of its row type
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE DOMAIN d AS v
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: array of its row type
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE TABLE u (r v[], b integer)
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: policy of another
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE TABLE u (a integer)
CREATE POLICY p ON u USING (a IN (SELECT a FROM v))
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: rule of another
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE TABLE u (a integer)
CREATE RULE r AS ON INSERT TO u DO ALSO SELECT * FROM v
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: literal
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE TABLE u (a regclass DEFAULT 'v'::regclass, b integer)
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: rule
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING
DROP VIEW v

-- view v needed by: attribute
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE TYPE ct AS (x v, y integer)
! DROP VIEW v
DROP VIEW v CASCADE

-- view v needed by: cast in a view
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
CREATE VIEW w AS SELECT NULL::v AS x
! DROP VIEW v
DROP VIEW v CASCADE

-- materialized view m needed by: view
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE VIEW w AS SELECT a FROM m
CREATE VIEW x AS SELECT a FROM w
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: materialized view
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE MATERIALIZED VIEW w AS SELECT a FROM m
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: body
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM m)
CREATE VIEW w AS SELECT g() AS x
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: string body
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM m'
DROP MATERIALIZED VIEW m

-- materialized view m needed by: argument
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE FUNCTION g(x m) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: set result
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE FUNCTION g() RETURNS SETOF m LANGUAGE sql AS 'SELECT * FROM m'
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: column of its row type
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE TABLE u (r m, b integer)
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: domain of its row type
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE DOMAIN d AS m
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: array of its row type
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE TABLE u (r m[], b integer)
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: policy of another
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE TABLE u (a integer)
CREATE POLICY p ON u USING (a IN (SELECT a FROM m))
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: rule of another
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE TABLE u (a integer)
CREATE RULE r AS ON INSERT TO u DO ALSO SELECT * FROM m
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: literal
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE TABLE u (a regclass DEFAULT 'm'::regclass, b integer)
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: attribute
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE TYPE ct AS (x m, y integer)
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- materialized view m needed by: cast in a view
CREATE TABLE t (a integer, c text)
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE VIEW w AS SELECT NULL::m AS x
! DROP MATERIALIZED VIEW m
DROP MATERIALIZED VIEW m CASCADE

-- table t needed by: foreign key
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE TABLE u (a integer REFERENCES t)
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: child
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE TABLE u () INHERITS (t)
! DROP TABLE t
DROP TABLE t CASCADE

-- table t needed by: statistics
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE STATISTICS s ON a, c FROM t
DROP TABLE t

-- table t needed by: publication
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE PUBLICATION pb FOR TABLE t
DROP TABLE t

-- table t needed by: identity
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE TABLE u (a integer GENERATED ALWAYS AS IDENTITY)
DROP TABLE t

-- table t needed by: partition
CREATE TABLE t (a integer PRIMARY KEY, c text)
CREATE TABLE p (a integer) PARTITION BY LIST (a)
ALTER TABLE t DROP COLUMN c
ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1)
DROP TABLE t

-- column a needed by: view
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a FROM t
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: view in where
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT c FROM t WHERE a > 0
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: index
CREATE TABLE t (a integer, c text)
CREATE INDEX i ON t (a)
ALTER TABLE t DROP COLUMN a

-- column a needed by: index predicate
CREATE TABLE t (a integer, c text)
CREATE INDEX i ON t (c) WHERE a > 0
ALTER TABLE t DROP COLUMN a

-- column a needed by: index expression
CREATE TABLE t (a integer, c text)
CREATE INDEX i ON t ((a + 1), c)
ALTER TABLE t DROP COLUMN a

-- column a needed by: index include
CREATE TABLE t (a integer, c text)
CREATE INDEX i ON t (c) INCLUDE (a)
ALTER TABLE t DROP COLUMN a

-- column a needed by: generated column
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD COLUMN g integer GENERATED ALWAYS AS (a + 1) STORED
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: check
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)
ALTER TABLE t DROP COLUMN a

-- column a needed by: check of two
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0 OR c IS NULL)
ALTER TABLE t DROP COLUMN a

-- column a needed by: policy
CREATE TABLE t (a integer, c text)
CREATE POLICY p ON t USING (a > 0)
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: trigger
CREATE TABLE t (a integer, c text)
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION tf()
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: when of a trigger
CREATE TABLE t (a integer, c text)
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.a > 0) EXECUTE FUNCTION tf()
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: foreign key to it
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD PRIMARY KEY (a)
CREATE TABLE u (a integer REFERENCES t)
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: foreign key from it
CREATE TABLE t (a integer, c text)
CREATE TABLE u (a integer PRIMARY KEY)
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u
ALTER TABLE t DROP COLUMN a

-- column a needed by: statistics
CREATE TABLE t (a integer, c text)
CREATE STATISTICS s ON a, c FROM t
ALTER TABLE t DROP COLUMN a

-- column a needed by: statistics expression
CREATE TABLE t (a integer, c text)
CREATE STATISTICS s ON (a + 1), c FROM t
ALTER TABLE t DROP COLUMN a

-- column a needed by: publication
CREATE TABLE t (a integer, c text)
CREATE PUBLICATION pb FOR TABLE t (a)
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: publication filter
CREATE TABLE t (a integer, c text)
CREATE PUBLICATION pb FOR TABLE t WHERE (a > 0)
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: body
CREATE TABLE t (a integer, c text)
CREATE FUNCTION g() RETURNS integer LANGUAGE sql RETURN (SELECT a FROM t LIMIT 1)
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: body of whole rows
CREATE TABLE t (a integer, c text)
CREATE FUNCTION g() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM t)
ALTER TABLE t DROP COLUMN a

-- column a needed by: rule
CREATE TABLE t (a integer, c text)
CREATE RULE r AS ON INSERT TO t WHERE NEW.a > 0 DO INSTEAD NOTHING
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: policy of another
CREATE TABLE t (a integer, c text)
CREATE TABLE u (a integer)
CREATE POLICY p ON u USING (a IN (SELECT a FROM t))
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: row type
CREATE TABLE t (a integer, c text)
CREATE TABLE u (r t)
ALTER TABLE t DROP COLUMN a

-- column a needed by: child
CREATE TABLE t (a integer, c text)
CREATE TABLE u () INHERITS (t)
CREATE VIEW v AS SELECT a FROM u
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- column a needed by: exclusion
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD EXCLUDE (a WITH =, c WITH =)
ALTER TABLE t DROP COLUMN a

-- column a needed by: sequence
CREATE TABLE t (a integer, c text)
CREATE SEQUENCE s OWNED BY t.a
CREATE TABLE u (a integer DEFAULT nextval('s'))
! ALTER TABLE t DROP COLUMN a
ALTER TABLE t DROP COLUMN a CASCADE

-- collation cl needed by: column
CREATE COLLATION cl FROM "C"
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD COLUMN x text COLLATE cl
! DROP COLLATION cl
DROP COLLATION cl CASCADE

-- collation cl needed by: index
CREATE COLLATION cl FROM "C"
CREATE TABLE t (a integer, c text)
CREATE INDEX i ON t (c COLLATE cl)
! DROP COLLATION cl
DROP COLLATION cl CASCADE

-- collation cl needed by: domain
CREATE COLLATION cl FROM "C"
CREATE TABLE t (a integer, c text)
CREATE DOMAIN d AS text COLLATE cl
! DROP COLLATION cl
DROP COLLATION cl CASCADE

-- collation cl needed by: view
CREATE COLLATION cl FROM "C"
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT c COLLATE cl AS x FROM t
! DROP COLLATION cl
DROP COLLATION cl CASCADE

-- collation cl needed by: check
CREATE COLLATION cl FROM "C"
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD CONSTRAINT k CHECK (c COLLATE cl > 'x')
! DROP COLLATION cl
DROP COLLATION cl CASCADE

-- collation cl needed by: attribute
CREATE COLLATION cl FROM "C"
CREATE TABLE t (a integer, c text)
CREATE TYPE ct AS (a text COLLATE cl)
! DROP COLLATION cl
DROP COLLATION cl CASCADE

-- aggregate ag needed by: view
CREATE AGGREGATE ag (integer) (SFUNC = int4pl, STYPE = integer)
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT ag(a) AS x FROM t
! DROP AGGREGATE ag(integer)
DROP AGGREGATE ag(integer) CASCADE

-- aggregate ag needed by: body
CREATE AGGREGATE ag (integer) (SFUNC = int4pl, STYPE = integer)
CREATE TABLE t (a integer, c text)
CREATE FUNCTION g() RETURNS integer LANGUAGE sql RETURN (SELECT ag(a) FROM t)
! DROP AGGREGATE ag(integer)
DROP AGGREGATE ag(integer) CASCADE

-- operator #+ needed by: view
CREATE OPERATOR #+ (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer)
CREATE TABLE t (a integer, c text)
CREATE VIEW v AS SELECT a #+ 1 AS x FROM t
! DROP OPERATOR #+ (integer, integer)
DROP OPERATOR #+ (integer, integer) CASCADE

-- operator #+ needed by: check
CREATE OPERATOR #+ (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer)
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD CONSTRAINT k CHECK (a #+ 1 > 0)
! DROP OPERATOR #+ (integer, integer)
DROP OPERATOR #+ (integer, integer) CASCADE

-- operator #+ needed by: index
CREATE OPERATOR #+ (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer)
CREATE TABLE t (a integer, c text)
CREATE INDEX i ON t ((a #+ 1))
! DROP OPERATOR #+ (integer, integer)
DROP OPERATOR #+ (integer, integer) CASCADE

-- operator #+ needed by: default
CREATE OPERATOR #+ (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer)
CREATE TABLE t (a integer, c text)
ALTER TABLE t ALTER COLUMN a SET DEFAULT 1 #+ 2
! DROP OPERATOR #+ (integer, integer)
DROP OPERATOR #+ (integer, integer) CASCADE

-- operator #+ needed by: generated column
CREATE OPERATOR #+ (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer)
CREATE TABLE t (a integer, c text)
ALTER TABLE t ADD COLUMN g integer GENERATED ALWAYS AS (a #+ 1) STORED
! DROP OPERATOR #+ (integer, integer)
DROP OPERATOR #+ (integer, integer) CASCADE

-- schema s needed by: table
CREATE SCHEMA s
CREATE TABLE s.t (a integer)
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: function
CREATE SCHEMA s
CREATE FUNCTION s.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: function used
CREATE SCHEMA s
CREATE FUNCTION s.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE TABLE u (a integer DEFAULT s.f())
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: type
CREATE SCHEMA s
CREATE TYPE s.e AS ENUM ('a')
CREATE TABLE u (a s.e, b integer)
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: type of argument
CREATE SCHEMA s
CREATE TYPE s.e AS ENUM ('a')
CREATE FUNCTION g(x s.e) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: sequence
CREATE SCHEMA s
CREATE SEQUENCE s.q
CREATE TABLE u (a integer DEFAULT nextval('s.q'))
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: operator
CREATE SCHEMA s
CREATE OPERATOR s.#+ (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer)
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: aggregate
CREATE SCHEMA s
CREATE AGGREGATE s.ag (integer) (SFUNC = int4pl, STYPE = integer)
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: collation
CREATE SCHEMA s
CREATE COLLATION s.cl FROM "C"
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: text search configuration
CREATE SCHEMA s
CREATE TEXT SEARCH CONFIGURATION s.cf (COPY = simple)
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: operator class
CREATE SCHEMA s
CREATE OPERATOR CLASS s.oc FOR TYPE integer USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer)
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: statistics
CREATE SCHEMA s
CREATE TABLE t (a integer, c text)
CREATE STATISTICS s.st ON a, c FROM t
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- schema s needed by: publication
CREATE SCHEMA s
CREATE PUBLICATION pb FOR TABLES IN SCHEMA s
DROP SCHEMA s

-- schema s needed by: conversion
CREATE SCHEMA s
CREATE CONVERSION s.cv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8
! DROP SCHEMA s
DROP SCHEMA s CASCADE

-- typed tables: columns come from the composite type
CREATE TYPE ct AS (a integer, b text)
CREATE TABLE t OF ct
CREATE TABLE u OF ct (a WITH OPTIONS NOT NULL DEFAULT 7, PRIMARY KEY (a), CHECK (b <> ''))
ALTER TYPE ct ADD ATTRIBUTE c date CASCADE

-- typed tables follow cascade
CREATE TYPE ct AS (a integer, b text)
CREATE TABLE t OF ct
! ALTER TYPE ct ADD ATTRIBUTE c date
! ALTER TYPE ct DROP ATTRIBUTE a
! ALTER TYPE ct ALTER ATTRIBUTE a TYPE bigint
! ALTER TYPE ct RENAME ATTRIBUTE a TO x
ALTER TYPE ct ADD ATTRIBUTE c date CASCADE
ALTER TYPE ct DROP ATTRIBUTE b CASCADE
ALTER TYPE ct ALTER ATTRIBUTE a TYPE bigint CASCADE
ALTER TYPE ct RENAME ATTRIBUTE a TO x CASCADE

-- typed tables refuse
CREATE TYPE ct AS (a integer, b text)
CREATE TABLE t OF ct
! ALTER TABLE t ADD COLUMN c integer
! ALTER TABLE t DROP COLUMN a
! ALTER TABLE t ALTER COLUMN a TYPE bigint
! ALTER TABLE t RENAME COLUMN a TO c
! DROP TYPE ct
! CREATE TABLE v OF ct (c WITH OPTIONS NOT NULL)
CREATE TABLE p (a integer, b text)
! ALTER TABLE t INHERIT p
CREATE TABLE k () INHERITS (t)
ALTER TABLE t ALTER COLUMN a SET NOT NULL, ADD CONSTRAINT k CHECK (a > 0)
CREATE INDEX ON t (b)

-- OF and NOT OF
CREATE TYPE ct AS (a integer, b text)
CREATE TABLE t (a integer NOT NULL, b text)
CREATE TABLE u (a integer, b text, c integer)
CREATE TABLE v (a bigint, b text)
CREATE TABLE w (b text, a integer)
ALTER TABLE t OF ct
! ALTER TABLE t ADD COLUMN c integer
! ALTER TABLE u OF ct
! ALTER TABLE v OF ct
! ALTER TABLE w OF ct
ALTER TABLE t NOT OF
! ALTER TABLE t NOT OF
ALTER TABLE t ADD COLUMN c integer

-- of: drop type cascade drops typed table
CREATE TYPE ct AS (a integer, b text)
CREATE TABLE t OF ct
CREATE VIEW v AS SELECT * FROM t
DROP TYPE ct CASCADE

-- partition of typed
CREATE TYPE ct AS (a integer, b text)
CREATE TABLE t OF ct PARTITION BY RANGE (a)
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (10)
ALTER TYPE ct ADD ATTRIBUTE c integer CASCADE

-- rename of the type of typed table
CREATE SCHEMA s
CREATE TYPE ct AS (a integer, b text)
CREATE TABLE t OF ct
ALTER TYPE ct RENAME TO ct2
ALTER TYPE ct2 SET SCHEMA s
ALTER SCHEMA s RENAME TO s2

-- typed tables in a chain of things
CREATE TYPE ct AS (a integer, b text COLLATE "C", c numeric(5,2))
CREATE TABLE t OF ct (PRIMARY KEY (a), b WITH OPTIONS UNIQUE DEFAULT 'x', c WITH OPTIONS CHECK (c > 0))
CREATE TABLE u (x integer REFERENCES t)
CREATE INDEX i ON t (c)
ALTER TYPE ct RENAME ATTRIBUTE c TO d CASCADE
ALTER TYPE ct ALTER ATTRIBUTE d TYPE numeric(7,3) CASCADE, ADD ATTRIBUTE e boolean CASCADE, DROP ATTRIBUTE b CASCADE
COMMENT ON COLUMN t.a IS 'x'
ALTER TABLE t ALTER COLUMN e SET DEFAULT true, ALTER COLUMN e SET NOT NULL
! DROP TYPE ct
! ALTER TABLE t ADD COLUMN z integer
DROP TYPE ct CASCADE

-- operator class with function
CREATE FUNCTION cmp(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 - $2'
CREATE OPERATOR CLASS oc FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 cmp(integer, integer)
CREATE TABLE t (a integer)
CREATE INDEX i ON t (a oc)

-- operator family
CREATE OPERATOR FAMILY of1 USING btree
CREATE FUNCTION cmp(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 - $2'
CREATE OPERATOR CLASS oc FOR TYPE integer USING btree FAMILY of1 AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 cmp(integer, integer)
ALTER OPERATOR FAMILY of1 USING btree ADD OPERATOR 1 < (integer, bigint)
CREATE TABLE t (a integer, UNIQUE (a))
CREATE INDEX i ON t (a oc)
! DROP OPERATOR CLASS oc USING btree
DROP OPERATOR CLASS oc USING btree CASCADE

-- operator class with own operators
CREATE TYPE e AS ENUM ('a', 'b')
CREATE FUNCTION lt(e, e) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1::text < $2::text'
CREATE FUNCTION cmpe(e, e) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 0'
CREATE OPERATOR <<< (FUNCTION = lt, LEFTARG = e, RIGHTARG = e)
CREATE OPERATOR CLASS eo FOR TYPE e USING btree AS OPERATOR 1 <<<, FUNCTION 1 cmpe(e, e)
CREATE TABLE t (a e)
CREATE INDEX i ON t (a eo)

-- operator class rename set schema
CREATE SCHEMA s
CREATE OPERATOR FAMILY of1 USING hash
CREATE OPERATOR CLASS oc FOR TYPE integer USING hash FAMILY of1 AS OPERATOR 1 =, FUNCTION 1 hashint4(integer)
ALTER OPERATOR CLASS oc USING hash RENAME TO oc2
ALTER OPERATOR FAMILY of1 USING hash RENAME TO of2
ALTER OPERATOR CLASS oc2 USING hash SET SCHEMA s
ALTER OPERATOR FAMILY of2 USING hash SET SCHEMA s

-- partition key with opclass
CREATE FUNCTION cmp(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 - $2'
CREATE OPERATOR CLASS oc FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 cmp(integer, integer)
CREATE TABLE t (a integer) PARTITION BY RANGE (a oc)

-- default opclass
CREATE TYPE c AS (x integer)
CREATE FUNCTION cmpc(c, c) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 0'
CREATE FUNCTION eqc(c, c) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true'
CREATE OPERATOR === (FUNCTION = eqc, LEFTARG = c, RIGHTARG = c)
CREATE OPERATOR CLASS oc DEFAULT FOR TYPE c USING btree AS OPERATOR 3 ===, FUNCTION 1 cmpc(c, c)
CREATE TABLE t (a c)
CREATE INDEX i ON t (a)

-- ALTER TYPE SET SCHEMA refusals
CREATE SCHEMA s
CREATE TYPE e AS ENUM ('a')
CREATE TYPE s.e AS ENUM ('b')
! ALTER TYPE e SET SCHEMA s
CREATE TYPE f AS ENUM ('a')
CREATE TYPE s._f AS ENUM ('a')
! ALTER TYPE f SET SCHEMA s
CREATE TABLE s.g (a integer)
CREATE TYPE g AS ENUM ('a')
! ALTER TYPE g SET SCHEMA s
CREATE DOMAIN d AS integer
CREATE DOMAIN s.d AS integer
! ALTER DOMAIN d SET SCHEMA s
CREATE TYPE h AS (a integer)
CREATE TYPE s.h AS (a integer)
! ALTER TYPE h SET SCHEMA s
CREATE TABLE k (a integer)
CREATE TYPE s._k AS ENUM ('a')
! ALTER TABLE k SET SCHEMA s
CREATE TYPE l AS ENUM ('a')
! ALTER TYPE l SET SCHEMA nowhere_schema
ALTER TYPE l SET SCHEMA public

-- SEQUENCE NAME given twice
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s))
! CREATE TABLE u (a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s))
! CREATE TABLE u (a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME x), b integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME x))
! CREATE TABLE u (a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME u))
CREATE TABLE u (a integer)
! ALTER TABLE u ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s)
! ALTER TABLE u ADD COLUMN b integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s)

-- SEQUENCE NAME twice in one
! CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME x SEQUENCE NAME y))
! CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (START 1 START 2))
! CREATE SEQUENCE s START 1 START 2
CREATE SEQUENCE s
! ALTER SEQUENCE s START 1 START 2

-- tableoid through joins
CREATE TABLE t (a integer)
CREATE TABLE u (a integer, b text)
CREATE VIEW v AS SELECT q.tableoid, q.a FROM t q JOIN u USING (a)
CREATE VIEW w AS SELECT t.tableoid AS x, u.tableoid AS y, u.ctid, t.xmin FROM t LEFT JOIN u ON t.a = u.a
CREATE VIEW x AS SELECT q.tableoid::regclass AS r FROM (SELECT tableoid FROM t) q CROSS JOIN u
CREATE VIEW z AS SELECT q.tableoid FROM (SELECT t.tableoid, t.a FROM t JOIN u ON true) q

-- a type of the default schema as an argument, with it
CREATE DOMAIN d AS text
CREATE TABLE t (a integer)
CREATE FUNCTION f(r public.d, x integer, s public.t) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f(d, integer, t) RETURNS integer LANGUAGE sql AS 'SELECT 1'
DROP FUNCTION f(public.d, integer, public.t)

-- a sequence that is made behind the table whose default draws from it
CREATE TABLE t (a integer)
CREATE SEQUENCE "a b"
ALTER TABLE t ALTER COLUMN a SET DEFAULT 1 + nextval('public."a b"')

-- a body in standard SQL reads a table that goes to another schema
CREATE SCHEMA s
CREATE TABLE t (a integer)
CREATE FUNCTION t() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM t JOIN public.t AS u ON true; END
ALTER TABLE t SET SCHEMA s
ALTER SCHEMA s RENAME TO s2

-- an operator class leaves the family that was made with it
CREATE OPERATOR CLASS oc FOR TYPE integer USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer)
DROP OPERATOR CLASS oc USING btree

-- modifiers of types that expressions of views have
create table t (a numeric(14,2), b numeric(14,2), d date, ts timestamp, v varchar(10), x text)
create view v1 as select coalesce(a, 0) c1, coalesce(a, b) c2, case when true then a else b end c3, greatest(a,b) c4, a + b c5, max(a) c6, a::numeric c7, case when true then a else 0.0 end c8, coalesce(a, 0.00) c9, coalesce(a, 0::numeric) c10, nullif(a, b) c11, coalesce(d, ts) c12, coalesce(v, x) c13, coalesce(v,'a') c14, coalesce(a, null) c15, greatest(d, ts) c16, case when true then d else ts end c17, coalesce(a, NULL::numeric(14,2)) c19, lag(a) over () c20, (select a from t limit 1) c21 from t group by a,b,d,ts,v,x
create view v2 as select a c1, d c2, v c3 from t union all select 0, ts, x from t
create view v3 as select a c1 from t union select b from t
create view v4 as select t.a, u.a c2 from t join (select max(a) as a from t) u using (a)
create view v5 as select a from t full join (select 0::numeric as a) u using (a)
create view v6 as with w as (select 0 as a union all select a from t) select * from w
create view v7 as select first_value(a) over () c2, array_agg(a) c3 from t group by a
create view v8 as select a from t union all select a from (values (1)) w(a)
create view v9 as select case when a > 0 then a end c1, case a when 0 then 1.0 else a end c2, case when a>0 then v else 'x' end c3, array[a, b] c4, array[v, 'q'] c5, v || x c6, array_agg(v) || array_agg(v) c7, case when a > 0 then null else a end c8, least(v, v) c9, v collate "C" c10, avg(a) c11, sum(a) c12, nullif(v,'') c13, coalesce(a,a) c14, max(d) c15, coalesce(max(d), max(ts)) c16, date_trunc('day', d) c17, d + interval '1 day' c18, max(ts)::date c19 from t group by a,b,v,x,d,ts
create view v10 as select 'a' c1, a c2, 1 c3 from t union all select v, null, 2.5 from t
create view v11 as select case when true then d else ts end c1, case when true then null::integer else a end c2 from t union all select null, null from t union all select ts, a from t
create view v12 as select null::integer a, d from t union all select a, ts from t union all select a, d from t
create view v13 as select * from v11 left join (select 0 as c1x) q on true
create view v14 as select * from (select id, 1 z from (values (1::int,2),(3,4)) q(id, w)) a left join (select 5::bigint as id) b using (id)
create view v15 as values (1::numeric(14,2), 'a'), (2.5, 'b'::varchar(4))
create view v16 as select nullif(x, 'a') c2, nullif(v, 'b') c3, nullif(v::char(3), 'a') c7, nullif(array[v], '{}') c8 from t
create view v17 as select * from (values ('a', 1, null), ('b', 2.5, null), (null, 3, 'x'::varchar(3))) q where false
create view v18 as select max(v) c1, min(v::name) c2, max(v::char(3)) c3, lag(v) over () c4, max(d) c5 from t group by v, d

-- a choice in a view is called like the column of its ELSE, whatever that is called later
CREATE TABLE t (a integer, b text, c text)
CREATE VIEW v AS SELECT 1 AS a, b AS b FROM t UNION ALL SELECT a, CASE WHEN a > 0 THEN c ELSE b END FROM t
CREATE VIEW w AS SELECT CASE a WHEN 1 THEN 'x' ELSE b END, c COLLATE "C" FROM t
ALTER TABLE t RENAME COLUMN b TO bee
ALTER TABLE t RENAME COLUMN c TO cee

-- a default of another table draws from the sequence of an identity column
CREATE TABLE a (x integer)
CREATE TABLE b (id bigint GENERATED BY DEFAULT AS IDENTITY)
CREATE TABLE c (id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME own_seq), y bigint)
ALTER TABLE a ALTER COLUMN x SET DEFAULT 1 + nextval('public.b_id_seq'::regclass)
ALTER TABLE a ADD COLUMN z bigint DEFAULT nextval('own_seq')
ALTER TABLE c ALTER COLUMN y SET DEFAULT nextval('own_seq')

-- several columns get another type at once, and what is over two of them does not take both
CREATE TABLE t (a integer, b integer, c integer, CHECK (a > b), CHECK (a + c > 0))
! ALTER TABLE t ALTER COLUMN a TYPE text, ALTER COLUMN b TYPE date USING now()
! ALTER TABLE t ALTER COLUMN c TYPE text, ALTER COLUMN a TYPE text
ALTER TABLE t ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE numeric
CREATE INDEX i ON t ((b - c))
! ALTER TABLE t ALTER COLUMN b TYPE json USING NULL, ALTER COLUMN c TYPE json USING NULL

-- a column of a foreign key gets another type with the one that it points at, or alone
CREATE TABLE u (a integer, b integer, UNIQUE (a, b))
CREATE TABLE t (a integer, b integer, FOREIGN KEY (a, b) REFERENCES u (a, b))
! ALTER TABLE t ALTER COLUMN a TYPE text, ALTER COLUMN b TYPE text
! ALTER TABLE u ALTER COLUMN a TYPE text, ALTER COLUMN b TYPE text
ALTER TABLE t ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE bigint
CREATE TABLE v (a integer PRIMARY KEY, b integer REFERENCES v)
! ALTER TABLE v ALTER COLUMN a TYPE text
! ALTER TABLE v ALTER COLUMN b TYPE text
ALTER TABLE v ALTER COLUMN a TYPE text, ALTER COLUMN b TYPE text

-- CREATE INDEX IF NOT EXISTS looks at the definition before the name
CREATE TABLE t (a integer, b json)
! CREATE INDEX IF NOT EXISTS i ON t (c)
! CREATE INDEX IF NOT EXISTS i ON t (b)
! CREATE INDEX IF NOT EXISTS i ON t (a text_ops)
CREATE INDEX IF NOT EXISTS i ON t (a)
CREATE INDEX IF NOT EXISTS i ON t (a)
! CREATE INDEX IF NOT EXISTS i ON t (c)
! CREATE INDEX IF NOT EXISTS i ON t (b)
! CREATE INDEX IF NOT EXISTS i ON t (a text_ops)
! CREATE INDEX IF NOT EXISTS i ON t (a COLLATE "C")
! CREATE INDEX IF NOT EXISTS i ON t (a) WHERE a
CREATE INDEX IF NOT EXISTS i ON t USING hash (a)

-- a foreign key to a primary key of another number of columns, which the same statement makes
CREATE TABLE u (a integer, b integer)
! ALTER TABLE u ADD PRIMARY KEY (a), ADD FOREIGN KEY (a, b) REFERENCES u
! ALTER TABLE u ADD FOREIGN KEY (a, b) REFERENCES u, ADD PRIMARY KEY (a)
ALTER TABLE u ADD FOREIGN KEY (a, b) REFERENCES u, ADD PRIMARY KEY (a, b)
! CREATE TABLE v (a integer PRIMARY KEY, b integer, FOREIGN KEY (a, b) REFERENCES v)
! CREATE TABLE v (a integer, b integer, FOREIGN KEY (a, b) REFERENCES v, PRIMARY KEY (a))
CREATE TABLE v (a integer, b integer, FOREIGN KEY (a, b) REFERENCES v, PRIMARY KEY (b, a))

-- a table that references columns of its own that are no key
! CREATE TABLE t (a integer, b integer REFERENCES t (a))
! CREATE TABLE t (a integer PRIMARY KEY, b integer, c integer, FOREIGN KEY (b, c) REFERENCES t (a, b))
! CREATE TABLE t (a integer PRIMARY KEY, b text REFERENCES t (a))
CREATE TABLE t (a integer, b integer REFERENCES t (a), UNIQUE (a))
CREATE TABLE u (LIKE t INCLUDING INDEXES, c integer REFERENCES u (a))
CREATE TABLE v (a integer, b integer, FOREIGN KEY (b, a) REFERENCES v (b, a), UNIQUE (a, b))
! CREATE TABLE w (a integer, b integer, FOREIGN KEY (a) REFERENCES w (b), CHECK (a > 0))

-- bounds of another number of values than the key has columns
CREATE TABLE t (a integer, b integer) PARTITION BY RANGE (a, b)
! CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (2, 3)
! CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1, 2) TO (2)
! CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1, 2) TO (2, 3, 4)
! ALTER TABLE t ATTACH PARTITION nowhere FOR VALUES FROM (1) TO (2, 3)
! ALTER TABLE t ATTACH PARTITION nowhere FOR VALUES IN (1)
CREATE TABLE h (a integer) PARTITION BY HASH (a)
! ALTER TABLE h ATTACH PARTITION nowhere DEFAULT
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1, 2) TO (2, 3)

-- COLLATE of types that have none
! CREATE TYPE c AS (a integer COLLATE "C")
CREATE TYPE c AS (a text COLLATE "C")
! CREATE TYPE r AS RANGE (subtype = integer, collation = "C")
CREATE TYPE r AS RANGE (subtype = text, collation = "C")
! CREATE TABLE t (a integer) PARTITION BY RANGE (a COLLATE "C")
! CREATE TABLE t (a integer) PARTITION BY RANGE ((a + 1) COLLATE "C")
CREATE TABLE t (a text) PARTITION BY RANGE (a COLLATE "C", (lower(a)) COLLATE "C")

-- a literal put before a number is a text
CREATE SEQUENCE s
! CREATE TABLE t (a integer DEFAULT 'x' || nextval('s'))
CREATE TABLE t (a text DEFAULT 'x' || nextval('s'), b integer, c text GENERATED ALWAYS AS ('x' || b) STORED)
! ALTER TABLE t ALTER COLUMN b SET DEFAULT 'x' || nextval('s')
! ALTER TABLE t ALTER COLUMN b SET DEFAULT nextval('s') || 'x'
ALTER TABLE t ALTER COLUMN b SET DEFAULT nextval('s') + 1
ALTER TABLE t ADD COLUMN j jsonb DEFAULT '{}' || '{"a": 1}'::jsonb, ADD COLUMN y bytea DEFAULT '\x00' || '\x01'::bytea

-- 17: an index with NULLS NOT DISTINCT is none for a primary key
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL)
CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT
! ALTER TABLE t ADD PRIMARY KEY USING INDEX i
ALTER TABLE t ADD UNIQUE USING INDEX i

-- names with a qualifier in UPDATE, DELETE and RETURNING
CREATE TYPE c AS (x integer, y text)
CREATE TABLE t (a integer PRIMARY KEY, b text)
CREATE TABLE p (q c, a integer)
! UPDATE t SET a = t.z
! UPDATE t AS u SET a = t.a
! UPDATE t AS u SET a = p.z FROM p
! UPDATE t SET a = 1 FROM p WHERE p.z = 1
! UPDATE t SET a = 1 FROM p JOIN t AS u ON u.z = p.a
! INSERT INTO t (a) VALUES (1) RETURNING t.z
! INSERT INTO t (a) VALUES (1) RETURNING z
! DELETE FROM t USING p WHERE p.z = 1
! DELETE FROM t WHERE (t).z = 1
! UPDATE p SET q.z = 1
! INSERT INTO p (q.z) VALUES (1)
! UPDATE t SET b = p.a + 'x'::date FROM p WHERE p.a
UPDATE p SET q.x = 1
INSERT INTO p (q.x) VALUES (1)
UPDATE t AS u SET a = u.a + p.a, b = (p.q).y FROM p WHERE p.a = u.a AND u.ctid IS NOT NULL RETURNING u.*, p.a, p
UPDATE public.t SET a = public.t.a, b = upper(t.b) WHERE (t).a = 1 RETURNING t.a AS z, (t).b
UPDATE t SET (a, b) = (SELECT p.a, (p.q).y FROM p WHERE p.a = t.a)
WITH w AS (SELECT a AS k FROM p) UPDATE t SET a = w.k FROM w WHERE w.k = t.a
WITH w AS (DELETE FROM p USING t WHERE t.a = p.a RETURNING p.*, t.b AS k) UPDATE t SET b = w.k FROM w WHERE w.a = t.a
UPDATE t SET a = g FROM generate_series(1, 2) AS g WHERE t.a = g
UPDATE t SET a = g.n FROM (SELECT a AS n FROM p) AS g, LATERAL unnest(ARRAY[g.n]) AS e WHERE t.a = e
INSERT INTO t AS u (a, b) VALUES (1, 'x') ON CONFLICT (a) DO UPDATE SET b = excluded.b || u.b RETURNING u.a, u
DELETE FROM t USING p, t AS u WHERE p.a = t.a AND u.a = t.a RETURNING *

-- 18: rows before and after the change
CREATE TABLE t (a integer PRIMARY KEY, b text)
UPDATE t SET a = 2 RETURNING old.a, new.a AS z, old.b || new.b
INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 'x' RETURNING WITH (OLD AS o, NEW AS n) o.a, n.a AS m

-- whole rows, their fields and stars of them
CREATE TYPE c AS (x integer, y text)
CREATE TABLE p (q c, a integer, v varchar(5))
CREATE VIEW v1 AS SELECT (p).a, (p).v, (p.q).x FROM p
CREATE VIEW v2 AS SELECT (p).* FROM p
CREATE VIEW v3 AS SELECT (q).*, a FROM p
CREATE VIEW v4 AS SELECT (p.q).*, a FROM p
CREATE VIEW v5 AS SELECT ('(1,a)'::c).*, (ROW(1, 'a')::c).y AS z
CREATE VIEW v6 AS SELECT (ROW(a, v, 'x', 2.5)).f2, (ROW(a, v, 'x', 2.5)).f4, (ROW(1, 2)).f1 FROM p
! CREATE VIEW v7 AS SELECT (p).z FROM p
! CREATE VIEW v7 AS SELECT (p.q).z FROM p
! ALTER TABLE p ADD CHECK ((p).z > 0)

-- what subscripts and unnest() take out of an array
CREATE TABLE p (a integer, v varchar(5), l text[], m integer[][], n varchar(7)[], j jsonb, w numeric(5,2)[])
CREATE VIEW v1 AS SELECT (ARRAY[a, a])[1] AS e, l[1] AS l1, l[1:2] AS l2, m[1][2] AS m1, m[1:2] AS m2, n[1] AS n1, j['a'] AS j1, w[1] AS w1, n[:2] AS n2, (ARRAY[v, 'x'])[1] AS vv FROM p
CREATE VIEW v2 AS SELECT unnest(l) AS x, unnest(m) AS y, unnest(n) AS z, unnest(ARRAY[1, 2]) AS u, unnest(w) AS w FROM p
CREATE VIEW v3 AS SELECT generate_series(1, a) AS g, generate_series(1, 5::bigint) AS h FROM p

-- functions of the server in FROM
CREATE TABLE p (a integer, l text[], j jsonb, k json, at timestamp, atz timestamptz, n varchar(7)[])
CREATE VIEW v1 AS SELECT g FROM generate_series(1, 3) AS g
CREATE VIEW v2 AS SELECT * FROM generate_series(1, 3)
CREATE VIEW v3 AS SELECT g.day FROM generate_series('2020-01-01'::timestamp, '2020-02-01'::timestamp, '1 day') AS g(day)
CREATE VIEW v4 AS SELECT p.a, e.key, e.value FROM p, jsonb_each(p.j) AS e
CREATE VIEW v5 AS SELECT p.a, e.* FROM p, json_each_text(k) AS e
CREATE VIEW v6 AS SELECT u FROM p, unnest(l) AS u
CREATE VIEW v7 AS SELECT u.x, u.n FROM p, unnest(l) WITH ORDINALITY AS u(x, n)
CREATE VIEW v8 AS SELECT u.* FROM unnest(ARRAY[1, 2], ARRAY['a', 'b']) AS u(x, y)
CREATE VIEW v9 AS SELECT e.value FROM p, jsonb_array_elements(p.j) AS e
CREATE VIEW v10 AS SELECT value FROM p CROSS JOIN LATERAL jsonb_array_elements_text(p.j)
CREATE VIEW v11 AS SELECT e FROM p, jsonb_array_elements(p.j) AS e
CREATE VIEW v12 AS SELECT k.* FROM p, jsonb_object_keys(p.j) AS k
CREATE VIEW v13 AS SELECT * FROM generate_series(1, 3::bigint) AS g, generate_series(now(), now(), '1 day') AS h
CREATE VIEW v14 AS SELECT * FROM regexp_split_to_table('a b', ' ') AS w
CREATE VIEW v15 AS SELECT s.v FROM generate_series(1.5, 3) AS s(v)
CREATE VIEW v16 AS SELECT unnest FROM p, unnest(n)
CREATE VIEW v17 AS SELECT d::date FROM generate_series('2020-01-01'::date, '2020-02-01'::date, interval '1 day') AS d
CREATE VIEW v18 AS SELECT x.i FROM generate_subscripts(ARRAY[1, 2], 1) AS x(i)
CREATE VIEW v19 AS SELECT * FROM string_to_table('a,b', ',')
CREATE VIEW v20 AS SELECT r.* FROM p LEFT JOIN LATERAL unnest(p.l) AS r(tag) ON true
CREATE VIEW v21 AS SELECT jsonb_array_elements(j) AS a, json_array_elements_text(k) AS b, jsonb_object_keys(j) AS c FROM p
! CREATE VIEW v22 AS SELECT e.x FROM p, jsonb_array_elements(p.j) AS e
! CREATE VIEW v22 AS SELECT g.z FROM generate_series(1, 3) AS g(y)
! CREATE VIEW v22 AS SELECT g FROM generate_series(1, 3) AS h

-- columns that are not there in JOIN, ORDER BY, GROUP BY and HAVING
CREATE TABLE p (a integer, b text)
! CREATE VIEW v AS SELECT 1 AS x FROM p JOIN p AS q ON p.a = q.z
! CREATE VIEW v AS SELECT 1 AS x FROM p ORDER BY p.z
! CREATE VIEW v AS SELECT 1 AS x FROM p GROUP BY p.z
! CREATE VIEW v AS SELECT a FROM p WHERE z = 1
! CREATE VIEW v AS SELECT a AS x FROM p ORDER BY x + 1
! CREATE VIEW v AS SELECT a FROM p GROUP BY a HAVING count(*)
! CREATE VIEW v AS SELECT a FROM p GROUP BY a HAVING z > 1
! CREATE VIEW v AS SELECT a FROM p ORDER BY a COLLATE "C"
! CREATE VIEW v AS SELECT b FROM p GROUP BY b, a COLLATE "C"
CREATE VIEW v AS SELECT a AS x, b AS y FROM p GROUP BY p.a, 2, GROUPING SETS ((p.b), ()) HAVING count(*) > 1 ORDER BY x, 2, p.a + 1, b COLLATE "C"

-- what WITHIN GROUP sorts
CREATE TABLE p (a integer, v varchar(5), d date, n numeric(5,2), i interval, f real)
CREATE VIEW v1 AS SELECT mode() WITHIN GROUP (ORDER BY a) AS m, mode() WITHIN GROUP (ORDER BY n) AS m2, mode() WITHIN GROUP (ORDER BY v) AS m3 FROM p
CREATE VIEW v2 AS SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY d) AS p, percentile_disc(ARRAY[0.1, 0.5]) WITHIN GROUP (ORDER BY a) AS q, percentile_cont(0.5) WITHIN GROUP (ORDER BY a) AS r, percentile_cont(0.5) WITHIN GROUP (ORDER BY i) AS s, percentile_cont(ARRAY[0.1]) WITHIN GROUP (ORDER BY f) AS t FROM p
CREATE VIEW v3 AS SELECT rank(3) WITHIN GROUP (ORDER BY a) AS r, percent_rank(3) WITHIN GROUP (ORDER BY a) AS s, percentile_disc(0.5) WITHIN GROUP (ORDER BY n) FILTER (WHERE a > 1) AS t FROM p

-- NULLIF of two types is what = takes of the left one
CREATE TABLE p (a integer, b bigint, s smallint, n numeric(5,2), f real, g double precision, v varchar(5), t text, c char(3), m name, d date, ts timestamp, tz timestamptz, ti time, i interval, ci cidr, ip inet, o oid)
CREATE VIEW v1 AS SELECT nullif(a, b) AS n1, nullif(a, n) AS n2, nullif(a, f) AS n3, nullif(a, g) AS n4, nullif(f, g) AS n5, nullif(n, a) AS n6, nullif(n, f) AS n7, nullif(b, s) AS n8, nullif(f, a) AS n9, nullif(g, n) AS n10, nullif(n, n) AS n11, nullif(n, 2.5) AS n12 FROM p
CREATE VIEW v2 AS SELECT nullif(v, t) AS n1, nullif(t, v) AS n2, nullif(m, t) AS n5, nullif(t, m) AS n6, nullif('a', v) AS n7, nullif('a', 'b') AS n8, nullif(v, m) AS n9, nullif(m, v) AS n10 FROM p
CREATE VIEW v3 AS SELECT nullif(d, ts) AS n1, nullif(ts, tz) AS n2, nullif(tz, d) AS n3, nullif('2020-01-01', d) AS n4, nullif(NULL, a) AS n5 FROM p
CREATE VIEW v4 AS SELECT nullif(c, t) AS n1, nullif(t, c) AS n2, nullif(c, v) AS n3, nullif(v, c) AS n4, nullif(ti, i) AS n5, nullif(i, ti) AS n6, nullif(ci, ip) AS n7, nullif(o, a) AS n8, nullif(a, o) AS n9, nullif(b, o) AS n10 FROM p

-- 18: names that a NOT NULL has are taken, and those of its own table get theirs last
CREATE TABLE t (a integer, CONSTRAINT t_a_not_null CHECK (a > 0), d integer)
ALTER TABLE t ALTER COLUMN a SET NOT NULL
ALTER TABLE t ADD COLUMN b integer CONSTRAINT foo NOT NULL
! ALTER TABLE t ADD CONSTRAINT foo CHECK (b > 0)
! ALTER TABLE t ADD CONSTRAINT foo UNIQUE (b)
! ALTER TABLE t ADD COLUMN c integer CONSTRAINT foo NOT NULL
! ALTER TABLE t ADD CONSTRAINT t_a_not_null UNIQUE (b)
! ALTER TABLE t ADD CONSTRAINT foo NOT NULL d
! ALTER TABLE t ADD CONSTRAINT t_a_not_null1 CHECK (d > 0)
ALTER TABLE t ADD CONSTRAINT bar NOT NULL d
ALTER TABLE t ADD CONSTRAINT bar NOT NULL d
! ALTER TABLE t ADD CONSTRAINT bar2 NOT NULL d
CREATE TABLE u (a integer NOT NULL, CONSTRAINT u_a_not_null CHECK (a IS NOT NULL))

-- 18: the same of names that are cut
CREATE TABLE t (a integer)
ALTER TABLE t ADD CONSTRAINT xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxyyyyy NOT NULL a
! ALTER TABLE t ADD CONSTRAINT xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxzzzz CHECK (a > 0)

-- a column that a rule of another table names
CREATE TABLE t (a integer, b text)
CREATE TABLE u (a integer, b text)
CREATE RULE r AS ON INSERT TO u DO ALSO INSERT INTO t (a) VALUES (new.a)
! ALTER TABLE t DROP COLUMN a
! ALTER TABLE u DROP COLUMN a
ALTER TABLE t DROP COLUMN b
ALTER TABLE u DROP COLUMN b
ALTER TABLE t DROP COLUMN a CASCADE

-- a range type is needed where its multirange type is
CREATE TYPE r AS RANGE (subtype = integer)
CREATE TABLE t (a r_multirange)
! DROP TYPE r
! CREATE TYPE r_multirange AS ENUM ()
DROP TYPE r CASCADE

-- the same where that was given a name
CREATE TYPE r AS RANGE (subtype = integer, multirange_type_name = many)
CREATE FUNCTION f(many) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP TYPE r
DROP FUNCTION f(many)
DROP TYPE r

-- the same where the name of the range says so
CREATE TYPE myrange AS RANGE (subtype = integer)
CREATE TABLE t (a mymultirange, b integer)
! DROP TYPE myrange
ALTER TABLE t DROP COLUMN a
DROP TYPE myrange

-- numbers of two types
CREATE TABLE t (a integer, b bigint, c numeric, r real, d double precision, s smallint)
! ALTER TABLE t ADD COLUMN j jsonb DEFAULT 1 + 5::bigint
! ALTER TABLE t ADD COLUMN j boolean GENERATED ALWAYS AS (a / b) STORED
! ALTER TABLE t ADD CHECK (c * r)
! ALTER TABLE t ADD COLUMN j date GENERATED ALWAYS AS (r + s) STORED
ALTER TABLE t ADD COLUMN j bigint GENERATED ALWAYS AS (a * s) STORED, ADD COLUMN k real GENERATED ALWAYS AS (a * d / c) STORED
ALTER TABLE t ALTER COLUMN a SET DEFAULT 1.5 * 2, ALTER COLUMN s SET DEFAULT 1 + 5::bigint

-- functions, types and schemas that are given to a role
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE TYPE e AS ENUM ('a')
CREATE DOMAIN d AS integer
ALTER SCHEMA s OWNER TO told_role
ALTER FUNCTION f(integer) OWNER TO told_role
ALTER TYPE e OWNER TO told_role
ALTER DOMAIN d OWNER TO told_role
GRANT USAGE ON SCHEMA s TO told_role
GRANT EXECUTE ON FUNCTION f(integer) TO told_role
GRANT EXECUTE ON FUNCTION f(text) TO told_role
GRANT USAGE ON TYPE e TO told_role, told_other
GRANT USAGE ON DOMAIN d TO told_role
REVOKE ALL ON FUNCTION f(integer) FROM PUBLIC
REVOKE USAGE ON TYPE e FROM PUBLIC, told_other

-- the same with privileges that were granted before
CREATE SCHEMA s
GRANT USAGE ON SCHEMA s TO told_other
ALTER SCHEMA s OWNER TO told_role
GRANT CREATE ON SCHEMA s TO told_other WITH GRANT OPTION

-- the same, back
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'
ALTER SCHEMA s OWNER TO told_role
ALTER SCHEMA s OWNER TO CURRENT_USER
GRANT USAGE ON SCHEMA s TO told_role
ALTER FUNCTION f(integer) OWNER TO told_role
ALTER FUNCTION f(integer) OWNER TO CURRENT_USER
GRANT EXECUTE ON FUNCTION f(integer) TO told_role

-- overloads are told apart by what they are given
CREATE FUNCTION f(integer) RETURNS date LANGUAGE sql AS $$ SELECT '2020-01-01'::date $$
CREATE FUNCTION f(text) RETURNS numeric LANGUAGE sql AS $$ SELECT 1.5 $$
CREATE FUNCTION f(integer, text) RETURNS text[] LANGUAGE sql AS $$ SELECT ARRAY['a'] $$
CREATE FUNCTION f(numeric(10,2), varchar(3)) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$
CREATE TABLE p (a integer, t text, v varchar(7), n numeric(4,1))
CREATE VIEW v1 AS SELECT f(a) AS x, f(t) AS y, f(1) AS u, f(a, t) AS w, f(n, v) AS z, f(a, 'x') AS k FROM p
CREATE VIEW v2 AS SELECT q FROM f(1) AS q

-- a sequence and a type of one name: what takes the type does not go with the sequence
CREATE SEQUENCE t3 AS smallint
CREATE DOMAIN t3 AS text
CREATE FUNCTION f(r t3) RETURNS integer LANGUAGE sql AS 'SELECT 1'
DROP SEQUENCE t3 CASCADE

-- statistics copied into a schema whose name needs quotes
CREATE TABLE "user" (id varchar(20) COLLATE "C", a char(3) DEFAULT 'a' CHECK (a ~ '^x'), c date, UNIQUE (id, a))
CREATE STATISTICS x2 ON c, id FROM "user"
CREATE SCHEMA "S3"
CREATE TABLE "S3"."a b" (LIKE "user" INCLUDING ALL, own_column integer)

-- what lives in a schema is told by that, and moved
CREATE SCHEMA s
CREATE AGGREGATE ag(integer) (SFUNC = int4pl, STYPE = integer)
CREATE TABLE t (a integer, b text COLLATE "C")
CREATE VIEW v AS SELECT ag(a) AS x FROM t
ALTER AGGREGATE ag(integer) SET SCHEMA s
CREATE AGGREGATE ag(integer) (SFUNC = int4mul, STYPE = integer)
! ALTER AGGREGATE ag(integer) SET SCHEMA s
! DROP AGGREGATE s.ag(integer)
DROP AGGREGATE ag(integer)
DROP VIEW v
ALTER AGGREGATE s.ag(integer) RENAME TO ag2
CREATE AGGREGATE s.ag(integer) (SFUNC = int4mul, STYPE = integer)
! ALTER AGGREGATE s.ag2(integer) RENAME TO ag
ALTER AGGREGATE s.ag(integer) OWNER TO told_role
ALTER AGGREGATE s.ag2(integer) SET SCHEMA public
DROP AGGREGATE ag2(integer)

-- the same of collations, conversions and text search
CREATE SCHEMA s
CREATE COLLATION co FROM "C"
CREATE COLLATION s.co FROM "POSIX"
CREATE CONVERSION cn FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1
CREATE TEXT SEARCH CONFIGURATION cf (COPY = simple)
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)
CREATE TABLE t (a text COLLATE co)
CREATE INDEX i ON t (a COLLATE "C")
CREATE INDEX j ON t (a COLLATE co)
! ALTER COLLATION co SET SCHEMA s
ALTER COLLATION s.co RENAME TO co2
ALTER COLLATION co SET SCHEMA s
ALTER COLLATION s.co RENAME TO co3
! ALTER COLLATION s.co3 RENAME TO co2
ALTER CONVERSION cn SET SCHEMA s
ALTER TEXT SEARCH CONFIGURATION cf SET SCHEMA s
ALTER TEXT SEARCH DICTIONARY d SET SCHEMA s
CREATE TEXT SEARCH CONFIGURATION cf (COPY = simple)
! ALTER TEXT SEARCH CONFIGURATION s.cf SET SCHEMA public
ALTER TEXT SEARCH DICTIONARY s.d RENAME TO d2
ALTER COLLATION s.co2 OWNER TO told_role
! DROP COLLATION s.co3
DROP COLLATION s.co2
ALTER SCHEMA s RENAME TO r

-- the same of operators, their classes and families
CREATE SCHEMA s
CREATE FUNCTION op(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'
CREATE OPERATOR === (FUNCTION = op, LEFTARG = integer, RIGHTARG = text)
CREATE OPERATOR FAMILY fam USING btree
CREATE OPERATOR CLASS oc FOR TYPE integer USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer)
CREATE OPERATOR CLASS oc2 FOR TYPE integer USING btree FAMILY fam AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer)
CREATE TABLE t (a integer)
CREATE INDEX i ON t (a oc)
ALTER OPERATOR === (integer, text) SET SCHEMA s
ALTER OPERATOR CLASS oc USING btree SET SCHEMA s
ALTER OPERATOR FAMILY fam USING btree SET SCHEMA s
CREATE OPERATOR === (FUNCTION = op, LEFTARG = integer, RIGHTARG = text)
! ALTER OPERATOR === (integer, text) SET SCHEMA s
CREATE OPERATOR FAMILY fam USING btree
! ALTER OPERATOR FAMILY fam USING btree SET SCHEMA s
ALTER OPERATOR FAMILY s.fam USING btree RENAME TO fam2
! DROP OPERATOR CLASS s.oc USING btree
DROP OPERATOR CLASS s.oc USING btree CASCADE
DROP OPERATOR s.=== (integer, text)
ALTER OPERATOR CLASS oc2 USING btree SET SCHEMA s
ALTER OPERATOR FAMILY fam USING btree OWNER TO told_role
DROP SCHEMA s CASCADE

-- an aggregate is a routine
CREATE AGGREGATE ag(integer) (SFUNC = int4pl, STYPE = integer)
CREATE AGGREGATE ag2(integer) (SFUNC = int4pl, STYPE = integer)
CREATE TABLE t (a integer)
CREATE VIEW v AS SELECT ag2(a) AS x FROM t
DROP ROUTINE ag(integer)
CREATE AGGREGATE ag(integer) (SFUNC = int4mul, STYPE = integer)
! DROP ROUTINE ag2(integer)
DROP ROUTINE ag2(integer) CASCADE
DROP AGGREGATE ag(integer)

-- handler and validator of a foreign data wrapper
CREATE FOREIGN DATA WRAPPER told_w VALIDATOR postgresql_fdw_validator
ALTER FOREIGN DATA WRAPPER told_w NO VALIDATOR
ALTER FOREIGN DATA WRAPPER told_w OPTIONS (ADD a '1')
ALTER FOREIGN DATA WRAPPER told_w VALIDATOR postgresql_fdw_validator OPTIONS (DROP a)
ALTER FOREIGN DATA WRAPPER told_w NO HANDLER NO VALIDATOR

-- a rule of another table follows what it reads to another schema
CREATE SCHEMA s
CREATE TABLE t (a integer)
CREATE TABLE w (a integer)
CREATE TABLE u (a integer)
CREATE RULE r AS ON INSERT TO u DO ALSO INSERT INTO t (a) VALUES (new.a)
CREATE RULE r2 AS ON UPDATE TO u DO ALSO UPDATE t SET a = new.a FROM w WHERE t.a = w.a
CREATE RULE r3 AS ON DELETE TO u DO ALSO DELETE FROM t WHERE t.a = old.a
ALTER TABLE t SET SCHEMA s
ALTER TABLE w SET SCHEMA s
ALTER TABLE s.t RENAME TO t2
ALTER TABLE s.t2 SET SCHEMA public
ALTER TABLE u SET SCHEMA s

-- a body's MERGE follows
CREATE SCHEMA s
CREATE TABLE t (a integer, b text)
CREATE TABLE w (a integer, b text)
CREATE PROCEDURE p() BEGIN ATOMIC MERGE INTO t USING w ON t.a = w.a WHEN MATCHED AND w.b <> 'x' THEN UPDATE SET b = w.b WHEN NOT MATCHED THEN INSERT (a, b) VALUES (w.a, w.b); END
ALTER TABLE t RENAME COLUMN b TO c
ALTER TABLE w RENAME COLUMN a TO d
ALTER TABLE t RENAME TO t2
ALTER TABLE w SET SCHEMA s

-- a column that gets the name of a parameter of a body hides it
CREATE TABLE t (a integer, b integer)
CREATE FUNCTION f(p integer) RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM t WHERE a = p; SELECT count(*) FROM t AS x WHERE x.b = p AND a > p; END
ALTER TABLE t RENAME COLUMN a TO p
ALTER TABLE t RENAME COLUMN b TO q

-- settings of functions, and sequences of identity columns
CREATE SCHEMA s
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET search_path = s, public SET work_mem = '1MB' AS 'SELECT 1'
CREATE PROCEDURE p() LANGUAGE sql SET timezone TO 'UTC' AS 'SELECT 1'
ALTER FUNCTION f() SET statement_timeout = '5s'
ALTER FUNCTION f() SET statement_timeout = '7s'
ALTER FUNCTION f() RESET work_mem
ALTER PROCEDURE p() RESET ALL
ALTER PROCEDURE p() SET search_path TO ''
CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 2'
ALTER FUNCTION f() SET enable_seqscan TO off
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY, b integer)
CREATE TABLE u (a integer GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME other START 5))
ALTER TABLE t RENAME TO t2
ALTER TABLE t2 ALTER COLUMN b SET NOT NULL, ALTER COLUMN b ADD GENERATED ALWAYS AS IDENTITY
ALTER SEQUENCE t_a_seq RENAME TO mine
ALTER TABLE t2 RENAME COLUMN b TO c
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)
CREATE TABLE w (LIKE t2 INCLUDING IDENTITY)

-- of overloads only the one that is meant follows
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE TABLE t (a integer, b text, c integer DEFAULT f(1), CHECK (f(a) > 0), CONSTRAINT k CHECK (f(b) > 0))
CREATE INDEX i ON t (f(a))
CREATE INDEX j ON t (f(b)) WHERE f(b) > 1
CREATE POLICY p ON t USING (f(a) > 1)
ALTER FUNCTION f(integer) RENAME TO g
CREATE FUNCTION g(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
ALTER FUNCTION g(integer) SET SCHEMA s
ALTER FUNCTION f(text) SET SCHEMA s
DROP FUNCTION g(text)
! DROP FUNCTION s.f(text)
! DROP FUNCTION s.g(integer)

-- of overloads only what calls that one goes
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE FUNCTION f(bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 3'
CREATE TABLE t (a integer, b text, c integer DEFAULT f(1), CHECK (f(a) > 0), CONSTRAINT k CHECK (f(b) > 0))
CREATE INDEX i ON t (f(a))
CREATE POLICY p ON t USING (f(b) > 1)
! DROP FUNCTION f(integer)
! DROP FUNCTION f(text)
DROP FUNCTION f(bigint)
CREATE FUNCTION f(bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 3'
DROP FUNCTION f(integer) CASCADE
! DROP FUNCTION f(text)
DROP FUNCTION f(text) CASCADE
DROP FUNCTION f(bigint)

-- a view and a function in a circle
CREATE TABLE t (a integer, b text COLLATE "C")
CREATE VIEW v AS SELECT a, b FROM t
CREATE FUNCTION f() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM v; END
CREATE OR REPLACE VIEW v AS SELECT a, b FROM t WHERE a > f()
CREATE VIEW w AS SELECT a FROM v

-- the same where the function takes rows of the view
CREATE TABLE t (a integer, b varchar(5) COLLATE "C", n numeric(5,2))
CREATE VIEW v AS SELECT a, b, n FROM t
CREATE FUNCTION f(v) RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION g() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v'
CREATE OR REPLACE VIEW v AS SELECT a, b, n FROM t WHERE a > (SELECT count(*) FROM g())
CREATE VIEW w AS SELECT f(v) AS x FROM v
COMMENT ON VIEW v IS 'c'

-- the same of two views
CREATE TABLE t (a integer)
CREATE VIEW v AS SELECT a FROM t
CREATE VIEW w AS SELECT a FROM v
CREATE OR REPLACE VIEW v AS SELECT a FROM w

-- views of overloads
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE FUNCTION f(bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 3'
CREATE TABLE t (a integer, b text)
CREATE VIEW v AS SELECT f(a) AS x FROM t WHERE f(a + 1) > 0
CREATE VIEW w AS SELECT f(b) AS x FROM t
! DROP FUNCTION f(integer)
! DROP FUNCTION f(text)
DROP FUNCTION f(bigint)
ALTER FUNCTION f(integer) SET SCHEMA s
ALTER FUNCTION f(text) RENAME TO g
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE FUNCTION g(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
DROP FUNCTION f(text)
! DROP FUNCTION g(text)
! DROP FUNCTION s.f(integer)
DROP FUNCTION g(integer)
CREATE FUNCTION g(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
DROP FUNCTION g(text) CASCADE
DROP FUNCTION s.f(integer) CASCADE

-- a relation named twice in one DROP, and another one of its name
CREATE SCHEMA s2
CREATE TABLE s2.users (id integer)
CREATE VIEW users AS SELECT 1 AS one
DROP VIEW users, users

-- a key of a partitioned table only
CREATE TABLE p (a integer NOT NULL, b text, c date) PARTITION BY RANGE (a)
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (10) TO (20)
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (20) TO (30)
ALTER TABLE ONLY p ADD UNIQUE (c, a)
ALTER TABLE p1 ADD CONSTRAINT mine UNIQUE (c, a)
ALTER INDEX p_c_a_key ATTACH PARTITION mine

-- identity columns of tables OF a type
CREATE TYPE ab AS (a integer, b text, c bigint)
CREATE TABLE t OF ab (PRIMARY KEY (a), b WITH OPTIONS DEFAULT 'x')
ALTER TABLE t ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY
ALTER TABLE t ALTER COLUMN c SET NOT NULL
ALTER TABLE t ALTER COLUMN c ADD GENERATED ALWAYS AS IDENTITY (START 5)

-- an aggregate is a routine
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)
CREATE SCHEMA s
CREATE TABLE t (a integer)
CREATE VIEW v AS SELECT total(a) FROM t
! ALTER ROUTINE total(text) RENAME TO x
ALTER ROUTINE total(integer) RENAME TO whole
ALTER ROUTINE whole(integer) SET SCHEMA s
ALTER ROUTINE s.whole SET SCHEMA public
ALTER ROUTINE whole RENAME TO total
ALTER FUNCTION total RENAME TO whole
ALTER FUNCTION whole(integer) RENAME TO total
! DROP FUNCTION total(integer)
! DROP FUNCTION total
! ALTER PROCEDURE total RENAME TO x
! DROP PROCEDURE total
! DROP PROCEDURE total(integer)
! DROP ROUTINE total
DROP ROUTINE total CASCADE
! DROP ROUTINE total
! ALTER ROUTINE total RENAME TO x

-- routines of one name
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)
CREATE FUNCTION total(text) RETURNS text LANGUAGE sql AS 'SELECT $1'
CREATE PROCEDURE total(text, text) LANGUAGE sql AS 'SELECT $1'
! DROP ROUTINE total
! ALTER ROUTINE total RENAME TO x
! ALTER FUNCTION total RENAME TO x
! DROP FUNCTION total
ALTER PROCEDURE total RENAME TO one
DROP ROUTINE one
DROP FUNCTION total(text)
! CREATE FUNCTION total(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'
! CREATE OR REPLACE FUNCTION total(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'
! CREATE PROCEDURE total(integer) LANGUAGE sql AS 'SELECT $1'
CREATE FUNCTION other(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'
! ALTER ROUTINE total RENAME TO other
! ALTER FUNCTION other(integer) RENAME TO total
! ALTER FUNCTION other RENAME TO total
! CREATE AGGREGATE other(integer) (SFUNC = int4pl, STYPE = integer)
CREATE SCHEMA s
CREATE FUNCTION s.total(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'
! ALTER ROUTINE total SET SCHEMA s
! ALTER AGGREGATE total(integer) SET SCHEMA s
DROP ROUTINE total

-- what is made twice in a schema
CREATE SCHEMA s
CREATE COLLATION german FROM "C"
! CREATE COLLATION german FROM "POSIX"
CREATE COLLATION IF NOT EXISTS german FROM "POSIX"
CREATE COLLATION s.german FROM "C"
CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)
! CREATE OPERATOR === (FUNCTION = int4ne, LEFTARG = integer, RIGHTARG = integer)
CREATE OPERATOR === (FUNCTION = int8eq, LEFTARG = bigint, RIGHTARG = bigint)
CREATE OPERATOR s.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)
! CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)
CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1
! CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)
CREATE OR REPLACE AGGREGATE total(integer) (SFUNC = int4mul, STYPE = integer)
! CREATE AGGREGATE total(integer) (SFUNC = int4mul, STYPE = integer)
CREATE AGGREGATE total(bigint) (SFUNC = int8pl, STYPE = bigint)
CREATE AGGREGATE s.total(integer) (SFUNC = int4mul, STYPE = integer)
! ALTER AGGREGATE total(integer) RENAME TO total
! ALTER COLLATION german RENAME TO german
ALTER AGGREGATE total(integer) SET SCHEMA public
ALTER ROUTINE total(integer) SET SCHEMA public
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1'
ALTER FUNCTION f SET SCHEMA public
! ALTER FUNCTION f RENAME TO f
CREATE TABLE t (a integer)
CREATE STATISTICS st (ndistinct) ON a, (a + 1) FROM t
CREATE STATISTICS s.st (ndistinct) ON a, (a + 1) FROM t
! ALTER STATISTICS st RENAME TO st
! ALTER STATISTICS st SET SCHEMA s
ALTER STATISTICS st SET SCHEMA public
ALTER STATISTICS st RENAME TO sr
CREATE STATISTICS st (ndistinct) ON a, (a + 1) FROM t
! ALTER STATISTICS st RENAME TO sr

-- a parameter behind the name of its function
CREATE FUNCTION f(p integer) RETURNS integer LANGUAGE sql RETURN f.p + 1
CREATE SCHEMA f
CREATE TABLE f.f (p integer)
CREATE FUNCTION g(p integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT f.p + g.p FROM f.f; END
ALTER FUNCTION f RENAME TO h
ALTER FUNCTION g RENAME TO k

-- the sequence of an identity column is in the schema of its table
CREATE SCHEMA s
! CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s.q))
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.q), b integer NOT NULL)
! ALTER TABLE t ALTER COLUMN b ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s.r)
! ALTER TABLE t ADD COLUMN c integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s.r)
ALTER TABLE t ALTER COLUMN b ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.r)
CREATE TABLE s.t (a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s.q), b integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME p))
! CREATE TABLE s.u (a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.x))

-- columns that MERGE names
CREATE TABLE t (a integer, b integer, c integer)
CREATE TABLE u (a integer, b integer, c integer)
CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC MERGE INTO t AS x USING u AS y ON x.a = y.a WHEN MATCHED THEN UPDATE SET b = y.b WHEN NOT MATCHED THEN INSERT (a) VALUES (y.a); END
! ALTER TABLE u DROP COLUMN b
! ALTER TABLE t DROP COLUMN a
ALTER TABLE u DROP COLUMN c
ALTER TABLE t DROP COLUMN c
ALTER TABLE t RENAME COLUMN a TO aa
ALTER TABLE u RENAME COLUMN b TO bb
ALTER TABLE t RENAME COLUMN b TO bt

-- a default that cannot be cast
CREATE TABLE t (a integer DEFAULT 1, b text DEFAULT 'x', c text DEFAULT '1'::text, d boolean DEFAULT true, e timestamptz DEFAULT now(), f integer DEFAULT 7)
! ALTER TABLE t ALTER COLUMN b TYPE integer USING b::integer
! ALTER TABLE t ALTER COLUMN c TYPE integer USING c::integer
! ALTER TABLE t ALTER COLUMN d TYPE integer USING d::integer
! ALTER TABLE t ALTER COLUMN a TYPE boolean USING a > 0
! ALTER TABLE t ALTER COLUMN e TYPE integer USING 1
! ALTER TABLE t ALTER COLUMN a TYPE date USING now()
ALTER TABLE t ALTER COLUMN a TYPE numeric(10, 2)
ALTER TABLE t ALTER COLUMN e TYPE date
ALTER TABLE t ALTER COLUMN f TYPE text

-- a typed table changes with its type only
CREATE TYPE c AS (a integer, b text)
CREATE TABLE t OF c
! ALTER TABLE t RENAME COLUMN a TO b2
! ALTER TABLE t ADD COLUMN z integer
! ALTER TABLE t DROP COLUMN a
! ALTER TABLE t ALTER COLUMN a TYPE bigint
! ALTER TYPE c RENAME ATTRIBUTE a TO z
ALTER TYPE c RENAME ATTRIBUTE a TO z CASCADE
! ALTER TYPE c ADD ATTRIBUTE y integer
CREATE TABLE u (z integer)
! ALTER TABLE t INHERIT u

-- names that types and relations take from each other
CREATE SCHEMA s
CREATE TABLE t (a integer)
CREATE INDEX i ON t (a)
CREATE TYPE c AS (a integer)
CREATE TYPE mood AS ENUM ('a')
CREATE DOMAIN dom AS integer
CREATE TYPE rg AS RANGE (SUBTYPE = integer)
CREATE SEQUENCE sq
! CREATE TYPE t AS (a integer)
! CREATE TYPE i AS (a integer)
CREATE TYPE i AS ENUM ('x')
! CREATE TYPE sq AS (a integer)
CREATE TYPE sq AS ENUM ('x')
! CREATE TABLE c (a integer)
! CREATE TABLE mood (a integer)
! CREATE TABLE dom (a integer)
! CREATE TABLE rg (a integer)
! CREATE SEQUENCE c
! CREATE SEQUENCE mood
! CREATE INDEX c ON t (a)
CREATE INDEX mood ON t (a)
! CREATE INDEX t ON t (a)
! CREATE VIEW c AS SELECT 1
! CREATE VIEW mood AS SELECT 1
! CREATE MATERIALIZED VIEW mood AS SELECT 1
! CREATE TABLE mood AS SELECT 1
! CREATE TYPE rg AS RANGE (SUBTYPE = bigint)
! CREATE DOMAIN t AS integer
! CREATE TYPE dom AS ENUM ('x')
! CREATE TYPE t AS RANGE (SUBTYPE = integer)
! ALTER TYPE c RENAME TO t
! ALTER TYPE c RENAME TO i
! ALTER TYPE mood RENAME TO t
! ALTER TYPE mood RENAME TO c
! ALTER TYPE c RENAME TO c
! ALTER TYPE mood RENAME TO mood
! ALTER TABLE t RENAME TO t
! ALTER TABLE t RENAME TO c
! ALTER INDEX i RENAME TO c
! ALTER TABLE t RENAME TO mood
! ALTER SEQUENCE sq RENAME TO c
! ALTER DOMAIN dom RENAME TO t
! ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)
! ALTER TABLE t ADD CONSTRAINT sq PRIMARY KEY (a)
ALTER TABLE t ADD CONSTRAINT dom UNIQUE (a)

-- names that are taken in another schema
CREATE SCHEMA s
CREATE TABLE t (a integer)
CREATE TABLE s.t (a integer)
CREATE TYPE c AS (a integer)
CREATE TYPE s.c AS ENUM ('a')
CREATE TYPE d AS (a integer)
CREATE TABLE s.d (a integer)
CREATE TYPE e AS ENUM ('a')
CREATE SEQUENCE s.e
CREATE SEQUENCE q
CREATE TYPE s.q AS ENUM ('a')
CREATE VIEW v AS SELECT 1 AS x
CREATE DOMAIN s.v AS integer
! ALTER TABLE t SET SCHEMA s
! ALTER TYPE c SET SCHEMA s
! ALTER TYPE d SET SCHEMA s
ALTER TYPE e SET SCHEMA s
ALTER SEQUENCE q SET SCHEMA s
! ALTER VIEW v SET SCHEMA s

-- several dependents in one DROP
CREATE TABLE t (a integer)
CREATE VIEW v AS SELECT * FROM t
CREATE VIEW w AS SELECT * FROM v
! DROP TABLE t
! DROP VIEW v
DROP VIEW v, w
CREATE VIEW v AS SELECT * FROM t
CREATE VIEW w AS SELECT * FROM v
! DROP TABLE t, v
! DROP VIEW v, v
CREATE TYPE c AS (a integer)
CREATE DOMAIN dom AS c
CREATE FUNCTION f(dom) RETURNS c LANGUAGE sql AS 'SELECT NULL::c'
! DROP TYPE c
! DROP TYPE c, dom
CREATE TABLE u (a integer PRIMARY KEY)
CREATE TABLE x (a integer REFERENCES u)
! DROP TABLE u
! DROP TABLE u, t
DROP TABLE u, x
CREATE SEQUENCE q
CREATE TABLE y (a integer DEFAULT nextval('q'))
! DROP SEQUENCE q
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION h() RETURNS integer LANGUAGE sql RETURN g()
! DROP FUNCTION g()
DROP FUNCTION g(), h()

-- a column of the replica identity stays NOT NULL
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL)
CREATE UNIQUE INDEX i ON t (a) INCLUDE (b)
ALTER TABLE t REPLICA IDENTITY USING INDEX i
! ALTER TABLE t ALTER COLUMN a DROP NOT NULL
ALTER TABLE t ALTER COLUMN b DROP NOT NULL
ALTER TABLE t REPLICA IDENTITY FULL
ALTER TABLE t ALTER COLUMN a DROP NOT NULL

-- a logged table points at no unlogged one
CREATE TABLE k (a integer PRIMARY KEY)
CREATE TABLE t (a integer REFERENCES k)
! ALTER TABLE k SET UNLOGGED
ALTER TABLE t SET UNLOGGED
ALTER TABLE t SET UNLOGGED
ALTER TABLE k SET UNLOGGED
! ALTER TABLE t SET LOGGED
ALTER TABLE k SET LOGGED
ALTER TABLE t SET LOGGED
CREATE TABLE self (a integer PRIMARY KEY, b integer REFERENCES self)
ALTER TABLE self SET UNLOGGED
ALTER TABLE self SET LOGGED
CREATE PUBLICATION pub FOR TABLE self
! ALTER TABLE self SET UNLOGGED
ALTER TABLE self SET LOGGED

-- a partition gets no column of its own, IF NOT EXISTS or not
CREATE TABLE p (a integer) PARTITION BY RANGE (a)
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2)
! ALTER TABLE p1 ADD COLUMN b integer
! ALTER TABLE p1 ADD COLUMN IF NOT EXISTS b integer
! ALTER TABLE p1 ADD COLUMN IF NOT EXISTS a integer
! ALTER TABLE p1 ADD COLUMN IF NOT EXISTS a smallserial, ALTER COLUMN a SET NOT NULL
! ALTER TABLE p1 ADD COLUMN IF NOT EXISTS b smallserial, ALTER COLUMN a SET NOT NULL
ALTER TABLE p ADD COLUMN IF NOT EXISTS a integer
ALTER TABLE p ADD COLUMN IF NOT EXISTS b integer

-- defaults of enum types and what cannot be cast to them
CREATE TYPE mood AS ENUM ('a', 'b')
CREATE DOMAIN dom AS integer
CREATE TABLE t (a text DEFAULT 'a', b mood DEFAULT 'a', c integer DEFAULT 1, d integer[] DEFAULT '{}', e json DEFAULT '{}', f dom DEFAULT 3, g serial, h jsonb DEFAULT '[]')
! ALTER TABLE t ALTER COLUMN a TYPE mood USING a::mood
ALTER TABLE t ALTER COLUMN d TYPE text[] USING '{}'
! ALTER TABLE t ALTER COLUMN e TYPE integer USING 1
! ALTER TABLE t ALTER COLUMN c TYPE mood USING 'a'
! ALTER TABLE t ALTER COLUMN b TYPE integer USING 1
! ALTER TABLE t ALTER COLUMN f TYPE boolean USING true
! ALTER TABLE t ALTER COLUMN g TYPE boolean USING true
! ALTER TABLE t ALTER COLUMN h TYPE text[] USING '{}'
ALTER TABLE t ALTER COLUMN b TYPE text
ALTER TABLE t ALTER COLUMN c TYPE dom
CREATE TABLE u (a text DEFAULT NULL, b text, c text DEFAULT 'a', d mood DEFAULT 'b')
ALTER TABLE u ALTER COLUMN a TYPE mood USING a::mood
ALTER TABLE u ALTER COLUMN b TYPE mood USING b::mood
ALTER TABLE u ALTER COLUMN d TYPE varchar(3)
ALTER TABLE u ALTER COLUMN c DROP DEFAULT, ALTER COLUMN c TYPE mood USING c::mood, ALTER COLUMN c SET DEFAULT 'a'
! INSERT INTO u (a) VALUES (1)
! INSERT INTO u (a) SELECT b::text FROM u
INSERT INTO u (a) VALUES ('a')

-- an operator outside of the search path
CREATE SCHEMA s
CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)
CREATE TABLE t (a integer, b integer, CONSTRAINT c CHECK (a === b), d boolean DEFAULT 1 === 2)
CREATE INDEX i ON t ((a === b)) WHERE a === 1
CREATE VIEW v AS SELECT a === b AS same, a FROM t WHERE a === 3 OR b = 1
CREATE POLICY p ON t USING (a === 4)
CREATE DOMAIN dom AS integer CHECK (VALUE === 5)
CREATE FUNCTION f(x integer) RETURNS boolean LANGUAGE sql RETURN x === 6
CREATE STATISTICS st ON (a === b), (a + b) FROM t
CREATE TABLE g (a integer, b boolean GENERATED ALWAYS AS (a === 1) STORED)
ALTER OPERATOR === (integer, integer) SET SCHEMA s

-- an operator that comes back
CREATE SCHEMA s
CREATE OPERATOR s.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)
CREATE TABLE t (a integer, b integer, CONSTRAINT c CHECK (a OPERATOR(s.===) b))
CREATE VIEW v AS SELECT a OPERATOR(s.===) b AS same FROM t
ALTER OPERATOR s.=== (integer, integer) SET SCHEMA public
ALTER SCHEMA s RENAME TO r
ALTER OPERATOR === (integer, integer) SET SCHEMA r
ALTER SCHEMA r RENAME TO q

-- rules and statistics objects name functions, types and operators
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1'
CREATE TYPE mood AS ENUM ('a')
CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)
CREATE TABLE t (a integer, b integer, m text)
CREATE RULE r AS ON INSERT TO t WHERE f(new.a) === 1 DO ALSO UPDATE t SET b = f(2), m = 'a'::mood WHERE a === 3
CREATE STATISTICS st ON f(a), (a === b), (a + f(b)) FROM t
ALTER FUNCTION f RENAME TO g
ALTER FUNCTION g SET SCHEMA s
ALTER TYPE mood RENAME TO state
ALTER TYPE state SET SCHEMA s
ALTER OPERATOR === (integer, integer) SET SCHEMA s
ALTER SCHEMA s RENAME TO r

-- operators that stand in texts, and their kin
CREATE SCHEMA s
CREATE FUNCTION same(a integer, b integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a = b'
CREATE OPERATOR ~== (FUNCTION = same, LEFTARG = integer, RIGHTARG = integer)
CREATE OPERATOR ~=== (FUNCTION = same, LEFTARG = integer, RIGHTARG = integer)
CREATE OPERATOR @@# (FUNCTION = int4um, RIGHTARG = integer)
CREATE TABLE t (a integer, b integer, CONSTRAINT c CHECK (a ~== b AND a ~=== b AND a ~== ANY (ARRAY[1, b])), d text DEFAULT 'a ~== b', e integer DEFAULT @@# 4)
CREATE VIEW v AS SELECT 'a ~== b' AS words, @@# a AS minus, a ~== b AS same FROM t
ALTER OPERATOR ~== (integer, integer) SET SCHEMA s
ALTER OPERATOR @@# (NONE, integer) SET SCHEMA s
! DROP OPERATOR s.~== (integer, integer)
! DROP OPERATOR s.@@# (NONE, integer)
DROP VIEW v
ALTER TABLE t DROP CONSTRAINT c
DROP OPERATOR s.~== (integer, integer)
DROP OPERATOR s.@@# (NONE, integer) CASCADE

-- to 17: a foreign key of a partitioned table is valid
CREATE TABLE k (a integer PRIMARY KEY)
CREATE TABLE p (a integer) PARTITION BY RANGE (a)
! ALTER TABLE p ADD FOREIGN KEY (a) REFERENCES k NOT VALID
ALTER TABLE p ADD FOREIGN KEY (a) REFERENCES k

-- a foreign key that is not valid, of what is not partitioned or is so from the start
CREATE TABLE k (a integer PRIMARY KEY) PARTITION BY RANGE (a)
CREATE TABLE t (a integer)
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES k NOT VALID
CREATE TABLE p (a integer, CONSTRAINT c FOREIGN KEY (a) REFERENCES k NOT VALID) PARTITION BY RANGE (a)
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2)
ALTER TABLE p1 ADD FOREIGN KEY (a) REFERENCES k NOT VALID

-- 18: a foreign key of a partitioned table that is not valid
CREATE TABLE k (a integer PRIMARY KEY)
CREATE TABLE p (a integer) PARTITION BY RANGE (a)
ALTER TABLE p ADD FOREIGN KEY (a) REFERENCES k NOT VALID

-- bodies in standard SQL of overloads
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE FUNCTION f() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 3'
CREATE TABLE t (a integer, b text)
CREATE FUNCTION g(n integer, text) RETURNS integer RETURN f(n) + f($2) + f(g.n)
CREATE FUNCTION h(a integer) RETURNS integer BEGIN ATOMIC INSERT INTO t (a) SELECT f(t.b) FROM t WHERE f(h.a) > 0; SELECT f(b) FROM t; END
CREATE FUNCTION k() RETURNS integer RETURN f() + f('x')
CREATE FUNCTION f(bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 4'
! DROP FUNCTION f(integer)
! DROP FUNCTION f(text)
! DROP FUNCTION f()
DROP FUNCTION f(bigint)
ALTER FUNCTION f(integer) SET SCHEMA s
ALTER FUNCTION f(text) RENAME TO other
ALTER FUNCTION f() RENAME TO "F 2"
ALTER FUNCTION s.f(integer) RENAME TO more
! DROP FUNCTION other(text)
DROP FUNCTION s.more(integer) CASCADE
! DROP FUNCTION other(text)
DROP FUNCTION "F 2"() CASCADE
DROP FUNCTION other(text)

-- queries in queries of overloads
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE TABLE t (a integer, b text)
CREATE TABLE u (c integer, d text)
CREATE VIEW v1 AS SELECT (SELECT f(c) FROM u WHERE f(a) = c) AS x FROM t
CREATE VIEW v2 AS SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE f(b) = c) AND a IN (SELECT f(d) FROM u)
CREATE VIEW v3 AS SELECT q.x, f(q.y) AS z FROM (SELECT f(a) AS x, b AS y FROM t) q
CREATE VIEW v4 AS WITH w AS (SELECT f(a) AS x, b FROM t) SELECT f(x) AS p, f(b) AS q FROM w
CREATE VIEW v5 AS SELECT f(a) AS x FROM t UNION ALL SELECT f(d) FROM u
CREATE VIEW v6 AS SELECT t.a FROM t JOIN u ON f(u.d) = f(t.a)
CREATE VIEW v7 AS SELECT f((SELECT max(c) FROM u)) AS x FROM t
CREATE MATERIALIZED VIEW m AS SELECT f(b) AS x FROM t
CREATE VIEW v8 AS SELECT x FROM t, f(t.a) AS x
! DROP FUNCTION f(integer)
ALTER FUNCTION f(integer) RENAME TO g
ALTER FUNCTION f(text) SET SCHEMA s
CREATE FUNCTION g(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE FUNCTION s.f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
DROP FUNCTION g(text)
DROP FUNCTION s.f(integer)
CREATE FUNCTION s.f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
! DROP FUNCTION s.f(text)
! DROP FUNCTION g(integer)
CREATE FUNCTION g(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
DROP FUNCTION g(integer) CASCADE
DROP VIEW v2
DROP MATERIALIZED VIEW m
DROP FUNCTION s.f(text)

-- policies and rules of overloads
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE TABLE t (a integer, b text)
CREATE TABLE u (c integer, d text)
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM u WHERE f(u.d) = f(t.a))) WITH CHECK (a IN (SELECT f(c) FROM u))
CREATE POLICY q ON t USING (f(b) > 0)
CREATE RULE r AS ON INSERT TO t WHERE f(new.b) > 0 DO ALSO INSERT INTO u (c) VALUES (f(new.a))
CREATE RULE r2 AS ON DELETE TO u DO ALSO UPDATE t SET a = f(old.d) WHERE f(t.b) = 0
! DROP FUNCTION f(integer)
! DROP FUNCTION f(text)
ALTER FUNCTION f(integer) RENAME TO g
ALTER FUNCTION f(text) SET SCHEMA s
ALTER FUNCTION s.f(text) RENAME TO f2
! DROP FUNCTION g(integer)
! DROP FUNCTION s.f2(text)
CREATE FUNCTION g(bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
DROP FUNCTION g(integer) CASCADE
DROP FUNCTION g(bigint)
! DROP FUNCTION s.f2(text)
DROP FUNCTION s.f2(text) CASCADE

-- conditions of triggers of overloads
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE TABLE t (a integer, b text)
CREATE FUNCTION tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW WHEN (f(old.a) > f(new.b)) EXECUTE FUNCTION tr()
CREATE TRIGGER y AFTER INSERT ON t FOR EACH ROW WHEN (f(new.a) > 0) EXECUTE FUNCTION tr()
! DROP FUNCTION f(integer)
! DROP FUNCTION f(text)
ALTER FUNCTION f(text) SET SCHEMA s
ALTER FUNCTION f(integer) RENAME TO g
CREATE FUNCTION g(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE FUNCTION s.f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
DROP FUNCTION g(text)
! DROP FUNCTION g(integer)
DROP FUNCTION s.f(text) CASCADE
! DROP FUNCTION g(integer)
DROP FUNCTION g(integer) CASCADE

-- expressions that call several overloads
CREATE SCHEMA s
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE FUNCTION f(integer, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 3'
CREATE DOMAIN d AS text CHECK (f(VALUE) > f(1))
CREATE TABLE t (a integer DEFAULT f(2) + f('f(1)'), b text, CHECK (f(a) > f(b)), CONSTRAINT k CHECK (f(f(b), b) > f(f(f(a)), 'x') - f(a)))
CREATE INDEX i ON t ((f(a) + f(b))) WHERE f(b) > f(a, b)
CREATE VIEW v AS SELECT f(a) + f(b) AS x, CASE WHEN f(b) > 0 THEN f(a) ELSE f(a, b) END AS y FROM t
ALTER FUNCTION f(text) RENAME TO g
ALTER FUNCTION f(integer) SET SCHEMA s
ALTER FUNCTION f(integer, text) RENAME TO "F"
! DROP FUNCTION g(text)
! DROP FUNCTION "F"(integer, text)
! DROP FUNCTION s.f(integer)

-- an overload that comes later and would fit better is not meant
CREATE FUNCTION f(bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE TABLE t (a integer DEFAULT f(1), CHECK (f(a) > 0))
CREATE INDEX i ON t (f(a))
CREATE VIEW v AS SELECT f(a) AS x FROM t
CREATE FUNCTION g() RETURNS integer RETURN f(1)
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
! DROP FUNCTION f(bigint)
DROP FUNCTION f(integer)
CREATE FUNCTION h(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
ALTER FUNCTION h(integer) RENAME TO f
ALTER FUNCTION f(bigint) RENAME TO g2
! DROP FUNCTION g2(bigint)
DROP FUNCTION f(integer)
CREATE FUNCTION g2(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
DROP FUNCTION g2(bigint) CASCADE

-- a column of another type calls another overload
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2'
CREATE TABLE t (a integer, CHECK (f(a) > 0))
CREATE INDEX i ON t (f(a))
! DROP FUNCTION f(integer)
ALTER TABLE t ALTER a TYPE bigint
! DROP FUNCTION f(bigint)
DROP FUNCTION f(integer)

-- whichever is called gives the same type
CREATE FUNCTION f(bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE VIEW alone AS SELECT f(1) AS x UNION SELECT f(2)
CREATE FUNCTION f(integer, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE VIEW each AS WITH q AS (SELECT f(1) AS x) SELECT f(q.x, 'x') AS x, f(1) AS y FROM q
CREATE VIEW united AS SELECT f(1) AS x UNION SELECT f('x')
CREATE FUNCTION f(date) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''x'''
CREATE VIEW other AS SELECT f('x'::text) AS x

-- the policies of a table go with it, and so does what they read and call
CREATE FUNCTION sees(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'
CREATE TABLE read (id integer PRIMARY KEY, name text)
CREATE TABLE reader (id integer PRIMARY KEY, of integer)
CREATE POLICY p ON reader USING (EXISTS (SELECT FROM read WHERE read.id = reader.of AND read.name <> '' AND sees(read.id)))
! DROP TABLE read
! DROP FUNCTION sees(integer)
! ALTER TABLE read DROP COLUMN name
! ALTER TABLE read ALTER name TYPE varchar(10)
DROP TABLE reader
ALTER TABLE read ALTER name TYPE varchar(10)
ALTER TABLE read DROP COLUMN name
DROP FUNCTION sees(integer)
DROP TABLE read

-- a call that no function takes
CREATE SCHEMA s
! CREATE VIEW v AS SELECT half(1) AS x
! CREATE TABLE t (a integer DEFAULT half(1))
! CREATE TABLE t (a integer, CHECK (half(a) > 0))
! CREATE TABLE t (a integer DEFAULT s.half())
CREATE FUNCTION s.half(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE TABLE t (a integer, b text, c bigint, d date DEFAULT current_date, CHECK (s.half(a) > 0))
! CREATE TABLE u (a integer, CHECK (half(a) > 0))
CREATE FUNCTION half(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION half(text, n integer DEFAULT 1) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''x'''
CREATE FUNCTION all_of(integer, VARIADIC rest integer[]) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE VIEW v AS SELECT half(a) AS a, half(b) AS b, half(b, n => a) AS c, half('x', 2) AS d, all_of(1, 2, 3) AS e, all_of(1, VARIADIC ARRAY[2, 3]) AS f, all_of(1, a) AS g FROM t
! CREATE VIEW w AS SELECT half(c) AS x FROM t
! CREATE VIEW w AS SELECT half(d) AS x FROM t
! CREATE VIEW w AS SELECT half() AS x FROM t
! CREATE VIEW w AS SELECT half(a, 1, 2) AS x FROM t
! CREATE VIEW w AS SELECT half(b, m => 1) AS x FROM t
! CREATE VIEW w AS SELECT half(b, b) AS x FROM t
! CREATE VIEW w AS SELECT all_of(1) AS x
! CREATE VIEW w AS SELECT half(half(b)::date) AS x FROM t
! CREATE VIEW w AS SELECT 1 AS x FROM t WHERE EXISTS (SELECT 1 FROM t u WHERE half(t.c) > u.a)
! CREATE VIEW w AS WITH q AS (SELECT count(*) AS n FROM t) SELECT half(n) AS x FROM q
! CREATE INDEX i ON t (half(c))
! CREATE INDEX i ON t (a) WHERE half(d) > 0
! ALTER TABLE t ADD CHECK (half(c) > 0)
! ALTER TABLE t ALTER a SET DEFAULT half(now())
! CREATE POLICY p ON t USING (half(c) > 0)
! CREATE POLICY p ON t WITH CHECK (half(c) > 0)
! CREATE POLICY p ON t USING (EXISTS (SELECT half(c)))
CREATE POLICY p ON t USING (half(a) > 0)
! ALTER POLICY p ON t USING (half(c) > 0)
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'
! CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (half(NEW.c) > 0) EXECUTE FUNCTION tf()
CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (half(NEW.a) > half(OLD.a)) EXECUTE FUNCTION tf()
! INSERT INTO t (a) VALUES (half(now()))
! UPDATE t SET a = half(c)
! DELETE FROM t WHERE half(c) > 0
! CREATE FUNCTION own(n integer) RETURNS integer RETURN own(n)
! CREATE FUNCTION own(n bigint) RETURNS integer RETURN half(n)
! CREATE FUNCTION own(n bigint) RETURNS integer BEGIN ATOMIC SELECT half(a) FROM t; SELECT half($1); END
CREATE FUNCTION own(n smallint) RETURNS integer RETURN half(n)
! CREATE VIEW w AS SELECT half('x'::varchar, now()) AS x
CREATE VIEW w AS SELECT half('x'::varchar) AS x, half('x'::char(3)) AS y
CREATE TYPE e AS ENUM ('x')
! CREATE VIEW y AS SELECT half('x'::e) AS x
! CREATE VIEW y AS SELECT half(ARRAY[1]) AS x
CREATE TYPE half_range AS RANGE (subtype = integer)
INSERT INTO t (a) SELECT 1 WHERE isempty(half_multirange(half_range(1, 2)))
ALTER TYPE half_range RENAME TO renamed
INSERT INTO t (a) SELECT 1 WHERE isempty(half_range(1, 3)) AND e('x') IS NULL
! CREATE VIEW zz AS SELECT renamed(1, 3) AS x

-- a call that some function may take
CREATE SCHEMA s
CREATE TABLE t (a integer, b text, c varchar(9), d date, CHECK (a > 0))
CREATE FUNCTION lower(integer) RETURNS date LANGUAGE sql IMMUTABLE AS 'SELECT current_date'
CREATE FUNCTION f(numeric) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE FUNCTION f(timestamptz, anyelement, VARIADIC integer[]) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE AGGREGATE g(integer) (sfunc = int4pl, stype = integer)
CREATE VIEW v AS SELECT f(a) AS a, f(lower(b)::numeric) AS b, f(d, t, a) AS c, f(sum(a)) AS d, f('1') AS h, f(NULL) AS i FROM t GROUP BY a, b, c, d, t
INSERT INTO t (a) SELECT g(a(t)) FROM t HAVING f(g(a)) > 1
CREATE FUNCTION s.only_there(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''x'''
! CREATE VIEW w AS SELECT only_there('x') AS x
CREATE FUNCTION days(date) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT 1::numeric'
CREATE CAST (date AS numeric) WITH FUNCTION days(date) AS IMPLICIT
CREATE VIEW x AS SELECT f(d) AS x FROM t

-- an aggregate or a collation that is not there
CREATE SCHEMA s
CREATE AGGREGATE s.total(integer) (sfunc = int4pl, stype = integer)
CREATE COLLATION s.c (locale = 'C')
! DROP AGGREGATE total(integer)
! DROP AGGREGATE s.total(bigint)
! ALTER AGGREGATE total(integer) RENAME TO sum_of
! ALTER AGGREGATE s.total(text) SET SCHEMA public
DROP AGGREGATE IF EXISTS total(integer)
DROP AGGREGATE s.total(integer)
! DROP AGGREGATE s.total(integer)
! DROP AGGREGATE s.total(integer) CASCADE
! DROP COLLATION public.c
! ALTER COLLATION public.c RENAME TO d
ALTER COLLATION s.c SET SCHEMA public
! ALTER COLLATION s.c SET SCHEMA public
ALTER COLLATION c RENAME TO d
! ALTER COLLATION c RENAME TO d
! DROP COLLATION c CASCADE
DROP COLLATION IF EXISTS c
DROP COLLATION d
! DROP COLLATION d
DROP COLLATION IF EXISTS d

-- an operator that is called like one of the server's
CREATE SCHEMA s
CREATE FUNCTION text_is(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'
CREATE FUNCTION date_is(date, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'
CREATE OPERATOR = (leftarg = text, rightarg = integer, function = text_is)
CREATE OPERATOR = (leftarg = date, rightarg = text, function = date_is)
CREATE TABLE t (a integer, b text, c date, CHECK (b = a), CHECK (c = b), CONSTRAINT plain CHECK (a = 1))
CREATE INDEX i ON t (a) WHERE b = a
CREATE POLICY p ON t USING (c = b)
CREATE TABLE u (a integer, b text, CHECK (a = 2 AND b = 'x'))
! DROP OPERATOR = (text, integer)
! DROP OPERATOR = (date, text)
ALTER OPERATOR = (text, integer) SET SCHEMA s
! DROP OPERATOR s.= (text, integer)
DROP OPERATOR = (date, text) CASCADE
ALTER OPERATOR s.= (text, integer) SET SCHEMA public
DROP OPERATOR = (text, integer) CASCADE

-- an operator, or a schema, that is not there
! CREATE COLLATION s.c (locale = 'C')
! CREATE AGGREGATE s.total(integer) (sfunc = int4pl, stype = integer)
CREATE SCHEMA s
! DROP OPERATOR === (integer, integer)
! DROP OPERATOR s.= (integer, integer)
CREATE OPERATOR s.=== (leftarg = integer, rightarg = integer, function = int4eq)
! ALTER OPERATOR === (integer, integer) SET SCHEMA s
! DROP OPERATOR s.=== (integer, bigint)
DROP OPERATOR IF EXISTS === (integer, integer)
ALTER OPERATOR s.=== (integer, integer) SET SCHEMA public
DROP OPERATOR === (integer, integer)
! DROP OPERATOR === (integer, integer)
CREATE OPERATOR @@@@ (rightarg = integer, function = int4abs)
! DROP OPERATOR @@@@ (NONE, bigint)
DROP OPERATOR @@@@ (NONE, integer)
! DROP OPERATOR @@@@ (NONE, integer)
CREATE OPERATOR === (leftarg = integer, rightarg = integer, function = int4eq, negator = !==)
DROP OPERATOR === (integer, integer)
DROP OPERATOR !== (integer, integer)

-- an aggregate is no function, IF EXISTS or not
CREATE AGGREGATE total(integer) (sfunc = int4pl, stype = integer)
! DROP FUNCTION IF EXISTS public.total(integer) CASCADE
! DROP FUNCTION IF EXISTS total(integer)
DROP PROCEDURE IF EXISTS nowhere(integer)
! ALTER FUNCTION total(integer) STABLE

-- an inherited NOT NULL has the name that a key of the child would give
CREATE TABLE t1 (a bigserial, UNIQUE (a), CHECK (a IN (1, 2, 3)))
ALTER TABLE t1 RENAME COLUMN a TO created_at
CREATE SCHEMA "S3"
ALTER TABLE t1 SET SCHEMA "S3"
CREATE TABLE IF NOT EXISTS t1 (a real, b integer, CONSTRAINT "K4" PRIMARY KEY (a)) INHERITS ("S3".t1) WITH (fillfactor = 80)

-- 18: an inherited NOT NULL gives its name to one of the table's own
CREATE SCHEMA s
CREATE TABLE t (a integer NOT NULL)
ALTER TABLE t RENAME a TO b
ALTER TABLE t SET SCHEMA s
CREATE TABLE t (a integer NOT NULL) INHERITS (s.t)
DROP TABLE t
CREATE TABLE t (a integer, c integer, CONSTRAINT k PRIMARY KEY (a)) INHERITS (s.t)
DROP TABLE t
CREATE TABLE u (a integer, c integer CONSTRAINT t_a_not_null NOT NULL) INHERITS (s.t)
DROP TABLE u
CREATE TABLE t (c integer) INHERITS (s.t)
ALTER TABLE t ADD a integer NOT NULL

-- %TYPE is the type that the column has when the statement runs, without its modifiers
CREATE SCHEMA s
CREATE TYPE s.mood AS ENUM ('a', 'b')
CREATE DOMAIN word AS text
CREATE TABLE t (id integer, name varchar(20), n numeric(5, 2), u text[], c char(3), w timestamptz(3), x uuid, m s.mood, d word)
CREATE TABLE s.u (id bigint, b bit(3), v varbit(3))
CREATE FUNCTION f(a t.id%TYPE, b s.u.id%TYPE, n t.name%TYPE, u t.u%TYPE, m t.m%TYPE, d t.d%TYPE DEFAULT 'x') RETURNS t.n%TYPE LANGUAGE sql AS 'SELECT 1.0'
CREATE FUNCTION f(c t.c%TYPE, w t.w%TYPE, VARIADIC x t.u%TYPE) RETURNS SETOF t.x%TYPE LANGUAGE sql AS 'SELECT gen_random_uuid()'
CREATE FUNCTION g(a t.id%TYPE) RETURNS TABLE (x t.x%TYPE, name t.name%TYPE) LANGUAGE sql AS 'SELECT gen_random_uuid(), ''x''::varchar'
CREATE FUNCTION h(OUT a t.id%TYPE, INOUT b public.t.name%TYPE) LANGUAGE sql AS 'SELECT 1, $1'
CREATE FUNCTION bits(a s.u.v%TYPE) RETURNS s.u.v%TYPE LANGUAGE sql AS 'SELECT $1'
CREATE VIEW v AS SELECT f(1, 2, 'x', '{}', 'a') AS n, id FROM t
CREATE VIEW w AS SELECT * FROM g(1)
CREATE FUNCTION f(a v.n%TYPE) RETURNS v.id%TYPE LANGUAGE sql AS 'SELECT 1'
DROP FUNCTION f(numeric)

-- functions differ by what %TYPE stands for
CREATE TABLE t (id integer, other integer, name text)
CREATE FUNCTION f(a t.id%TYPE) RETURNS t.name%TYPE LANGUAGE sql AS $$SELECT 'x'$$
CREATE FUNCTION f(a t.name%TYPE) RETURNS t.name%TYPE LANGUAGE sql AS $$SELECT 'y'$$
CREATE OR REPLACE FUNCTION f(a t.other%TYPE) RETURNS t.name%TYPE LANGUAGE sql AS $$SELECT 'z'$$
CREATE VIEW v AS SELECT f(1) AS number, f('x'::text) AS word
COMMENT ON FUNCTION f(t.other%TYPE) IS 'x'
! DROP FUNCTION f(t.id%TYPE)
! DROP FUNCTION f(text)
DROP VIEW v
ALTER FUNCTION f(t.name%TYPE) IMMUTABLE
ALTER FUNCTION f(t.id%TYPE) RENAME TO g
! DROP FUNCTION f(integer)
! DROP FUNCTION f(t.id%TYPE)
DROP FUNCTION g(integer)
DROP FUNCTION f(t.name%TYPE)
! DROP FUNCTION f(text)
CREATE PROCEDURE p(a t.id%TYPE) LANGUAGE sql AS ''
ALTER PROCEDURE p(t.other%TYPE) SECURITY DEFINER
! DROP PROCEDURE p(t.name%TYPE)
DROP ROUTINE p(t.id%TYPE)

-- a function keeps the type that %TYPE stood for
CREATE TABLE t (id integer)
CREATE FUNCTION f(a t.id%TYPE) RETURNS t.id%TYPE LANGUAGE sql AS 'SELECT 1'
ALTER TABLE t ALTER COLUMN id TYPE bigint
CREATE VIEW v AS SELECT f(1) AS old
CREATE FUNCTION f(a t.id%TYPE) RETURNS t.id%TYPE LANGUAGE sql AS 'SELECT 2::bigint'
CREATE VIEW w AS SELECT f(1::bigint) AS new
DROP FUNCTION f(t.id%TYPE) CASCADE
ALTER TABLE t RENAME COLUMN id TO number
! DROP FUNCTION f(t.id%TYPE)
DROP TABLE t
DROP VIEW v
! DROP FUNCTION f(t.number%TYPE)
DROP FUNCTION IF EXISTS f(t.number%TYPE)
DROP FUNCTION f(integer)

-- %TYPE of what is not there
CREATE TABLE t (id integer)
! CREATE FUNCTION f(a t.name%TYPE) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f(a integer) RETURNS nowhere.id%TYPE LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f(a integer) RETURNS TABLE (x t.name%TYPE) LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION f(a t.id%TYPE) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP FUNCTION f(t.name%TYPE)
! ALTER FUNCTION f(nowhere.id%TYPE) IMMUTABLE
DROP FUNCTION f(t.id%TYPE)

-- %TYPE in statements that run inside of others
CREATE TABLE t (id integer)
DO $$BEGIN CREATE TABLE u (id bigint); CREATE FUNCTION f(a t.id%TYPE, b u.id%TYPE) RETURNS u.id%TYPE LANGUAGE sql AS 'SELECT 1::bigint'; END$$
DO $$BEGIN EXECUTE 'DROP FUNCTION f(t.id%TYPE, u.id%TYPE)'; CREATE FUNCTION f(a u.id%TYPE) RETURNS t.id%TYPE LANGUAGE sql AS 'SELECT 1'; END$$
DROP FUNCTION f(bigint)
CREATE AGGREGATE total(t.id%TYPE) (sfunc = int4pl, stype = t.id%TYPE)
DROP AGGREGATE total(t.id%TYPE)

-- %TYPE of what the server has itself, of a row type, of a temporary table
CREATE TABLE t (id integer)
CREATE FUNCTION f(a pg_class.relname%TYPE, b pg_catalog.pg_class.oid%TYPE) RETURNS information_schema.tables.table_name%TYPE LANGUAGE sql AS 'SELECT NULL::information_schema.sql_identifier'
CREATE FUNCTION g(a t.ctid%TYPE) RETURNS t.xmin%TYPE LANGUAGE sql AS 'SELECT NULL::xid'
CREATE TYPE pair AS (x integer, y text)
CREATE FUNCTION h(a pair.y%TYPE) RETURNS pair.x%TYPE LANGUAGE sql AS 'SELECT 1'
CREATE VIEW v AS SELECT h('a') AS h
CREATE MATERIALIZED VIEW m AS SELECT 1::smallint AS a, 'x'::varchar(3) AS b
CREATE FUNCTION i(m.a%TYPE, m.b%TYPE) RETURNS m.b%TYPE LANGUAGE sql AS 'SELECT $2'
CREATE VIEW w AS SELECT i(a, b) AS i FROM m
DROP FUNCTION g(tid)
DROP FUNCTION f(pg_class.relname%TYPE, pg_catalog.pg_class.oid%TYPE)
! CREATE FUNCTION j(a t.nothing%TYPE) RETURNS integer LANGUAGE sql AS 'SELECT 1'
! DROP FUNCTION h(pair.z%TYPE)
DROP FUNCTION IF EXISTS h(pair.x%TYPE)
DROP FUNCTION IF EXISTS h(nowhere.x%TYPE)
CREATE SEQUENCE s
CREATE FUNCTION k(a s.last_value%TYPE) RETURNS integer LANGUAGE sql AS 'SELECT 1'
DROP FUNCTION k(s.last_value%TYPE)

-- to 15: a primary key that took over an index of NULLS NOT DISTINCT
CREATE TABLE t (a integer, b numeric(10,2) NOT NULL)
CREATE UNIQUE INDEX audit ON t (b) NULLS NOT DISTINCT WITH (fillfactor = 50)
ALTER TABLE t ALTER COLUMN b TYPE bigint, ADD PRIMARY KEY USING INDEX audit
CREATE TABLE u (b bigint REFERENCES t)

-- what a domain is over is what aggregates, operators and queries of several types give
CREATE DOMAIN coin AS numeric(10,2)
CREATE DOMAIN nr AS integer
CREATE DOMAIN word AS varchar(9)
CREATE TABLE t (c coin, n nr, w word, i integer, m numeric(8,1), b bigint, x text, d coin[])
CREATE VIEW v1 AS SELECT sum(c) AS s, avg(c) AS a, min(c) AS mi, max(w) AS ma, sum(n) AS sn, count(n) AS k, array_agg(c) AS ag FROM t
CREATE VIEW v2 AS SELECT coalesce(c, 0) AS a, coalesce(c, c) AS b, coalesce(sum(c), 0) AS e, coalesce(c, NULL) AS f, coalesce(w, 'x') AS g, coalesce(n, b) AS h FROM t GROUP BY c, w, n, b
CREATE VIEW v3 AS SELECT c + 1 AS a, n + n AS b, n * b AS e, w || 'x' AS f, abs(c) AS g, round(c) AS h, -n AS i, upper(w) AS j FROM t
CREATE VIEW v4 AS SELECT c, n, w, c AS c2 FROM t UNION ALL SELECT m, b, x, c FROM t
CREATE VIEW v5 AS SELECT CASE WHEN i > 0 THEN c END AS a, CASE WHEN i > 0 THEN c ELSE c END AS b, CASE WHEN i > 0 THEN n ELSE i END AS e, ARRAY[n, i] AS f, ARRAY[c, c] AS g, greatest(c, m) AS h, greatest(n, n) AS j, nullif(c, 0) AS k FROM t
CREATE VIEW v6 AS SELECT first_value(c) OVER (ORDER BY i) AS a, lag(n) OVER (ORDER BY i) AS b FROM t
CREATE VIEW v7 AS SELECT 1 AS n UNION SELECT n FROM t

-- the index of a partition is named anew, too, when a column that it only includes changes its type
CREATE TABLE log (id serial, a integer, b text, c text) PARTITION BY RANGE (a)
CREATE INDEX i3 ON log (upper(b)) INCLUDE (id)
CREATE INDEX i4 ON log (lower(c)) INCLUDE (b)
ALTER TABLE log RENAME COLUMN id TO x1
ALTER TABLE log RENAME COLUMN b TO x2
CREATE TABLE t2 PARTITION OF log FOR VALUES FROM (1) TO (10)
ALTER TABLE log ALTER COLUMN x1 TYPE numeric(12,3) USING NULL
ALTER TABLE log ALTER COLUMN c TYPE varchar(20)

-- a function that says no RETURNS gives what its only OUT argument is
CREATE TABLE t (a timestamptz(3), n numeric(5, 2))
CREATE FUNCTION f(INOUT a timestamptz) LANGUAGE plpgsql AS 'BEGIN END'
CREATE FUNCTION g(INOUT a t.n%TYPE) LANGUAGE plpgsql AS 'BEGIN END'
CREATE FUNCTION h(a integer, OUT b text) LANGUAGE plpgsql AS 'BEGIN END'
CREATE VIEW v AS SELECT f(f(now()::date)) AS a, g(g(1)) AS n, h(1) AS h, h(1) || 'x' AS words FROM t

-- COLLATE "default" and WITH (oids = false) say nothing; an aggregate in the old form has its type behind basetype
CREATE TABLE t (a text COLLATE pg_catalog."default" NOT NULL, b text COLLATE "default", c text) WITH (OIDS = FALSE, fillfactor = 70)
ALTER TABLE t ADD COLUMN d text COLLATE pg_catalog."default"
ALTER TABLE t ALTER COLUMN c TYPE varchar(20) COLLATE pg_catalog."default"
CREATE INDEX i ON t (a COLLATE pg_catalog."default")
CREATE TYPE ct AS (x text COLLATE pg_catalog."default")
CREATE DOMAIN dm AS text COLLATE pg_catalog."default"
CREATE TABLE u WITH (oids = false) AS SELECT 1 AS one
! CREATE TABLE v (a integer) WITH (oids = true)
CREATE TABLE IF NOT EXISTS t (a integer) WITH (oids)
CREATE AGGREGATE concat (basetype = text, sfunc = textcat, stype = text, initcond = '')
CREATE AGGREGATE cnt (basetype = 'ANY', sfunc = int8inc, stype = int8, initcond = 0)
CREATE AGGREGATE su (sfunc1 = int4pl, basetype = int4, stype1 = int4, initcond1 = 0)
DROP AGGREGATE concat (text)

-- the result of a function says no schema that is on the path
CREATE SCHEMA s
CREATE TYPE public.log AS ("X" numeric(5,2))
CREATE TYPE s.other AS ENUM ('a')
CREATE TABLE t2 (id public.log, v varchar(3), o s.other)
CREATE FUNCTION h1(INOUT a t2.id%TYPE) LANGUAGE plpgsql AS 'BEGIN END'
CREATE FUNCTION h2(INOUT a public.log) LANGUAGE plpgsql AS 'BEGIN END'
CREATE FUNCTION h3(a integer) RETURNS public.log LANGUAGE plpgsql AS 'BEGIN END'
CREATE FUNCTION h4(a integer) RETURNS SETOF t2.id%TYPE LANGUAGE plpgsql AS 'BEGIN END'
CREATE FUNCTION h5(a integer) RETURNS TABLE (x t2.id%TYPE, y public.log, z s.other) LANGUAGE plpgsql AS 'BEGIN END'
CREATE FUNCTION h6(INOUT a log) LANGUAGE plpgsql AS 'BEGIN END'
CREATE FUNCTION h7(a integer) RETURNS s.other LANGUAGE plpgsql AS 'BEGIN END'
ALTER TYPE log RENAME TO "Log"
CREATE OR REPLACE FUNCTION h3(a integer) RETURNS public."Log" LANGUAGE plpgsql AS 'BEGIN END'

-- a relation, or a column, that is not there in a query, in a query within one, and around it
CREATE TABLE t (a integer PRIMARY KEY, b text)
CREATE TABLE o (id integer, t_id integer)
! CREATE VIEW v AS SELECT a FROM nowhere
! CREATE TABLE u AS SELECT a FROM nowhere1
! CREATE MATERIALIZED VIEW m AS SELECT a FROM t WHERE EXISTS (SELECT FROM nowhere2)
! INSERT INTO t SELECT a FROM nowhere3
! UPDATE t SET a = (SELECT x FROM nowhere4)
! DELETE FROM t USING nowhere5
! SELECT a FROM nowhere6
! EXPLAIN SELECT a FROM nowhere7
! PREPARE p AS SELECT a FROM nowhere8
! CREATE POLICY p ON t USING (a IN (SELECT a FROM nowhere9))
! CREATE RULE r AS ON INSERT TO t DO ALSO DELETE FROM nowhere10
! CREATE FUNCTION f() RETURNS integer BEGIN ATOMIC SELECT a FROM nowhere11; END
! SELECT nothing FROM t
! SELECT a FROM t WHERE EXISTS (SELECT 1 FROM o WHERE o.t_id = t.a AND o.x = 1)
SELECT a FROM t WHERE EXISTS (SELECT 1 FROM o WHERE o.t_id = t.a AND o.id = 1)
! SELECT a, (SELECT max(id) FROM o WHERE t_id = a AND c = 1) FROM t
! SELECT a FROM t WHERE a IN (SELECT t.b::integer FROM o WHERE EXISTS (SELECT 1 FROM t WHERE t.a = o.id AND o.id IN (SELECT id FROM o WHERE c = 1)))
SELECT * FROM t, LATERAL (SELECT id FROM o WHERE o.t_id = t.a) x
! SELECT * FROM t, LATERAL (SELECT id FROM o WHERE o.t_id = t.c) x
WITH c AS (SELECT a AS q FROM t) SELECT q, (SELECT count(*) FROM c c2 WHERE c2.q = c.q) FROM c
! WITH c AS (SELECT a AS q FROM t) SELECT q, (SELECT count(*) FROM c c2 WHERE c2.r = c.q) FROM c
! CREATE VIEW v2 AS SELECT t.a, (SELECT o.id FROM o WHERE o.t_id = t.a ORDER BY o.z LIMIT 1) FROM t
CREATE VIEW v3 AS SELECT t.a, t.ctid, (SELECT o.id FROM o WHERE o.ctid = t.ctid AND t IS NOT NULL AND o.* IS NOT NULL) FROM t
! CREATE VIEW v4 AS SELECT * FROM (SELECT a FROM t WHERE bb = 1) x
! CREATE VIEW v4 AS SELECT q.a FROM t q WHERE EXISTS (SELECT FROM o q WHERE q.a > 1)
CREATE VIEW v5 AS SELECT q.a FROM t q WHERE EXISTS (SELECT FROM o q WHERE a > 1)
UPDATE t SET b = (SELECT o.id FROM o WHERE o.t_id = t.a AND b = 'x')
! UPDATE t SET b = (SELECT o.id FROM o WHERE o.t_id = t.a AND bx = 'x')
! DELETE FROM t WHERE NOT EXISTS (SELECT FROM o WHERE t_id = t.a AND idd = 2)
! SELECT (SELECT count(*) FROM o WHERE o.id = t.b) FROM t
SELECT count(*) FROM information_schema.tables WHERE table_name IN (SELECT relname FROM pg_class WHERE relname = table_name)

-- a function of SQL is refused for what its body says: names, types, what it gives
CREATE TABLE t(a int, b text)
CREATE TYPE m as (x int, y text)
CREATE DOMAIN d as int check (value > 0)
! CREATE FUNCTION r1() RETURNS int LANGUAGE SQL AS 'select null'
! CREATE FUNCTION r2() RETURNS int LANGUAGE SQL AS $$ select 'x' $$
! CREATE FUNCTION r3() RETURNS int LANGUAGE SQL RETURN 'x'
! CREATE FUNCTION r4() RETURNS int LANGUAGE SQL return null
CREATE FUNCTION r5() RETURNS text LANGUAGE SQL AS 'select a from t'
CREATE FUNCTION r6() RETURNS bigint LANGUAGE SQL AS 'select a from t'
CREATE FUNCTION r7() RETURNS smallint LANGUAGE SQL AS 'select a from t'
! CREATE FUNCTION r8() RETURNS int LANGUAGE SQL AS 'select a, b from t'
CREATE FUNCTION r9() RETURNS void LANGUAGE SQL AS 'select a, b from t'
! CREATE FUNCTION r10() RETURNS int LANGUAGE SQL AS 'insert into t values (1)'
CREATE FUNCTION r11() RETURNS int LANGUAGE SQL AS 'insert into t values (1,null) returning a'
CREATE FUNCTION r12() RETURNS SETOF t LANGUAGE SQL AS 'select * from t'
! CREATE FUNCTION r13() RETURNS SETOF t LANGUAGE SQL AS 'select a from t'
CREATE FUNCTION r14() RETURNS SETOF t LANGUAGE SQL AS 'select t from t'
! CREATE FUNCTION r15() RETURNS table (a int, b int) LANGUAGE SQL AS 'select a, b from t'
CREATE FUNCTION r16() RETURNS table (a bigint, b varchar) LANGUAGE SQL AS 'select a, b from t'
CREATE FUNCTION r17() RETURNS record LANGUAGE SQL AS 'select a, b from t'
CREATE FUNCTION r18(out a int, out b text) LANGUAGE SQL AS 'select a, b from t'
! CREATE FUNCTION r19(out a int, out b text) LANGUAGE SQL AS 'select a from t'
CREATE FUNCTION r20(a int) RETURNS m LANGUAGE SQL AS 'select 1, b from t where t.a = $1'
CREATE FUNCTION r21(a int) RETURNS d LANGUAGE SQL AS 'select a'
CREATE FUNCTION r22(a anyelement) RETURNS int LANGUAGE SQL AS 'select nope from nope'
! CREATE FUNCTION r23(a anyelement) RETURNS int LANGUAGE SQL BEGIN ATOMIC select 1; end
! CREATE FUNCTION r24() RETURNS int LANGUAGE SQL AS ''
CREATE FUNCTION r25() RETURNS void LANGUAGE SQL AS ''
! CREATE FUNCTION r26() RETURNS void LANGUAGE SQL AS 'create table q(a int); insert into q values (1)'
! CREATE FUNCTION r27() RETURNS int LANGUAGE SQL AS 'select 1; create table zz(a int)'
! CREATE PROCEDURE r28(x int) LANGUAGE SQL AS 'insert into nope values (x)'
! CREATE PROCEDURE r29(x int, inout y int) LANGUAGE SQL AS 'select b from t'
CREATE PROCEDURE r30(x int, inout y int) LANGUAGE SQL AS 'select x'
CREATE FUNCTION r31() RETURNS int LANGUAGE SQL AS 'insert into t(a) values (1) on conflict (a) do nothing returning a'
! CREATE FUNCTION r32() RETURNS trigger LANGUAGE SQL AS 'select 1'
CREATE FUNCTION r33(p t) RETURNS int LANGUAGE SQL AS 'select p.a'
! CREATE FUNCTION r36() RETURNS int LANGUAGE SQL AS 'select x'
CREATE FUNCTION r37(x int) RETURNS int LANGUAGE SQL AS 'select r37.x'
! CREATE FUNCTION r38(x int) RETURNS int LANGUAGE SQL AS 'select r38.y'
! CREATE FUNCTION r39(x int) RETURNS int LANGUAGE SQL AS 'select $2'
CREATE SCHEMA s
CREATE TABLE s.u (c int)
CREATE FUNCTION r50() RETURNS int LANGUAGE SQL set search_path = s AS 'select c from u'
! CREATE FUNCTION r51() RETURNS int LANGUAGE SQL set search_path = s AS 'select a from t'
! CREATE FUNCTION r52() RETURNS int LANGUAGE SQL set search_path = s BEGIN ATOMIC select c from u; end
CREATE FUNCTION r53() RETURNS int LANGUAGE SQL set check_function_bodies = off AS 'select a from nope'
! CREATE FUNCTION r54() RETURNS int LANGUAGE SQL AS 'select a from t; select b from t'
! CREATE FUNCTION r55() RETURNS boolean LANGUAGE SQL AS 'select a from t'
! CREATE FUNCTION r56() RETURNS text[] LANGUAGE SQL AS 'select a from t'
CREATE FUNCTION r57() RETURNS date LANGUAGE SQL AS 'select now()'
! CREATE FUNCTION r58() RETURNS uuid LANGUAGE SQL AS 'select b from t'
! CREATE FUNCTION r59() RETURNS json LANGUAGE SQL AS $$ select '{}' $$
CREATE FUNCTION r60() RETURNS m LANGUAGE SQL AS 'select row(1, 2)::m'
! CREATE FUNCTION r61() RETURNS m LANGUAGE SQL AS 'select 1'
CREATE FUNCTION r62() RETURNS m LANGUAGE SQL AS $$ select 1, 'x' $$
CREATE FUNCTION r63() RETURNS SETOF m LANGUAGE SQL AS $$ select 1, 'x' union all select 2, 'y' $$
CREATE FUNCTION r64() RETURNS int LANGUAGE SQL AS 'with x as (insert into t values (1) returning a) select a from x'
CREATE FUNCTION r65() RETURNS int LANGUAGE SQL AS 'update t set a = 1 where b = ''x'' returning a'
CREATE FUNCTION r66() RETURNS int LANGUAGE SQL AS 'values (1)'
! CREATE FUNCTION r67() RETURNS int LANGUAGE SQL AS 'values (null)'
CREATE FUNCTION r68(x varchar) RETURNS int LANGUAGE SQL AS 'select count(*) from t where b = x'
! CREATE FUNCTION r69(x date) RETURNS int LANGUAGE SQL AS 'select 1 from t where a = x'

-- bodies of SQL with parameters, that change rows, and in standard SQL
CREATE TABLE t(a int primary key, b text not null, c date, g int generated always as (a + 1) stored, i int generated always as identity)
CREATE TABLE o(id int, t_id int, amount numeric(10,2))
CREATE TYPE mood as enum ('good','bad')
CREATE DOMAIN pos as int
CREATE VIEW vv as select a, b from t
CREATE FUNCTION s1(a int, b text) RETURNS void LANGUAGE SQL AS 'insert into t (a, b) values (a, b)'
CREATE FUNCTION s2(x int, y text) RETURNS void LANGUAGE SQL AS 'insert into t (a, b) values (x, y)'
! CREATE FUNCTION s3(x int, y text) RETURNS void LANGUAGE SQL AS 'insert into t (a, b) values (x, yy)'
! CREATE FUNCTION s4(x int, y text) RETURNS void LANGUAGE SQL AS 'insert into t (a, b) select x, yy'
! CREATE FUNCTION s5(x int, y text) RETURNS void LANGUAGE SQL AS 'insert into t (a, b) values (y, x)'
! CREATE FUNCTION s6(x int, y text) RETURNS void LANGUAGE SQL AS 'insert into t (a, b, c) values (1, 2, x)'
CREATE FUNCTION s7(x int) RETURNS void LANGUAGE SQL AS 'update t set b = x where a = x'
! CREATE FUNCTION s8(x int) RETURNS void LANGUAGE SQL AS 'update t set c = x where a = x'
! CREATE FUNCTION s9(x int) RETURNS void LANGUAGE SQL AS 'update t set g = x where a = x'
CREATE FUNCTION s10(x int) RETURNS void LANGUAGE SQL AS 'insert into t (a) values (1)'
CREATE FUNCTION s11(x int) RETURNS void LANGUAGE SQL AS 'insert into t (a, b) values (1, null)'
CREATE FUNCTION s12(x int) RETURNS void LANGUAGE SQL AS 'insert into t (a, b) values (1, ''x'') on conflict (b) do nothing'
! CREATE FUNCTION s13(x int) RETURNS void LANGUAGE SQL AS 'insert into t (a, b) values (1, ''x'') on conflict on constraint nok do nothing'
! CREATE FUNCTION s14(x int) RETURNS void LANGUAGE SQL AS 'insert into t (a, b, i) values (1, ''x'', 3)'
! CREATE FUNCTION s15(x int) RETURNS void LANGUAGE SQL AS 'delete from t where b = x'
! CREATE FUNCTION s16(x int) RETURNS void LANGUAGE SQL AS 'delete from t where bb = x'
! CREATE FUNCTION s17(x int) RETURNS void LANGUAGE SQL AS 'delete from t using o where o.id = t.a and o.z = x'
CREATE FUNCTION s18(x int) RETURNS void LANGUAGE SQL AS 'update t set b = (select o.id from o where o.t_id = x)'
CREATE FUNCTION s19(x int) RETURNS SETOF mood LANGUAGE SQL AS $$ select 'good'::mood $$
! CREATE FUNCTION s20(x int) RETURNS mood LANGUAGE SQL AS $$ select 'good' $$
CREATE FUNCTION s21(x mood) RETURNS text LANGUAGE SQL AS $$ select x $$
! CREATE FUNCTION s23(x text) RETURNS mood LANGUAGE SQL AS $$ select x $$
! CREATE FUNCTION s24(x int[]) RETURNS int LANGUAGE SQL AS $$ select x $$
CREATE FUNCTION s25(x int[]) RETURNS int[] LANGUAGE SQL AS $$ select x $$
CREATE FUNCTION s26(x int) RETURNS numeric LANGUAGE SQL AS $$ select sum(amount) from o $$
CREATE FUNCTION s27(x int) RETURNS int LANGUAGE SQL AS $$ select sum(amount) from o $$
! CREATE FUNCTION s28(x int) RETURNS bigint LANGUAGE SQL AS $$ select count(*) from o where o.t_id in (select a from t where b = x) $$
CREATE FUNCTION s29(x int) RETURNS text LANGUAGE SQL AS $$ select case when x > 0 then 'a' else 'b' end $$
CREATE FUNCTION s31(x int) RETURNS int LANGUAGE SQL AS $$ select coalesce(null, x) $$
CREATE FUNCTION s32(x int) RETURNS int LANGUAGE SQL AS $$ select a from vv where b = 'x' $$
! CREATE FUNCTION s33(x int) RETURNS int LANGUAGE SQL AS $$ select c from vv $$
CREATE FUNCTION s34(x int, variadic y int[]) RETURNS int LANGUAGE SQL AS $$ select y[1] + x $$
CREATE FUNCTION s35(x int default 3) RETURNS SETOF vv LANGUAGE SQL AS $$ select * from vv where a > x order by b $$
CREATE FUNCTION s36() RETURNS SETOF vv LANGUAGE SQL AS $$ select a, b from t union all select id, 'x' from o $$
! CREATE FUNCTION s37() RETURNS SETOF vv LANGUAGE SQL AS $$ select a, b from t union all select id, t_id from o $$
CREATE FUNCTION s38() RETURNS table (n bigint, d date) LANGUAGE SQL stable AS $$ with x as (select c, count(*) as k from t group by c) select k, c from x $$
! CREATE FUNCTION s39() RETURNS table (n bigint, d date) LANGUAGE SQL stable AS $$ with x as (select c, count(*) as k from t group by c) select k, cc from x $$
! CREATE FUNCTION s40() RETURNS table (n bigint) LANGUAGE SQL stable AS $$ select b from t $$
CREATE FUNCTION s41() RETURNS table (n bigint) LANGUAGE SQL stable AS $$ select a from t $$
CREATE FUNCTION s42(t text) RETURNS int LANGUAGE SQL AS $$ select a from t where t.b = s42.t $$
CREATE FUNCTION s43(a int) RETURNS int LANGUAGE SQL BEGIN ATOMIC insert into t (a, b) values (a, 'x') returning t.a; end
! CREATE FUNCTION s44(a int) RETURNS int LANGUAGE SQL BEGIN ATOMIC insert into t (a, b) values (q, 'x') returning t.a; end
! CREATE FUNCTION s45(a int) RETURNS int LANGUAGE SQL BEGIN ATOMIC update t set b = q where t.a = 1; select 1; end
! CREATE FUNCTION s46(a int) RETURNS int LANGUAGE SQL BEGIN ATOMIC delete from nope; select 1; end
CREATE FUNCTION s47(a int) RETURNS pos LANGUAGE SQL AS 'select a'
! CREATE FUNCTION s48(a text) RETURNS pos LANGUAGE SQL AS 'select a'
CREATE FUNCTION s49(a int) RETURNS record LANGUAGE SQL AS 'select 1'
CREATE FUNCTION s50(out a int, out b int) RETURNS SETOF record LANGUAGE SQL AS 'select 1, 2'
CREATE FUNCTION s51(a jsonb) RETURNS text LANGUAGE SQL AS $$ select a ->> 'x' $$
CREATE FUNCTION s53(a int) RETURNS int LANGUAGE SQL AS $$ select max(o.id) filter (where o.amount > a) over () from o limit 1 $$
CREATE FUNCTION s54(a int) RETURNS int LANGUAGE SQL AS $$ select generate_series(1, a) $$
CREATE FUNCTION s55(a int) RETURNS int LANGUAGE SQL AS $$ select * from generate_series(1, a) $$
CREATE FUNCTION s56(a int) RETURNS int LANGUAGE SQL AS $$ select x.y from unnest(array[1, a]) as x(y) $$
! CREATE FUNCTION s58(a int) RETURNS trigger LANGUAGE SQL AS $$ select 1 $$
! CREATE FUNCTION s60(a int) RETURNS int LANGUAGE SQL AS $$ set local a.b = 'c' $$
CREATE FUNCTION s63(a text) RETURNS int LANGUAGE SQL AS $$ select a::int $$
CREATE FUNCTION s64(a text) RETURNS date LANGUAGE SQL AS $$ select to_date(a, 'x') $$
CREATE FUNCTION s65(a text) RETURNS date LANGUAGE SQL AS $$ select now() $$
! CREATE FUNCTION s66(a text) RETURNS int LANGUAGE SQL AS $$ select now() $$
CREATE FUNCTION s67() RETURNS SETOF t LANGUAGE SQL AS $$ select t.* from t join o on o.t_id = t.a $$
! CREATE FUNCTION s68() RETURNS SETOF t LANGUAGE SQL AS $$ select o.* from t join o on o.t_id = t.a $$
CREATE FUNCTION s69() RETURNS SETOF t LANGUAGE SQL AS $$ insert into t (a, b) values (1, 'x') returning * $$
CREATE FUNCTION s70() RETURNS t LANGUAGE SQL AS $$ update t set b = 'x' where a = 1 returning t.* $$
! CREATE FUNCTION s71() RETURNS t LANGUAGE SQL AS $$ update t set b = 'x' where a = 1 returning a, b $$
CREATE FUNCTION s72() RETURNS int LANGUAGE SQL AS $$ with d as (delete from o returning id) select max(id) from d $$
CREATE FUNCTION s76() RETURNS int LANGUAGE SQL AS $$ select 1 from t where a in (values (1), (2)) $$
CREATE FUNCTION s77() RETURNS int LANGUAGE SQL AS $$ select x from (values (1), (2)) as v(x) $$
! CREATE FUNCTION s78() RETURNS int LANGUAGE SQL AS $$ select y from (values (1), (2)) as v(x) $$
CREATE FUNCTION s79() RETURNS name LANGUAGE SQL AS $$ select current_user $$
CREATE FUNCTION s80() RETURNS uuid LANGUAGE SQL AS $$ select gen_random_uuid() $$
CREATE FUNCTION s81(u text) RETURNS uuid LANGUAGE SQL AS $$ select current_setting('x')::uuid $$
! CREATE FUNCTION s82(u text) RETURNS uuid LANGUAGE SQL AS $$ select current_setting('x') $$
CREATE FUNCTION s83(p t) RETURNS text LANGUAGE SQL AS $$ select p.b || (p).b || s83.p.b $$
CREATE FUNCTION s84(p t) RETURNS text LANGUAGE SQL AS $$ select ($1).b $$
! CREATE FUNCTION s85(p t) RETURNS text LANGUAGE SQL AS $$ select ($1).bb $$
CREATE FUNCTION s86() RETURNS text LANGUAGE SQL AS $$ select format('%s', x) from (select 1 as x) q $$
! CREATE FUNCTION s87() RETURNS text LANGUAGE SQL AS $$ table o $$
CREATE FUNCTION s88(n int) RETURNS text LANGUAGE SQL AS $$ select repeat('x', n) $$
! CREATE FUNCTION s89(n int) RETURNS text LANGUAGE SQL AS $$ select half(n) $$
! CREATE FUNCTION s90(n int) RETURNS text LANGUAGE SQL AS $$ select lower(n) $$
CREATE FUNCTION s91() RETURNS int LANGUAGE SQL AS $$ select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace where nspname = 'x' $$
CREATE FUNCTION s92() RETURNS oid LANGUAGE SQL AS $$ select 't'::regclass $$
! CREATE FUNCTION s93() RETURNS int LANGUAGE SQL AS $$ select nextval('nope_seq') $$
! CREATE FUNCTION s94() RETURNS bool LANGUAGE SQL AS $$ select exists (select from t where a = 1 and d = 2) $$
! CREATE FUNCTION s95() RETURNS bool LANGUAGE SQL AS $$ select true and 1 $$
CREATE FUNCTION s96(b bool) RETURNS bool LANGUAGE SQL AS $$ select not b $$
! CREATE FUNCTION s97(b text) RETURNS bool LANGUAGE SQL AS $$ select not b $$

-- a body in standard SQL keeps the columns that its stars stood for
CREATE TABLE t (a integer, b text, c integer)
CREATE FUNCTION f1(a integer) RETURNS SETOF t BEGIN ATOMIC SELECT * FROM t; END
CREATE FUNCTION f2(a integer) RETURNS void BEGIN ATOMIC SELECT q.* FROM t q WHERE q.a = f2.a; END
CREATE FUNCTION f3(a integer) RETURNS void BEGIN ATOMIC INSERT INTO t VALUES (f3.a, 'x'); END
CREATE FUNCTION f4(a integer) RETURNS void BEGIN ATOMIC INSERT INTO t (c) VALUES (f4.a) RETURNING *; END
CREATE FUNCTION f5(a integer) RETURNS void BEGIN ATOMIC DELETE FROM t WHERE t.c = f5.a RETURNING t.*; END
CREATE FUNCTION f6(a integer) RETURNS integer BEGIN ATOMIC SELECT t.c FROM t WHERE t.c = f6.a; END
CREATE FUNCTION f7(a integer) RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM t; END
! ALTER TABLE t DROP COLUMN b
ALTER TABLE t DROP COLUMN b CASCADE
! DROP FUNCTION f3
! ALTER TABLE t DROP COLUMN c
DROP FUNCTION f6
ALTER TABLE t ADD COLUMN d integer
ALTER TABLE t DROP COLUMN d
ALTER TABLE t DROP COLUMN c

-- a generated column goes with the column of the domain, and what shows it with that
CREATE DOMAIN d AS integer
CREATE TABLE t2 (a d, gen boolean GENERATED ALWAYS AS (a IS NULL) STORED)
CREATE MATERIALIZED VIEW t4 AS SELECT gen AS first FROM t2 WITH NO DATA
DROP DOMAIN d CASCADE

-- the same of a view
CREATE DOMAIN d AS integer
CREATE TABLE t2 (a d, gen boolean GENERATED ALWAYS AS (a IS NULL) STORED)
CREATE VIEW t4 AS SELECT gen AS first FROM t2
DROP DOMAIN d CASCADE

-- the same of DROP COLUMN
CREATE TABLE t2 (a integer, gen boolean GENERATED ALWAYS AS (a IS NULL) STORED)
CREATE MATERIALIZED VIEW t4 AS SELECT gen AS first FROM t2 WITH NO DATA
ALTER TABLE t2 DROP COLUMN a CASCADE

-- the same behind an alias
CREATE DOMAIN d AS integer
CREATE TABLE t2 (a d, gen boolean GENERATED ALWAYS AS (a IS NULL) STORED)
CREATE MATERIALIZED VIEW t4 AS SELECT gen AS first, q.tableoid::regclass AS origin FROM t2 q WITH NO DATA
DROP DOMAIN d CASCADE

-- a function and a rule that use a generated column
CREATE DOMAIN d AS integer
CREATE TABLE t2 (a d, b integer, gen boolean GENERATED ALWAYS AS (a IS NULL) STORED)
CREATE FUNCTION f(x integer) RETURNS boolean BEGIN ATOMIC SELECT gen FROM t2 WHERE t2.b = x; END
CREATE FUNCTION g(x integer) RETURNS integer BEGIN ATOMIC SELECT b FROM t2 WHERE t2.b = x; END
! DROP DOMAIN d
DROP DOMAIN d CASCADE
DROP FUNCTION g
! DROP FUNCTION f

-- what the last statement of a body gives, in many forms
CREATE TABLE t(a int, b text)
CREATE TYPE one as (a int)
CREATE DOMAIN dt as int[]
CREATE FUNCTION x1() RETURNS t LANGUAGE SQL AS $$ select row(1, 'x') $$
! CREATE FUNCTION x2() RETURNS t LANGUAGE SQL AS $$ select '(1,x)' $$
! CREATE FUNCTION x3() RETURNS t LANGUAGE SQL AS $$ select null $$
CREATE FUNCTION x4() RETURNS t LANGUAGE SQL AS $$ select null::t $$
CREATE FUNCTION x5() RETURNS t LANGUAGE SQL AS $$ select (1, 'x') $$
CREATE FUNCTION x6() RETURNS one LANGUAGE SQL AS $$ select 1 $$
CREATE FUNCTION x7() RETURNS one LANGUAGE SQL AS $$ select row(1) $$
CREATE FUNCTION x8() RETURNS SETOF t LANGUAGE SQL AS $$ select row(t.*) from t $$
CREATE FUNCTION x9() RETURNS SETOF record LANGUAGE SQL AS $$ select row(t.*) from t $$
CREATE FUNCTION x10(out a int, out b text) LANGUAGE SQL AS $$ select row(1, 'x') $$
CREATE FUNCTION x11(out a int, out b text) LANGUAGE SQL AS $$ select t from t $$
CREATE FUNCTION x12() RETURNS table(a int, b text) LANGUAGE SQL AS $$ select t from t $$
CREATE FUNCTION x13() RETURNS table(a int, b text) LANGUAGE SQL AS $$ select row(1, 'x') $$
CREATE FUNCTION x15() RETURNS dt LANGUAGE SQL AS $$ select array[1,2] $$
! CREATE FUNCTION x17() RETURNS dt LANGUAGE SQL AS $$ select '{1}' $$
CREATE PROCEDURE x18(inout a int) LANGUAGE SQL AS $$ select 1 $$
CREATE FUNCTION x20() RETURNS text LANGUAGE SQL AS $$ select t from t $$
CREATE FUNCTION x21() RETURNS json LANGUAGE SQL AS $$ select row_to_json(t) from t $$
CREATE FUNCTION x22() RETURNS json LANGUAGE SQL AS $$ select json_agg(t) from t $$
CREATE FUNCTION x23() RETURNS jsonb LANGUAGE SQL AS $$ select json_agg(t) from t $$
CREATE FUNCTION x24() RETURNS text LANGUAGE SQL AS $$ select t.b collate "C" from t $$
CREATE FUNCTION x25() RETURNS numeric LANGUAGE SQL AS $$ select avg(a) from t $$
CREATE FUNCTION x26() RETURNS real LANGUAGE SQL AS $$ select avg(a) from t $$
CREATE FUNCTION x27() RETURNS varchar(3) LANGUAGE SQL AS $$ select b from t $$
CREATE FUNCTION x28() RETURNS "char" LANGUAGE SQL AS $$ select b from t $$
CREATE FUNCTION x29() RETURNS name LANGUAGE SQL AS $$ select b from t $$
CREATE FUNCTION x30() RETURNS regclass LANGUAGE SQL AS $$ select 't' $$
CREATE FUNCTION x31() RETURNS regclass LANGUAGE SQL AS $$ select 5 $$
CREATE FUNCTION x32() RETURNS oid LANGUAGE SQL AS $$ select 5 $$
CREATE FUNCTION x33() RETURNS money LANGUAGE SQL AS $$ select 5 $$
! CREATE FUNCTION x34() RETURNS bit LANGUAGE SQL AS $$ select 5 $$
CREATE FUNCTION x35() RETURNS interval LANGUAGE SQL AS $$ select now() - now() $$
CREATE FUNCTION x36() RETURNS timestamptz LANGUAGE SQL AS $$ select current_date $$
CREATE FUNCTION x37() RETURNS time LANGUAGE SQL AS $$ select now() $$
! CREATE FUNCTION x38() RETURNS int LANGUAGE SQL AS $$ select true $$
! CREATE FUNCTION x39() RETURNS boolean LANGUAGE SQL AS $$ select 1 $$
! CREATE FUNCTION x40() RETURNS bytea LANGUAGE SQL AS $$ select 'x' $$
! CREATE FUNCTION x41() RETURNS xml LANGUAGE SQL AS $$ select b from t $$
CREATE FUNCTION x42() RETURNS int LANGUAGE SQL AS $$ select 1.5 $$
CREATE FUNCTION x43() RETURNS int LANGUAGE SQL AS $$ select a from t union select 2.5 $$
CREATE FUNCTION x44() RETURNS int LANGUAGE SQL AS $$ select a from t union select null $$
! CREATE FUNCTION x45() RETURNS int LANGUAGE SQL AS $$ select null union select null $$
CREATE FUNCTION x46() RETURNS text LANGUAGE SQL AS $$ select null union select null $$
CREATE FUNCTION x47() RETURNS int LANGUAGE SQL AS $$ values (null), (1) $$
CREATE FUNCTION x48() RETURNS int LANGUAGE SQL AS $$ values (1), (null) $$
! CREATE FUNCTION x49() RETURNS int LANGUAGE SQL AS $$ values ('1'), (null) $$
! CREATE FUNCTION x51() RETURNS int LANGUAGE SQL AS $$ select q.x from (select null as x) q $$
! CREATE FUNCTION x52() RETURNS int LANGUAGE SQL AS $$ with q as (select '1' as x) select x from q $$
CREATE FUNCTION x54(a int) RETURNS text LANGUAGE SQL AS $$ select 'a' || 'b' $$
CREATE FUNCTION x56(a int) RETURNS SETOF int LANGUAGE SQL AS $$ select unnest(array[1,2]) $$
CREATE FUNCTION x57(a int) RETURNS SETOF int LANGUAGE SQL AS $$ delete from t returning t.a $$
! CREATE FUNCTION x58(a int) RETURNS SETOF int LANGUAGE SQL AS $$ delete from t $$
CREATE FUNCTION x59(a int) RETURNS int LANGUAGE SQL AS $$ lock table t; select 1 $$
! CREATE FUNCTION x60(a int) RETURNS int LANGUAGE SQL AS $$ select 1; lock table t $$
CREATE FUNCTION x61(a int) RETURNS int LANGUAGE SQL AS $$ (select 1) $$
CREATE FUNCTION x62(a int) RETURNS int LANGUAGE SQL AS $$ (values (1)) order by 1 $$
! CREATE FUNCTION x63(a int) RETURNS int LANGUAGE SQL AS $$ table t $$
! CREATE FUNCTION x64(a int, b int) RETURNS int LANGUAGE SQL AS $$ select b from t $$
CREATE FUNCTION x65(a int) RETURNS int LANGUAGE SQL AS $$ select max(x) from generate_series(1, a) x $$
CREATE FUNCTION x66(a int) RETURNS int LANGUAGE SQL AS $$ select x from generate_series(1, 2) x $$
CREATE FUNCTION x68(a text) RETURNS text LANGUAGE SQL AS $$ select x from unnest(string_to_array(a, ',')) x $$
CREATE FUNCTION x69(a text) RETURNS text LANGUAGE SQL AS $$ select key from jsonb_each(a::jsonb) $$
! CREATE FUNCTION x70(a text) RETURNS int LANGUAGE SQL AS $$ select value from jsonb_each(a::jsonb) $$
CREATE FUNCTION x71(a text) RETURNS int LANGUAGE SQL AS $$ select q.n from json_to_record(a::json) as q(n int) $$
! CREATE FUNCTION x72(a text) RETURNS int LANGUAGE SQL AS $$ select q.m from json_to_record(a::json) as q(n int) $$
CREATE FUNCTION x73(a text) RETURNS int LANGUAGE SQL AS $$ select 1 from pg_stat_activity where usename = a $$
CREATE FUNCTION x74(a int) RETURNS int LANGUAGE SQL AS $$ select $1 $$
CREATE FUNCTION x75(int, int) RETURNS int LANGUAGE SQL AS $$ select $1 + $2 $$
! CREATE FUNCTION x76(int, int) RETURNS int LANGUAGE SQL AS $$ select $1 + $3 $$
CREATE FUNCTION x77(int) RETURNS int LANGUAGE SQL AS $$ select count(*)::int from t where a = any(array[$1]) $$
CREATE FUNCTION x78(int[]) RETURNS bigint LANGUAGE SQL AS $$ select count(*) from t where a = any($1) $$
CREATE FUNCTION x80(p t) RETURNS int LANGUAGE SQL AS $$ select (p).a $$
! CREATE FUNCTION x81(p t) RETURNS int LANGUAGE SQL AS $$ select (p).zz $$
CREATE FUNCTION x82(p t) RETURNS SETOF t LANGUAGE SQL AS $$ select p.* $$
CREATE FUNCTION x83(p t) RETURNS bigint LANGUAGE SQL AS $$ select count(*) from t where t = p $$
CREATE FUNCTION x84(a int) RETURNS int LANGUAGE SQL AS $$ insert into t values (a, 'x') returning a $$
CREATE FUNCTION x85(a int) RETURNS int LANGUAGE SQL AS $$ insert into t as q values (a, 'x') on conflict do nothing returning q.a $$
CREATE FUNCTION x86(a int) RETURNS int LANGUAGE SQL AS $$ insert into t select a, b from t where a = $1 returning a $$
CREATE FUNCTION x87(a int) RETURNS int LANGUAGE SQL AS $$ update t set (a, b) = (1, 'x') returning a $$
CREATE FUNCTION x88(a int) RETURNS int LANGUAGE SQL AS $$ update t set (a, b) = (select 1, 'x') returning a $$
CREATE FUNCTION x89(a int) RETURNS int LANGUAGE SQL AS $$ update t q set a = q.a + 1 from t r where r.a = q.a and r.b = q.b returning q.a $$
CREATE FUNCTION x91(a int) RETURNS int LANGUAGE SQL AS $$ select a as z from t order by z $$
! CREATE FUNCTION x92(a int) RETURNS int LANGUAGE SQL AS $$ select a as z from t where z = 1 $$
CREATE FUNCTION x93(a int) RETURNS int LANGUAGE SQL AS $$ select a as z from t group by z $$
CREATE FUNCTION x94(a int) RETURNS int LANGUAGE SQL AS $$ with recursive r(n) as (select 1 union all select n + 1 from r where n < a) select max(n) from r $$
CREATE FUNCTION x95(a int) RETURNS int LANGUAGE SQL AS $$ select max(e.a) from t e left join lateral (select e.a + 1 as s) l on l.s = e.a where l.s > a $$
CREATE FUNCTION x96(a int) RETURNS int LANGUAGE SQL AS $$ select t.xmin::text::int from t $$
CREATE FUNCTION x97(a int) RETURNS int LANGUAGE SQL AS $$ select b.a from t as b(a, c) where b.c = 'x' $$
CREATE FUNCTION x99(a int) RETURNS int LANGUAGE SQL AS $$ select a from t tablesample system (a) where ctid is not null $$

-- a cast to the type that the column has is none, in a key of an index
CREATE TABLE t (a text, b varchar(20), c varchar, d integer, e numeric(5,2))
CREATE INDEX i1 ON t (((a)::text))
CREATE INDEX i2 ON t ((b::varchar(20)))
CREATE INDEX i3 ON t ((b::varchar))
CREATE INDEX i4 ON t ((b::text))
CREATE INDEX i5 ON t ((d::int4), (e::numeric(5,2)), (e::numeric))
CREATE INDEX ON t ((a::text))
CREATE INDEX ON t ((a::varchar))
CREATE UNIQUE INDEX u ON t ((d::integer))
ALTER TABLE t ADD PRIMARY KEY USING INDEX u
ALTER TABLE t ALTER COLUMN a TYPE varchar(9)
ALTER TABLE t RENAME COLUMN d TO f

-- a materialized view of several unions
CREATE TABLE t (a text, j text)
CREATE MATERIALIZED VIEW m AS SELECT t.a, j AS f FROM t WHERE j IS NOT NULL GROUP BY t.a, j UNION SELECT t.a, 'y' AS f FROM t UNION SELECT t.a, 'z' AS f FROM t
CREATE VIEW v AS SELECT t.a, j AS f FROM t WHERE j IS NOT NULL GROUP BY t.a, j UNION SELECT t.a, 'y' AS f FROM t UNION SELECT t.a, 'z' AS f FROM t
CREATE MATERIALIZED VIEW n (x, y) AS (SELECT a, j FROM t UNION SELECT j, a FROM t) EXCEPT SELECT a, a FROM t

-- INSERT in a standard body without a list: the columns that its query has, stars and unions included
CREATE TABLE u (x integer, y text, z integer)
CREATE TABLE t (a integer, b text, c integer, d integer)
CREATE FUNCTION f1() RETURNS void BEGIN ATOMIC INSERT INTO t SELECT * FROM u; END
CREATE FUNCTION f2() RETURNS void BEGIN ATOMIC INSERT INTO t SELECT x, y FROM u UNION SELECT z, y FROM u; END
CREATE FUNCTION f3() RETURNS void BEGIN ATOMIC INSERT INTO t SELECT q.*, 1 FROM u q; END
CREATE FUNCTION f4() RETURNS void BEGIN ATOMIC INSERT INTO t DEFAULT VALUES; END
CREATE FUNCTION f5() RETURNS void BEGIN ATOMIC INSERT INTO t VALUES (1, 'x'), (2, 'y'); END
ALTER TABLE u ADD COLUMN w integer
! ALTER TABLE t DROP COLUMN d
DROP FUNCTION f3
ALTER TABLE t DROP COLUMN d
! ALTER TABLE t DROP COLUMN c
DROP FUNCTION f1
ALTER TABLE t DROP COLUMN c
ALTER TABLE t DROP COLUMN b CASCADE
! DROP FUNCTION f2
! DROP FUNCTION f5
DROP FUNCTION f4

-- what a function of SQL cannot return
! CREATE FUNCTION f() RETURNS trigger LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS event_trigger LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS cstring LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS internal LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS language_handler LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS fdw_handler LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS tsm_handler LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS index_am_handler LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS table_am_handler LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS unknown LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS pg_ddl_command LANGUAGE sql AS 'SELECT 1'
! CREATE FUNCTION f() RETURNS cstring[] LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'SELECT 1'
CREATE FUNCTION g() RETURNS record LANGUAGE sql AS 'SELECT 1, 2'

-- what MERGE and ON CONFLICT name, set and test
CREATE TABLE t (a integer PRIMARY KEY, b text)
CREATE TABLE s (x integer, y text)
! MERGE INTO t USING s ON a = zz WHEN MATCHED THEN DO NOTHING
! MERGE INTO t USING s ON t.zz = x WHEN MATCHED THEN DO NOTHING
MERGE INTO t USING s ON x WHEN MATCHED THEN DO NOTHING
! MERGE INTO t USING s ON a = y WHEN MATCHED THEN DO NOTHING
! MERGE INTO t USING s ON a = x WHEN MATCHED AND zz THEN DO NOTHING
! MERGE INTO t USING s ON a = x WHEN MATCHED AND b THEN DO NOTHING
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED AND b = 'x' THEN DO NOTHING
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED AND t.b = 'x' THEN DO NOTHING
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED THEN INSERT VALUES (zz)
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED THEN INSERT VALUES (b)
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED THEN INSERT (a, zz) VALUES (x, y)
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED THEN INSERT (a, a) VALUES (x, y)
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED THEN INSERT (a, b) VALUES (x)
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED THEN INSERT (a) VALUES (x, y)
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED THEN INSERT VALUES (x, y, 1)
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED THEN INSERT VALUES (y, x)
! MERGE INTO t USING s ON a = x WHEN MATCHED THEN UPDATE SET zz = 1
! MERGE INTO t USING s ON a = x WHEN MATCHED THEN UPDATE SET b = zz
! MERGE INTO t USING s ON a = x WHEN MATCHED THEN UPDATE SET a = y
! MERGE INTO t USING s ON a = x WHEN MATCHED THEN UPDATE SET b = 1, b = 2
! MERGE INTO t USING s ON a = x WHEN MATCHED THEN UPDATE SET b = b + 1
! MERGE INTO t AS q USING (SELECT x AS a, y FROM s) AS z ON q.a = z.a WHEN MATCHED AND q.y = 'x' THEN DELETE
! MERGE INTO t AS q USING (SELECT x AS a, y FROM s) AS z ON q.a = z.a WHEN MATCHED AND a = 1 THEN DELETE
MERGE INTO t AS q USING (SELECT x AS a, y FROM s) AS z ON q.a = z.a WHEN NOT MATCHED THEN INSERT VALUES (a)
! MERGE INTO t AS q USING nix AS z ON q.a = z.a WHEN NOT MATCHED THEN INSERT VALUES (a)
! MERGE INTO t USING s ON a = x WHEN MATCHED THEN DO NOTHING WHEN MATCHED THEN DELETE
! INSERT INTO t VALUES (1, 'a') ON CONFLICT (zz) DO NOTHING
! INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET b = excluded.zz
! INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET b = zz
! INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET zz = 1
! INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET a = excluded.b
! INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET b = 'x' WHERE t.zz = 1
! INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET b = 'x' WHERE b
! INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) WHERE zz DO NOTHING
! INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET b = 'x' WHERE b = 'c'

-- 17: what MERGE returns, and does to rows that nothing matches
CREATE TABLE t (a integer PRIMARY KEY, b text)
CREATE TABLE s (x integer, y text)
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED BY SOURCE THEN UPDATE SET b = y
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED BY SOURCE AND y = 'x' THEN DELETE
! MERGE INTO t USING s ON a = x WHEN MATCHED THEN DELETE RETURNING zz
MERGE INTO t USING s ON a = x WHEN MATCHED THEN DELETE RETURNING *
! MERGE INTO t AS q USING (SELECT x AS a, y FROM s WHERE q) AS z ON q.a = z.a WHEN MATCHED THEN DELETE RETURNING *

-- a name that two tables have, and what a query in FROM does not see
CREATE TABLE t (a integer PRIMARY KEY, b text)
CREATE TABLE s (x integer, y text)
CREATE TABLE u (a integer, z text)
! MERGE INTO t AS q USING (SELECT x AS a, y FROM s WHERE q) AS z ON q.a = z.a WHEN MATCHED THEN DELETE
! MERGE INTO t USING s ON a = x WHEN NOT MATCHED AND t.b = 'x' THEN DO NOTHING
! INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET b = excluded.zz
! INSERT INTO t AS k VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET b = excluded.b || k.b WHERE t.a > 1
INSERT INTO t AS k VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET (a, b) = (excluded.a, excluded.b)
INSERT INTO t AS k VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET (a, b) = (SELECT 1, 'x')
! INSERT INTO t AS k VALUES (1, 'a') ON CONFLICT (lower(zz)) DO NOTHING
! SELECT a FROM t, u
SELECT a FROM t JOIN u USING (a)
SELECT a FROM t NATURAL JOIN u
SELECT t.a FROM t JOIN u ON t.a = u.a
! SELECT t.a FROM t JOIN u ON a = u.a
SELECT b FROM t FULL JOIN u USING (a) LEFT JOIN s ON x = a
! SELECT z FROM t LEFT JOIN (u JOIN s ON x = u.a) ON t.a = u.a WHERE a = 1
SELECT 1 FROM t, LATERAL (SELECT * FROM u WHERE u.a = t.a) k WHERE k.a = 1
! SELECT 1 FROM t, (SELECT * FROM u WHERE u.a = t.a) k WHERE k.a = 1
! SELECT 1 FROM t, (SELECT * FROM u WHERE a = b) k WHERE k.a = 1
! SELECT (SELECT z FROM u WHERE a = b) FROM t
SELECT a FROM t ORDER BY a
UPDATE t SET b = z FROM u WHERE u.a = t.a
! UPDATE t SET b = z FROM u WHERE a = 1
! UPDATE t SET b = a FROM u WHERE u.a = t.a
! UPDATE t SET a = z FROM u WHERE u.a = t.a
! UPDATE t SET zz = 1 FROM u WHERE u.a = t.a
! DELETE FROM t USING u WHERE a = 1
! DELETE FROM t USING u WHERE t.a = u.a RETURNING a
DELETE FROM t USING u WHERE t.a = u.a RETURNING *
! WITH k AS (SELECT a FROM t, u) SELECT 1
! WITH k AS (UPDATE t SET b = zz RETURNING *) SELECT 1
! WITH k AS (UPDATE t SET a = b RETURNING *) SELECT 1
! WITH k AS (INSERT INTO t VALUES (1,  'x') ON CONFLICT (a) DO UPDATE SET b = excluded.q RETURNING *) SELECT 1
! SELECT x FROM s WHERE EXISTS (SELECT 1 FROM t, u WHERE a = x)
! SELECT x FROM s WHERE EXISTS (SELECT 1 FROM t WHERE a = nix.x)
! SELECT u.a FROM t
! CREATE VIEW v AS SELECT a FROM t, u
SELECT * FROM t CROSS JOIN LATERAL (SELECT z FROM u WHERE u.a = t.a UNION ALL SELECT b) k
SELECT t FROM t
! SELECT a FROM generate_series(1,  2) a, t
SELECT a FROM generate_series(1,  2) a, s
SELECT t.* FROM t, u WHERE t.a IN (SELECT a FROM u)
SELECT a FROM t UNION SELECT a FROM u ORDER BY a
SELECT a, (SELECT max(a) FROM u) FROM t
SELECT RANK() OVER (PARTITION BY a ORDER BY b) FROM t, s
! SELECT sum(a) FILTER (WHERE a > 1) FROM t, u

-- names and types of what a query reads
CREATE SCHEMA s1
CREATE TABLE t (a integer PRIMARY KEY, b text)
CREATE TYPE ct AS (p integer, q text)
CREATE TABLE c (k ct, v int[], j jsonb)
! DROP OPERATOR === (integer, integer)
DROP OPERATOR IF EXISTS === (integer, integer)
! DROP OPERATOR s1.=== (integer, integer)
! DROP OPERATOR nix.=== (integer, integer)
! DROP OPERATOR + (integer, text)
! SELECT 1 OPERATOR(s1.=) 1
! SELECT 1 OPERATOR(nix.=) 1
SELECT 1 OPERATOR(pg_catalog.=) 1
! SELECT 'x' COLLATE s1.own
! SELECT 'x' COLLATE nix.own
SELECT 'x' COLLATE "C"
SELECT 'x' COLLATE pg_catalog."C"
! CREATE TABLE u (a text COLLATE s1.own)
! CREATE TABLE u (a text COLLATE nix.own)
! CREATE INDEX ON t (b COLLATE s1.own)
! ALTER TABLE t ALTER b TYPE varchar COLLATE nix.own
! CREATE VIEW v AS SELECT a FROM t WHERE a OPERATOR(s1.=) 1
! CREATE VIEW v AS SELECT a FROM t WHERE a OPERATOR(nix.=) 1
! ALTER TABLE t ADD CHECK (a OPERATOR(s1.=) 1)
! CREATE INDEX ON t (a) WHERE a OPERATOR(s1.=) 1
! CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'select case when true then ''x'' else ''y'' end'
! CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'select b from t'
! CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT j->>'a' FROM c $$
! CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT a FROM t WHERE a = ANY(b) $$
! CREATE FUNCTION f(text[]) RETURNS integer LANGUAGE sql AS $$ SELECT a FROM t WHERE a = ANY($1) $$
! CREATE FUNCTION f(text[]) RETURNS SETOF integer LANGUAGE sql AS $$ SELECT unnest($1) $$
! CREATE FUNCTION f(x ct) RETURNS integer LANGUAGE sql AS $$ SELECT (x).zz $$
! CREATE FUNCTION f(x ct) RETURNS integer LANGUAGE sql AS $$ SELECT ($1).zz $$
! CREATE FUNCTION f(x ct) RETURNS integer LANGUAGE sql AS $$ SELECT ($1).q $$
! SELECT (k).zz FROM c
SELECT (k).p FROM c
! SELECT (c.k).zz FROM c
! CREATE VIEW v AS SELECT (k).zz FROM c
! SELECT v[1] + 'x'::text FROM c
! SELECT (j->>'a') + 1 FROM c
SELECT (j->>'a')::int + 1 FROM c
SELECT q FROM generate_series(1,2) AS g(q)
! SELECT zz FROM generate_series(1,2) AS g(q)
! SELECT g.zz FROM generate_series(1,2) AS g(q)
! SELECT g.q FROM generate_series(1,2) AS g(q, r)
! SELECT zz FROM json_to_recordset('[]') AS r(a integer, b text)
SELECT r.b FROM json_to_recordset('[]') AS r(a integer, b text)
SELECT value FROM json_each('{}')
! SELECT zz FROM json_each('{}')
! SELECT zz FROM jsonb_array_elements('[]') AS e
SELECT e FROM jsonb_array_elements('[]') AS e
! SELECT e.zz FROM jsonb_array_elements('[]') AS e
! SELECT zz FROM regexp_split_to_table('a,b', ',') AS r
! SELECT CASE WHEN a THEN 1 END FROM t
! SELECT CASE a WHEN 'x'::text THEN 1 END FROM t
! SELECT CASE WHEN a = 1 THEN b ELSE a END FROM t
! SELECT coalesce(a, b) FROM t
! SELECT greatest(a, b) FROM t
! SELECT nullif(a, b) FROM t
! SELECT a FROM t WHERE b BETWEEN 1 AND 2
! SELECT a IN (1, 'x'::text) FROM t
! SELECT a FROM t WHERE a IN (SELECT b FROM t)
! SELECT a FROM t WHERE (a, b) IN (SELECT 1, 2)
! SELECT a FROM t WHERE EXISTS (SELECT zz FROM c)
! SELECT a IS TRUE FROM t
! SELECT NOT a FROM t
! SELECT a AND true FROM t
! SELECT sum(b) FROM t
! SELECT lower(a) FROM t
! SELECT a || 1 FROM t
! SELECT b LIKE 1 FROM t
! SELECT ARRAY[a, b] FROM t
SELECT a, b, count(*) FROM t GROUP BY a
! VALUES (1, 'x'), (2)
! SELECT a FROM t ORDER BY zz
! SELECT a FROM t UNION SELECT b FROM t
! SELECT a FROM t UNION SELECT a, b FROM t
! SELECT zz.* FROM t
! SELECT t.*.zz FROM t
INSERT INTO t SELECT 1
! INSERT INTO t (a) SELECT 1, 2
! INSERT INTO t (a, b) SELECT a FROM t
! INSERT INTO t VALUES (1, 'x') RETURNING zz
! UPDATE t SET a = (SELECT b FROM t)
! UPDATE t SET a = DEFAULT WHERE zz = 1
! DELETE FROM t WHERE zz = 1
! TRUNCATE nix

-- operators and collations of a schema; what is compared with a query or an array, and assigned
CREATE SCHEMA s1
CREATE TABLE t (a integer PRIMARY KEY, b text)
CREATE TYPE ct AS (p integer, q text)
CREATE TABLE c (k ct, v int[], j jsonb)
CREATE COLLATION s1.mine FROM "C"
CREATE FUNCTION ff(integer,int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'select true'
CREATE OPERATOR s1.=== (LEFTARG=int, RIGHTARG=int, FUNCTION=ff)
! DROP OPERATOR + (integer, text)
! SELECT 1 OPERATOR(s1.=) 1
SELECT 1 OPERATOR(s1.===) 1
! SELECT 1 OPERATOR(nix.=) 1
SELECT 1 OPERATOR(pg_catalog.=) 1
! SELECT 'x' COLLATE s1.own
SELECT 'x' COLLATE s1.mine
! SELECT 'x' COLLATE nix.own
SELECT 'x' COLLATE pg_catalog."C"
! CREATE TABLE u (a text COLLATE s1.own)
CREATE TABLE u (a text COLLATE s1.mine)
! CREATE TABLE u (a text COLLATE nix.own)
! CREATE INDEX ON t (b COLLATE s1.own)
CREATE INDEX ON t (b COLLATE s1.mine)
CREATE INDEX ON t (b COLLATE pg_catalog."C")
! CREATE INDEX ON t ((b || 'x') COLLATE s1.own)
! ALTER TABLE t ALTER b TYPE varchar COLLATE nix.own
ALTER TABLE t ALTER b TYPE varchar COLLATE s1.mine
! CREATE DOMAIN d text COLLATE s1.own
CREATE DOMAIN d text COLLATE s1.mine
! CREATE VIEW v AS SELECT a FROM t WHERE a OPERATOR(s1.=) 1
! CREATE VIEW v AS SELECT a FROM t WHERE a OPERATOR(nix.=) 1
! ALTER TABLE t ADD CHECK (a OPERATOR(s1.=) 1)
! ALTER TABLE t ADD CHECK (b COLLATE s1.own > 'a')
ALTER TABLE t ADD CHECK (b COLLATE s1.mine > 'a')
ALTER TABLE t ADD CHECK (a OPERATOR(s1.===) 1)
! CREATE INDEX ON t (a) WHERE a OPERATOR(s1.=) 1
! CREATE TABLE users (id text, b integer, CONSTRAINT users_pkey FOREIGN KEY (b) REFERENCES t, PRIMARY KEY (id))
CREATE TABLE users (id text, b integer, CONSTRAINT users_pkey CHECK (b > 1), PRIMARY KEY (id))
! UPDATE c SET k = 1
UPDATE c SET k = ROW(1, 'x')
UPDATE c SET k = '(1,x)'
! INSERT INTO c (k) SELECT a FROM t
INSERT INTO c (k) SELECT null
! ALTER TABLE c ADD z ct DEFAULT 1
ALTER TABLE c ADD z ct DEFAULT '(1,x)'
SELECT a FROM t WHERE a IN (SELECT 1)
! SELECT a FROM t WHERE a IN (SELECT '1')
SELECT a FROM t WHERE b IN (SELECT 'x' UNION SELECT 'y')
! SELECT a FROM t WHERE a IN (SELECT null)
SELECT a FROM t WHERE a IN (SELECT count(*) FROM c)
SELECT a FROM t WHERE (a, b) IN (SELECT 1, 'x')
! SELECT a FROM t WHERE (a, b) IN (SELECT 1, 'x', 2)
SELECT a FROM t WHERE a > ALL (SELECT 1.5)
! SELECT a FROM t WHERE a = ANY (SELECT b FROM t)
SELECT a FROM t WHERE b = ANY ('{a,b}')
SELECT a FROM t WHERE b = ANY (ARRAY['a','b'])
! SELECT a FROM t WHERE a = ANY (ARRAY['a','b'])
SELECT a FROM t WHERE b = ANY (string_to_array('a,b', ','))
! SELECT a FROM t WHERE a = ANY (string_to_array('a,b', ','))
SELECT a FROM t WHERE b LIKE ANY (ARRAY['a','b'])
SELECT a FROM t WHERE b <> ALL (ARRAY['a','b'])
SELECT array_agg(a) || 1 FROM t
SELECT (SELECT count(*) FROM t) + 1
! SELECT (SELECT b FROM t) + 1
SELECT coalesce((SELECT max(a) FROM t), 0) + 1
! SELECT coalesce((SELECT max(b) FROM t), 0) + 1
SELECT jsonb_build_object('a', 1) || '{"b": 2}'::jsonb
SELECT j || '{"b": 2}' FROM c
SELECT j->'a' = '"x"' FROM c
! SELECT j->>'a' = 1 FROM c
SELECT (j->>'a')::int = 1 FROM c
SELECT (j #>> '{a}') = 'x' FROM c
SELECT j->>0 || 'x' FROM c
SELECT extract(epoch FROM now()) + 1
SELECT date_trunc('day', now()) = current_date
SELECT now()::date - current_date + 1
SELECT v[1] + 1 FROM c
SELECT v || 1 FROM c
SELECT array_length(v, 1) + 1 FROM c
! SELECT cardinality(v) = 'x'::text FROM c
SELECT CASE WHEN a = 1 THEN 'x' ELSE 'y' END || b FROM t
! SELECT CASE WHEN a = 1 THEN 'x' ELSE 'y' END + 1 FROM t
! INSERT INTO t (a) SELECT CASE WHEN true THEN 'x' ELSE 'y' END
INSERT INTO t (a) SELECT CASE WHEN true THEN 1 ELSE null END
! INSERT INTO t (a) SELECT coalesce(null, '1')
! INSERT INTO t (a) SELECT '1' UNION SELECT '2'
! UPDATE t SET a = (SELECT '1')
! UPDATE t SET a = (SELECT b FROM t LIMIT 1)
UPDATE t SET a = (SELECT count(*) FROM t)
! UPDATE t SET a = CASE WHEN b = 'x' THEN '1' ELSE '2' END
! UPDATE t SET a = x.n FROM (SELECT '1' AS n) x
UPDATE t SET a = x.n::int FROM (VALUES ('1'), ('2')) AS x(n)
! UPDATE t SET a = x.n FROM (VALUES ('1'), ('2')) AS x(n)
UPDATE t SET b = lower(b) || a
UPDATE t SET a = round(a / 2.0)
! UPDATE t SET a = now()
! UPDATE t SET b = format('%s', a), a = nextval('nix')
UPDATE c SET j = jsonb_set(j, '{a}', '1')
UPDATE c SET j = to_jsonb(1), v = ARRAY[1], k.p = 2
UPDATE c SET v = array_append(v, 1)
UPDATE c SET v = '{}'
UPDATE c SET v = ARRAY[]::int[]
UPDATE c SET j = '{}'::json
UPDATE c SET j = row_to_json(c)
UPDATE c SET j = (SELECT jsonb_agg(x) FROM t x)
UPDATE c SET v = (SELECT array_agg(a) FROM t)
UPDATE c SET v = array(SELECT a FROM t)
! UPDATE c SET v = array(SELECT b FROM t)

-- what an aggregate of the files gives
CREATE FUNCTION more(numeric[], numeric) RETURNS numeric[] LANGUAGE sql IMMUTABLE AS 'SELECT array_append($1, $2)'
CREATE FUNCTION last(numeric[]) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'
CREATE AGGREGATE median(numeric) (SFUNC = more, STYPE = numeric[], FINALFUNC = last, INITCOND = '{}')
CREATE AGGREGATE gathered(numeric) (SFUNC = more, STYPE = numeric[], INITCOND = '{}')
CREATE TABLE t (a numeric)
CREATE VIEW v AS SELECT median(a), gathered(a) FROM t
CREATE VIEW w AS SELECT gathered(a) OVER (PARTITION BY a) AS x FROM t

-- a field of a parameter, and what unnest() of arrays gives
CREATE TABLE t (a integer PRIMARY KEY, b text)
CREATE TYPE pair AS (p integer, q text)
CREATE TABLE c (k pair, v integer[], z pair[])
CREATE FUNCTION f1(x pair) RETURNS integer LANGUAGE sql AS $$ SELECT x.p $$
! CREATE FUNCTION f2(x pair) RETURNS integer LANGUAGE sql AS $$ SELECT x.zz $$
CREATE FUNCTION f3(x pair) RETURNS SETOF pair LANGUAGE sql AS $$ SELECT x.* $$
! CREATE FUNCTION f4(x t) RETURNS integer LANGUAGE sql AS $$ SELECT x.zz $$
! CREATE FUNCTION f5(x integer) RETURNS integer LANGUAGE sql AS $$ SELECT x.zz $$
CREATE FUNCTION f6(x integer) RETURNS integer LANGUAGE sql AS $$ SELECT f6.x $$
SELECT x, n FROM unnest(ARRAY[1, 2]) WITH ORDINALITY AS u (x, n)
! SELECT zz FROM unnest(ARRAY[1, 2]) WITH ORDINALITY AS u (x, n)
! SELECT e FROM t, unnest(string_to_array(b, ',')) AS e WHERE e = 1
SELECT q FROM c, unnest(z)
! SELECT e.zz FROM unnest(ARRAY[1, 2], ARRAY['a', 'b']) AS e (x, y)
! INSERT INTO t SELECT e, 'x' FROM unnest(ARRAY['1', '2']) AS e
! UPDATE t SET a = e.y FROM unnest(ARRAY[1, 2], ARRAY['a', 'b']) AS e (x, y) WHERE a = e.x
UPDATE t SET b = e.y FROM unnest(ARRAY[1, 2], ARRAY['a', 'b']) AS e (x, y) WHERE a = e.x

-- a table without a key references itself; typed tables keep the names of constraints
CREATE TABLE t (a integer, b text)
! ALTER TABLE t ADD COLUMN c varchar DEFAULT 'x' CHECK (c LIKE 'a%') REFERENCES t, ALTER a SET NOT NULL
CREATE TYPE whole AS (x integer)
CREATE TABLE typed OF whole (PRIMARY KEY (x))
! ALTER TABLE typed RENAME CONSTRAINT typed_pkey TO k
! ALTER TABLE typed RENAME COLUMN x TO y

-- a function of a view whose name needs quotes, made again behind it
CREATE TABLE t (a integer)
CREATE VIEW "état" AS SELECT count(*) AS n FROM t q
CREATE FUNCTION f(a integer, b "état") RETURNS SETOF "état" LANGUAGE sql AS $$ SELECT q.* FROM "état" q $$
ALTER TABLE t ADD COLUMN "select" varchar
CREATE OR REPLACE VIEW "état" AS SELECT count(*) AS n FROM t q WHERE "select" ~ '^x' OR "select" IS NULL

-- 18: a NOT NULL that is not valid will do for the replica identity
CREATE TABLE t (a integer, b bigint DEFAULT -1, UNIQUE (b))
! ALTER TABLE t REPLICA IDENTITY USING INDEX t_b_key
ALTER TABLE t ADD NOT NULL b NOT VALID
ALTER TABLE t REPLICA IDENTITY USING INDEX t_b_key

-- a key with the collation of its column is made anew with that of the new type
CREATE TABLE t (a text COLLATE "C", b text)
CREATE INDEX t_a ON t (a COLLATE "C")
CREATE INDEX t_posix ON t (a COLLATE "POSIX")
CREATE INDEX t_b ON t (b COLLATE "C")
ALTER TABLE t ALTER COLUMN a TYPE varchar
DROP INDEX t_posix
ALTER TABLE t ALTER COLUMN a TYPE integer USING NULL
! ALTER TABLE t ALTER COLUMN b TYPE integer USING NULL

-- what a join, a sequence, USING (...) AS and GROUP BY offer
CREATE TABLE t (a integer PRIMARY KEY, b text)
SELECT ii, kk FROM (t CROSS JOIN t AS u) AS tx (ii, jj, kk)
! SELECT ii, zz FROM (t CROSS JOIN t AS u) AS tx (ii, jj, kk)
SELECT * FROM t JOIN t AS u USING (a) AS j WHERE j.a = 1
! SELECT * FROM t JOIN t AS u USING (a) AS j WHERE j.b = 'x'
SELECT ss2.* FROM t LEFT JOIN t AS u ON u.a = t.a, LATERAL (SELECT u.b, v.a FROM t AS v) AS ss1, LATERAL (SELECT ss1.* FROM t AS w) AS ss2
CREATE SEQUENCE s
SELECT last_value, log_cnt, is_called FROM s
CREATE VIEW v AS SELECT s.last_value, s.is_called FROM s
SELECT a AS k, count(*) FROM t GROUP BY ROLLUP (k)
! SELECT a AS k, count(*) FROM t GROUP BY ROLLUP (k), zz
SELECT public.t.a FROM t
! SELECT * FROM t AS x, t AS x
! WITH x (a, b) AS (SELECT 1) SELECT a FROM x
EXPLAIN WITH x AS (SELECT 'x' AS k) MERGE INTO t USING (SELECT 1 AS m) AS o ON t.a = o.m WHEN MATCHED THEN UPDATE SET b = (SELECT k FROM x)
CREATE RULE r AS ON DELETE TO t DO INSTEAD WITH w AS (SELECT 1 AS n) INSERT INTO t SELECT n, 'x' FROM w

-- the names of sequences in literals are folded; a partition goes with its table; tableoid has privileges
CREATE TABLE MixedCase (id serial PRIMARY KEY)
SELECT nextval('MixedCase_id_seq')
CREATE TABLE "Quoted" (id serial)
! SELECT nextval('Quoted_id_seq')
SELECT nextval('"Quoted_id_seq"')
CREATE TABLE p (a integer REFERENCES mixedcase) PARTITION BY LIST (a)
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)
! DROP TABLE mixedcase
DROP TABLE mixedcase, p
CREATE TABLE t (a integer)
GRANT SELECT (a, tableoid) ON t TO PUBLIC

-- declarations that contradict each other, and names for more columns than there are
! CREATE TABLE t (id integer NULL NOT NULL)
! CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY NULL)
! CREATE TABLE t (id serial NULL)
CREATE TABLE t (a integer, b text)
! CREATE TABLE n (x, y, z) AS SELECT * FROM t
! CREATE MATERIALIZED VIEW n (x, y, z) AS SELECT * FROM t
! CREATE VIEW n (x, y, z) AS SELECT * FROM t
! CREATE TABLE n OF t

-- a name of WITH holds behind its own query only, unless it is RECURSIVE
CREATE TABLE moves (a integer, seq integer)
CREATE TABLE t (a integer PRIMARY KEY, b text)
WITH moves AS (SELECT a FROM moves ORDER BY seq) SELECT * FROM moves
WITH x AS (SELECT * FROM moves), moves AS (SELECT m.* FROM x JOIN LATERAL (SELECT * FROM moves s WHERE s.seq = x.seq) m ON true) SELECT a FROM moves
! WITH moves AS (SELECT a FROM moves) SELECT seq FROM moves
WITH RECURSIVE moves (a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM moves WHERE a < 5) SELECT a FROM moves
! WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a
WITH k AS (SELECT a FROM moves) INSERT INTO t SELECT a, 'x' FROM k ON CONFLICT (a) DO UPDATE SET b = (SELECT a::text FROM k LIMIT 1)
WITH k AS (SELECT a AS n FROM moves) MERGE INTO t USING k ON k.n = t.a WHEN MATCHED THEN UPDATE SET b = (SELECT n::text FROM k LIMIT 1)
! WITH q AS (SELECT 1 AS o) SELECT * FROM moves WHERE a IN (WITH z AS (SELECT o FROM q) SELECT zz FROM z)

-- foreign keys of partitions and of their whole go with the key that they point at
CREATE TABLE pkey (a integer PRIMARY KEY)
CREATE TABLE whole (a integer) PARTITION BY LIST (a)
CREATE TABLE part_1 PARTITION OF whole (FOREIGN KEY (a) REFERENCES pkey) FOR VALUES IN (1)
CREATE TABLE part_23 PARTITION OF whole (FOREIGN KEY (a) REFERENCES pkey) FOR VALUES IN (2, 3) PARTITION BY LIST (a)
CREATE TABLE part_2 PARTITION OF part_23 FOR VALUES IN (2)
ALTER TABLE whole ADD FOREIGN KEY (a) REFERENCES pkey
ALTER TABLE pkey DROP CONSTRAINT pkey_pkey CASCADE

-- a range type that was renamed beside a function that has its name
CREATE TYPE "état" AS RANGE (subtype = integer)
ALTER TYPE "état" RENAME TO audit
CREATE TABLE "état" (id integer)
CREATE FUNCTION audit(a integer, b integer, OUT x integer) LANGUAGE sql BEGIN ATOMIC DELETE FROM "état" WHERE id IS NOT NULL RETURNING id; END

-- a constraint of a partition takes the index that is part of one of the whole
CREATE TABLE orders (a integer NOT NULL, b text, c date) PARTITION BY RANGE (a, b)
CREATE UNIQUE INDEX ON orders (a, b)
CREATE TABLE t1 PARTITION OF orders FOR VALUES FROM (1, 'a') TO (2, 'b')
ALTER TABLE t1 ADD UNIQUE USING INDEX t1_a_b_idx

-- 17: a generated column cannot inherit from a plain one
CREATE TABLE p (a integer)
CREATE TABLE c (a integer GENERATED ALWAYS AS (1) STORED)
! ALTER TABLE c INHERIT p

-- to 15: a generated column inherits from a plain one
CREATE TABLE p (a integer)
CREATE TABLE c (a integer GENERATED ALWAYS AS (1) STORED)
ALTER TABLE c INHERIT p

-- what is changed is never a name of WITH
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text)
CREATE TABLE u (t_id integer, zz integer)
WITH t AS (SELECT 1 AS zz) MERGE INTO t USING u ON t.id = u.t_id WHEN MATCHED THEN UPDATE SET a = u.t_id
WITH t AS (SELECT 1 AS zz) UPDATE t SET a = zz FROM t AS q
WITH a AS (SELECT 1 AS x), t AS (SELECT x FROM a) UPDATE t SET a = 2 WHERE b = 'x'
WITH t AS (SELECT 1 AS zz) DELETE FROM t WHERE id = 1
WITH t AS (SELECT 1 AS zz) INSERT INTO t (id) SELECT zz FROM t
WITH t AS (SELECT 1 AS zz) INSERT INTO t (id) SELECT t.zz FROM t ON CONFLICT (id) DO UPDATE SET a = t.a
! WITH t AS (SELECT 1 AS zz) INSERT INTO t (id) SELECT t.yy FROM t ON CONFLICT (id) DO UPDATE SET a = t.a
SELECT * FROM t WHERE ROW(t.*) IN (SELECT * FROM t)
SELECT * FROM u WHERE ROW(t_id, u.*) IN (SELECT 1, * FROM u)
! DELETE FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.t_id = t.zz)

-- of max(uuid, uuid) beside the server's max(): what they are given tells which is meant
CREATE FUNCTION max(uuid, uuid) RETURNS uuid LANGUAGE sql AS 'SELECT $1'
CREATE AGGREGATE max(uuid) (sfunc = max, stype = uuid)
CREATE TABLE t (id serial PRIMARY KEY, u uuid)
SELECT setval('t_id_seq', (SELECT COALESCE((SELECT max(id) FROM t), 1)))
! SELECT COALESCE((SELECT max(id) FROM t), u) FROM t
CREATE FUNCTION round(a double precision, b integer) RETURNS double precision LANGUAGE sql AS 'SELECT $1'
SELECT COALESCE(round(1.5::double precision, 2), 1.5::double precision) || 'x'
CREATE TABLE n (a numeric)
INSERT INTO n SELECT round(1.5::numeric, 2)

-- all columns of what gives its own by COLUMNS
CREATE TABLE x (id integer PRIMARY KEY, d xml)
CREATE MATERIALIZED VIEW v AS WITH q AS (SELECT id AS f, y.* FROM x, xmltable('//a' PASSING d COLUMNS a integer PATH '@a' NOT NULL, b text PATH '@b') AS y UNION ALL SELECT id AS f, z.* FROM x, xmltable('//a' PASSING d COLUMNS a integer PATH '@a', b text PATH '@b') AS z) SELECT row_number() OVER () AS id, q.* FROM q WITH NO DATA
CREATE UNIQUE INDEX v_i ON v (f, a, b)
COMMENT ON COLUMN v.a IS 'x'
CREATE VIEW w AS SELECT y.*, x.id AS f FROM x, xmltable('//a' PASSING d COLUMNS n FOR ORDINALITY, c numeric(6, 2) PATH '@a') AS y
! SELECT n, zz FROM v, xmltable('//a' PASSING ('<a/>'::xml) COLUMNS n FOR ORDINALITY)
! SELECT y.zz FROM xmltable('//a' PASSING ('<a/>'::xml) COLUMNS n FOR ORDINALITY) AS y
SELECT id FROM x TABLESAMPLE system (10) WHERE id > 1
! SELECT zz FROM x AS s TABLESAMPLE system (10)

-- 17: what JSON_TABLE gives
CREATE TABLE x (id integer PRIMARY KEY, d jsonb)
CREATE VIEW v AS SELECT x.id, j.* FROM x, json_table(d, '$.a[*]' COLUMNS (n FOR ORDINALITY, a text PATH '$.a', NESTED PATH '$.b[*]' COLUMNS (b integer PATH '$', NESTED PATH '$.c[*]' COLUMNS (c date PATH '$')), e boolean EXISTS PATH '$.e', f jsonb PATH '$.f')) AS j
COMMENT ON COLUMN v.b IS 'x'
! COMMENT ON COLUMN v.zz IS 'x'
SELECT json_table.a FROM x, json_table(d, '$.a[*]' COLUMNS (a text PATH '$.a'))
! SELECT zz FROM x, json_table(d, '$.a[*]' COLUMNS (a text PATH '$.a'))

-- what a rule does is analysed when the rule is made: old and new are tables there, and their columns have no other names
CREATE TABLE t (a integer, b text, c date)
CREATE TABLE log (a integer, b text, w timestamptz DEFAULT now())
CREATE RULE r1 AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.a, new.b)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (a)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (t)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (t.a)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.zz)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.b)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.a, new.b, now(), 4)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log (a, b) VALUES (new.a)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log (a, zz) VALUES (new.a, 1)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log (a, a) VALUES (new.a, 1)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO nowhere VALUES (new.a)
CREATE RULE r2 AS ON INSERT TO t DO ALSO UPDATE log SET a = a + 1, b = new.b WHERE a = new.a AND new.c IS NULL
! CREATE RULE r AS ON INSERT TO t DO ALSO UPDATE log SET a = new.b
! CREATE RULE r AS ON INSERT TO t DO ALSO UPDATE log SET zz = new.b
! CREATE RULE r AS ON INSERT TO t DO ALSO UPDATE log SET a = 1 WHERE c IS NULL
! CREATE RULE r AS ON INSERT TO t DO ALSO UPDATE log SET a = 1 WHERE new.b = 1
! CREATE RULE r AS ON INSERT TO t DO ALSO UPDATE log SET a = 1 WHERE new.a
CREATE RULE r3 AS ON DELETE TO t DO ALSO DELETE FROM log USING t WHERE log.a = t.a AND t.c = old.c
! CREATE RULE r AS ON DELETE TO t DO ALSO DELETE FROM log WHERE a = t.a
CREATE RULE r4 AS ON DELETE TO t DO ALSO DELETE FROM log WHERE a IN (SELECT a FROM t WHERE t.c = old.c) OR b IN (SELECT old.b)
! CREATE RULE r AS ON DELETE TO t DO ALSO DELETE FROM log WHERE a IN (SELECT zz FROM t WHERE t.c = old.c)
! CREATE RULE r AS ON DELETE TO t DO ALSO (INSERT INTO log (a) SELECT old.a FROM log; NOTIFY gone; SELECT zz FROM log)
CREATE RULE r5 AS ON DELETE TO t DO ALSO (INSERT INTO log (a) SELECT old.a FROM log; NOTIFY gone; SELECT b FROM log)
CREATE RULE r6 AS ON DELETE TO t DO ALSO SELECT (old).a, old, old.ctid, row_to_json(old), x FROM log, (SELECT old.a AS x) q ORDER BY old.b
! CREATE RULE r AS ON DELETE TO t DO ALSO SELECT nowhere(old.a)
CREATE RULE r7 AS ON DELETE TO t DO ALSO SELECT 1 FROM log WHERE EXISTS (SELECT 1 FROM log AS new WHERE new.w = old.c)
! CREATE RULE r AS ON DELETE TO t DO ALSO SELECT 1 FROM log WHERE EXISTS (SELECT 1 FROM log AS new WHERE new.c = old.c)

-- the WHERE of a rule sees the rows that its event has, under their names and without one
CREATE TABLE t (a integer, b text)
CREATE TABLE log (a integer)
CREATE RULE r1 AS ON INSERT TO t WHERE a > 1 AND new.b = b DO ALSO NOTHING
CREATE RULE r2 AS ON DELETE TO t WHERE a > 1 AND EXISTS (SELECT 1 FROM log WHERE log.a = old.a AND b = 'x') DO ALSO NOTHING
CREATE RULE r3 AS ON UPDATE TO t WHERE new.* IS DISTINCT FROM old.* DO ALSO NOTHING
CREATE RULE r4 AS ON UPDATE TO t WHERE new IS DISTINCT FROM old AND old.ctid IS NOT NULL DO ALSO NOTHING
! CREATE RULE r AS ON UPDATE TO t WHERE a > 1 DO ALSO NOTHING
! CREATE RULE r AS ON UPDATE TO t WHERE old.a DO ALSO NOTHING
! CREATE RULE r AS ON UPDATE TO t WHERE old.a = new.b DO ALSO NOTHING
! CREATE RULE r AS ON UPDATE TO t WHERE old.zz = 1 DO ALSO NOTHING
! CREATE RULE r AS ON DELETE TO t WHERE t.a > 1 DO ALSO NOTHING
! CREATE RULE r AS ON DELETE TO t WHERE log.a > 1 DO ALSO NOTHING
! CREATE RULE r AS ON DELETE TO t WHERE EXISTS (SELECT 1 FROM log WHERE log.zz = old.a) DO ALSO NOTHING
! CREATE RULE r AS ON DELETE TO t WHERE EXISTS (SELECT 1 FROM nowhere) DO ALSO NOTHING
! CREATE RULE r AS ON DELETE TO t WHERE nowhere(old.a) DO ALSO NOTHING

-- what a rule changes is not rewritten before it runs, and RETURNING and ON CONFLICT of INSERT have rows of their own
CREATE TABLE t (a integer, b text)
CREATE VIEW v AS SELECT a, b FROM t
CREATE TABLE k (id integer PRIMARY KEY, v text NOT NULL, g integer GENERATED ALWAYS AS (1) STORED, i integer GENERATED ALWAYS AS IDENTITY)
CREATE RULE r1 AS ON INSERT TO t DO ALSO INSERT INTO k (id, v, g, i) VALUES (new.a, NULL, 3, 3)
CREATE RULE r2 AS ON INSERT TO t DO ALSO UPDATE k SET g = new.a
CREATE RULE r3 AS ON INSERT TO t DO ALSO INSERT INTO k (id, v) VALUES (new.a, new.b) ON CONFLICT (v) DO NOTHING
CREATE RULE r4 AS ON INSERT TO t DO ALSO INSERT INTO k (id, v) VALUES (new.a, new.b) ON CONFLICT (id) DO UPDATE SET v = k.v || excluded.v
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO k (id, v) VALUES (new.a, new.b) ON CONFLICT (id) DO UPDATE SET v = excluded.zz
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO k (id, v) VALUES (new.a, new.b) ON CONFLICT (zz) DO NOTHING
CREATE RULE i AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (new.a, new.b) RETURNING a, t.b
CREATE RULE u AS ON UPDATE TO v DO INSTEAD UPDATE t SET a = new.a, b = new.b WHERE a = old.a RETURNING new.a, old.b
CREATE RULE d AS ON DELETE TO v DO INSTEAD DELETE FROM t WHERE a = old.a RETURNING old.*
! CREATE RULE r AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (new.a, new.b) RETURNING zz, b
! CREATE RULE r AS ON UPDATE TO v DO INSTEAD UPDATE t SET a = new.a WHERE a = old.a RETURNING new.c, old.b
! CREATE RULE r AS ON DELETE TO v DO INSTEAD DELETE FROM t WHERE a = old.a AND a = old.c

-- what WITH calls so is no table in what stands beside it in WITH
CREATE TABLE t (a integer, b text)
CREATE TABLE w (zz integer)
WITH w AS (SELECT 1 AS q), y AS (DELETE FROM t USING w WHERE t.a = w.q RETURNING t.a) SELECT a FROM y
WITH w AS (SELECT 1 AS q), y AS (INSERT INTO t SELECT q FROM w RETURNING a) SELECT a FROM y
WITH w AS (SELECT 1 AS q), y AS (UPDATE t SET a = q FROM w RETURNING t.a) INSERT INTO w SELECT a FROM y
CREATE RULE r AS ON INSERT TO t DO ALSO WITH w AS (SELECT 1 AS q), y AS (DELETE FROM t USING w WHERE t.a = w.q RETURNING t.a) INSERT INTO w SELECT a FROM y
! WITH y AS (DELETE FROM t USING w WHERE t.a = w.q RETURNING t.a) SELECT a FROM y
! WITH w AS (SELECT 1 AS q), y AS (DELETE FROM t USING w WHERE t.a = w.zz RETURNING t.a) SELECT a FROM y

-- what the words of a rule alone forbid
CREATE TABLE t (a integer, b text)
CREATE TABLE log (a integer, b text)
CREATE TABLE new (id integer, extra text)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.a, old.b)
! CREATE RULE r AS ON INSERT TO t WHERE old.a > 1 DO ALSO NOTHING
! CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log (a) SELECT a FROM log WHERE EXISTS (SELECT 1 FROM t WHERE t.a = new.a)
! CREATE RULE r AS ON DELETE TO t WHERE new.a > 1 DO ALSO NOTHING
CREATE RULE r1 AS ON DELETE TO t DO ALSO INSERT INTO log (a) SELECT a FROM log WHERE EXISTS (SELECT 1 FROM t AS new WHERE new.a = old.a)
CREATE RULE r2 AS ON DELETE TO t DO ALSO SELECT 1 FROM log WHERE a IN (SELECT new.id FROM new)
! CREATE RULE r AS ON DELETE TO t DO ALSO SELECT id FROM new
! CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log (a) SELECT 1 FROM log JOIN t AS old ON true
! CREATE RULE r AS ON DELETE TO t DO ALSO DELETE FROM log USING new
CREATE RULE r3 AS ON DELETE TO t DO ALSO (INSERT INTO new VALUES (old.a, old.b); SELECT extra FROM (SELECT new.extra FROM new) q; SELECT 1 FROM (log JOIN new ON true) AS j)
! CREATE RULE r AS ON INSERT TO t DO ALSO SELECT 1 FROM log JOIN t ON log.a = new.a
! CREATE RULE r AS ON INSERT TO t DO ALSO UPDATE log SET b = 'x' FROM log l JOIN t ON EXISTS (SELECT 1 FROM log WHERE log.a = new.a)
CREATE RULE r4 AS ON INSERT TO t DO ALSO SELECT x FROM (SELECT l.a AS x FROM log l JOIN t ON l.a = new.a) q JOIN LATERAL (SELECT new.b) p ON true
! CREATE RULE r AS ON INSERT TO t DO ALSO SELECT new.a UNION SELECT 1
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log (a) SELECT 1 EXCEPT SELECT a FROM log WHERE a = new.a
CREATE RULE r5 AS ON INSERT TO t DO ALSO INSERT INTO log (a) SELECT * FROM (SELECT new.a UNION SELECT 1) AS q
! CREATE RULE r AS ON INSERT TO t DO ALSO WITH w AS (SELECT new.a) INSERT INTO log (a) SELECT a FROM w
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log (a) WITH w AS (SELECT new.a) SELECT a FROM w
! CREATE RULE r AS ON UPDATE TO t DO ALSO WITH w AS (SELECT old.a) UPDATE log SET a = 1 FROM w
CREATE RULE r6 AS ON INSERT TO t DO ALSO INSERT INTO log (a) SELECT (WITH w AS (SELECT new.a) SELECT a FROM w)
! CREATE RULE r AS ON DELETE TO t WHERE old.a = 1 DO ALSO NOTIFY gone
! CREATE RULE r AS ON DELETE TO t WHERE old.a = 1 DO ALSO SELECT 1 UNION SELECT 2
! CREATE RULE r AS ON DELETE TO t WHERE old.a = 1 DO ALSO INSERT INTO log (a) SELECT 1 UNION SELECT 2
CREATE RULE r7 AS ON DELETE TO t DO ALSO (NOTIFY gone; SELECT 1 UNION SELECT 2; INSERT INTO log (a) SELECT 1 UNION SELECT 2)
CREATE TABLE k (id integer PRIMARY KEY, v text)
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO k VALUES (new.a, new.b) ON CONFLICT (id) DO UPDATE SET v = new.b
! CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO k VALUES (new.a, new.b) ON CONFLICT (id) DO UPDATE SET v = excluded.v WHERE k.v = new.b
CREATE RULE r8 AS ON INSERT TO t DO ALSO INSERT INTO k VALUES (new.a, new.b) ON CONFLICT (id) DO UPDATE SET v = excluded.v WHERE k.v = 'x'
ALTER TABLE new ADD PRIMARY KEY (id)
CREATE RULE r9 AS ON INSERT TO t DO ALSO INSERT INTO new VALUES (new.a, new.b) ON CONFLICT (id) DO UPDATE SET extra = new.extra

-- which rules may return rows, and which ones those of a view are
CREATE TABLE t (a integer, b text)
CREATE TABLE log (a integer, b text, c date)
CREATE VIEW v AS SELECT a, b FROM t
CREATE SEQUENCE s
CREATE MATERIALIZED VIEW m AS SELECT a FROM t
CREATE TABLE d (a integer, x integer, b text)
ALTER TABLE d DROP COLUMN x
! CREATE RULE r AS ON DELETE TO t DO ALSO DELETE FROM log RETURNING a, b
! CREATE RULE r AS ON DELETE TO t WHERE old.a = 1 DO INSTEAD DELETE FROM log RETURNING a, b
! CREATE RULE r AS ON DELETE TO t DO INSTEAD (DELETE FROM log RETURNING a, b; DELETE FROM log RETURNING a, b)
! CREATE RULE r AS ON DELETE TO t DO INSTEAD DELETE FROM log RETURNING a
! CREATE RULE r AS ON DELETE TO t DO INSTEAD DELETE FROM log RETURNING *
! CREATE RULE r AS ON DELETE TO t DO INSTEAD DELETE FROM log RETURNING b, a
! CREATE RULE r AS ON DELETE TO t DO INSTEAD DELETE FROM log RETURNING NULL, b
! CREATE RULE r AS ON DELETE TO t DO INSTEAD DELETE FROM log RETURNING a, c
CREATE RULE r1 AS ON DELETE TO t DO INSTEAD (DELETE FROM log; DELETE FROM log RETURNING a, b)
CREATE RULE r2 AS ON DELETE TO t DO INSTEAD DELETE FROM log RETURNING old.*
CREATE RULE r3 AS ON UPDATE TO t DO INSTEAD UPDATE log SET b = new.b RETURNING new.a, NULL
CREATE RULE r4 AS ON UPDATE TO t DO INSTEAD UPDATE log SET b = new.b RETURNING 1, (SELECT b FROM log LIMIT 1)
! CREATE RULE r AS ON DELETE TO d DO INSTEAD DELETE FROM log RETURNING a, b
! CREATE RULE r AS ON UPDATE TO v DO INSTEAD UPDATE log SET a = new.a RETURNING log.*
CREATE RULE r1 AS ON UPDATE TO v DO INSTEAD UPDATE log SET a = new.a RETURNING log.a, old.b
! CREATE RULE r AS ON SELECT TO t DO INSTEAD SELECT a, b FROM log
! CREATE RULE r AS ON SELECT TO v DO INSTEAD SELECT a, b FROM log
! CREATE RULE "_RETURN" AS ON SELECT TO v DO INSTEAD SELECT a, b FROM log
! CREATE OR REPLACE RULE r AS ON SELECT TO v DO INSTEAD SELECT a, b FROM log
! CREATE OR REPLACE RULE "_RETURN" AS ON SELECT TO v DO ALSO SELECT a, b FROM log
! CREATE OR REPLACE RULE "_RETURN" AS ON SELECT TO v DO INSTEAD NOTHING
! CREATE OR REPLACE RULE "_RETURN" AS ON SELECT TO v DO INSTEAD (SELECT a, b FROM log; SELECT a, b FROM log)
! CREATE OR REPLACE RULE "_RETURN" AS ON SELECT TO v WHERE true DO INSTEAD SELECT a, b FROM log
! CREATE OR REPLACE RULE "_RETURN" AS ON SELECT TO v DO INSTEAD SELECT old.a, old.b
! CREATE OR REPLACE RULE "_RETURN" AS ON SELECT TO v DO INSTEAD SELECT b AS a, b FROM log
! CREATE OR REPLACE RULE "_RETURN" AS ON SELECT TO v DO INSTEAD SELECT a FROM log
! CREATE RULE "_RETURN" AS ON INSERT TO v DO INSTEAD NOTHING
! CREATE RULE r AS ON INSERT TO s DO INSTEAD NOTHING
! CREATE RULE r AS ON INSERT TO m DO INSTEAD NOTHING

-- 17: a table cannot have a rule for SELECT
CREATE TABLE t (a integer)
! CREATE RULE "_RETURN" AS ON SELECT TO t DO INSTEAD SELECT 1 AS a

-- all columns of a row, put into a table
CREATE TABLE t (a integer, b text, c date)
CREATE TABLE log (LIKE t)
ALTER TABLE log ADD COLUMN at timestamptz DEFAULT now()
CREATE TABLE wrong (a text, b integer)
CREATE RULE r1 AS ON DELETE TO t DO ALSO INSERT INTO log VALUES (old.*)
CREATE RULE r2 AS ON DELETE TO t DO ALSO INSERT INTO log SELECT old.*, now()
CREATE RULE r3 AS ON DELETE TO t DO ALSO INSERT INTO log (a, b, c) SELECT old.* FROM log
! CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log (a, b) VALUES (old.*)
! CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log (a, b, c, at) SELECT old.*
! CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log SELECT old.*, now(), 1
! CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO wrong VALUES (old.*)
! CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log (at, b, c) SELECT old.*
! CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log SELECT now(), old.*
INSERT INTO log SELECT * FROM t
INSERT INTO log SELECT t.*, now() FROM t
! INSERT INTO t SELECT * FROM log
! INSERT INTO t (a, b) SELECT * FROM t
! INSERT INTO log (a, b, c, at) SELECT * FROM t
! INSERT INTO log VALUES (t.*)

-- aggregates, window functions and functions that give rows, where no query is
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text)
CREATE FUNCTION gives(integer) RETURNS SETOF integer LANGUAGE sql AS 'select 1'
CREATE FUNCTION row_gives(integer) RETURNS TABLE (y integer) LANGUAGE sql AS 'select 1'
CREATE FUNCTION fires() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'
CREATE AGGREGATE own(integer) (sfunc = int4pl, stype = integer)
! ALTER TABLE t ADD CHECK (sum(a) > 1)
! ALTER TABLE t ADD CHECK (row_number() OVER () > 1)
! ALTER TABLE t ADD CHECK (own(a) > 1)
! ALTER TABLE t ADD CHECK (gives(a) > 1)
! CREATE TABLE n (a integer CHECK (max(a) > 1))
! CREATE TABLE n (a integer DEFAULT max(1))
! CREATE TABLE n (a bigint DEFAULT rank() OVER ())
! CREATE TABLE n (a integer DEFAULT row_gives(2))
! ALTER TABLE t ALTER COLUMN a SET DEFAULT count(*)
! ALTER TABLE t ADD COLUMN z integer DEFAULT generate_series(1, 2)
! CREATE TABLE n (a integer, g bigint GENERATED ALWAYS AS (sum(a)) STORED)
! ALTER TABLE t ADD COLUMN g integer GENERATED ALWAYS AS (generate_series(1, a)) STORED
! CREATE INDEX ON t (max(a))
! CREATE INDEX ON t ((rank() OVER ()))
! CREATE INDEX ON t (a) WHERE max(a) > 1
! CREATE INDEX ON t (a) WHERE generate_series(1, a) > 1
! CREATE POLICY p ON t USING (count(*) > 1)
! CREATE POLICY p ON t WITH CHECK (gives(a) > 1)
! CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (max(NEW.a) > 1) EXECUTE FUNCTION fires()
! CREATE DOMAIN d AS integer CHECK (max(VALUE) > 1)
! CREATE DOMAIN d AS integer DEFAULT max(1)
! ALTER TABLE t ALTER COLUMN a TYPE bigint USING max(a)
! CREATE TABLE n (a integer) PARTITION BY RANGE (max(a))
CREATE DOMAIN d AS integer CHECK (VALUE > greatest(1, 2)) DEFAULT length('xxx')
! ALTER DOMAIN d SET DEFAULT max(3)
! ALTER DOMAIN d ADD CHECK (sum(VALUE) > 1)
CREATE TABLE n (a integer CHECK (a > greatest(1, 2)), b integer DEFAULT length('x'), g integer GENERATED ALWAYS AS (a + 1) STORED)
ALTER TABLE t ALTER COLUMN a TYPE bigint USING length(b)
CREATE POLICY p ON t USING (a > (SELECT max(id) FROM t) AND id IN (SELECT unnest(ARRAY[1, 2])))

-- aggregates and their like in queries
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c jsonb)
CREATE TABLE u (id integer PRIMARY KEY, t integer, x text)
CREATE FUNCTION gives(integer) RETURNS SETOF integer LANGUAGE sql AS 'select 1'
CREATE AGGREGATE own(integer) (sfunc = int4pl, stype = integer)
! SELECT a FROM t WHERE count(*) > 1
! CREATE VIEW v AS SELECT a FROM t WHERE own(a) > 1
! CREATE VIEW v AS SELECT a FROM t WHERE row_number() OVER () > 1
! SELECT a FROM t WHERE gives(1) = 1
! SELECT 1 FROM t JOIN u ON max(t.a) = u.id
! SELECT 1 FROM t GROUP BY count(*)
! SELECT sum(a) FROM t GROUP BY 1
! SELECT sum(a) AS s FROM t GROUP BY s
! SELECT b FROM t GROUP BY b HAVING row_number() OVER () = 1
! SELECT b FROM t GROUP BY b HAVING generate_series(1, 2) = 1
! UPDATE t SET a = max(a)
! UPDATE t SET a = generate_series(1, 2)
! DELETE FROM t WHERE unnest(ARRAY[1]) = 1
! UPDATE t SET a = 1 RETURNING count(*)
! INSERT INTO t (id, a) VALUES (1, max(1))
! INSERT INTO t (id, a) VALUES (1, max(1)), (2, 3)
! INSERT INTO t (id, a) VALUES (generate_series(1, 2), 1), (7, 8)
! INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET a = max(excluded.a)
! SELECT sum(max(a)) FROM t
! SELECT sum(a) FILTER (WHERE max(a) > 1) FROM t
! SELECT sum(rank() OVER ()) FROM t
! SELECT sum(generate_series(1, 2)) FROM t
! SELECT lag(rank() OVER ()) OVER () FROM t
! SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY max(a)) FROM t
! SELECT row_number() FROM t
! SELECT coalesce(generate_series(1, 2), 3)
! SELECT CASE WHEN true THEN generate_series(1, 2) END
! SELECT CASE WHEN generate_series(1, 2) > 1 THEN 1 END
! SELECT * FROM t, gives(max(t.a))
! SELECT * FROM gives(1 + gives(1))
! SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = max(u.id))
! CREATE FUNCTION q(n integer) RETURNS bigint LANGUAGE sql AS 'SELECT a FROM t WHERE max(a) = n'
SELECT (SELECT max(t.a)) FROM t
SELECT b FROM t GROUP BY b HAVING EXISTS (SELECT 1 FROM u WHERE u.id = max(t.id))
SELECT (SELECT count(*) FROM u WHERE u.t = t.id) FROM t WHERE a > (SELECT avg(a) FROM t)
SELECT sum(sum(a)) OVER (ORDER BY b), rank() OVER (ORDER BY sum(a)) FROM t GROUP BY b
SELECT generate_series(1, a) AS g FROM t GROUP BY g
SELECT unnest(array_agg(a)), count(*) FILTER (WHERE a > 1), rank(3) WITHIN GROUP (ORDER BY a) FROM t
SELECT * FROM t, LATERAL unnest(ARRAY[t.a]) AS x WHERE x > 1
SELECT * FROM t WHERE a = ANY (ARRAY(SELECT unnest(ARRAY[1, 2]))) AND a IN (SELECT generate_series(1, 3))
SELECT * FROM t WHERE EXISTS (SELECT 1 FROM jsonb_array_elements(c) AS e WHERE e = '1')
SELECT DISTINCT ON (row_number() OVER ()) a FROM t
SELECT CASE count(*) WHEN 1 THEN greatest(1, max(a)) ELSE coalesce(max(a), (SELECT unnest(ARRAY[1]))) END FROM t ORDER BY count(*)
SELECT max(a) AS a FROM t GROUP BY a
UPDATE t SET a = (SELECT max(id) FROM u) RETURNING (SELECT count(*) FROM u)
INSERT INTO t (id, b) VALUES (generate_series(1, 5), 'x')
INSERT INTO t (id, a) SELECT max(31), 4
INSERT INTO t (id, a) SELECT generate_series(41, 50), 4
INSERT INTO t (id) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM t))
SELECT own(a), gives(1) FROM t GROUP BY t.id
SELECT x.m FROM t, LATERAL (SELECT max(u.id) AS m FROM u WHERE u.t = t.id) x
CREATE FUNCTION q(n integer) RETURNS integer LANGUAGE sql AS 'SELECT max(n) FROM t'

-- MERGE: aggregates in it
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text)
CREATE TABLE u (id integer PRIMARY KEY, t integer)
! MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND max(t.a) > 1 THEN DELETE
! MERGE INTO t USING u ON max(t.id) = u.id WHEN MATCHED THEN DELETE
! MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = max(u.id)
! MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED THEN INSERT (id) VALUES (max(u.id))
MERGE INTO t USING (SELECT max(id) AS id FROM u) s ON t.id = s.id WHEN MATCHED THEN DELETE

-- columns that are neither keys of GROUP BY nor in an aggregate
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, c jsonb)
CREATE TABLE u (id integer PRIMARY KEY, t integer, x text)
CREATE TABLE w (a integer, b integer, c text, PRIMARY KEY (a, b))
CREATE AGGREGATE own(integer) (sfunc = int4pl, stype = integer)
CREATE FUNCTION gives(integer) RETURNS SETOF integer LANGUAGE sql AS 'select 1'
CREATE VIEW rows AS SELECT * FROM t
! SELECT a, count(*) FROM t
! SELECT x.a, count(*) FROM t x GROUP BY x.b
! SELECT b, a + 1 FROM t GROUP BY b
! SELECT b FROM t GROUP BY b HAVING a > 1
! SELECT b FROM t GROUP BY b ORDER BY a
! SELECT b FROM t GROUP BY b ORDER BY lower(t.c::text)
! SELECT a FROM t HAVING count(*) > 1
! SELECT * FROM t GROUP BY b
! SELECT t.* FROM t JOIN u ON u.t = t.id GROUP BY u.id
! SELECT t.b, u.x, count(*) FROM t JOIN u ON u.t = t.id GROUP BY t.id
! SELECT b FROM t GROUP BY lower(b)
! SELECT date_trunc('day', now()), a FROM t GROUP BY 1
! SELECT s.a FROM (SELECT id, a FROM t) s GROUP BY s.id
! WITH s AS (SELECT id, a FROM t) SELECT id, a FROM s GROUP BY id
! SELECT id, a FROM rows GROUP BY id
! SELECT c FROM w GROUP BY a
! CREATE VIEW v AS SELECT a, sum(id) FROM t
! CREATE MATERIALIZED VIEW v AS SELECT a, sum(id) FROM t GROUP BY b
! CREATE TABLE n AS SELECT a, sum(id) FROM t GROUP BY b
! INSERT INTO t (id, a) SELECT max(u.id), t.a FROM u JOIN t ON u.t = t.id
! CREATE FUNCTION q() RETURNS integer LANGUAGE sql AS 'SELECT a FROM t GROUP BY b'
! CREATE FUNCTION q() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT a FROM t GROUP BY b; END
! SELECT (SELECT a FROM t x GROUP BY b) FROM t
! SELECT * FROM t WHERE id IN (SELECT t FROM u GROUP BY x)
! SELECT x.value, count(*) FROM t, jsonb_each(t.c) AS x
! SELECT CASE WHEN a > 1 THEN 'x' END, count(*) FROM t
! SELECT a AS b, count(*) FROM t GROUP BY b
! SELECT b AS x, a AS y, count(*) FROM t GROUP BY x
! SELECT sum(a) OVER () FROM t GROUP BY b
! SELECT a, b, count(*) FROM t GROUP BY ROLLUP (a)
! SELECT a, b, count(*) FROM t GROUP BY GROUPING SETS ((a), ())
! SELECT b, (a, b) FROM t GROUP BY b
! SELECT b, own(a), a FROM t GROUP BY b
! SELECT gives(a) FROM t GROUP BY b
! UPDATE t SET a = s.n FROM (SELECT t, x, count(*) AS n FROM u GROUP BY t) s
SELECT b FROM t GROUP BY t.b
SELECT * FROM t GROUP BY id
SELECT t.*, count(u.id) FROM t LEFT JOIN u ON u.t = t.id GROUP BY t.id
SELECT t.*, u.* FROM t JOIN u ON u.t = t.id GROUP BY t.id, u.id
SELECT c FROM w GROUP BY a, b
SELECT lower(t.b) || 'x', count(*) FROM t GROUP BY lower(b)
SELECT date_trunc('day', '2020-01-01'::timestamp + a * interval '1 day') AS d, count(*) FROM t GROUP BY d
SELECT date_trunc('day'::text, now() + a * interval '1 day') FROM t GROUP BY date_trunc('day', now() + a * interval '1 day')
SELECT (a + 1) * 2 FROM t GROUP BY a + 1
SELECT cast(a AS text) FROM t GROUP BY a::text
SELECT c -> 'x' ->> 'y' FROM t GROUP BY c -> 'x'
SELECT CASE WHEN a > 1 THEN 'x' ELSE 'y' END AS k, count(*) FROM t GROUP BY k ORDER BY k
SELECT coalesce(b, '') AS b, count(*) FROM t GROUP BY coalesce(b, '')
SELECT b, max(a) - min(a) FROM t GROUP BY b ORDER BY max(a), lower(b)
SELECT b AS a FROM t GROUP BY b ORDER BY a
SELECT 1 FROM t HAVING true
SELECT t.a, (SELECT x FROM u WHERE u.id = t.a) FROM t GROUP BY t.a
SELECT (SELECT count(*) FROM u WHERE u.t = t.id), a FROM t
SELECT a FROM t WHERE EXISTS (SELECT t.a, count(*) FROM u)
SELECT x.m, t.a FROM t, LATERAL (SELECT t.a, max(u.id) AS m FROM u) x
SELECT id, count(*) FROM t JOIN u USING (id) GROUP BY t.id
SELECT t.id, t.a FROM t JOIN u USING (id) GROUP BY id
SELECT a, b, grouping(a) FROM t GROUP BY CUBE (a, b)
SELECT ROW(a, b) FROM t GROUP BY (a, b)
SELECT b, sum(sum(a)) OVER (ORDER BY b), rank() OVER (ORDER BY count(*)) FROM t GROUP BY b
SELECT a, count(*) OVER (PARTITION BY b) FROM t
SELECT b, string_agg(a::text, ',' ORDER BY a) FILTER (WHERE c IS NOT NULL), rank(3) WITHIN GROUP (ORDER BY a), own(a) FROM t GROUP BY b
SELECT b, array_agg(DISTINCT a), jsonb_object_agg(coalesce(b, 'x'), c), json_agg(t), count(t.*), array_agg(ROW(a, c)) FROM t GROUP BY b
SELECT now(), current_user, 'x', json_build_object('n', count(*), 'm', max(a)) FROM t
WITH s AS (SELECT t, count(*) AS n FROM u GROUP BY t) SELECT t.*, s.n FROM t LEFT JOIN s ON s.t = t.id
CREATE VIEW v1 AS SELECT t.id, t.a, t.b, count(u.id) AS n FROM t LEFT JOIN u ON u.t = t.id GROUP BY t.id
CREATE MATERIALIZED VIEW v2 AS SELECT b, sum(a) AS s FROM t GROUP BY 1
CREATE FUNCTION q(n integer) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) + n + $1 FROM t'
INSERT INTO u (id, t, x) SELECT max(id), a, 'x' FROM t GROUP BY a HAVING max(id) > 0
SELECT b COLLATE "C", x.value FROM t, jsonb_each(t.c) AS x GROUP BY b, x.value
SELECT unnest(ARRAY[a]) AS e, a IN (1, 2), count(*) FROM t GROUP BY e, a IN (1, 2)
SELECT ctid, (t).a, t FROM t GROUP BY ctid, id

-- LIMIT and OFFSET: a number that no row decides
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text)
CREATE TABLE u (id integer PRIMARY KEY, t integer, x text)
! SELECT a FROM t LIMIT b
! SELECT a FROM t LIMIT a
! SELECT a FROM t LIMIT t.id + 1
! SELECT a FROM t OFFSET a
! SELECT a FROM t OFFSET 'x'::text
! SELECT a FROM t LIMIT true
! SELECT a FROM t LIMIT now()
! SELECT a FROM t LIMIT ARRAY[1]
! SELECT a FROM t LIMIT zz
! SELECT a AS lim FROM t LIMIT lim
! SELECT a FROM t UNION SELECT id FROM u LIMIT 'x'::text
! SELECT (SELECT x FROM u LIMIT u.id) FROM t
! SELECT a FROM t LIMIT (SELECT b FROM t)
! SELECT a FROM t LIMIT coalesce(b, 'x')
! SELECT a FROM t LIMIT max(1)
! SELECT a FROM t OFFSET generate_series(1, 2)
! CREATE VIEW v AS SELECT a FROM t LIMIT a
! CREATE FUNCTION q(n text) RETURNS integer LANGUAGE sql AS 'SELECT a FROM t LIMIT n'
! INSERT INTO u (id) SELECT id FROM t LIMIT id
! WITH s AS (SELECT a FROM t LIMIT a) SELECT * FROM s
SELECT a FROM t LIMIT '1' OFFSET NULL
SELECT a FROM t LIMIT ALL
SELECT a FROM t LIMIT 1.5 OFFSET 1::float8
SELECT a FROM t LIMIT (SELECT count(*) FROM u) OFFSET (SELECT 1)
SELECT a FROM t LIMIT greatest(1, 2) OFFSET CASE WHEN true THEN 1 ELSE 2 END
SELECT (SELECT x FROM u ORDER BY id LIMIT 1 OFFSET t.a) FROM t
SELECT * FROM t, LATERAL (SELECT * FROM u LIMIT t.a) s
SELECT a FROM t UNION SELECT id FROM u LIMIT 3
CREATE FUNCTION q(n integer) RETURNS integer LANGUAGE sql AS 'SELECT a FROM t LIMIT n OFFSET $1'
CREATE FUNCTION q1(a numeric) RETURNS integer LANGUAGE sql AS 'SELECT id FROM u LIMIT a'
DELETE FROM t WHERE id IN (SELECT id FROM t ORDER BY id LIMIT 10)
SELECT a FROM t ORDER BY a FETCH FIRST 2 ROWS WITH TIES
SELECT a FROM t LIMIT oid '1' OFFSET -(-1)

-- a query of WITH that changes rows is read by what it returns
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text)
CREATE TABLE u (id integer PRIMARY KEY, t integer, x text)
! WITH x AS (INSERT INTO u (id) VALUES (1)) SELECT * FROM x
! WITH x AS (UPDATE t SET a = 1) SELECT 1 FROM x
! WITH x AS (DELETE FROM t) SELECT 1 FROM t JOIN x ON true
! WITH x AS (DELETE FROM t) UPDATE u SET x = '1' FROM x
! WITH x AS (DELETE FROM t) DELETE FROM u USING x WHERE u.id = x.id
! WITH x AS (DELETE FROM t) INSERT INTO u (id) SELECT id FROM x
! WITH x AS (DELETE FROM t) SELECT * FROM u WHERE id IN (SELECT id FROM x)
! WITH x AS (DELETE FROM t) SELECT * FROM (SELECT * FROM x) s
! WITH x AS (DELETE FROM t), y AS (SELECT * FROM x) SELECT 1
! WITH x AS (DELETE FROM t) SELECT (SELECT count(*) FROM x)
! CREATE FUNCTION q() RETURNS integer LANGUAGE sql AS 'WITH x AS (DELETE FROM t) SELECT id FROM x'
! CREATE VIEW v AS WITH x AS (DELETE FROM t RETURNING id) SELECT * FROM x
! CREATE MATERIALIZED VIEW v AS WITH x AS (DELETE FROM t RETURNING id) SELECT * FROM x
WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x
WITH x AS (DELETE FROM t RETURNING id) INSERT INTO u (id) SELECT id FROM x
WITH x AS (UPDATE t SET a = 1 RETURNING id), y AS (SELECT * FROM x) SELECT * FROM y
WITH x AS (DELETE FROM t) UPDATE u SET x = '1'
WITH t AS (DELETE FROM t) UPDATE t SET a = 1
WITH x AS (DELETE FROM t) SELECT * FROM public.u AS x
WITH x AS (INSERT INTO u (id) SELECT id FROM t RETURNING id, x) SELECT x.id, x.x FROM x
WITH x AS (DELETE FROM t), z AS (WITH x AS (SELECT 1 AS id) SELECT * FROM x) SELECT * FROM z
WITH x AS (DELETE FROM t) SELECT * FROM (WITH x AS (SELECT 1 AS y) SELECT * FROM x) s
CREATE FUNCTION q() RETURNS integer LANGUAGE sql AS 'WITH x AS (DELETE FROM t RETURNING id) SELECT id FROM x'
WITH x AS (SELECT 1 AS id), y AS (DELETE FROM t USING x WHERE t.id = x.id) SELECT * FROM x
CREATE TABLE n AS WITH x AS (DELETE FROM t RETURNING id) SELECT * FROM x

-- a window function, a plain one and an aggregate do not take the place of one another
CREATE FUNCTION f1(integer) RETURNS integer LANGUAGE internal WINDOW IMMUTABLE AS 'window_row_number'
! CREATE OR REPLACE FUNCTION f1(integer) RETURNS integer LANGUAGE sql AS 'select 1'
CREATE FUNCTION f2() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE AS 'window_row_number'
! CREATE OR REPLACE FUNCTION f2() RETURNS bigint LANGUAGE internal IMMUTABLE AS 'window_row_number'
CREATE OR REPLACE FUNCTION f2() RETURNS bigint LANGUAGE internal WINDOW VOLATILE AS 'window_row_number'
CREATE FUNCTION f3() RETURNS bigint LANGUAGE sql AS 'select 1::bigint'
! CREATE OR REPLACE FUNCTION f3() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE AS 'window_row_number'
CREATE OR REPLACE FUNCTION f3() RETURNS bigint LANGUAGE sql AS 'select 2::bigint'
! CREATE OR REPLACE PROCEDURE f2() LANGUAGE sql AS 'select 1'
CREATE AGGREGATE f4(integer) (sfunc = int4pl, stype = integer)
! CREATE OR REPLACE FUNCTION f4(integer) RETURNS integer LANGUAGE sql AS 'select 1'
CREATE OR REPLACE AGGREGATE f4(integer) (sfunc = int4mul, stype = integer)
CREATE FUNCTION f5(integer) RETURNS integer LANGUAGE sql AS 'select 1'
! CREATE OR REPLACE AGGREGATE f5(integer) (sfunc = int4pl, stype = integer)
CREATE OR REPLACE AGGREGATE f5(bigint) (sfunc = int8pl, stype = bigint)

-- columns of several parents: defaults, generation expressions
CREATE TABLE a1 (x integer DEFAULT 1, y text)
CREATE TABLE a2 (x integer DEFAULT 2)
CREATE TABLE a3 (x integer DEFAULT 1)
CREATE TABLE a4 (x integer)
CREATE TABLE g1 (k integer, x integer GENERATED ALWAYS AS (k + 1) STORED)
CREATE TABLE g2 (k integer, x integer GENERATED ALWAYS AS (k + 2) STORED)
CREATE TABLE g3 (k integer, x integer GENERATED ALWAYS AS (k + 1) STORED)
CREATE TABLE s1 (x serial)
CREATE TABLE i1 (x integer GENERATED ALWAYS AS IDENTITY)
CREATE TABLE d1 (x integer DEFAULT 1::bigint)
CREATE TABLE n1 (x integer DEFAULT NULL)
CREATE TABLE f1 (x text DEFAULT 'a')
CREATE TABLE f2 (x text DEFAULT 'a'::text)
CREATE TABLE f3 (x text DEFAULT 'b')
CREATE TABLE f4 (x text DEFAULT lower('A'))
CREATE TABLE f5 (x text DEFAULT lower('A'))
CREATE TABLE t1 (x timestamptz DEFAULT now())
CREATE TABLE t2 (x timestamptz DEFAULT CURRENT_TIMESTAMP)
CREATE TABLE e1 (x boolean DEFAULT 't')
CREATE TABLE e2 (x boolean DEFAULT 'true')
! CREATE TABLE c (x integer) INHERITS (a1, a2)
! CREATE TABLE c () INHERITS (a4, a1, a2)
! CREATE TABLE c () INHERITS (a1, s1)
! CREATE TABLE c () INHERITS (f1, f3)
! CREATE TABLE c () INHERITS (f4, f1)
! CREATE TABLE c () INHERITS (t1, t2)
! CREATE TABLE c () INHERITS (g1, g2)
! CREATE TABLE c (x integer) INHERITS (g1, g2)
! CREATE TABLE c () INHERITS (a1, g1)
! CREATE TABLE c () INHERITS (g1, a4)
! CREATE TABLE c () INHERITS (i1, g1)
! CREATE TABLE c (x integer DEFAULT 3) INHERITS (g1)
! CREATE TABLE c (x serial) INHERITS (g1)
! CREATE TABLE c (x integer GENERATED ALWAYS AS IDENTITY) INHERITS (g1)
! CREATE TABLE c (x integer GENERATED ALWAYS AS IDENTITY) INHERITS (a1, a2)
CREATE TABLE c1 (x integer DEFAULT 5) INHERITS (a1, a2)
CREATE TABLE c2 (x integer DEFAULT NULL) INHERITS (a1, a2)
CREATE TABLE c3 () INHERITS (a1, a3)
CREATE TABLE c4 () INHERITS (a1, a4)
CREATE TABLE c5 () INHERITS (g1, g3)
CREATE TABLE c6 (x integer) INHERITS (g1)
CREATE TABLE c7 () INHERITS (s1, a4)
CREATE TABLE c8 () INHERITS (i1, a4)
CREATE TABLE c9 () INHERITS (a1, n1)
CREATE TABLE c10 () INHERITS (f1, f2)
CREATE TABLE c11 () INHERITS (f4, f5)
CREATE TABLE c12 (x integer GENERATED ALWAYS AS IDENTITY) INHERITS (a1)
CREATE TABLE c13 (x serial) INHERITS (a1, a2)
CREATE TABLE c14 () INHERITS (e1, e2)

-- 17: a generated column of a child, whose parents have one, too
CREATE TABLE g1 (k integer, x integer GENERATED ALWAYS AS (k + 1) STORED)
CREATE TABLE g2 (k integer, x integer GENERATED ALWAYS AS (k + 2) STORED)
CREATE TABLE a4 (x integer)
CREATE TABLE c1 (x integer GENERATED ALWAYS AS (k * 3) STORED) INHERITS (g1, g2)
CREATE TABLE c2 (x integer GENERATED ALWAYS AS (k + 9) STORED) INHERITS (g1)
! CREATE TABLE c (x integer GENERATED ALWAYS AS (3) STORED) INHERITS (a4)

-- to 15: a generated column of a child, whose parent has none
CREATE TABLE g1 (k integer, x integer GENERATED ALWAYS AS (k + 1) STORED)
CREATE TABLE a4 (x integer)
! CREATE TABLE c (x integer GENERATED ALWAYS AS (k * 3) STORED) INHERITS (g1)
CREATE TABLE c (x integer GENERATED ALWAYS AS (3) STORED) INHERITS (a4)

-- the schema of a collation of an attribute or a range
CREATE SCHEMA s
CREATE COLLATION s.y (locale = 'C')
! CREATE TYPE c AS (a text COLLATE zz.x)
! CREATE TYPE c AS (a text COLLATE s.x)
! CREATE TYPE c AS (a integer COLLATE zz.x)
! CREATE TYPE c AS (a integer COLLATE s.y)
! CREATE TYPE r AS RANGE (subtype = text, collation = zz.x)
! CREATE TYPE r AS RANGE (subtype = text, collation = s.x)
! CREATE TYPE r AS RANGE (subtype = integer, collation = zz.x)
CREATE TYPE c AS (a text COLLATE pg_catalog."C", b text COLLATE "C", c text COLLATE s.y)
CREATE TYPE r AS RANGE (subtype = text, collation = s.y)
CREATE TYPE r1 AS RANGE (subtype = text, collation = "C")
! ALTER TYPE c ADD ATTRIBUTE d text COLLATE zz.x
! ALTER TYPE c ADD ATTRIBUTE d text COLLATE s.x
! ALTER TYPE c ALTER ATTRIBUTE a TYPE text COLLATE zz.x
ALTER TYPE c ADD ATTRIBUTE d text COLLATE s.y

-- comments on collations, operators and publications, which may get another name
CREATE SCHEMA s
CREATE COLLATION s.c1 (locale = 'C')
COMMENT ON COLLATION s.c1 IS 'of a schema'
CREATE FUNCTION eq(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select true'
CREATE FUNCTION neg(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'select 1'
CREATE OPERATOR === (leftarg = integer, rightarg = text, function = eq)
CREATE OPERATOR s.!! (rightarg = integer, function = neg)
COMMENT ON OPERATOR === (integer, text) IS 'infix'
COMMENT ON OPERATOR s.!! (NONE, integer) IS 'prefix'
CREATE TABLE t (a integer PRIMARY KEY)
CREATE PUBLICATION p FOR TABLE t
COMMENT ON PUBLICATION p IS 'published'
ALTER PUBLICATION p RENAME TO "Odd"
ALTER PUBLICATION "Odd" SET TABLE t
CREATE COLLATION c2 (locale = 'C')
COMMENT ON COLLATION c2 IS 'x'
COMMENT ON COLLATION public.c2 IS 'y'
ALTER COLLATION c2 RENAME TO "C3"
CREATE COLLATION c4 (locale = 'C')
COMMENT ON COLLATION c4 IS 'gone'
DROP COLLATION c4
CREATE COLLATION c5 (locale = 'C')
COMMENT ON COLLATION c5 IS 'taken back'
COMMENT ON COLLATION public.c5 IS NULL

-- operators with a schema before ANY and ALL, and tables that have another name in the query
CREATE SCHEMA s
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text)
CREATE TABLE u (id integer PRIMARY KEY, t integer, x text)
CREATE FUNCTION eq(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select true'
CREATE OPERATOR s.= (leftarg = integer, rightarg = text, function = eq)
! SELECT * FROM t WHERE a OPERATOR(s.<>) ANY (SELECT b FROM t)
SELECT * FROM t WHERE a OPERATOR(s.=) ANY (SELECT b FROM t)
SELECT * FROM t WHERE a OPERATOR(s.=) ALL (ARRAY['x'::text]) AND a OPERATOR(s.=) b
SELECT * FROM t WHERE a OPERATOR(pg_catalog.=) ANY (SELECT id FROM u)
! SELECT t.a FROM t AS x
! SELECT * FROM t AS x WHERE EXISTS (SELECT 1 FROM u WHERE u.t = t.id)
! SELECT * FROM t, u JOIN (SELECT 1 AS o) s ON t.id = u.id
! SELECT * FROM u JOIN (SELECT 1 AS o) s ON t.id = u.id, t

-- a primary key decides columns of a view that groups rows
CREATE TABLE b (key integer PRIMARY KEY, data text, n integer)
CREATE VIEW k AS SELECT * FROM b GROUP BY key
CREATE VIEW l AS SELECT b.key, q.n FROM b JOIN (SELECT key, n FROM b GROUP BY key) AS q USING (key)
CREATE VIEW plain AS SELECT key, n, data FROM b GROUP BY key, n, data
! ALTER TABLE b DROP CONSTRAINT b_pkey
DROP VIEW k
! ALTER TABLE b DROP CONSTRAINT b_pkey
CREATE OR REPLACE VIEW l AS SELECT key, n FROM b
ALTER TABLE b DROP CONSTRAINT b_pkey
ALTER TABLE b ADD PRIMARY KEY (key)
CREATE MATERIALIZED VIEW m AS SELECT key, max(n) AS n, data FROM b GROUP BY key
! ALTER TABLE b DROP CONSTRAINT b_pkey
ALTER TABLE b DROP CONSTRAINT b_pkey CASCADE
! SELECT * FROM m
SELECT * FROM plain
