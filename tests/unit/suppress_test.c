#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/buf.h"
#include "text/suppress.h"

/*
 * !x in a statement stands for a finding of rule x there; !i for one of category "input". What is left is shown as
 * RULE@LINE:COLUMN, and with the words it points at when it is about a suppression.
 */
#define WHY " because y\n"

static const struct row {
	const char *sql, *want;
} rows[] = {
	{ "A !a;\n", "a@1:3" },
	{ "-- nothing to see\nA !a;\n", "a@2:3" },
	/* before, inside, behind */
	{ "-- dbopt-migrate: allow a" WHY "A !a;\n", "" },
	{ "A !a\n  -- dbopt-migrate: allow a" WHY "  B !a;\n", "" },
	{ "A !a; -- dbopt-migrate: allow a" WHY, "" },
	{ "A !a; -- dbopt-migrate: allow a" WHY "B !a;\n", "a@2:3" },
	{ "A !a -- dbopt-migrate: allow a" WHY ";\nB !a;\n", "a@3:3" },
	{ "A !a\n-- dbopt-migrate: allow a" WHY ";\nB !a;\n", "a@4:3" },
	{ "A !a; /* x */ -- dbopt-migrate: allow a" WHY "B !a;", "a@2:3" },
	{ "A !a; /* dbopt-migrate: allow a because y */ B !a;", "a@1:3" },
	{ "A !a;\n-- dbopt-migrate: allow a" WHY "B !a; C !a;\n", "a@1:3 a@3:9" },
	{ "A;\n-- dbopt-migrate: allow a" WHY "-- more\n\n/* and\n\nmore */ B !a;\nC !a;\n", "a@8:3" },
	{ "A;\n-- dbopt-migrate: allow a" WHY "\nB !a;\n", "" },
	{ "A; -- x\n-- dbopt-migrate: allow a" WHY ";\nB !a;", "unused-suppression@2:25(a) a@4:3" },
	{ "A !a;\n-- dbopt-migrate: allow a" WHY, "a@1:3 unused-suppression@2:25(a)" },
	/* several */
	{ "-- dbopt-migrate: allow a, b" WHY "A !a !b !c;\n", "c@2:9" },
	{ "-- dbopt-migrate: allow a,b,a , c," WHY "A !a !b !c;\n", "" },
	{ "-- dbopt-migrate: allow a" WHY "-- dbopt-migrate: allow b" WHY "A !a !b;\n", "" },
	{ "-- dbopt-migrate: allow a, b" WHY "A !a;\n", "unused-suppression@1:28(b)" },
	{ "/* dbopt-migrate: allow a because y\n * dbopt-migrate: allow b because y */\nA !a !b !c;", "c@3:9" },
	{ "/* dbopt-migrate: allow a\n   because y */\nA !a;", "suppression-without-reason@1:25(a) a@3:3" },
	/* the whole file */
	{ "A !a;\n-- dbopt-migrate: allow-file a" WHY "B !a !b;\n", "b@3:6" },
	{ "-- dbopt-migrate: allow a" WHY "\nA !a;\nB !a;\n", "" },
	{ "-- dbopt-migrate: allow a" WHY " \t\r\n-- more\nA !a;\nB !a;\n", "" },
	{ "-- licence\n\n-- dbopt-migrate: allow a" WHY "A !a;\nB !a;\n", "a@5:3" },
	{ "-- dbopt-migrate: allow a" WHY "-- more\nA !a;\n\nB !a;\n", "a@5:3" },
	{ "-- dbopt-migrate: allow a" WHY "/*\n\n*/\nA !a;\nB !a;\n", "a@6:3" },
	{ "A;\n-- dbopt-migrate: allow a" WHY "\nB !a;\nC !a;\n", "a@5:3" },
	{ "-- dbopt-migrate: allow-file a" WHY, "unused-suppression@1:30(a)" },
	{ "-- dbopt-migrate: allow-file a" WHY "-- dbopt-migrate: allow a" WHY "A !a;", "" },
	/* spelling */
	{ "--DBOPT-Migrate:Allow a Because y\nA !a;\n", "" },
	{ "---- # dbopt-migrate : allow a because: y\r\nA !a;\r\n", "" },
	{ "/*dbopt-migrate:allow a because y*/A !a;", "" },
	{ "-- dbopt-migrate: allow aa because y\nA !a;", "suppression-unknown-rule@1:25(aa) a@2:3" },
	{ "-- dbopt-migrate: allow a, nope" WHY "A !a;", "suppression-unknown-rule@1:28(nope)" },
	{ "-- dbopt-migrate: allow a\nA !a;", "suppression-without-reason@1:25(a) a@2:3" },
	{ "-- dbopt-migrate: allow a, b because \nA !a;", "suppression-without-reason@1:25(a, b) a@2:3" },
	{ "/* dbopt-migrate: allow a because */A !a;", "suppression-without-reason@1:25(a) a@1:39" },
	{ "-- dbopt-migrate: allow nope\nA !a;",
	    "suppression-unknown-rule@1:25(nope) suppression-without-reason@1:25(nope) a@2:3" },
	{ "-- dbopt-migrate: allow\nA !a;", "suppression-malformed@1:19(allow) a@2:3" },
	{ "-- dbopt-migrate: allow because y\nA !a;", "suppression-malformed@1:19(allow) a@2:3" },
	{ "-- dbopt-migrate: allow a we know\nA !a;", "suppression-malformed@1:27(we) a@2:3" },
	{ "-- dbopt-migrate: ignore a" WHY "A !a;", "suppression-malformed@1:19(ignore) a@2:3" },
	{ "-- dbopt-migrate:\nA;", "suppression-malformed@1:4(dbopt-migrate)" },
	{ "-- dbopt-migrate allow a" WHY "A !a;", "suppression-malformed@1:4(dbopt-migrate) a@2:3" },
	{ "-- dbopt-migrate is a tool\n-- dbopt-migrated: allow a" WHY "A !a;", "a@3:3" },
	{ "-- see dbopt-migrate: allow a" WHY "A !a;", "a@2:3" },
	/* what cannot be silenced */
	{ "-- dbopt-migrate: allow i" WHY "A !i;", "unused-suppression@1:25(i) i@2:3" },
	{ "-- atlas:nolint\nA !i !a;", "i@2:3" },
	/* squawk */
	{ "-- squawk-ignore one\nA !a !b;", "b@2:6" },
	{ "-- squawk-ignore: both, three\nA !a !b !c;", "" },
	{ "-- squawk-ignore both, nope, -- y\nA !a !b !c;", "c@2:9" },
	{ "-- squawk-ignore\nA !a !b;\nB !c;", "c@3:3" },
	{ "A;\n-- squawk-ignore-file one\nB !a;\nC !a !b;", "b@4:6" },
	{ "-- squawk-ignore-file\nA !a;\nB !b;", "" },
	{ "-- squawk-ignore one\n\nA !a;\nB !a;", "a@4:3" },
	{ "-- squawk-ignored one\nA !a;", "a@2:3" },
	{ "-- squawk-ignore one\nA;", "" },
	/* pgsafe, atlas */
	{ "-- pgsafe:ignore one we know\nA !a !b;", "b@2:6" },
	{ "-- pgsafe:ignore\nA !a;", "a@2:3" },
	{ "-- atlas:nolint one three\nA !a !b !c;", "b@2:6" },
	{ "--atlas:nolint\nA !a !b;\nB !a;", "a@3:3" },
	{ "-- atlas:nolint\n\nA !a !b;\nB !a;", "" },
};

