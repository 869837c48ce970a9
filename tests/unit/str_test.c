#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static int
sign(int n)
{
	return (n > 0) - (n < 0);
}

static void
natural(void **state)
{
	static const struct {
		const char *a, *b;
		int plain, natural;
	} rows[] = {
		{ "", "", 0, 0 },
		{ "", "a", -1, -1 },
		{ "v9", "v10", 1, -1 },
		{ "V1__a", "V1__b", -1, -1 },
		{ "1", "a", -1, -1 },
		{ "a", "\xff", -1, -1 },
		{ "v01", "v1", -1, -1 },
		{ "v01b", "v1a", -1, 1 },
		{ "v0", "v00", -1, -1 },
		{ "a1b2", "a1b10", 1, -1 },
		{ "99999999999999999999998", "99999999999999999999999", -1, -1 },
		{ "99999999999999999999998", "100000000000000000000000", 1, -1 },
		{ "a1", "a1x", -1, -1 },
		{ "20240101_x", "20240102", -1, -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str a = str_of(rows[i].a), b = str_of(rows[i].b);

		assert_int_equal(sign(str_cmp(a, b)), rows[i].plain);
		assert_int_equal(sign(str_cmp(b, a)), -rows[i].plain);
		assert_int_equal(sign(str_cmp_natural(a, b)), rows[i].natural);
		assert_int_equal(sign(str_cmp_natural(b, a)), -rows[i].natural);
	}
}

static void
globs(void **state)
{
	static const struct {
		const char *pattern, *text;
		bool matches;
	} rows[] = {
		{ "", "", true },
		{ "", "a", false },
		{ "*", "", true },
		{ "*", "abc", true },
		{ "*", "a/b", false },
		{ "**", "", true },
		{ "**", "a/b", true },
		{ "?", "a", true },
		{ "?", "\xc3\xa4", true },
		{ "?", "/", false },
		{ "?", "", false },
		{ "*.sql", "a.sql", true },
		{ "*.sql", "a.sql.bak", false },
		{ "*.sql", "d/a.sql", false },
		{ "**/*.sql", "a.sql", true },
		{ "**/*.sql", "d/e/a.sql", true },
		{ "**/*.sql", "d/e/a.txt", false },
		{ "d/**/a", "d/a", true },
		{ "d/**/a", "d/x/y/a", true },
		{ "d/**/a", "d/xa", false },
		{ "d/**", "d/x/y", true },
		{ "d/**", "e/x", false },
		{ "a**b", "a/x/b", true },
		{ "x**/b", "x/b", true },
		{ "x**/b", "xy/z/b", true },
		{ "x**/b", "xb", false },
		{ "a*b*c", "aXbYbZc", true },
		{ "a*b*c", "aXbYbZ", false },
		{ "**/test/*_up.sql", "a/test/test/1_up.sql", true },
		{ "**/a*/**/b?.sql", "x/ab/y/z/b1.sql", true },
		{ "**/a*/**/b?.sql", "x/ab/y/z/b12.sql", false },
		{ "V*__*.sql", "V1_2__add.sql", true },
		{ "*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
		{ "**a**a**a**a**a**a**b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (str_glob(str_of(rows[i].pattern), str_of(rows[i].text)) != rows[i].matches)
			fail_msg("%s %s", rows[i].pattern, rows[i].text);
}

static void
closest(void **state)
{
	static const struct str names[] = {
		{ "set-not-null-scan", 17 }, { "drop-column", 11 }, { "drop-table", 10 }, { "add-column", 10 }, { "op", 2 },
		{ "or", 2 },
	};
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "set-not-null-scan", "set-not-null-scan" },
		{ "set-not-nul-scan", "set-not-null-scan" },
		{ "Set_Not_Null_Scan", "set-not-null-scan" },
		{ "ste-not-null-scan", "set-not-null-scan" },
		{ "dorp-colunm", "drop-column" },
		{ "drop-tabel", "drop-table" },
		{ "po", "op" },
		{ "ox", "op" },
		{ "xr", "or" },
		{ "xx", NULL },
		{ "set-not", "set-not-null-scan" },
		{ "ADD", "add-column" },
		{ "ad", NULL },
		{ "drop", NULL },
		{ "zzzzzzzzzzzz", NULL },
		{ "", NULL },
	};
	char longer[300];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str found = str_closest(str_of(rows[i].text), names, COUNT(names));

		if (!str_eq(found, str_of(rows[i].want)) || (rows[i].want == NULL) != (found.s == NULL))
			fail_msg("%s gives %.*s", rows[i].text, STR_ARG(found));
	}
	memset(longer, 'x', sizeof(longer));
	assert_null(str_closest((struct str){ longer, sizeof(longer) }, &(struct str){ longer, sizeof(longer) - 1 }, 1).s);
}

static void
integers(void **state)
{
	static const struct {
		const char *text;
		bool ok;
		int64_t value;
	} rows[] = {
		{ "0", true, 0 },
		{ "-0", true, 0 },
		{ "007", true, 7 },
		{ "+5", true, 5 },
		{ "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "9223372036854775808", false, 0 },
		{ "-9223372036854775809", false, 0 },
		{ "99999999999999999999", false, 0 },
		{ "", false, 0 },
		{ "-", false, 0 },
		{ "1 ", false, 0 },
		{ "1x", false, 0 },
		{ "--1", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t value = 0;

		assert_int_equal(str_to_int(str_of(rows[i].text), &value), rows[i].ok);
		assert_true(value == rows[i].value);
	}
}

static void
cuts(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "" }, { "a", "[a]" }, { "a,b", "[a][b]" }, { "a,", "[a]" }, { ",a", "[][a]" }, { ",", "[]" },
		{ "a,,b", "[a][][b]" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str rest = str_of(rows[i].text), piece;
		char have[64] = "";

		while (str_cut(&rest, ',', &piece))
			snprintf(have + strlen(have), sizeof(have) - strlen(have), "[%.*s]", STR_ARG(piece));
		assert_string_equal(have, rows[i].want);
	}
}

static void
finds(void **state)
{
	static const struct {
		const char *text, *needle;
		size_t at;
	} rows[] = {
		{ "", "", 0 }, { "abc", "", 0 }, { "abc", "abc", 0 }, { "aabc", "abc", 1 }, { "ababac", "abac", 2 },
		{ "ab", "abc", (size_t)-1 }, { "abab", "abc", (size_t)-1 }, { "", "a", (size_t)-1 }, { "xaaay", "aay", 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(str_find(str_of(rows[i].text), str_of(rows[i].needle)), rows[i].at);
}

static void
characters(void **state)
{
	static const struct {
		const char *text;
		size_t first, all;
	} rows[] = {
		{ "", 0, 0 },
		{ "ab", 1, 2 },
		{ "\xc3\xa4x", 2, 2 },
		{ "\xe8\xa1\xa8\xe8\xa1\xa8", 3, 2 },
		{ "\xf0\x9f\x98\x80", 4, 1 },
		{ "\xc3", 1, 1 },                       /* cut short */
		{ "\xe8\xa1", 1, 2 },
		{ "\xc0\xaf", 1, 2 },                   /* overlong */
		{ "\xe0\x80\xaf", 1, 3 },
		{ "\xed\xa0\x80", 1, 3 },               /* a surrogate */
		{ "\xf4\x90\x80\x80", 1, 4 },           /* beyond U+10FFFF */
		{ "\x80\xff", 1, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(str_char_size(str_of(rows[i].text)), rows[i].first);
		assert_int_equal(str_chars(str_of(rows[i].text)), rows[i].all);
	}
}

static void
tells_apart(void **state)
{
	(void)state;
	assert_true(str_eq(STR_NONE, STR("")));
	assert_true(str_is(STR("ab"), "ab"));
	assert_false(str_is(STR("ab"), "abc"));
	assert_true(str_is_nocase(STR("aZ[\xc4"), "Az[\xc4"));
	assert_false(str_is_nocase(STR("@"), "`"));
	assert_true(str_starts(STR_NONE, ""));
	assert_true(str_starts(STR("abc"), "ab"));
	assert_false(str_starts(STR("a"), "ab"));
	assert_true(str_starts_nocase(STR("Allow x"), "allow"));
	assert_true(str_ends(STR("a.sql"), ".sql"));
	assert_false(str_ends(STR("sql"), ".sql"));
	static const struct str names[] = { { "a", 1 }, { "Bc", 2 } };
	assert_true(str_in(STR("Bc"), names, 2));
	assert_false(str_in(STR("Bc"), names, 1));
	assert_false(str_in(STR("bc"), names, 2));
	assert_true(str_in_words(STR("bc"), "a bc d"));
	assert_false(str_in_words(STR("b"), "a bc d"));
	assert_false(str_in_words(STR("a bc"), "a bc d"));
	assert_false(str_in_words(STR(""), "a bc d"));
	static const char *const words[] = { "from", "join", NULL };
	assert_true(str_among(STR("JOIN"), words));
	assert_false(str_among(STR("joins"), words));
	assert_false(str_among(STR_NONE, words));
	assert_true(str_is(str_trim(STR(" \t\r\n\v\f a b \n")), "a b"));
	assert_int_equal(str_trim(STR_NONE).n, 0);
	assert_true(str_is(str_slice(STR("abc"), 1, 2), "b"));
	assert_true(str_is(str_slice(STR("abc"), 1, 99), "bc"));
	assert_int_equal(str_slice(STR("abc"), 7, 9).n, 0);
	assert_int_equal(str_slice(STR("abc"), 2, 1).n, 0);
	assert_null(str_slice(STR_NONE, 0, 5).s);
	/* draft-eastlake-fnv, appendix: test vectors */
	assert_true(str_hash(STR("")) == UINT64_C(0xcbf29ce484222325));
	assert_true(str_hash(STR("foobar")) == UINT64_C(0x85944171f73967e8));
	assert_true(str_hash_on(str_hash(STR("foo")), STR("bar")) == str_hash(STR("foobar")));
}

static void
copies(void **state)
{
	struct arena a;
	const char text[] = "abc";
	struct str copy;

	(void)state;
	arena_init(&a, NULL, NULL);
	copy = str_copy(&a, (struct str){ text, 2 });
	assert_ptr_not_equal(copy.s, text);
	assert_string_equal(copy.s, "ab");
	assert_null(str_copy(&a, STR_NONE).s);
	assert_non_null(str_copy(&a, STR("")).s);
	assert_null(str_of(NULL).s);
	assert_string_equal(str_c(&a, STR_NONE), "");
	assert_true(str_is(str_printf(&a, "%s-%d-%.*s", "x", 7, STR_ARG(copy)), "x-7-ab"));
	assert_int_equal(str_printf(&a, "%5000d", 1).n, 5000);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(natural),
		cmocka_unit_test(globs),
		cmocka_unit_test(closest),
		cmocka_unit_test(integers),
		cmocka_unit_test(cuts),
		cmocka_unit_test(finds),
		cmocka_unit_test(characters),
		cmocka_unit_test(tells_apart),
		cmocka_unit_test(copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
