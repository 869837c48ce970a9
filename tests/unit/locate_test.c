/* Where operations point: what each place says, and, behind "@", its offset where the text says it more than once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "world.h"

static const struct row {
	const char *sql;
	const char *want;               /* an operation a line */
} rows[] = {
	{ "ALTER TABLE t ALTER COLUMN type TYPE text USING type::text",
	    "alter_column_type keyword[TYPE] table[t]@12 column[type]@27 type[text]@37 name[t]@12\n" },
	{ "alter table only s.t alter \"TYPE\" set data type numeric(10, 2) using (f(\"TYPE\", 'using'))",
	    "alter_column_type keyword[type] table[s.t] column[\"TYPE\"]@27 type[numeric(10, 2)] name[s.t]\n" },
	{ "ALTER TABLE t ALTER a SET NOT NULL, ALTER COLUMN b DROP NOT NULL, ALTER \"set\" SET NOT NULL",
	    "drop_not_null keyword[DROP NOT NULL] table[t]@12 column[b] name[t]@12\n"
	    "set_not_null keyword[SET NOT NULL]@22 table[t]@12 column[a] name[t]@12\n"
	    "set_not_null keyword[SET NOT NULL]@78 table[t]@12 column[\"set\"] name[t]@12\n" },
	{ "ALTER TABLE t ALTER a SET DEFAULT (1 + 2), ALTER b SET DEFAULT 'x, y', ALTER c DROP DEFAULT",
	    "drop_default keyword[DROP DEFAULT] table[t] column[c] name[t]\n"
	    "set_default keyword[SET DEFAULT]@22 table[t] column[a] default[(1 + 2)] name[t]\n"
	    "set_default keyword[SET DEFAULT]@51 table[t] column[b] default['x, y'] name[t]\n" },
	{ "ALTER TABLE t ADD COLUMN t text NOT NULL DEFAULT lower('a, b') CHECK (t <> ''), ADD b int REFERENCES t (id)",
	    "add_column keyword[ADD COLUMN] table[t]@12 column[t]@25 type[text] default[DEFAULT] name[t]@12\n"
	    "add_column keyword[ADD]@80 table[t]@12 column[b]@84 type[int] name[t]@12\n"
	    "add_check keyword[CHECK] table[t]@12 column[t]@25 name[t]@12\n"
	    "add_foreign_key keyword[REFERENCES] table[t]@12 column[b]@84 references[t]@101 name[t]@12\n" },
	{ "ALTER TABLE \"T\" ADD \"A b\" serial PRIMARY KEY",
	    "add_column keyword[ADD] table[\"T\"] column[\"A b\"] type[serial] name[\"T\"]\n"
	    "add_primary_key keyword[PRIMARY KEY] table[\"T\"] column[\"A b\"] name[\"T\"]\n" },
	{ "ALTER TABLE t ADD CONSTRAINT t CHECK (a > 0) NOT VALID, ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES \"R\" (id), ADD UNIQUE (a)",
	    "add_check keyword[CONSTRAINT]@18 table[t]@12 constraint[t]@29 name[t]@12\n"
	    "add_unique keyword[UNIQUE] table[t]@12 name[t]@12\n"
	    "add_foreign_key keyword[CONSTRAINT]@60 table[t]@12 constraint[fk] references[\"R\"] name[t]@12\n" },
	{ "ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX u",
	    "add_unique keyword[CONSTRAINT] table[t] constraint[u]@29 index[u]@50 name[t]\n" },
	{ "ALTER TABLE t DROP COLUMN \"column\", DROP IF EXISTS a CASCADE, DROP CONSTRAINT IF EXISTS c",
	    "drop_column keyword[DROP COLUMN] table[t] column[\"column\"] name[t]\n"
	    "drop_column keyword[DROP]@36 table[t] column[a] name[t]\n"
	    "drop_constraint keyword[DROP CONSTRAINT] table[t] constraint[c]@88 name[c]@88\n" },
	{ "ALTER TABLE t VALIDATE CONSTRAINT validate, ALTER CONSTRAINT c DEFERRABLE",
	    "validate_constraint keyword[VALIDATE CONSTRAINT] table[t]@12 constraint[validate] name[validate]\n"
	    "alter_constraint keyword[ALTER CONSTRAINT] table[t]@12 constraint[c] name[c]\n" },
	{ "ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY (START 5), ALTER b SET STATISTICS 100",
	    "add_identity keyword[ALTER]@14 table[t] column[a] name[t]\n"
	    "set_statistics keyword[ALTER]@66 table[t] column[b] name[t]\n" },
	{ "ALTER TABLE p ATTACH PARTITION p FOR VALUES FROM (1) TO (2)",
	    "attach_partition keyword[ATTACH PARTITION] table[p]@12 references[p]@31 name[p]@31\n" },
	{ "ALTER TABLE p DETACH PARTITION s.p1 CONCURRENTLY",
	    "detach_partition keyword[DETACH PARTITION] table[p]@12 references[s.p1] name[s.p1]\n" },
	{ "ALTER TABLE t RENAME TO rename",
	    "rename_table keyword[RENAME TO] table[t] name[rename]\n" },
	{ "ALTER TABLE t RENAME a TO a",
	    "rename_column keyword[RENAME] table[t] column[a]@21 name[a]@26\n" },
	{ "ALTER TABLE rename RENAME COLUMN \"to\" TO b",
	    "rename_column keyword[RENAME COLUMN] table[rename] column[\"to\"] name[b]\n" },
	{ "ALTER TABLE t RENAME CONSTRAINT t TO u",
	    "rename_constraint keyword[RENAME CONSTRAINT] table[t]@12 constraint[t]@32 name[u]\n" },
	{ "ALTER INDEX IF EXISTS s.i RENAME TO j",
	    "rename_index keyword[RENAME TO] table[s.i] index[s.i] name[j]\n" },
	{ "ALTER TYPE e RENAME VALUE 'e' TO 'f'",
	    "rename_enum_value keyword[RENAME VALUE] type[e]@11 name[e]@11 value['e']\n" },
	{ "ALTER TYPE e ADD VALUE IF NOT EXISTS 'it''s' BEFORE 'b'",
	    "add_enum_value keyword[ADD VALUE] type[e] name[e] value['it''s']\n" },
	{ "ALTER TYPE e RENAME TO f",
	    "rename_type keyword[ALTER TYPE] table[e] name[f]\n" },
	{ "ALTER SCHEMA a RENAME TO b",
	    "rename_schema keyword[ALTER SCHEMA] table[a] name[b]\n" },
	{ "ALTER TABLE t SET SCHEMA t",
	    "set_schema keyword[SET SCHEMA] table[t]@12 name[t]@25\n" },
	{ "CREATE INDEX ON t (a)",
	    "create_index keyword[CREATE INDEX] table[t] name[t]\n" },
	{ "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t ON t (t) WHERE t > 0",
	    "create_index keyword[CREATE UNIQUE INDEX] table[t]@52 index[t]@47 name[t]@52\n" },
	{ "CREATE INDEX index ON s.t USING gin (a)",
	    "create_index keyword[CREATE INDEX] table[s.t] index[index] name[s.t]\n" },
	{ "CREATE TABLE t (id int PRIMARY KEY, t text NOT NULL DEFAULT 'x', CONSTRAINT c CHECK (id > 0), FOREIGN KEY (t) REFERENCES r)",
	    "create_table keyword[CREATE TABLE] table[t]@13 name[t]@13\n"
	    "add_check keyword[CONSTRAINT] table[t]@13 constraint[c] name[t]@13\n"
	    "add_primary_key keyword[PRIMARY KEY] table[t]@13 column[id]@16 name[t]@13\n"
	    "add_foreign_key keyword[FOREIGN KEY] table[t]@13 references[r] name[t]@13\n" },
	{ "CREATE TABLE IF NOT EXISTS a.t (LIKE b INCLUDING ALL)",
	    "create_table keyword[CREATE TABLE] table[a.t] name[a.t]\n" },
	{ "CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('p')",
	    "create_table keyword[CREATE TABLE] table[p1] name[p1]\n" },
	{ "DROP TABLE t, s.t, \"T\" CASCADE",
	    "drop_table keyword[DROP TABLE] table[t]@11 index[t]@11 name[t]@11\n"
	    "drop_table keyword[DROP TABLE] table[s.t] index[s.t] name[s.t]\n"
	    "drop_table keyword[DROP TABLE] table[\"T\"] index[\"T\"] name[\"T\"]\n" },
	{ "DROP INDEX CONCURRENTLY IF EXISTS s.i",
	    "drop_index keyword[DROP INDEX CONCURRENTLY] table[s.i] index[s.i] name[s.i]\n" },
	{ "DROP VIEW v, w",
	    "drop_view keyword[DROP VIEW] table[v] index[v] name[v]\n"
	    "drop_view keyword[DROP VIEW] table[w] index[w] name[w]\n" },
	{ "DROP TYPE e",
	    "drop_type keyword[DROP TYPE] table[e] index[e] name[e]\n" },
	{ "DROP SCHEMA a, b CASCADE",
	    "drop_schema keyword[DROP SCHEMA] table[a] index[a] name[a]\n"
	    "drop_schema keyword[DROP SCHEMA] table[b] index[b] name[b]\n" },
	{ "DROP TRIGGER t ON t",
	    "drop_trigger keyword[DROP TRIGGER] table[t]@18 name[t]@13\n" },
	{ "DROP POLICY IF EXISTS p ON s.p",
	    "drop_policy keyword[DROP POLICY] table[s.p] name[p]@22\n" },
	{ "CREATE VIEW t AS SELECT * FROM t",
	    "create_view keyword[CREATE VIEW] table[t]@12 name[t]@12\n" },
	{ "CREATE TRIGGER t BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION t()",
	    "create_trigger keyword[CREATE TRIGGER] table[t]@34 name[t]@15\n" },
	{ "TRUNCATE TABLE ONLY a, b RESTART IDENTITY",
	    "truncate keyword[TRUNCATE TABLE] table[a] name[a]\n"
	    "truncate keyword[TRUNCATE TABLE] table[b] name[b]\n" },
	{ "LOCK TABLE a, b IN SHARE MODE",
	    "lock_table keyword[LOCK TABLE] table[a] name[a]\n"
	    "lock_table keyword[LOCK TABLE] table[b] name[b]\n" },
	{ "UPDATE t SET t = 1 WHERE t = 2",
	    "update keyword[UPDATE] table[t]@7 name[t]@7\n" },
	{ "DELETE FROM ONLY s.t",
	    "delete keyword[DELETE FROM] table[s.t] name[s.t]\n" },
	{ "INSERT INTO t (t) VALUES (1)",
	    "insert keyword[INSERT INTO] table[t]@12 name[t]@12\n" },
	{ "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
	    "refresh_matview keyword[REFRESH MATERIALIZED] table[v] name[v]\n" },
	{ "REINDEX (VERBOSE) INDEX CONCURRENTLY reindex",
	    "reindex_index keyword[REINDEX] table[reindex] index[reindex] name[reindex]\n" },
	{ "REINDEX TABLE t",
	    "reindex_table keyword[REINDEX TABLE] table[t] name[t]\n" },
	{ "CLUSTER t USING t",
	    "cluster keyword[CLUSTER] table[t]@8 index[t]@16 name[t]@8\n" },
	{ "VACUUM FULL vacuum",
	    "vacuum_full keyword[VACUUM FULL] table[vacuum] name[vacuum]\n" },
	{ "SET LOCAL lock_timeout = '5s'",
	    "set_parameter keyword[SET LOCAL] name[lock_timeout]\n" },
	{ "COMMENT ON COLUMN t.t IS 't'",
	    "comment keyword[COMMENT ON] table[t]@18 column[t]@20 name[t]@20\n" },
	{ "ALTER DOMAIN d ADD CONSTRAINT d CHECK (VALUE > 0)",
	    "add_domain_constraint keyword[ADD CONSTRAINT] type[d]@13 constraint[d]@30 name[d]@13\n" },
	{ "ALTER SEQUENCE s OWNED BY s.s",
	    "alter_sequence keyword[ALTER SEQUENCE] table[s]@15 references[s]@26 name[s]@15\n" },
	{ "/* t */ ALTER TABLE /* t */ t -- a\n   ALTER /* a */ a -- a\n   SET NOT /* , */ NULL",
	    "set_not_null keyword[SET NOT /* , */ NULL] table[t]@28 column[a]@52 name[t]@28\n" },
};