static struct rule_name
lookup(void *arg, struct str name, size_t index)
{
	static const struct {
		const char *name, *ids[2];
	} known[] = {
		{ "a", { "a" } }, { "b", { "b" } }, { "c", { "c" } }, { "i", { "i" } }, { "f", { "f" } },
		{ "squawk:one", { "a" } }, { "squawk:both", { "a", "b" } }, { "squawk:three", { "c" } },
		{ "pgsafe:one", { "a" } }, { "atlas:one", { "a" } }, { "atlas:three", { "c" } },
	};

	assert_null(arg);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_is(name, known[i].name))
			return (struct rule_name){ index < 2 ? str_of(known[i].ids[index]) : STR_NONE, STR_NONE };
	return (struct rule_name){ STR_NONE, str_is(name, "aa") ? STR("a") : STR_NONE };
}

/* As little of a scanner as the rows need. */
struct scan {
	struct arena *arena;
	const struct source *source;
	struct diags diags;
	VEC(struct comment) comments;
	VEC(struct span) statements;
};

static size_t
scan_comment(struct scan *s, size_t at)
{
	struct str text = str_slice(s->source->text, at, s->source->text.n);
	bool line = str_starts(text, "--");
	size_t end = line ? str_find_char(text, '\n') : str_find(text, STR("*/"));

	end = end == (size_t)-1 ? text.n : line ? end : end + 2;
	*vec_push(s->arena, &s->comments) = (struct comment){ span_of(at, at + end) };
	return at + end;
}

