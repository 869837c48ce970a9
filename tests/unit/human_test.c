#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "output/layout.h"
#include "report.h"

static char *
render(struct arena *arena, const struct report *r)
{
	struct buf out = BUF(arena);

	output_find(STR("human"))->write(&out, r);
	return str_c(arena, buf_text(&out));
}

/* A diagnostic with one frame: the place of each label is marked in the text by {braces}, which are taken out. */
struct frame_case {
	const char *text;
	const char *labels[4];          /* in the order of the opening braces; the first is the primary one */
	const char *want;               /* what stands between the first and the last line of the frame */
};

static const struct frame_case frames[] = {
	{ "a {b} c", { "text" },
		"  1 | a b c\n"
		"    |   ^ text\n" },
	{ "a {b} {cd}", { "one", "two" },
		"  1 | a b cd\n"
		"    |   ^ -- two\n"
		"    |   |\n"
		"    |   one\n" },
	{ "{a} {b} {cd}", { "one", "two", "three" },
		"  1 | a b cd\n"
		"    | ^ - -- three\n"
		"    | | |\n"
		"    | | two\n"
		"    | one\n" },
	{ "{ab {cd} ef}", { "all", "" },
		"  1 | ab cd ef\n"
		"    | ^^^--^^^\n"
		"    | |\n"
		"    | all\n" },
	{ "\t{x}", { "tab" },
		"  1 |     x\n"
		"    |     ^ tab\n" },
	{ "\xe8\xa1\xa8 {e\xcc\x81t\xc3\xa9}", { "wide" },
		"  1 | \xe8\xa1\xa8 e\xcc\x81t\xc3\xa9\n"
		"    |    ^^^ wide\n" },
	{ "\x1b[31m{x}\xff", { "no escape" },
		"  1 | \xef\xbf\xbd[31mx\xef\xbf\xbd\n"
		"    |      ^ no escape\n" },
	{ "one {two  \nthree} four", { "goes on" },
		"  1 | one two\n"
		"    |     ^^^... goes on\n" },
	{ "{a}\nb\n{c}", { "", "" },
		"  1 | a\n"
		"    | ^\n"
		"  2 | b\n"
		"  3 | c\n"
		"    | -\n" },
	{ "{a}\n\n\n{c}\r\n", { "", "x" },
		"  1 | a\n"
		"    | ^\n"
		"...\n"
		"  4 | c\n"
		"    | - x\n" },
};

static struct str
without_braces(struct arena *arena, const char *text, struct span *spans, size_t *n)
{
	struct buf out = BUF(arena);
	size_t open[4], depth = 0;

	for (*n = 0; *text; text++) {
		if (*text == '{') {
			open[depth++] = *n;
			spans[(*n)++] = (struct span){ (uint32_t)out.n, 0 };
		} else if (*text == '}') {
			struct span *s = &spans[open[--depth]];
			s->len = (uint32_t)out.n - s->off;
		} else
			buf_char(&out, *text);
	}
	return buf_text(&out);
}

static void
frame(struct arena *arena, const struct frame_case *c)
{
	struct diags diags = { .arena = arena };
	struct span spans[4];
	size_t n;
	struct str text = without_braces(arena, c->text, spans, &n);
	struct source *source = source_new(arena, STR("f.sql"), text);
	struct diag *d = diag_add(&diags, SEVERITY_ERROR, STR("input"), STR("r"), (struct place){ source, spans[0] }, STR("m"));

	d->labels[0].text = str_of(c->labels[0]);
	for (size_t i = 1; i < n; i++)
		diag_label(&diags, d, (struct place){ source, spans[i] }, str_of(c->labels[i]));
	struct report r = { .arena = arena, .diags = &d, .ndiags = 1, .quiet = true };
	struct position p = source_position(source, spans[0].off);
	struct str want = str_printf(arena, "error[r]: m\n   --> f.sql:%u:%u\n    |\n%s    |\n\n", p.line, p.column, c->want);
	assert_string_equal(render(arena, &r), str_c(arena, want));
}

static void
test_frames(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		struct arena arena;
		arena_init(&arena, NULL, NULL);
		frame(&arena, &frames[i]);
		arena_free(&arena);
	}
}

