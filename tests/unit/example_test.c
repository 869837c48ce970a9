#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "check/example.h"

static const struct row {
	const char *text, *safe;        /* safe NULL: none */
	const char *want;               /* for each migration: "given" or "migration", how it runs, its text; "/" before its way back */
	size_t at;
} rows[] = {
	{ "A;\n", NULL, "migration wrapped A;\n", 0 },
	{ "-- given\nA;\n-- migration\nB;\n", NULL, "given wrapped A; | migration wrapped B;\n", 0 },
	{ "-- given\nA;\n-- next migration\nB;\n-- migration\nC;\n", NULL,
	    "given wrapped A; | given wrapped B; | migration wrapped C;\n", 0 },
	{ "-- migration (no transaction)\nA;\n-- next migration\nB;\n", NULL,
	    "migration none A; | migration wrapped B;\n", 0 },
	{ "A;\n-- next migration (no transaction)\nB;", NULL, "migration wrapped A; | migration none B;\n", 0 },
	{ "-- (no transaction)\nA;\n", NULL, "migration none -- (no transaction)\nA;\n", 0 },
	{ "-- (one string)\nA;\n", NULL, "migration string -- (one string)\nA;\n", 0 },
	{ "-- migration\nA;\n-- down\nB;\n-- next migration\nC;", NULL,
	    "migration wrapped A; / wrapped B; | migration wrapped C;\n", 0 },
	{ "-- migration\nA;\n-- down (no transaction)\nB;\n", NULL, "migration wrapped A; / none B;\n", 0 },
	{ "  -- a note\nA; -- migration\n-- given x\n", NULL, "migration wrapped -- a note\nA; -- migration\n-- given x\n", 0 },
	{ "-- config: { pg_version: 14 }\n-- given\nA;\n-- migration\nB;", NULL, "given wrapped A; | migration wrapped B;\n", 0 },
	{ "-- given\nA;\n-- migration\nB;\n", "C;\n-- next migration\nD;", "given wrapped A; | migration wrapped C; | migration wrapped D;\n", 0 },
	{ "B;\n", "-- (no transaction)\nC;", "migration none -- (no transaction)\nC;\n", 0 },
	{ "-- given\nA;\n-- down\nB;\n-- migration\nC;\n-- down\nD;", "E;", "given wrapped A; / wrapped B; | migration wrapped E;\n", 0 },
	{ "-- migration\nA;\nB;\n-- next migration\nC;", "E;", "given wrapped A; | migration wrapped E;\n", 16 },
	{ "A;\n-- next migration (no transaction)\nC;\nD;", "E;", "given wrapped A; | given none C; | migration wrapped E;\n", 41 },
	{ "A;\nB;", "E;", "given wrapped A;\nB; | migration wrapped E;\n", 5 },
	{ "A;\n-- down\nB;", "E;", "migration wrapped E;\n", 11 },
};

static void
show_part(struct buf *b, const struct part *p)
{
	static const char *const modes[] = { "?", "none", "wrapped", "string" };
	struct str text = str_trim(source_text(p->source, p->span));

	buf_printf(b, " %s %.*s", modes[p->tx], STR_ARG(text));
}

static void
show(struct buf *b, const struct history *h)
{
	for (size_t i = 0; i < h->migrations.n; i++) {
		const struct migration *m = &h->migrations.items[i];
		buf_printf(b, "%s%s", i > 0 ? " | " : "", h->reported.items[i] ? "migration" : "given");
		show_part(b, &m->up);
		if (m->down.source != NULL) {
			buf_c(b, " /");
			show_part(b, &m->down);
		}
	}
	buf_char(b, '\n');
}

static void
histories(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena a;
		struct diags diags = { .arena = &a };
		struct config config;
		struct history h;
		arena_init(&a, NULL, NULL);
		struct buf got = BUF(&a);
		struct advice advice = { .text = str_of(rows[i].safe), .at = rows[i].at };
		example_history(&a, STR("x"), str_of(rows[i].text), rows[i].safe != NULL ? &advice : NULL, &config, &h, &diags);
		show(&got, &h);
		assert_string_equal(str_c(&a, buf_text(&got)), rows[i].want);
		assert_int_equal(diags.list.n, 0);
		arena_free(&a);
	}
}

static void
configuration(void **state)
{
	struct arena a;
	struct diags diags = { .arena = &a };
	struct config config;
	struct history h;

	(void)state;
	arena_init(&a, NULL, NULL);
	example_history(&a, STR("x"), STR("A;"), NULL, &config, &h, &diags);
	assert_int_equal(config.pg_version, 18);
	assert_int_equal(config.session[SETTING_LOCK_TIMEOUT].value, 5000);
	example_history(&a, STR("x"), STR("-- config: { pg_version: 14, session: { lock_timeout: 0 } }\nA;"), NULL, &config,
	    &h, &diags);
	assert_int_equal(config.pg_version, 14);
	assert_int_equal(config.session[SETTING_LOCK_TIMEOUT].value, 0);
	assert_int_equal(diags.list.n, 0);
	example_history(&a, STR("x"), STR("-- config: { pg_version: 1 }\nA;"), NULL, &config, &h, &diags);
	assert_int_equal(diags.list.n, 1);
	arena_free(&a);
}

static void
carets(void **state)
{
	struct carets c = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	example_carets(&a, STR("A\n  B\n  --  ^^^\n--   ??\nC -- ^^\n-- x ^^\n-- ^^ x\n-- ^?\nD ^ 2\n"), &c);
	assert_int_equal(c.n, 2);
	assert_int_equal(c.items[0].at.line, 2);
	assert_int_equal(c.items[0].at.column, 7);
	assert_false(c.items[0].possible);
	assert_int_equal(c.items[1].at.line, 2);
	assert_int_equal(c.items[1].at.column, 6);
	assert_true(c.items[1].possible);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(histories), cmocka_unit_test(configuration), cmocka_unit_test(carets) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