static void
scan_finding(struct scan *s, size_t at)
{
	struct str rule = str_slice(s->source->text, at + 1, at + 2);

	diag_add(&s->diags, SEVERITY_ERROR, str_is(rule, "i") ? STR("input") : STR("locks"), rule,
	    (struct place){ s->source, span_of(at, at + 2) }, STR("m"));
}

static void
scan(struct scan *s)
{
	const struct str text = s->source->text;
	bool open = false;

	for (size_t at = 0; at < text.n;) {
		struct str rest = str_slice(text, at, text.n);

		if (str_starts(rest, "--") || str_starts(rest, "/*")) {
			at = scan_comment(s, at);
			continue;
		}
		if (text.s[at] == ';')
			open = false;
		else if (str_trim(str_slice(text, at, at + 1)).n) {
			if (!open)
				*vec_push(s->arena, &s->statements) = span_of(at, at);
			vec_last(&s->statements)->len = (uint32_t)(at + 1 - vec_last(&s->statements)->off);
			open = true;
			if (text.s[at] == '!')
				scan_finding(s, at);
		}
		at++;
	}
}

static void
apply(struct scan *s, bool report_unused)
{
	suppress_apply(&s->diags, &(struct suppress_input){ .source = s->source, .comments = s->comments.items,
	    .ncomments = s->comments.n, .statements = s->statements.items, .nstatements = s->statements.n,
	    .lookup = lookup, .report_unused = report_unused });
}

static struct scan
scanned(struct arena *a, const char *sql)
{
	struct scan s = { .arena = a, .source = source_new(a, STR("x.sql"), str_of(sql)), .diags = { .arena = a } };

	scan(&s);
	return s;
}

static const char *
left(struct scan *s)
{
	struct buf b = BUF(s->arena);

	diags_finish(&s->diags);
	for (size_t i = 0; i < s->diags.list.n; i++) {
		const struct diag *d = s->diags.list.items[i];
		struct place at = d->labels[0].at;
		struct position p = source_position(at.source, at.span.off);

		buf_printf(&b, "%s%.*s@%u:%u", i ? " " : "", STR_ARG(d->rule), p.line, p.column);
		if (str_is(d->category, "suppression"))
			buf_printf(&b, "(%.*s)", STR_ARG(source_text(at.source, at.span)));
	}
	return str_c(s->arena, buf_text(&b));
}

static void
suppresses(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena a;

		arena_init(&a, NULL, NULL);
		struct scan s = scanned(&a, rows[i].sql);
		apply(&s, true);
		const char *have = left(&s);
		if (!str_is(str_of(have), rows[i].want)) {
			printf("# %s\n# - %s\n# + %s\n", rows[i].sql, rows[i].want, have);
			wrong++;
		}
		arena_free(&a);
	}
	assert_int_equal(wrong, 0);
}

