#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "sql/ast.h"

#include "base/arena.h"
#include "sql/expr.h"
#include "sql/parse.h"
#include "sql/type.h"

struct reading {
	struct arena *arena;
	struct type type;
};

static void
take_type(void *arg, const struct statement *st, const void *node)
{
	struct reading *r = arg;
	const CreateStmt *create = node;
	const ColumnDef *def = linitial(create->tableElts);

	(void)st;
	r->type = type_from_node(r->arena, def->typeName);
}

static struct type
read_type(struct arena *arena, struct str spelling)
{
	struct str text = str_printf(arena, "CREATE TABLE t (c %.*s)", STR_ARG(spelling));
	struct source *source = source_new(arena, STR("t.sql"), text);
	struct diags diags = { .arena = arena };
	struct parse_result result = { 0 };
	struct reading r = { .arena = arena };

	sql_parse(arena, source, span_of(0, text.n), &diags, take_type, &r, &result);
	if (result.broken > 0)
		fail_msg("cannot parse %.*s", STR_ARG(spelling));
	return r.type;
}

/* ---- the matrix that tests/oracle/type_change.sql made ---- */

enum { TYPES = 200 };

struct matrix {
	struct arena arena;
	struct str names[TYPES];
	struct type types[TYPES];
	size_t n, wrong;
};

static void
check_cell(struct matrix *m, size_t from, size_t to, char letter)
{
	struct type_change utc = type_change(m->types[from], m->types[to], YES), other = type_change(m->types[from], m->types[to], NO);
	struct type_change unknown = type_change(m->types[from], m->types[to], UNKNOWN);
	enum tri rewrites = tri_of(letter == 'r'), elsewhere = tri_of(letter == 'r' || letter == 'u');
	bool good = utc.castable == tri_of(letter != '-');

	if (letter != '-') {
		good = good && utc.rewrites == rewrites && other.rewrites == elsewhere;
		good = good && unknown.rewrites == (letter == 'u' ? UNKNOWN : rewrites) && utc.scans == NO;
	}
	if (letter != '-' && letter != 'n')
		good = good && utc.keeps_index == tri_of(letter == 'k') && other.keeps_index == utc.keeps_index;
	if (good)
		return;
	m->wrong++;
	print_error("%.*s -> %.*s: the server says %c; castable %d rewrites %d, %d keeps_index %d\n", STR_ARG(m->names[from]),
	    STR_ARG(m->names[to]), letter, utc.castable, utc.rewrites, other.rewrites, utc.keeps_index);
}

static void
read_names(struct matrix *m, struct str line)
{
	struct str name;

	str_cut(&line, '\t', &name);
	while (m->n < TYPES && str_cut(&line, '\t', &name)) {
		m->names[m->n] = name;
		m->types[m->n] = read_type(&m->arena, name);
		if (!str_eq(type_format(&m->arena, m->types[m->n]), name)) {
			m->wrong++;
			print_error("%.*s is formatted as %.*s\n", STR_ARG(name), STR_ARG(type_format(&m->arena, m->types[m->n])));
		}
		m->n++;
	}
}

static void
test_matrix(void **state)
{
	struct matrix *m = *state;
	struct source *source = source_read(&m->arena, STR("tests/unit/type_change.tsv"), NULL);
	struct str rest, line, cell;

	assert_non_null(source);
	rest = source->text;
	str_cut(&rest, '\n', &line);
	read_names(m, line);
	for (size_t from = 0; from < m->n; from++) {
		assert_true(str_cut(&rest, '\n', &line));
		assert_true(str_cut(&line, '\t', &cell) && str_eq(cell, m->names[from]));
		for (size_t to = 0; to < m->n; to++) {
			assert_true(str_cut(&line, '\t', &cell) && cell.n == 1);
			check_cell(m, from, to, cell.s[0]);
		}
	}
	assert_int_equal(m->wrong, 0);
	assert_true(m->n > 100);
}

/* ---- spelling ---- */

