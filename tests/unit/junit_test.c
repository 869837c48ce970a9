#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "report.h"

#define BAD "\xef\xbf\xbd"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"dbopt-migrate\" "

static const char full[] =
	HEAD "tests=\"5\" failures=\"2\" errors=\"1\">\n"
	"\t<testsuite name=\"db/V1.sql\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
	"\t\t<testcase classname=\"db/V1.sql\" name=\"no findings\"/>\n"
	"\t</testsuite>\n"
	"\t<testsuite name=\"db/V7.sql\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
	"\t\t<testcase classname=\"db/V7.sql\" name=\"set-not-null-scan at 2:22\">\n"
	"\t\t\t<failure type=\"error\" message=\"SET NOT NULL on users.email reads every row while no one can read or write\">"
	"db/V7.sql:2:22: error[set-not-null-scan] SET NOT NULL on users.email reads every row while no one can read or write\n"
	"safe:\nALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;\n"
	"ALTER TABLE users VALIDATE CONSTRAINT c;</failure>\n"
	"\t\t</testcase>\n"
	"\t</testsuite>\n"
	"\t<testsuite name=\"db/V8.sql\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
	"\t\t<testcase classname=\"db/V8.sql\" name=\"set-not-null-scan at 2:22\">\n"
	"\t\t\t<failure type=\"warning\" message=\"SET NOT NULL on \xe8\xa1\xa8.na" BAD " reads every row\">"
	"db/V8.sql:2:22: warning[set-not-null-scan] (possible) SET NOT NULL on \xe8\xa1\xa8.na" BAD " reads every row\n"
	"note: table.rows is not known</failure>\n"
	"\t\t</testcase>\n"
	"\t</testsuite>\n"
	"\t<testsuite name=\"db/V9.sql\" tests=\"1\" failures=\"0\" errors=\"1\">\n"
	"\t\t<testcase classname=\"db/V9.sql\" name=\"syntax-error\">\n"
	"\t\t\t<error type=\"error\" message=\"cannot read it\">db/V9.sql: error[syntax-error] cannot read it</error>\n"
	"\t\t</testcase>\n"
	"\t</testsuite>\n"
	"\t<testsuite name=\"dbopt-migrate\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
	"\t\t<testcase classname=\"dbopt-migrate\" name=\"nowhere\">\n"
	"\t\t\t<system-out>info[nowhere] about no place</system-out>\n"
	"\t\t</testcase>\n"
	"\t</testsuite>\n"
	"</testsuites>\n";

#define PATH_END "b/&quot;&lt;&amp;&gt;'%0A::error,x:y"
#define NAME "a " PATH_END "&#10;" BAD "[31m\xc3\xa9" BAD ".sql"
#define ATTRIBUTE "100% " BAD "[0m&#10;::error::{0} [a](b) ]]&gt; &lt;i&gt;&quot;&amp;'" BAD BAD "&#13;&#10;\xe2\x80\xae" "end"
#define TEXT "100% " BAD "[0m\n::error::{0} [a](b) ]]&gt; &lt;i&gt;&quot;&amp;'" BAD BAD "&#13;\n\xe2\x80\xae" "end"

static const char hostile[] =
	HEAD "tests=\"1\" failures=\"1\" errors=\"0\">\n"
	"\t<testsuite name=\"" NAME "\" tests=\"1\" failures=\"1\" errors=\"0\">\n"
	"\t\t<testcase classname=\"" NAME "\" name=\"x at 1:1\">\n"
	"\t\t\t<failure type=\"error\" message=\"" ATTRIBUTE "\">"
	"./a " PATH_END "\n" BAD "[31m\xc3\xa9" BAD ".sql:1:1: error[x] " TEXT "\nnote: " TEXT "\nsafe:\n" TEXT "</failure>\n"
	"\t\t</testcase>\n"
	"\t</testsuite>\n"
	"</testsuites>\n";

static void
check(const struct report *r, const char *want)
{
	struct buf out = BUF(r->arena);

	output_find(STR("junit"))->write(&out, r);
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
	check(&(struct report){ .arena = &arena }, HEAD "tests=\"0\" failures=\"0\" errors=\"0\">\n</testsuites>\n");
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_all) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
