#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "text/source.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static void
positions(void **state)
{
	static const struct {
		const char *text;
		uint32_t off;
		unsigned line, column;
	} rows[] = {
		{ "", 0, 1, 1 },
		{ "", 9, 1, 1 },
		{ "abc", 0, 1, 1 },
		{ "abc", 2, 1, 3 },
		{ "abc", 3, 1, 4 },
		{ "abc", 99, 1, 4 },
		{ "a\nb\n", 1, 1, 2 },
		{ "a\nb\n", 2, 2, 1 },
		{ "a\nb\n", 3, 2, 2 },
		{ "a\nb\n", 4, 3, 1 },
		{ "a\nb\n", 99, 3, 1 },
		{ "a\r\nb", 1, 1, 2 },
		{ "a\r\nb", 2, 1, 2 },
		{ "a\r\nb", 3, 2, 1 },
		{ "a\rb\nc", 2, 1, 3 },
		{ "a\r", 2, 1, 3 },
		{ "\n\n\nx", 3, 4, 1 },
		{ "\tx", 1, 1, 2 },
		{ "\xc3\xa4\xe8\xa1\xa8\xf0\x9f\x98\x80x", 9, 1, 4 },
		{ "\xc3\xa4\xe8\xa1\xa8\xf0\x9f\x98\x80x", 4, 1, 2 },   /* within a character */
		{ "a\n\xff\xc3(x", 5, 2, 4 },
		{ "\xef\xbb\xbfx", 0, 1, 1 },
		{ "\xef\xbb\xbfxy", 3, 1, 1 },
		{ "\xef\xbb\xbf\nx", 4, 2, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a;

		arena_init(&a, NULL, NULL);
		struct position p = source_position(source_new(&a, STR("x"), str_of(rows[i].text)), rows[i].off);
		if (p.line != rows[i].line || p.column != rows[i].column)
			fail_msg("row %zu: %u:%u", i, p.line, p.column);
		arena_free(&a);
	}
}

static void
lines(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "[]" },
		{ "a", "[a]" },
		{ "a\n", "[a][]" },
		{ "a\r\nb\r\n", "[a][b][]" },
		{ "a\rb\n", "[a\rb][]" },
		{ "a\r\r\nb", "[a\r][b]" },
		{ "a\r", "[a\r]" },
		{ "\n\n", "[][][]" },
		{ "\r\n", "[][]" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a;
		char have[64] = "";

		arena_init(&a, NULL, NULL);
		const struct source *s = source_new(&a, STR("x"), str_of(rows[i].text));
		for (unsigned line = 1; line <= s->nlines; line++)
			snprintf(have + strlen(have), sizeof(have) - strlen(have), "[%.*s]", STR_ARG(source_line(s, line)));
		assert_string_equal(have, rows[i].want);
		assert_int_equal(source_line(s, 0).n, 0);
		assert_int_equal(source_line(s, (unsigned)s->nlines + 1).n, 0);
		arena_free(&a);
	}
}

/* Line and column, there and back, for every offset of a text of all kinds of lines. */
static void
agree(void **state)
{
	char text[3000];
	unsigned line = 1, column = 1;
	struct arena a;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = i * i % 7 == 1 ? '\n' : (char)('a' + i % 26);
	arena_init(&a, NULL, NULL);
	const struct source *s = source_new(&a, STR("x"), (struct str){ text, sizeof(text) });
	for (uint32_t off = 0; off < sizeof(text); off++) {
		struct position p = source_position(s, off);

		assert_int_equal(p.line, line);
		assert_int_equal(p.column, column);
		line += text[off] == '\n';
		column = text[off] == '\n' ? 1 : column + 1;
	}
	arena_free(&a);
}

static void
slices(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	const struct source *s = source_new(&a, STR("x"), STR("abcdef"));
	assert_ptr_equal(s->sql.s, s->text.s);
	assert_true(str_is(source_text(s, span_of(1, 3)), "bc"));
	assert_true(str_is(source_text(s, (struct span){ 4, 99 }), "ef"));
	assert_int_equal(source_text(s, (struct span){ UINT32_MAX, UINT32_MAX }).n, 0);
	assert_int_equal(span_of(5, 3).len, 0);
	s = source_new(&a, STR("x"), STR("\xef\xbb\xbfSELECT"));
	assert_true(str_is(s->sql, "   SELECT"));
	assert_true(str_starts(s->text, "\xef\xbb\xbf"));
	arena_free(&a);
}

static struct str
file_with(struct arena *a, const void *bytes, size_t n)
{
	const char *dir = getenv("TMPDIR");
	char *path = str_c(a, str_printf(a, "%s/source_test.XXXXXX", dir ? dir : "/tmp"));
	int fd = mkstemp(path);

	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, bytes, n), n);
	close(fd);
	return str_of(path);
}

static void
reads(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *trouble;
	} rows[] = {
		{ "", 0, NULL },
		{ "SELECT 1;\n", 10, NULL },
		{ "a\0b", 3, "it holds a NUL byte" },
		{ "\xff\xfeS\0", 4, "it is UTF-16, save it as UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a;
		struct err err = { 0 };

		arena_init(&a, NULL, NULL);
		struct str path = file_with(&a, rows[i].bytes, rows[i].n);
		const struct source *s = source_read(&a, path, &err);
		unlink(path.s);
		assert_int_equal(s == NULL, rows[i].trouble != NULL);
		if (s) {
			assert_true(str_eq(s->text, (struct str){ rows[i].bytes, rows[i].n }));
			assert_true(str_eq(s->path, path));
		} else {
			assert_true(str_starts(err.message, "cannot read "));
			assert_true(str_ends(err.message, rows[i].trouble));
		}
		arena_free(&a);
	}
}

static void
missing(void **state)
{
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a, NULL, NULL);
	assert_null(source_read(&a, STR("no/such.sql"), &err));
	assert_true(str_is(err.message, "cannot read no/such.sql: No such file or directory"));
	assert_null(source_read(&a, STR("/"), &err));
	assert_true(str_is(err.message, "cannot read /: Is a directory"));
	assert_null(source_read(&a, STR("no/such.sql"), NULL));
	arena_free(&a);
}

/* A pipe: the size is not known before. */
static void
standard_input(void **state)
{
	char text[50000];
	int ends[2], old = dup(STDIN_FILENO);
	struct arena a;
	struct err err;

	(void)state;
	memset(text, 'x', sizeof(text));
	arena_init(&a, NULL, NULL);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, sizeof(text)), sizeof(text));
	close(ends[1]);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	const struct source *s = source_read(&a, STR("-"), &err);
	dup2(old, STDIN_FILENO);
	close(old);
	assert_non_null(s);
	assert_true(str_is(s->path, "<stdin>"));
	assert_true(str_eq(s->text, (struct str){ text, sizeof(text) }));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(positions),
		cmocka_unit_test(lines),
		cmocka_unit_test(agree),
		cmocka_unit_test(slices),
		cmocka_unit_test(reads),
		cmocka_unit_test(missing),
		cmocka_unit_test(standard_input),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
