#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#include "report.h"

#define BAD "\xef\xbf\xbd"

static const char *const full[] = {
	"{\"description\": \"SET NOT NULL on users.email reads every row while no one can read or write\", "
	"\"check_name\": \"set-not-null-scan\", \"fingerprint\": \"0123456789abcdef\", \"severity\": \"critical\", "
	"\"location\": {\"path\": \"db/V7.sql\", \"lines\": {\"begin\": 2, \"end\": 2}}}",
	"{\"description\": \"Possible: SET NOT NULL on \xe8\xa1\xa8.na" BAD " reads every row\", "
	"\"check_name\": \"set-not-null-scan\", \"fingerprint\": \"0123456789abcdef\", \"severity\": \"minor\", "
	"\"location\": {\"path\": \"db/V8.sql\", \"lines\": {\"begin\": 2, \"end\": 2}}}",
	"{\"description\": \"cannot read it\", \"check_name\": \"syntax-error\", \"fingerprint\": \"0123456789abcdef\", "
	"\"severity\": \"blocker\", \"location\": {\"path\": \"db/V9.sql\", \"lines\": {\"begin\": 1}}}",
	"{\"description\": \"about no place\", \"check_name\": \"nowhere\", \"fingerprint\": \"0123456789abcdef\", "
	"\"severity\": \"info\", \"location\": {\"path\": \".\", \"lines\": {\"begin\": 1}}}",
};

static const char *const hostile[] = {
	"{\"description\": \"100% \\u001B[0m\\n::error::{0} [a](b) ]]> <i>\\\"&'\\u0001" BAD "\\r\\n\xe2\x80\xae" "end\", "
	"\"check_name\": \"x\", \"fingerprint\": \"0123456789abcdef\", \"severity\": \"critical\", \"location\": "
	"{\"path\": \"a b/\\\"<&>'%0A::error,x:y\\n\\u001B[31m\xc3\xa9" BAD ".sql\", \"lines\": {\"begin\": 1, \"end\": 1}}}",
};

static void
check(const struct report *r, const char *const *want, size_t n)
{
	struct buf out = BUF(r->arena);

	output_find(STR("gitlab"))->write(&out, r);
	json_t *root = json_loads(str_c(r->arena, buf_text(&out)), 0, NULL);
	assert_true(json_is_array(root));
	assert_int_equal(json_array_size(root), n);
	for (size_t i = 0; i < n; i++) {
		char *text = json_dumps(json_array_get(root, i), JSON_PRESERVE_ORDER);
		assert_string_equal(text, want[i]);
		free(text);
	}
	json_decref(root);
}

static void
test_all(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	struct report *r = report_full(&arena);
	check(r, full, 4);
	r->ndiags = 0;
	check(r, NULL, 0);
	check(report_hostile(&arena), hostile, 1);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_all) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