static void
messages(void **state)
{
	static const struct row said[] = {
		{ "-- dbopt-migrate: allow aa" WHY "A;", "the suppression names aa, which is not a rule; did you mean a?" },
		{ "-- dbopt-migrate: allow zz" WHY "A;", "the suppression names zz, which is not a rule" },
		{ "-- dbopt-migrate: allow a\nA;", "the suppression of a has no effect, because it gives no reason" },
		{ "-- dbopt-migrate: allow a" WHY "A;",
		    "the suppression of a is unused: this statement is not reported by it" },
		{ "-- dbopt-migrate: allow-file a" WHY "A;",
		    "the suppression of a is unused: nothing in this file is reported by it" },
		{ "A;\n-- dbopt-migrate: allow a" WHY, "the suppression of a is unused: no statement belongs to this comment" },
		{ "-- dbopt-migrate: allow\nA;", "cannot understand this suppression: it names no rule" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		struct arena a;

		arena_init(&a, NULL, NULL);
		struct scan s = scanned(&a, said[i].sql);
		apply(&s, true);
		assert_int_equal(s.diags.list.n, 1);
		assert_int_equal(s.diags.list.items[0]->severity, SEVERITY_WARNING);
		assert_string_equal(str_c(&a, s.diags.list.items[0]->message), said[i].want);
		arena_free(&a);
	}
}

/* Findings of no statement, of no place and of another file. */
static void
elsewhere(void **state)
{
	static const struct row of_file[] = {
		{ "-- dbopt-migrate: allow-file f" WHY "A;", "f@1:1 f@1:1" },
		{ "-- dbopt-migrate: allow f" WHY "\nA;", "f@1:1 f@1:1" },
		{ "A; -- dbopt-migrate: allow f" WHY, "f@1:1 f@1:1 f@1:1" },
		{ "-- squawk-ignore-file\nA;", "f@1:1 f@1:1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(of_file) / sizeof(*of_file); i++) {
		struct arena a;

		arena_init(&a, NULL, NULL);
		struct scan s = scanned(&a, of_file[i].sql);
		const struct source *other = source_new(&a, STR("y.sql"), STR("A;"));
		diag_add(&s.diags, SEVERITY_ERROR, STR("c"), STR("f"), (struct place){ s.source, { 0, 0 } }, STR("of x"));
		diag_add(&s.diags, SEVERITY_ERROR, STR("c"), STR("f"), (struct place){ other, { 0, 1 } }, STR("of y"));
		diag_add(&s.diags, SEVERITY_ERROR, STR("c"), STR("f"), (struct place){ 0 }, STR("nowhere"));
		apply(&s, false);
		assert_int_equal(s.diags.list.items[s.diags.list.n - 1]->nlabels, 0);
		s.diags.list.items[s.diags.list.n - 1]->nlabels = 1;
		s.diags.list.items[s.diags.list.n - 1]->labels[0].at.source = other;
		assert_string_equal(left(&s), of_file[i].want);
		arena_free(&a);
	}
}

static void
context_only(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct scan s = scanned(&a, "-- dbopt-migrate: allow a, b" WHY "A !a;");
	apply(&s, false);
	assert_string_equal(left(&s), "");
	arena_free(&a);
}

/* psql commands are blanked in sql: no obstacle, and no empty line. */
static void
blanked(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct str text = STR("-- dbopt-migrate: allow a" WHY "\\set x\nA !a;\nB !a;");
	struct source *source = source_new(&a, STR("x.sql"), str_copy(&a, text));
	struct scan s = scanned(&a, "-- dbopt-migrate: allow a" WHY "      \nA !a;\nB !a;");
	source->sql = s.source->text;
	for (size_t i = 0; i < s.diags.list.n; i++)
		s.diags.list.items[i]->labels[0].at.source = source;
	s.source = source;
	apply(&s, true);
	assert_string_equal(left(&s), "a@4:3");
	arena_free(&a);
}

/* Enough for anything quadratic to be felt. */
static void
many(void **state)
{
	enum { N = 40000 };
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct buf sql = BUF(&a);
	for (size_t i = 0; i < N; i++)
		buf_c(&sql, "-- dbopt-migrate: allow a, b" WHY "A !a !b !c;\n");
	for (size_t i = 0; i < N; i++)
		buf_c(&sql, "-- dbopt-migrate: allow a" WHY);
	buf_c(&sql, "B !a;\n");
	struct scan s = scanned(&a, str_c(&a, buf_text(&sql)));
	apply(&s, true);
	assert_int_equal(s.diags.list.n, N);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suppresses),
		cmocka_unit_test(messages),
		cmocka_unit_test(elsewhere),
		cmocka_unit_test(context_only),
		cmocka_unit_test(blanked),
		cmocka_unit_test(many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
