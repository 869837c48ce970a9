#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include <string.h>

#include "base/buf.h"
#include "text/diag.h"

static void
severities(void **state)
{
	enum severity s;

	(void)state;
	for (int i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
		assert_true(severity_parse(str_of(severity_name((enum severity)i)), &s));
		assert_int_equal(s, i);
	}
	assert_false(severity_parse(STR("Error"), &s));
	assert_false(severity_parse(STR(""), &s));
}

static void
labels(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct diags diags = { .arena = &a };
	const struct source *s = source_new(&a, STR("a.sql"), STR("SELECT 1"));
	struct diag *d = diag_add(&diags, SEVERITY_INFO, STR("c"), STR("r"), (struct place){ s, { 0, 6 } }, STR("m"));
	assert_int_equal(d->nlabels, 1);
	for (uint32_t i = 0; i < 20; i++) {
		diag_label(&diags, d, (struct place){ s, { i, 1 } }, STR("t"));
		diag_note(&diags, d, str_printf(&a, "%u", i));
	}
	assert_int_equal(d->nlabels, 21);
	assert_int_equal(d->labels[0].at.span.len, 6);
	assert_int_equal(d->labels[20].at.span.off, 19);
	assert_int_equal(d->nnotes, 20);
	assert_true(str_is(d->notes[19], "19"));
	d = diag_add(&diags, SEVERITY_INFO, STR("c"), STR("r"), (struct place){ 0 }, STR("m"));
	assert_int_equal(d->nlabels, 0);
	d->labels[0].text = STR("lost");
	assert_int_equal(diags.list.n, 2);
	arena_free(&a);
}

/* file: index into the paths, -1 for none. */
static const struct row {
	int file;
	uint32_t off;
	const char *rule, *message, *statement;
} rows[] = {
	{ 1, 5, "r", "m", "A" },
	{ 0, 7, "r", "m", "A" },
	{ 0, 5, "s", "m", "A" },
	{ 0, 5, "r", "n", "A" },
	{ 0, 5, "r", "m", "A" },
	{ 0, 5, "r", "m", "A" },        /* a repetition */
	{ -1, 0, "r", "m", "" },
	{ 2, 1, "r", "m", "A" },
	{ 0, 5, "r", "m", "B" },        /* differs in what the order does not look at */
};

static const char *const sorted =
	":0 r m \n"
	"v2.sql:5 r m A\n"
	"v2.sql:5 r m B\n"
	"v2.sql:5 r n A\n"
	"v2.sql:5 s m A\n"
	"v2.sql:7 r m A\n"
	"v9.sql:1 r m A\n"
	"v10.sql:5 r m A\n";

static void
show(struct buf *b, const struct diag *d)
{
	struct place at = d->nlabels ? d->labels[0].at : (struct place){ 0 };

	buf_str(b, at.source ? at.source->path : STR(""));
	buf_printf(b, ":%u %.*s %.*s %.*s\n", at.span.off, STR_ARG(d->rule), STR_ARG(d->message), STR_ARG(d->statement));
}

/* The same result from every rotation of the rows. */
static void
sorts(void **state)
{
	enum { N = sizeof(rows) / sizeof(*rows) };

	(void)state;
	for (size_t shift = 0; shift < N; shift++) {
		struct arena a;

		arena_init(&a, NULL, NULL);
		struct diags diags = { .arena = &a };
		struct buf have = BUF(&a);
		const struct source *files[] = { source_new(&a, STR("v2.sql"), STR("")),
			source_new(&a, STR("v10.sql"), STR("")), source_new(&a, STR("v9.sql"), STR("")) };
		for (size_t i = 0; i < N; i++) {
			const struct row *r = &rows[(i + shift) % N];
			struct place at = { r->file < 0 ? NULL : files[r->file], { r->off, 1 } };

			diag_add(&diags, SEVERITY_ERROR, STR("c"), str_of(r->rule), at.source ? at : (struct place){ 0 },
			    str_of(r->message))->statement = str_of(r->statement);
		}
		diags_finish(&diags);
		for (size_t i = 0; i < diags.list.n; i++)
			show(&have, diags.list.items[i]);
		assert_string_equal(str_c(&a, buf_text(&have)), sorted);
		arena_free(&a);
	}
}

static struct str
print_of(struct arena *a, uint32_t off, const char *rule, const char *path, const char *statement)
{
	struct diags diags = { .arena = a };
	struct place at = { source_new(a, str_of(path), STR("")), { off, 1 } };

	diag_add(&diags, SEVERITY_ERROR, STR("c"), str_of(rule), at, STR("m"))->statement = str_of(statement);
	diags_finish(&diags);
	return diags.list.items[0]->fingerprint;
}

static void
fingerprints(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct str print = print_of(&a, 5, "r", "p", "ALTER TABLE t");
	assert_int_equal(print.n, 16);
	assert_int_equal(strspn(print.s, "0123456789abcdef"), 16);
	assert_true(str_eq(print, print_of(&a, 99, "r", "p", "ALTER  TABLE\r\n\tt\n")));
	assert_false(str_eq(print, print_of(&a, 5, "r", "p", "ALTER TABLEt")));
	assert_false(str_eq(print, print_of(&a, 5, "r", "q", "ALTER TABLE t")));
	assert_false(str_eq(print, print_of(&a, 5, "rp", "", "ALTER TABLE t")));
	arena_free(&a);
}

static void
fingerprints_of_equals(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct diags diags = { .arena = &a };
	const struct source *s = source_new(&a, STR("p"), STR(""));
	for (uint32_t i = 0; i < 50; i++)
		diag_add(&diags, SEVERITY_ERROR, STR("c"), STR("r"), (struct place){ s, { 500 - i, 1 } }, STR("m"))
		    ->statement = STR("ALTER TABLE t");
	diags_finish(&diags);
	assert_int_equal(diags.list.n, 50);
	assert_true(str_eq(diags.list.items[0]->fingerprint, print_of(&a, 5, "r", "p", "ALTER TABLE t")));
	for (size_t i = 0; i < 50; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(diags.list.items[i]->fingerprint, diags.list.items[k]->fingerprint));
	diags_finish(&(struct diags){ .arena = &a });
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(severities),
		cmocka_unit_test(labels),
		cmocka_unit_test(sorts),
		cmocka_unit_test(fingerprints),
		cmocka_unit_test(fingerprints_of_equals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
