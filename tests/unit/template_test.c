#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/err.h"
#include "fake.h"
#include "rule/rule.h"

static const struct row {
	const char *text;
	const char *message, *sql;      /* sql NULL: the same */
} rows[] = {
	{ "", "", NULL },
	{ "plain", "plain", NULL },
	{ "{word}", "users", NULL },
	{ "on {word}.{gone_word}: {size}", "on users.<gone_word>: 5", NULL },
	{ "{is_dark} {mode} {is_yes}", "<is_dark> SHARE true", NULL },
	{ "'{{}' {{word}", "'{}' {word}", NULL },
	{ "ADD {word}_key;", "ADD users_key;", NULL },
	{ "ADD {quoted}_key;", "ADD app.\"Big \"\"T\"\"\"_key;", "ADD \"Big \"\"T\"\"_key\";" },
	{ "fk_{word}_{quoted} x", "fk_users_app.\"Big \"\"T\"\"\" x", "\"fk_users_Big \"\"T\"\"\" x" },
	{ "{quoted}.{word}", "app.\"Big \"\"T\"\"\".users", NULL },
	{ "({list}) {word}_{list}_idx", "(a, \"B\") users_a, \"B\"_idx", "(a, \"B\") \"users_a_B_idx\"" },
	{ "a {word}b{word}c d", "a usersbusersc d", NULL },
	{ "'{size}ms'", "'5ms'", NULL },
	{ "{word}_{gone_word}", "users_<gone_word>", "\"users_<gone_word>\"" },
};

static const struct wrong {
	const char *text, *piece, *message;
} wrongs[] = {
	{ "a {wrod} b", "{wrod}", "unknown field 'wrod' of fake; did you mean 'word'?" },
	{ "{zzzzzzzzzzzz}", "{zzzzzzzzzzzz}", "unknown field 'zzzzzzzzzzzz' of fake" },
	{ "'{}'", "{", "'{' begins a placeholder such as {table}; for the brace itself write '{{'" },
	{ "{word", "{", "'{' begins a placeholder such as {table}; for the brace itself write '{{'" },
	{ "{word word}", "{", "'{' begins a placeholder such as {table}; for the brace itself write '{{'" },
};

static const struct op_kind *const kinds[] = { &fake_kind };

static void
renders(void **state)
{
	struct arena a;
	struct str wrong;

	(void)state;
	arena_init(&a, NULL, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct facts f = fake_facts(&a);
		struct template *t = template_parse(&a, str_of(rows[i].text), kinds, 1, &wrong, NULL);
		assert_non_null(t);
		assert_string_equal(str_c(&a, template_render(t, &f)), rows[i].message);
		assert_string_equal(str_c(&a, template_render_sql(t, &f)), rows[i].sql != NULL ? rows[i].sql : rows[i].message);
	}
	arena_free(&a);
}

static void
refuses(void **state)
{
	struct arena a;
	struct str wrong;
	struct err err;

	(void)state;
	arena_init(&a, NULL, NULL);
	for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		assert_null(template_parse(&a, str_of(wrongs[i].text), kinds, 1, &wrong, &err));
		assert_string_equal(str_c(&a, wrong), wrongs[i].piece);
		assert_string_equal(str_c(&a, err.message), wrongs[i].message);
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(renders), cmocka_unit_test(refuses) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
