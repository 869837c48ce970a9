/* How a text falls into statements, and what is said about the ones that do not parse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "sql/parse.h"

static const struct row {
	const char *sql;
	/* "[TEXT]" of each statement, "{...}" when it was not handed on, "(COMMENT)", "LINE:COLUMN MESSAGE" of each mistake */
	const char *want;
} rows[] = {
	{ "", "" },
	{ " ;; \n;", "" },
	{ "select 1", "[select 1]" },
	{ "select 1; select 2 ;select 3;", "[select 1][select 2][select 3]" },
	{ "select ';', \";\", $$;$$, $a$ ; $$ ; $a$; select 2", "[select ';', \";\", $$;$$, $a$ ; $$ ; $a$][select 2]" },
	{ "select E'\\';', U&\"a;\" from t; select 2", "[select E'\\';', U&\"a;\" from t][select 2]" },
	{ "/* ; /* ; */ ; */ select 1 -- ;\n; select 2 /**/;", "[select 1][select 2](/* ; /* ; */ ; */)(-- ;)(/**/)" },
	{ "-- only a comment", "(-- only a comment)" },
	{ "create function f() returns int begin atomic select 1; select case when true then 1 else 2 end; end; select 2",
	    "[create function f() returns int begin atomic select 1; select case when true then 1 else 2 end; end][select 2]" },
	{ "create or replace procedure p() begin atomic insert into t values (1); end; select 2",
	    "[create or replace procedure p() begin atomic insert into t values (1); end][select 2]" },
	{ "create rule r as on insert to t do also (notify a; notify b); select 2",
	    "[create rule r as on insert to t do also (notify a; notify b)][select 2]" },
	{ "begin; select 1; end; select case when true then 1 end;", "[begin][select 1][end][select case when true then 1 end]" },
	/* a literal goes on behind a line break, as the server reads it, also behind comments that end with one */
	{ "select 'a' -- it's\n\t-- one\n'b'", "[select 'a' -- it's\n\t-- one\n'b'](-- it's)(-- one)" },
	{ "select 'a' /* ; */\n'b'", "{select 'a' /* ; */\n'b'}(/* ; */)2:1 syntax error at or near \"'b'\"" },
	{ "select 'a' /* -- */\n'b'; select 1", "{select 'a' /* -- */\n'b'}[select 1](/* -- */)2:1 syntax error at or near \"'b'\"" },
	/* broken ones never hide the others */
	{ "select 1; selec 2; select 3", "[select 1]{selec 2}[select 3]1:11 syntax error at or near \"selec\"" },
	{ "create tabl t (a int);\nselect 2;", "{create tabl t (a int)}[select 2]1:8 syntax error at or near \"tabl\"" },
	{ "select (1; select 2; select 3;", "{select (1}[select 2][select 3]1:9 syntax error at end of input" },
	{ "select 1); select 2", "{select 1)}[select 2]1:9 syntax error at or near \")\"" },
	{ "select", "[select]" },
	{ "insert into", "{insert into}1:11 syntax error at end of input" },
	{ "select 'a;\nselect 2;\nselect 3", "{select 'a;}[select 2][select 3]1:8 unterminated quoted string" },
	{ "select \"a;\nselect 2;", "{select \"a;}[select 2]1:8 unterminated quoted identifier" },
	{ "select $$a;\nselect 2;", "{select $$a;}[select 2]1:8 unterminated dollar-quoted string" },
	{ "select 1; /* ;\nselect 2;", "[select 1]{/* ;}[select 2]1:11 unterminated /* comment" },
	{ "select U&'\\zz'; select 2", "{select U&'\\zz'}[select 2]1:11 invalid Unicode escape" },
	/* what the scanner rejects ends with a semicolon at the end of a line: any other may be in a string */
	{ "select 1a; select 2;\nselect 3",
	    "{select 1a; select 2;}[select 3]1:8 trailing junk after numeric literal at or near \"1a\"" },
	{ "\xc3\xa9\xc3\xa9 x; select 2", "{\xc3\xa9\xc3\xa9 x}[select 2]1:1 syntax error at or near \"\xc3\xa9\xc3\xa9\"" },
	{ "select '\xe8\xa1\xa8', ,; select 2", "{select '\xe8\xa1\xa8', ,}[select 2]1:13 syntax error at or near \",\"" },
	{ "select 0x1F, 1_000, 1.5e3, $1, a.b::int[], :x; select 2",
	    "{select 0x1F, 1_000, 1.5e3, $1, a.b::int[], :x}[select 2]1:44 syntax error at or near \":\"" },
	{ "create function f() returns int begin atomic select 1; selec; end; select 2",
	    "{create function f() returns int begin atomic select 1}{selec}[end][select 2]"
	    "1:53 syntax error at end of input1:56 syntax error at or near \"selec\"" },
};

