#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

static const size_t sizes[] = { 0, 1, 15, 16, 17, 100, 1000, 1024, 1025, 4096, 5000, 65536, 262144, 3000000, 8, 8 };

enum { NSIZES = sizeof(sizes) / sizeof(*sizes), ROUNDS = 40 };

/* Every block is zeroed, aligned, and no one else's. */
static void
blocks(void **state)
{
	unsigned char *block[ROUNDS][NSIZES];
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	for (size_t r = 0; r < ROUNDS; r++) {
		for (size_t i = 0; i < NSIZES; i++) {
			unsigned char *p = block[r][i] = arena_alloc(&a, sizes[i]);

			assert_non_null(p);
			assert_int_equal((uintptr_t)p % 16, 0);
			assert_true(sizes[i] == 0 || (p[0] == 0 && memcmp(p, p + 1, sizes[i] - 1) == 0));
			memset(p, (int)(r * NSIZES + i) & 0xff, sizes[i]);
		}
	}
	for (size_t r = 0; r < ROUNDS; r++)
		for (size_t i = 0; i < NSIZES; i++)
			for (size_t k = 0; k < sizes[i]; k += sizes[i] / 16 + 1)
				assert_int_equal(block[r][i][k], (r * NSIZES + i) & 0xff);
	assert_true(a.used >= ROUNDS * 3000000);
	arena_free(&a);
	arena_free(&a);
}

struct trace {
	char order[8];
	size_t n;
};

struct step {
	struct trace *trace;
	char name;
};

static void
leave(void *arg)
{
	struct step *s = arg;

	s->trace->order[s->trace->n++] = s->name;
}

static void
deferred(void **state)
{
	struct trace trace = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	for (char c = 'a'; c < 'd'; c++) {
		struct step *s = NEW(&a, struct step);

		*s = (struct step){ &trace, c };
		arena_defer(&a, leave, s);
	}
	assert_int_equal(trace.n, 0);
	arena_free(&a);
	assert_string_equal(trace.order, "cba");
	arena_free(&a);
	assert_int_equal(trace.n, 3);
}

static void
jump(void *arg)
{
	longjmp(*(jmp_buf *)arg, 1);
}

enum too_much { ONE_BLOCK, LARGEST_BLOCK, ARRAY, VECTOR, NTOO_MUCH };

static void
ask(struct arena *a, enum too_much what)
{
	size_t cap = SIZE_MAX / 4 * 3;

	switch (what) {
	case ONE_BLOCK: arena_alloc(a, SIZE_MAX / 2); break;
	case LARGEST_BLOCK: arena_alloc(a, SIZE_MAX); break;
	case ARRAY: NEW_ARRAY(a, uint64_t, SIZE_MAX / 8 + 2); break;
	case VECTOR: vec_grown(a, NULL, &cap, 8); break;
	case NTOO_MUCH: break;
	}
}

/* The arena is good for more afterwards. */
static bool
runs_out(enum too_much what)
{
	struct arena a;
	jmp_buf env;

	arena_init(&a, jump, &env);
	if (setjmp(env) == 0) {
		ask(&a, what);
		return false;
	}
	*NEW(&a, int) = 1;
	arena_free(&a);
	return true;
}

static void
exhaustion(void **state)
{
	(void)state;
	for (int i = 0; i < NTOO_MUCH; i++)
		assert_true(runs_out((enum too_much)i));
}

static void
vectors(void **state)
{
	VEC(size_t) v = { 0 };
	const size_t *old = NULL;
	struct arena a;

	(void)state;
	arena_init(&a, NULL, NULL);
	for (size_t i = 0; i < 5000; i++) {
		if (i == 8)
			old = v.items;
		*vec_push(&a, &v) = i * i;
		assert_int_equal(v.n, i + 1);
		assert_int_equal(*vec_last(&v), i * i);
		if (i == 0)
			assert_int_equal(v.cap, 8);
	}
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(v.items[i], i * i);
	assert_ptr_not_equal(old, v.items);
	assert_int_equal(old[7], 49);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks),
		cmocka_unit_test(deferred),
		cmocka_unit_test(exhaustion),
		cmocka_unit_test(vectors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
