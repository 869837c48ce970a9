/* What expressions are made of, how volatile they are, and what they prove. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "sql/ast.h"
#include "sql/expr.h"
#include "sql/parse.h"

static const struct row {
	const char *sql;
	enum volatility volatility;
	const char *culprit;            /* NULL: not looked at */
	const char *columns;            /* in order of the text */
	const char *text;               /* canonical; NULL: the same as sql */
} rows[] = {
	{ "1", IMMUTABLE, NULL, "", NULL },
	{ "NULL", IMMUTABLE, NULL, "", NULL },
	{ "a", IMMUTABLE, NULL, "a", NULL },
	{ "a + \"B\" * t.c", IMMUTABLE, NULL, "a B c", "a + (\"B\" * t.c)" },
	{ "lower(a)", IMMUTABLE, NULL, "a", NULL },
	{ "LOWER(A)", IMMUTABLE, NULL, "a", "lower(a)" },
	{ "now()", STABLE, NULL, "", NULL },
	{ "pg_catalog.now()", STABLE, NULL, "", NULL },
	{ "current_timestamp", STABLE, NULL, "", NULL },
	{ "current_user", STABLE, NULL, "", NULL },
	{ "random()", VOLATILE, "random", "", NULL },
	{ "now() + random() * '1s'::interval", VOLATILE, "random", "", "now() + (random() * '1s'::interval)" },
	{ "mine(random())", VOLATILE, "random", "", NULL },
	{ "mine(a) || random()", VOLATILE, "random", "a", NULL },
	{ "mine(a)", VOLATILITY_UNKNOWN, "mine", "a", NULL },
	{ "known(a)", IMMUTABLE, NULL, "a", NULL },
	{ "s.known(a)", VOLATILITY_UNKNOWN, "known", "a", NULL },
	{ "uuid_generate_v4()", VOLATILE, "uuid_generate_v4", "", NULL },
	{ "nextval('s')", VOLATILE, "nextval", "", NULL },
	{ "nextval('s'::regclass)", VOLATILE, "nextval", "", NULL },
	{ "CASE WHEN a > 0 THEN random() ELSE b END", VOLATILE, "random", "a b", NULL },
	{ "COALESCE(a, b, now())", STABLE, NULL, "a b", NULL },
	{ "ARRAY[a, random()]", VOLATILE, "random", "a", NULL },
	{ "ROW(a, b)", IMMUTABLE, NULL, "a b", NULL },
	{ "a IN (1, random())", VOLATILE, "random", "a", NULL },
	{ "a BETWEEN b AND c", IMMUTABLE, NULL, "a b c", NULL },
	{ "NOT (a OR b) AND c IS NULL", IMMUTABLE, NULL, "a b c", NULL },
	{ "a::text COLLATE \"C\"", IMMUTABLE, NULL, "a", NULL },
	{ "(SELECT max(b) FROM t WHERE random() > 0)", VOLATILE, "random", NULL, NULL },
	{ "extract(year from a)", STABLE, NULL, "a", "extract ('year' FROM a)" },      /* of timestamptz */
	{ "a[1].b", IMMUTABLE, NULL, "a", NULL },
};

static const struct proof {
	const char *check;
	const char *proves;             /* of a, b */
} proofs[] = {
	{ "a IS NOT NULL", "a" },
	{ "a IS NOT NULL AND b IS NOT NULL", "ab" },
	{ "(a IS NOT NULL) AND (b > 0 AND b IS NOT NULL)", "ab" },
	{ "a IS NOT NULL OR b IS NOT NULL", "" },
	{ "a > 0", "" },
	{ "NOT (a IS NULL)", "" },
	{ "NOT a IS NOT NULL", "" },
	{ "(a IS NOT NULL) = true", "" },
	{ "lower(a) IS NOT NULL", "" },
	{ "a IS NOT NULL AND true", "a" },
	{ "(a, b) IS NOT NULL", "" },
	{ "\"A\" IS NOT NULL", "" },
	{ "A IS NOT NULL", "a" },
};

struct target {
	struct arena *arena;
	struct expr *expr;
};

