#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

static void
writes(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct buf b = BUF(&a);
	assert_non_null(buf_text(&b).s);
	assert_int_equal(buf_text(&b).n, 0);
	buf_str(&b, STR_NONE);
	buf_bytes(&b, NULL, 0);
	buf_c(&b, "ab");
	buf_char(&b, '\0');
	buf_str(&b, STR("cd"));
	buf_repeat(&b, '-', 3);
	buf_repeat(&b, '-', 0);
	buf_printf(&b, "%d %s", 42, "x");
	buf_printf(&b, "%s", "");
	assert_true(str_eq(buf_text(&b), STR("ab\0cd---42 x")));
	arena_free(&a);
}

/* Around every size at which the text moves. */
static void
grows(void **state)
{
	(void)state;
	for (size_t n = 0; n < 700; n++) {
		struct arena a;

		arena_init(&a, NULL, NULL);
		struct buf chars = BUF(&a), printed = BUF(&a), mixed = BUF(&a);
		for (size_t i = 0; i < n; i++)
			buf_char(&chars, (char)('a' + i % 26));
		buf_printf(&printed, "%.*s", STR_ARG(buf_text(&chars)));
		assert_true(str_eq(buf_text(&printed), buf_text(&chars)));
		buf_repeat(&mixed, 'x', n);
		buf_printf(&mixed, "%0*d", 700 - (int)n, 0);
		assert_int_equal(buf_text(&mixed).n, 700);
		assert_int_equal(str_find_char(buf_text(&mixed), '0'), n);
		arena_free(&a);
	}
}

static void
lists(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct buf b = BUF(&a);
	const char *const items[] = { "names", "paths", "names", "path", "paths", "names, paths", "s" };
	for (size_t i = 0; i < sizeof items / sizeof items[0]; i++)
		buf_item(&b, ", ", str_of(items[i]));
	assert_string_equal(str_c(&a, buf_text(&b)), "names, paths, path, names, paths, s");
	arena_free(&a);
}

static void
errors(void **state)
{
	struct arena a;
	struct err err;

	(void)state;
	arena_init(&a, NULL, NULL);
	assert_int_equal(err_set(&err, &a, "cannot read %s: %d", "x", 5), -1);
	assert_true(str_is(err.message, "cannot read x: 5"));
	assert_int_equal(err_set(NULL, &a, "%s", "unheard"), -1);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes),
		cmocka_unit_test(grows),
		cmocka_unit_test(lists),
		cmocka_unit_test(errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