static const struct spelling_row {
	const char *written, *want;
} spellings[] = {
	{ "serial", "integer" }, { "bigserial", "bigint" }, { "serial2", "smallint" }, { "int8", "bigint" }, { "int", "integer" },
	{ "pg_catalog.int8", "bigint" }, { "float(24)", "real" }, { "float(25)", "double precision" }, { "dec(7,2)", "numeric(7,2)" },
	{ "numeric(5)", "numeric(5,0)" }, { "decimal", "numeric" }, { "bool", "boolean" }, { "char", "character(1)" },
	{ "\"char\"", "\"char\"" }, { "nchar varying(3)", "character varying(3)" }, { "text[3][]", "text[]" },
	{ "int ARRAY[4]", "integer[]" }, { "timestamptz(9)", "timestamp(6) with time zone" }, { "interval(9)", "interval(6)" },
	{ "time(2) with time zone", "time(2) with time zone" }, { "bit", "bit(1)" }, { "citext", "citext" },
	{ "public.citext", "public.citext" }, { "pg_catalog.serial", "pg_catalog.serial" }, { "\"integer\"", "\"integer\"" },
	{ "app.\"Mood\"[]", "app.\"Mood\"[]" }, { "\"my\"\"type\"", "\"my\"\"type\"" }, { "\"order\".\"1st\"", "\"order\".\"1st\"" },
	{ "vector(1536)", "vector(1536)" }, { "public.int4", "public.int4" }, { "\"Text\"", "\"Text\"" }, { "year", "year" },
};

static void
test_spellings(void **state)
{
	struct matrix *m = *state;

	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
		struct str got = type_format(&m->arena, read_type(&m->arena, str_of(spellings[i].written)));
		if (!str_is(got, spellings[i].want))
			fail_msg("%s: %.*s, not %s", spellings[i].written, STR_ARG(got), spellings[i].want);
	}
	assert_true(read_type(&m->arena, STR("serial8")).serial);
	assert_false(read_type(&m->arena, STR("int8")).serial);
	assert_false(type_known((struct type){ .name = STR_NONE }));
}

/* ---- narrowing, and types that the server does not have ---- */