struct seen {
	struct arena *arena;
	size_t offsets[20], n;
};

static void
on_statement(void *arg, const struct statement *st, const void *node)
{
	struct seen *seen = arg;

	assert_non_null(node);
	assert_true(st->ntokens > 0);
	assert_int_equal(st->tokens[0].off, st->span.off);
	for (size_t i = 1; i < st->ntokens; i++)
		assert_true(st->tokens[i].len > 0 && st->tokens[i].off >= st->tokens[i - 1].off + st->tokens[i - 1].len);
	assert_int_equal(st->tokens[st->ntokens - 1].off + st->tokens[st->ntokens - 1].len, st->span.off + st->span.len);
	seen->offsets[seen->n++] = st->span.off;
}

static bool
was_seen(const struct seen *seen, uint32_t off)
{
	for (size_t i = 0; i < seen->n; i++)
		if (seen->offsets[i] == off)
			return true;
	return false;
}

static void
show(struct buf *b, const struct source *source, const struct seen *seen, const struct parse_result *r, const struct diags *diags)
{
	for (size_t i = 0; i < r->spans.n; i++) {
		struct str text = source_text(source, r->spans.items[i]);
		buf_printf(b, was_seen(seen, r->spans.items[i].off) ? "[%.*s]" : "{%.*s}", STR_ARG(text));
	}
	for (size_t i = 0; i < r->comments.n; i++) {
		struct str text = source_text(source, r->comments.items[i].span);
		buf_printf(b, "(%.*s)", STR_ARG(text));
	}
	for (size_t i = 0; i < diags->list.n; i++) {
		const struct diag *d = diags->list.items[i];
		struct position p = source_position(source, d->labels[0].at.span.off);
		buf_printf(b, "%u:%u %.*s", p.line, p.column, STR_ARG(d->message));
	}
}

/* The same text, alone and as a part in the middle of a file. */
static void
check_row(const struct row *row, const char *before, const char *after, bool whole)
{
	struct arena a;
	arena_init(&a, NULL, NULL);
	struct diags diags = { .arena = &a };
	struct seen seen = { .arena = &a };
	struct parse_result result = { 0 };
	struct buf b = BUF(&a);
	struct str text = str_printf(&a, "%s%s%s", before, row->sql, after);
	struct source *source = source_new(&a, STR("x.sql"), text);
	size_t from = str_of(before).n;

	sql_parse(&a, source, span_of(from, from + str_of(row->sql).n), &diags, on_statement, &seen, &result);
	show(&b, source, &seen, &result, &diags);
	assert_int_equal(result.statements, result.spans.n);
	assert_int_equal(result.broken, diags.list.n);
	assert_int_equal(seen.n + result.broken, result.statements);
	if (whole)
		assert_string_equal(str_c(&a, buf_text(&b)), row->want);
	arena_free(&a);
}

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_row(&rows[i], "", "", true);
		check_row(&rows[i], "select 'before';", " after;", false);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
