#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "sql/expr.h"

static const struct row {
	const char *name;
	enum volatility builtin, extension;
} rows[] = {
	{ "now", STABLE, VOLATILITY_UNKNOWN },
	{ "clock_timestamp", VOLATILE, VOLATILITY_UNKNOWN },
	{ "timeofday", VOLATILE, VOLATILITY_UNKNOWN },
	{ "random", VOLATILE, VOLATILITY_UNKNOWN },
	{ "nextval", VOLATILE, VOLATILITY_UNKNOWN },
	{ "gen_random_uuid", VOLATILE, VOLATILE },
	{ "uuidv7", VOLATILE, VOLATILITY_UNKNOWN },     /* 18 */
	{ "array_shuffle", VOLATILE, VOLATILITY_UNKNOWN },      /* 16 */
	{ "to_char", STABLE, VOLATILITY_UNKNOWN },
	{ "date_trunc", STABLE, VOLATILITY_UNKNOWN },   /* of timestamp with time zone; of timestamp it is immutable */
	{ "timezone", STABLE, VOLATILITY_UNKNOWN },
	{ "concat", STABLE, VOLATILITY_UNKNOWN },
	{ "lower", IMMUTABLE, VOLATILITY_UNKNOWN },
	{ "md5", IMMUTABLE, VOLATILITY_UNKNOWN },
	{ "jsonb_build_object", STABLE, VOLATILITY_UNKNOWN },
	{ "RI_FKey_cascade_del", VOLATILE, VOLATILITY_UNKNOWN },        /* the first of a list */
	{ "xpath_exists", IMMUTABLE, VOLATILITY_UNKNOWN },      /* the last of a list */
	{ "uuid_generate_v4", VOLATILITY_UNKNOWN, VOLATILE },
	{ "uuid_generate_v1mc", VOLATILITY_UNKNOWN, VOLATILE },
	{ "uuid_generate_v5", VOLATILITY_UNKNOWN, IMMUTABLE },
	{ "gen_salt", VOLATILITY_UNKNOWN, VOLATILE },
	{ "gen_random_bytes", VOLATILITY_UNKNOWN, VOLATILE },
	{ "crypt", VOLATILITY_UNKNOWN, IMMUTABLE },
	{ "unaccent", VOLATILITY_UNKNOWN, STABLE },
	{ "nanoid", VOLATILITY_UNKNOWN, VOLATILITY_UNKNOWN },
	{ "NOW", VOLATILITY_UNKNOWN, VOLATILITY_UNKNOWN },
	{ "", VOLATILITY_UNKNOWN, VOLATILITY_UNKNOWN },
};

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str name = str_of(rows[i].name);
		if (volatile_builtin(name) != rows[i].builtin || volatile_extension(name) != rows[i].extension)
			fail_msg("%s: %d and %d", rows[i].name, volatile_builtin(name), volatile_extension(name));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests_name("volatile", tests, NULL, NULL);
}
