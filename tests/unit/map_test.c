#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/map.h"

enum { N = 20000 };

static void
empty(void **state)
{
	struct map m = { 0 };

	(void)state;
	assert_null(map_get(&m, STR("x")));
	assert_false(map_has(&m, STR("x")));
}

static void
remembers(void **state)
{
	static int values[N];
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct map m = MAP(&a);
	for (int i = 0; i < N; i++) {
		void **at = map_at(&m, str_printf(&a, "key %d", i));
		assert_null(*at);
		*at = &values[i];
	}
	assert_int_equal(m.n, N);
	for (int i = 0; i < N; i++) {
		struct str key = str_printf(&a, "key %d", i);
		assert_ptr_equal(map_get(&m, key), &values[i]);
		assert_ptr_equal(*map_at(&m, key), &values[i]);
		assert_true(str_eq(m.entries[i].key, key));
		assert_false(map_has(&m, str_printf(&a, "key -%d", i)));
	}
	assert_int_equal(m.n, N);
	arena_free(&a);
}

static void
odd_keys(void **state)
{
	static const struct str keys[] = { { "", 0 }, { "\0", 1 }, { "\0\0", 2 }, { "a", 1 }, { "A", 1 } };
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	struct map m = MAP(&a);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		assert_false(map_has(&m, keys[i]));
		map_at(&m, keys[i]);
		assert_true(map_has(&m, keys[i]));
		assert_null(map_get(&m, keys[i]));
		assert_int_equal(m.n, i + 1);
	}
	assert_true(map_has(&m, STR_NONE));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty),
		cmocka_unit_test(remembers),
		cmocka_unit_test(odd_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