static bool
twice(struct str text, struct span span)
{
	struct str what = str_slice(text, span.off, (size_t)span.off + span.len);
	size_t first = str_find(text, what);

	return first != span.off || str_find(str_slice(text, first + 1, text.n), what) != (size_t)-1;
}

static void
show(struct buf *b, struct str text, const struct op *op)
{
	buf_c(b, op->kind->name);
	for (int i = SPAN_KEYWORD; i < SPAN_COUNT; i++) {
		struct span span = op->spans[i];
		if (span.len == 0)
			continue;
		if (span.off + span.len > text.n)
			fail_msg("%s is outside of the text", op_span_word((enum op_span)i));
		buf_printf(b, " %s[%.*s]", op_span_word((enum op_span)i), (int)span.len, text.s + span.off);
		if (twice(text, span))
			buf_printf(b, "@%u", span.off);
	}
	buf_char(b, '\n');
}

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct world w;
		struct script script;
		world_init(&w);
		struct buf b = BUF(&w.arena);
		if (world_lower(&w, str_of(rows[i].sql), &script) != 0)
			fail_msg("does not parse: %s", rows[i].sql);
		for (size_t k = 0; k < script.ops.n; k++)
			show(&b, str_of(rows[i].sql), script.ops.items[k]);
		assert_string_equal(str_c(&w.arena, buf_text(&b)), rows[i].want);
		world_free(&w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests_name("locate", tests, NULL, NULL);
}