static const char full[] =
	"error[set-not-null-scan]: SET NOT NULL on users.email reads every row while no one can read or write\n"
	"   --> db/V7.sql:2:22\n"
	"    |\n"
	"  2 |   ALTER COLUMN email SET NOT NULL;\n"
	"    |                ----- ^^^^^^^^^^^^ scans all rows under ACCESS EXCLUSIVE\n"
	"    |\n"
	"   --> db/V1.sql:1:14\n"
	"    |\n"
	"  1 | CREATE TABLE users (\n"
	"    |              ----- table exists since V1, so it may hold rows\n"
	"    |\n"
	"    = why: The proof runs while the lock is held. Every other session waits in line behind it, and\n"
	"           the ones that come later behind those.\n"
	"    = safe: ALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;\n"
	"            ALTER TABLE users VALIDATE CONSTRAINT c;\n"
	"    = allow: -- dbopt-migrate: allow set-not-null-scan because ...\n"
	"\n"
	"warning[set-not-null-scan] (possible): SET NOT NULL on \xe8\xa1\xa8.na\xef\xbf\xbd reads every row\n"
	"   --> db/V8.sql:2:22\n"
	"    |\n"
	"  2 |     ALTER TABLE \xe8\xa1\xa8 ALTER na\xc3\xafve SET \xef\xbf\xbd NOT NULL;\n"
	"    |     -----------          ^^^^^ --- third\n"
	"    |     |\n"
	"    |     starts here\n"
	"    |\n"
	"    = note: table.rows is not known\n"
	"\n"
	"error[syntax-error]: cannot read it\n"
	"   --> db/V9.sql\n"
	"\n"
	"info[nowhere]: about no place\n"
	"\n"
	"2 errors, 1 warning, 1 info in 3 files (2 statements); 1 could not be checked\n";

static void
test_full(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	assert_string_equal(render(&arena, report_full(&arena)), full);
	arena_free(&arena);
}

static void
test_verbose(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	struct report *r = report_full(&arena);
	r->verbose = true;
	const char *text = render(&arena, r);
	assert_non_null(strstr(text, "This third sentence"));
	assert_non_null(strstr(text, "    = trade-offs: Two migrations instead of one.\n"));
	assert_non_null(strstr(text, "    = why: Said already.\n"));
	arena_free(&arena);
}

static void
test_color(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	struct report *r = report_full(&arena);
	r->color = true;
	const char *text = render(&arena, r);
	assert_ptr_equal(strstr(text, "\033[1;31merror[set-not-null-scan]\033[0m\033[1m: SET"), text);
	assert_non_null(strstr(text, "\033[1;34m-----\033[0m \033[1;31m^^^^^^^^^^^^ \033[1;31mscans"));
	arena_free(&arena);
}

static void
test_clean(void **state)
{
	struct arena arena;
	struct report r = { .arena = &arena, .tally = { .files = 1, .statements = 45 } };

	(void)state;
	arena_init(&arena, NULL, NULL);
	assert_string_equal(render(&arena, &r), "No problems found in 1 file (45 statements).\n");
	r.quiet = true;
	assert_string_equal(render(&arena, &r), "");
	arena_free(&arena);
}

/* A line of a megabyte, and marks that are far apart on it. */
static void
test_long_line(void **state)
{
	struct arena arena;
	struct diags diags = { .arena = &arena };
	struct buf line = BUF(&arena);

	(void)state;
	arena_init(&arena, NULL, NULL);
	for (size_t i = 0; i < 100000; i++)
		buf_c(&line, "0123456789");
	struct source *source = source_new(&arena, STR("f.sql"), buf_text(&line));
	struct diag *d = diag_add(&diags, SEVERITY_ERROR, STR("input"), STR("r"),
		(struct place){ source, { 500000, 10 } }, STR("m"));
	diag_label(&diags, d, (struct place){ source, { 500000 + 300, 10 } }, STR("far"));
	diag_label(&diags, d, (struct place){ source, { 0, 1000000 } }, STR("all"));
	struct report r = { .arena = &arena, .diags = &d, .ndiags = 1, .quiet = true };
	const char *text = render(&arena, &r);
	assert_true(strlen(text) < 2000);
	assert_non_null(strstr(text, "...0123456789"));
	assert_non_null(strstr(text, " ^^^^^^^^^^\n"));
	assert_non_null(strstr(text, " ---------- far\n"));
	arena_free(&arena);
}

static const struct {
	const char *text, *want;
	size_t indent, width;
} wraps[] = {
	{ "", "", 0, 10 },
	{ "a  b\nc", "a b c", 0, 10 },
	{ "aaa bbb ccc", "aaa bbb\nccc", 0, 8 },
	{ "aaa bbb ccc", "aaa\n  bbb\n  ccc", 2, 8 },
	{ "toolongaword x", "toolongaword\n x", 1, 5 },
	{ "one\n\ntwo\n", "one\n\n two", 1, 20 },
};

static void
test_wrap(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wraps) / sizeof(wraps[0]); i++) {
		struct arena arena;
		struct buf out = BUF(&arena);
		arena_init(&arena, NULL, NULL);
		text_wrap(&out, str_of(wraps[i].text), wraps[i].indent, wraps[i].width);
		assert_string_equal(str_c(&arena, buf_text(&out)), wraps[i].want);
		arena_free(&arena);
	}
}

static void
test_hostile(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	struct report *r = report_hostile(&arena);
	r->verbose = true;
	const char *text = render(&arena, r);
	assert_non_null(strstr(text, "--> " HOSTILE_PATH_SHOWN ":1:1\n"));
	assert_non_null(strstr(text, "error[x]: " HOSTILE_TEXT_ON_ONE_LINE "\n"));
	for (; *text; text++)
		assert_true(*text == '\n' || ((unsigned char)*text >= ' ' && *text != 0x7f));
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_verbose),
		cmocka_unit_test(test_color),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