static void
take(void *arg, const struct statement *st, const void *node)
{
	struct target *t = arg;
	const SelectStmt *select = node;

	t->expr = expr_from_node(t->arena, ((const ResTarget *)linitial(select->targetList))->val, st->span.off);
}

static struct expr *
parsed(struct arena *a, const char *sql)
{
	struct diags diags = { .arena = a };
	struct target t = { a, NULL };
	struct parse_result result = { 0 };
	struct str text = str_printf(a, "select %s", sql);

	sql_parse(a, source_new(a, STR("x"), text), span_of(0, text.n), &diags, take, &t, &result);
	if (t.expr == NULL)
		fail_msg("does not parse: %s", sql);
	return t.expr;
}

static enum volatility
own_function(void *arg, struct str schema, struct str name)
{
	(void)arg;
	return schema.n == 0 && str_is(name, "known") ? IMMUTABLE : VOLATILITY_UNKNOWN;
}

static void
add_column(void *arg, const struct expr *e)
{
	struct buf *b = arg;

	if (e->kind == EXPR_COLUMN)
		buf_printf(b, "%s%.*s", b->n > 0 ? " " : "", STR_ARG(e->name));
}

static void
test_rows(void **state)
{
	const struct volatility_lookup lookup = { own_function, NULL };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct arena a;
		arena_init(&a, NULL, NULL);
		struct expr *e = parsed(&a, row->sql);
		struct buf columns = BUF(&a);
		struct str culprit = STR_NONE;
		expr_walk(e, add_column, &columns);
		if (expr_volatility(e, &lookup, &culprit) != row->volatility)
			fail_msg("%s: volatility %d", row->sql, (int)expr_volatility(e, &lookup, NULL));
		if (row->culprit != NULL && !str_is(culprit, row->culprit))
			fail_msg("%s: because of %.*s", row->sql, STR_ARG(culprit));
		if (row->columns != NULL && !str_is(buf_text(&columns), row->columns))
			fail_msg("%s: columns %.*s", row->sql, STR_ARG(buf_text(&columns)));
		if (!str_is(e->text, row->text != NULL ? row->text : row->sql))
			fail_msg("%s: as text %.*s", row->sql, STR_ARG(e->text));
		if (!expr_eq(e, parsed(&a, str_c(&a, e->text))))
			fail_msg("%s: is not its own text", row->sql);
		arena_free(&a);
	}
}

static void
test_proofs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof proofs / sizeof *proofs; i++) {
		struct arena a;
		arena_init(&a, NULL, NULL);
		const struct expr *e = parsed(&a, proofs[i].check);
		struct str want = str_of(proofs[i].proves);
		if (expr_proves_not_null(e, STR("a")) != (str_find_char(want, 'a') != (size_t)-1) ||
		    expr_proves_not_null(e, STR("b")) != (str_find_char(want, 'b') != (size_t)-1))
			fail_msg("%s: proves something else than '%s'", proofs[i].check, proofs[i].proves);
		arena_free(&a);
	}
}

static void
test_questions(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	assert_true(expr_is_null(NULL));
	assert_true(expr_is_null(parsed(&a, "NULL::int::text")));
	assert_false(expr_is_null(parsed(&a, "COALESCE(NULL, 1)")));
	assert_true(expr_is_constant(parsed(&a, "'x'::text")));
	assert_false(expr_is_constant(parsed(&a, "lower('x')")));
	assert_true(expr_mentions_column(parsed(&a, "(x, f(y[z]))"), STR("z")));
	assert_false(expr_mentions_column(parsed(&a, "f('z')"), STR("z")));
	assert_true(expr_calls_function(parsed(&a, "1 + f(g(1))"), STR("g")));
	assert_false(expr_calls_function(parsed(&a, "g"), STR("g")));
	assert_true(expr_eq(NULL, NULL));
	assert_false(expr_eq(NULL, parsed(&a, "1")));
	assert_true(expr_eq(parsed(&a, "a>0  AND b<>''"), parsed(&a, "A > 0 and (B <> '')")));
	assert_false(expr_eq(parsed(&a, "a"), parsed(&a, "\"A\"")));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_proofs),
		cmocka_unit_test(test_questions),
	};

	return cmocka_run_group_tests_name("expr", tests, NULL, NULL);
}