/* N: keeps every value; Y: may fail or lose; ?: nobody knows; then the same outside UTC. */
static const struct narrow_row {
	const char *from, *to, *want;
} narrowings[] = {
	{ "varchar(10)", "varchar(20)", "NN" }, { "varchar(20)", "varchar(10)", "YY" }, { "varchar(10)", "text", "NN" },
	{ "text", "varchar(10)", "YY" }, { "text", "varchar", "NN" }, { "varchar(10)", "char(20)", "YY" },
	{ "char(10)", "char(20)", "NN" }, { "char(10)", "varchar(10)", "NN" }, { "char(10)", "varchar(9)", "YY" },
	{ "text", "bpchar", "YY" }, { "name", "varchar(63)", "NN" }, { "varchar(63)", "name", "YY" },
	{ "uuid", "varchar(36)", "NN" }, { "uuid", "char(35)", "YY" }, { "int", "varchar(11)", "NN" }, { "int", "varchar(10)", "YY" },
	{ "numeric(8,2)", "varchar(11)", "NN" }, { "numeric(8,2)", "varchar(10)", "YY" }, { "numeric", "varchar(50)", "YY" },
	{ "int", "bigint", "NN" }, { "bigint", "int", "YY" }, { "int", "real", "YY" }, { "int", "float8", "NN" },
	{ "real", "float8", "NN" }, { "float8", "real", "YY" }, { "numeric(10,2)", "float8", "YY" }, { "numeric(9)", "int", "YY" },
	{ "int", "numeric(10)", "NN" }, { "int", "numeric(9)", "YY" }, { "int", "numeric(12,2)", "NN" },
	{ "int", "numeric(12,-1)", "YY" },
	{ "bigint", "numeric(19)", "NN" }, { "smallint", "numeric(4)", "YY" }, { "numeric(10,2)", "numeric(12,4)", "NN" },
	{ "numeric(10,2)", "numeric(12,5)", "YY" }, { "numeric(10,2)", "numeric(10,1)", "YY" }, { "numeric", "numeric(30,10)", "YY" },
	{ "money", "numeric", "NN" }, { "timestamp(6)", "timestamp(0)", "YY" }, { "timestamp(0)", "timestamp", "NN" },
	{ "timestamp", "date", "YY" }, { "date", "timestamp(0)", "NN" }, { "date", "timestamptz", "NN" },
	{ "timestamptz", "date", "YY" }, { "timestamp", "timestamptz", "N?" }, { "timestamptz(3)", "timestamp", "N?" },
	{ "timestamp", "timestamptz(3)", "YY" }, { "time", "time(3)", "YY" }, { "time(3)", "timetz(3)", "NN" },
	{ "timetz", "time", "YY" }, { "interval", "interval day", "YY" }, { "interval year", "interval month", "NN" },
	{ "bit(8)", "bit(16)", "YY" }, { "bit(8)", "varbit(8)", "NN" }, { "bit(8)", "varbit(7)", "YY" },
	{ "json", "jsonb", "YY" }, { "jsonb", "json", "NN" }, { "inet", "cidr", "YY" }, { "cidr", "inet", "NN" },
	{ "text", "int", "YY" }, { "bool", "int", "NN" }, { "int", "bool", "YY" }, { "oid", "regclass", "NN" },
	{ "int[]", "bigint[]", "NN" }, { "bigint[]", "int[]", "YY" }, { "varchar(9)[]", "varchar(10)[]", "NN" },
	{ "int[]", "text", "NN" }, { "int[]", "varchar(9)", "YY" }, { "int", "int[]", "YY" }, { "int[]", "int", "YY" },
	{ "mood", "text", "NN" }, { "text", "mood", "??" }, { "vector(3)", "vector(4)", "??" }, { "vector(3)", "vector", "NN" },
};

static void
test_narrowings(void **state)
{
	struct matrix *m = *state;

	for (size_t i = 0; i < sizeof narrowings / sizeof *narrowings; i++) {
		struct type from = read_type(&m->arena, str_of(narrowings[i].from)), to = read_type(&m->arena, str_of(narrowings[i].to));
		enum tri utc = type_change(from, to, YES).narrows, other = type_change(from, to, UNKNOWN).narrows;
		if ("?NY"[utc] != narrowings[i].want[0] || "?NY"[other] != narrowings[i].want[1])
			fail_msg("%s -> %s: %c%c", narrowings[i].from, narrowings[i].to, "?NY"[utc], "?NY"[other]);
	}
}

static void
test_foreign_types(void **state)
{
	struct matrix *m = *state;
	struct type text = read_type(&m->arena, STR("text")), mood = read_type(&m->arena, STR("mood"));
	struct type other = read_type(&m->arena, STR("app.mood")), none = { .name = STR_NONE };

	assert_int_equal(type_change(mood, text, YES).castable, YES);
	assert_int_equal(type_change(mood, text, YES).rewrites, UNKNOWN);
	assert_int_equal(type_change(text, mood, YES).castable, UNKNOWN);
	assert_int_equal(type_change(mood, mood, YES).rewrites, NO);
	assert_int_equal(type_change(mood, other, YES).rewrites, UNKNOWN);
	assert_int_equal(type_change(none, none, YES).castable, UNKNOWN);
	assert_false(type_eq(none, none));
	assert_false(type_same_base(mood, other));
}

static int
set_up(void **state)
{
	static struct matrix matrix;

	memset(&matrix, 0, sizeof matrix);
	arena_init(&matrix.arena, NULL, NULL);
	*state = &matrix;
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(&((struct matrix *)*state)->arena);
	return 0;
}

static int
tear_down_group(void **state)
{
	(void)state;
	sql_parse_exit();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_matrix, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_spellings, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_narrowings, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_foreign_types, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("type", tests, NULL, tear_down_group);
}
