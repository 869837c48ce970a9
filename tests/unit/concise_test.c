#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "report.h"

static const char full[] =
	"db/V7.sql:2:22: error[set-not-null-scan] SET NOT NULL on users.email reads every row while no one can read or write\n"
	"db/V8.sql:2:22: warning[set-not-null-scan] (possible) SET NOT NULL on \xe8\xa1\xa8.na\xef\xbf\xbd reads every row\n"
	"db/V9.sql: error[syntax-error] cannot read it\n"
	"info[nowhere] about no place\n";

static void
check(struct report *r, const char *want)
{
	struct buf out = BUF(r->arena);

	output_find(STR("concise"))->write(&out, r);
	assert_string_equal(str_c(r->arena, buf_text(&out)), want);
}

static void
test_full(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	struct report *r = report_full(&arena);
	r->quiet = true;
	check(r, full);
	r->ndiags = 0;
	r->quiet = false;
	r->tally = (struct tally){ .files = 1, .statements = 2 };
	check(r, "No problems found in 1 file (2 statements).\n");
	arena_free(&arena);
}

static void
test_hostile(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	struct report *r = report_hostile(&arena);
	r->quiet = true;
	check(r, HOSTILE_PATH_SHOWN ":1:1: error[x] " HOSTILE_TEXT_ON_ONE_LINE "\n");
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
