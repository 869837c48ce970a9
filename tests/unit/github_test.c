#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "report.h"

#define BAD "\xef\xbf\xbd"

static const char full[] =
	"::error file=db/V7.sql,line=2,endLine=2,col=22,endColumn=34,title=set-not-null-scan::SET NOT NULL on users.email "
	"reads every row while no one can read or write%0ASafe:%0AALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT "
	"NULL) NOT VALID;%0AALTER TABLE users VALIDATE CONSTRAINT c;\n"
	"::warning file=db/V8.sql,line=2,endLine=2,col=22,endColumn=27,title=set-not-null-scan (possible)::SET NOT NULL on "
	"\xe8\xa1\xa8.na" BAD " reads every row%0ANote: table.rows is not known\n"
	"::error file=db/V9.sql,title=syntax-error::cannot read it\n"
	"::notice title=nowhere::about no place\n"
	"2 errors, 1 warning, 1 info in 3 files (2 statements); 1 could not be checked\n";

#define TEXT "100%25 " BAD "[0m%0A::error::{0} [a](b) ]]> <i>\"&'" BAD BAD BAD "%0A" BAD "end"

static const char hostile[] =
	"::error file=a b/\"<&>'%250A%3A%3Aerror%2Cx%3Ay%0A" BAD "[31m\xc3\xa9" BAD ".sql,line=1,endLine=1,col=1,endColumn=5,"
	"title=x::" TEXT "%0ANote: " TEXT "%0ASafe:%0A" TEXT "\n"
	"1 error in 1 file (1 statement)\n";

static void
check(const struct report *r, const char *want)
{
	struct buf out = BUF(r->arena);

	output_find(STR("github"))->write(&out, r);
	assert_string_equal(str_c(r->arena, buf_text(&out)), want);
}

static void
test_all(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	check(report_full(&arena), full);
	check(report_hostile(&arena), hostile);
	arena_free(&arena);
}

static void
test_lines(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	struct report *r = report_full(&arena);
	struct label *first = r->diags[0]->labels;
	r->diags[0]->safe = STR("");
	r->diags[0]->message = STR("long");
	r->ndiags = 1;
	r->quiet = true;
	first->at.span = span_of(0, first->at.source->text.n - 1);
	check(r, "::error file=db/V7.sql,line=1,endLine=2,title=set-not-null-scan::long\n");
	arena_free(&arena);
}

static void
test_path(void **state)
{
	(void)state;
	assert_true(str_is(path_plain(STR("././/a/./b.sql")), "a/./b.sql"));
	assert_true(str_is(path_plain(STR("../a.sql")), "../a.sql"));
	assert_true(str_is(path_plain(STR("/a.sql")), "/a.sql"));
	assert_true(str_is(path_plain(STR("./")), "./"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
