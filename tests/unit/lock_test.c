#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "catalog/lock.h"

/* A row and a column per mode: x where LOCK TABLE ... NOWAIT fails on 18 while another session holds the row's. */
static const char *const conflicts[] = {
	[ACCESS_SHARE] = ".......x",
	[ROW_SHARE] = "......xx",
	[ROW_EXCLUSIVE] = "....xxxx",
	[SHARE_UPDATE_EXCLUSIVE] = "...xxxxx",
	[SHARE] = "..xx.xxx",
	[SHARE_ROW_EXCLUSIVE] = "..xxxxxx",
	[EXCLUSIVE] = ".xxxxxxx",
	[ACCESS_EXCLUSIVE] = "xxxxxxxx",
};

static void
test_conflicts(void **state)
{
	(void)state;
	for (enum lock a = ACCESS_SHARE; a <= ACCESS_EXCLUSIVE; a++) {
		for (enum lock b = ACCESS_SHARE; b <= ACCESS_EXCLUSIVE; b++)
			if (lock_conflicts(a, b) != (conflicts[a][b - ACCESS_SHARE] == 'x'))
				fail_msg("%s and %s", lock_words(a), lock_words(b));
		assert_false(lock_conflicts(a, LOCK_NONE) || lock_conflicts(LOCK_NONE, a));
	}
}

static void
test_names(void **state)
{
	enum lock got;

	(void)state;
	for (enum lock l = LOCK_NONE; l <= ACCESS_EXCLUSIVE; l++) {
		assert_true(lock_parse(str_of(lock_name(l)), &got) && got == l);
		assert_true(lock_parse(str_of(lock_words(l)), &got) && got == l);
		assert_int_equal(lock_stronger(l, SHARE), l > SHARE ? l : SHARE);
	}
	assert_true(lock_parse(STR("share row exclusive"), &got) && got == SHARE_ROW_EXCLUSIVE);
	assert_true(lock_parse(STR("ACCESSSHARELOCK"), &got) && got == ACCESS_SHARE);
	assert_false(lock_parse(STR("ACCESS"), &got) || lock_parse(STR(""), &got) || lock_parse(STR("SHARE LOCK"), &got));
}

static void
test_blocks(void **state)
{
	(void)state;
	assert_string_equal(lock_blocks(ACCESS_EXCLUSIVE), "reads and writes");
	assert_string_equal(lock_blocks(SHARE), "writes");
	assert_string_equal(lock_blocks(SHARE_UPDATE_EXCLUSIVE), "schema changes and VACUUM");
	assert_string_equal(lock_blocks(ROW_EXCLUSIVE), "nothing");
	assert_string_equal(lock_blocks(LOCK_NONE), "nothing");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_conflicts),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_blocks),
	};

	return cmocka_run_group_tests_name("lock", tests, NULL, NULL);
}
