#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
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
	sql_parse_exit();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_matrix, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("type", tests, NULL, NULL);
}
