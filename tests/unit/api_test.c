#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "dbopt_migrate.h"

static const struct dbm_diag *
find(const struct dbm_checker *c, const char *rule)
{
	for (size_t i = 0; i < dbm_count(c); i++)
		if (strcmp(dbm_diag_rule(dbm_diag(c, i)), rule) == 0)
			return dbm_diag(c, i);
	return NULL;
}

static void
test_check(void **state)
{
	struct dbm_checker *c = dbm_checker_new();

	(void)state;
	assert_non_null(c);
	assert_int_equal(dbm_add_context(c, "0.sql", "CREATE TABL no;\n"), DBM_OK);
	assert_int_equal(dbm_add_file(c, "1.sql", "SELECT 1;\n  CREATE TABL t (a int);\n"), DBM_OK);
	assert_int_equal(dbm_check(c), DBM_OK);
	const struct dbm_diag *d = find(c, "syntax-error");
	assert_non_null(d);
	assert_string_equal(dbm_diag_file(d), "1.sql");
	assert_int_equal(dbm_diag_line(d), 2);
	assert_int_equal(dbm_diag_column(d), 10);
	assert_int_equal(dbm_diag_end_column(d), 14);
	assert_int_equal(dbm_diag_severity(d), DBM_ERROR);
	assert_true(dbm_diag_unchecked(d));
	assert_string_equal(dbm_diag_safe(d), "");
	assert_string_equal(dbm_error(c), "");
	dbm_checker_free(c);
}

/* Checking again gives the same; what is added counts from then on. */
static void
test_again(void **state)
{
	struct dbm_checker *c = dbm_checker_new();

	(void)state;
	assert_int_equal(dbm_check(c), DBM_OK);
	assert_int_equal(dbm_count(c), 0);
	assert_int_equal(dbm_add_file(c, "1.sql", "CREATE TABL t;"), DBM_OK);
	assert_int_equal(dbm_check(c), DBM_OK);
	size_t n = dbm_count(c);
	assert_true(n > 0);
	assert_int_equal(dbm_check(c), DBM_OK);
	assert_int_equal(dbm_count(c), n);
	dbm_checker_free(c);
}

static void
test_config(void **state)
{
	struct dbm_checker *c = dbm_checker_new();

	(void)state;
	assert_int_equal(dbm_set_config(c, "pg_version: 14\n"), DBM_OK);
	assert_int_equal(dbm_set_config(c, "pg_version: 99\n"), DBM_EINVAL);
	assert_ptr_equal(strstr(dbm_error(c), "1:13: "), dbm_error(c));
	assert_int_equal(dbm_set_config(c, "rules: { no-such-rule: off }\n"), DBM_EINVAL);
	assert_non_null(strstr(dbm_error(c), "no-such-rule"));
	assert_int_equal(dbm_set_config(c, ""), DBM_OK);
	assert_string_equal(dbm_error(c), "");
	dbm_checker_free(c);
	dbm_checker_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_config),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
