/* Which conditions no index can serve: never what a server served by one, and everything else but what is listed here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "op/predicate.h"
#include "text/source.h"
#include "world.h"

/* No server used an index, but one might: another plan, statistics, an expression we do not compare. */
static const char *const undecided[] = {
	"n IS NOT DISTINCT FROM 5", "data ->> 'other' = 'x'", "done IS NOT TRUE", "state = 'x'",
	"id = 1 OR state = 'x'", "id IN (SELECT n FROM other)", "EXISTS (SELECT FROM other o WHERE o.n = t.id)", "'x' = ANY (tags)",
};

static const struct words {
	const char *condition, *index, *words;
} words[] = {
	{ "lower(email) = 'x'", "t_email", "email stands inside lower()" },
	{ "least(n, 5) = 7", "t_n", "n stands inside least()" },
	{ "id % 10 = 0", "t_pkey", "id is an operand of %" },
	{ "at::date = '2026-01-01'", "t_at", "at is cast to date" },
	{ "name LIKE '%x'", "t_name", "the pattern for name begins with a wildcard" },
	{ "id NOT IN (1, 2)", "t_pkey", "the condition says what id is not" },
	{ "id = 1 OR random() < 0.5", "t_pkey", "no index serves the other side of OR" },
	{ "done = (length(name) > n)", "t_done", "done is compared with something else of the same row" },
	{ "id BETWEEN 1 AND n", NULL, NULL },
	{ "random() < 0.5", NULL, NULL },
	{ "id = 1 AND lower(email) = 'x'", NULL, NULL },
};

static const struct one {
	const char *condition;
	bool finds_one;
} ones[] = {
	{ "id = 1", true }, { "1 = t.id AND random() < 0.5", true }, { "id = 5::bigint", true }, { "id = '5'", true },
	{ "id = 5.5", false }, { "id = 5::numeric", false }, { "id = n", false }, { "id = random()", false }, { "id > 1", false },
	{ "id = 1 OR id = 2", false }, { "NOT id = 1", false }, { "n = 5", false }, { "email = 'x'", false }, { "(id, n) = (5, 6)", false },
};

struct found {
	struct arena *arena;
	bool may, hidden, long_work;
	struct str index, words;
};

static struct str
fact(const struct facts *f, const char *name)
{
	const struct field *field = field_find(f->op->kind, str_of(name));

	assert_non_null(field);
	return value_words(f->arena, field->get(f));
}

static void
visit(void *arg, const struct facts *f)
{
	struct found *found = arg;

	if (!str_eq(str_of(f->op->kind->name), STR("delete")))
		return;
	found->may = str_eq(fact(f, "where_is_indexed"), STR("true"));
	found->long_work = !str_eq(fact(f, "is_long"), STR("false"));
	found->hidden = str_eq(fact(f, "where_hides_index"), STR("true"));
	found->index = str_copy(found->arena, fact(f, "hidden_index"));
	found->words = str_copy(found->arena, fact(f, "index_hidden_by"));
}

/* The table of the first lines of the file. */
static struct str
setup(struct arena *arena, struct str *rest)
{
	struct str all = STR_NONE, line, before = *rest;

	while (str_cut(rest, '\n', &line) && str_starts(line, "# ")) {
		all = str_printf(arena, "%.*s%.*s;\n", STR_ARG(all), STR_ARG(str_slice(line, 2, line.n)));
		before = *rest;
	}
	*rest = before;
	return all;
}

static struct found
look(struct arena *arena, struct str tables, struct str condition)
{
	struct found found = { .arena = arena };
	struct world w;
	struct str sql;

	world_init(&w);
	w.visit = visit;
	w.arg = &found;
	sql = str_printf(arena, "%.*sDELETE FROM t WHERE %.*s", STR_ARG(tables), STR_ARG(condition));
	assert_int_equal(world_run(&w, str_c(arena, sql)), 0);
	world_free(&w);
	return found;
}

static bool
is_undecided(struct str condition)
{
	for (size_t i = 0; i < sizeof undecided / sizeof *undecided; i++)
		if (str_eq(condition, str_of(undecided[i])))
			return true;
	return false;
}

static void
test_server(void **state)
{
	struct arena arena = { 0 };
	struct source *source = source_read(&arena, STR("tests/unit/predicate.tsv"), NULL);
	struct str rest, tables, line, served;
	size_t n = 0, wrong = 0;

	(void)state;
	assert_non_null(source);
	rest = source->text;
	tables = setup(&arena, &rest);
	for (; str_cut(&rest, '\n', &line) && str_cut(&line, '\t', &served); n++) {
		bool may = look(&arena, tables, line).may;
		if (may != (str_eq(served, STR("y")) || is_undecided(line))) {
			print_error("%.*s: the server says %.*s, and we %s\n", STR_ARG(line), STR_ARG(served), may ? "y" : "n");
			wrong++;
		}
	}
	assert_true(n > 70);
	assert_int_equal(wrong, 0);
	arena_free(&arena);
}

static void
test_words(void **state)
{
	struct arena arena = { 0 };
	struct source *source = source_read(&arena, STR("tests/unit/predicate.tsv"), NULL);
	struct str rest, tables;

	(void)state;
	assert_non_null(source);
	rest = source->text;
	tables = setup(&arena, &rest);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct found found = look(&arena, tables, str_of(words[i].condition));
		assert_int_equal(found.hidden, words[i].index != NULL);
		if (words[i].index != NULL) {
			assert_string_equal(str_c(&arena, found.index), words[i].index);
			assert_string_equal(str_c(&arena, found.words), words[i].words);
		}
	}
	arena_free(&arena);
}

static void
test_one(void **state)
{
	struct arena arena = { 0 };
	struct source *source = source_read(&arena, STR("tests/unit/predicate.tsv"), NULL);
	struct str rest, tables;

	(void)state;
	assert_non_null(source);
	rest = source->text;
	tables = setup(&arena, &rest);
	for (size_t i = 0; i < sizeof ones / sizeof *ones; i++)
		if (look(&arena, tables, str_of(ones[i].condition)).long_work == ones[i].finds_one)
			fail_msg("%s", ones[i].condition);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_server),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
