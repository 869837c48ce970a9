#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "report.h"

static char *
render(struct arena *arena, const struct report *r)
{
	struct buf out = BUF(arena);

	output_find(STR("json"))->write(&out, r);
	return str_c(arena, buf_text(&out));
}

/* The first diagnostic of the full report, on one line. */
static const char first[] =
	"{\"rule\": \"set-not-null-scan\", \"category\": \"locks\", \"severity\": \"error\", \"possible\": false, "
	"\"file\": \"db/V7.sql\", \"line\": 2, \"column\": 22, \"end_line\": 2, \"end_column\": 34, "
	"\"message\": \"SET NOT NULL on users.email reads every row while no one can read or write\", \"labels\": ["
	"{\"file\": \"db/V7.sql\", \"line\": 2, \"column\": 22, \"end_line\": 2, \"end_column\": 34, "
	"\"text\": \"scans all rows under ACCESS EXCLUSIVE\", \"primary\": true}, "
	"{\"file\": \"db/V7.sql\", \"line\": 2, \"column\": 16, \"end_line\": 2, \"end_column\": 21, "
	"\"text\": \"\", \"primary\": false}, "
	"{\"file\": \"db/V1.sql\", \"line\": 1, \"column\": 14, \"end_line\": 1, \"end_column\": 19, "
	"\"text\": \"table exists since V1, so it may hold rows\", \"primary\": false}], \"notes\": [], "
	"\"safe\": \"ALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;\\n"
	"ALTER TABLE users VALIDATE CONSTRAINT c;\\n\", "
	"\"statement\": \"ALTER TABLE users\\n  ALTER COLUMN email SET NOT NULL\", "
	"\"fingerprint\": \"0123456789abcdef\"}";

static void
check_text(const json_t *o, const char *path, const char *want)
{
	const json_t *value = json_object_get(o, path);

	assert_non_null(value);
	char *text = json_dumps(value, JSON_ENCODE_ANY);
	assert_string_equal(text, want);
	free(text);
}

static void
check_diagnostics(json_t *list)
{
	char *text = json_dumps(json_array_get(list, 0), JSON_PRESERVE_ORDER);
	json_t *possible = json_array_get(list, 1), *file = json_array_get(list, 2), *nowhere = json_array_get(list, 3);

	assert_int_equal(json_array_size(list), 4);
	assert_string_equal(text, first);
	free(text);
	check_text(possible, "possible", "true");
	check_text(possible, "column", "22");
	check_text(possible, "message", "\"SET NOT NULL on \xe8\xa1\xa8.na\xef\xbf\xbd reads every row\"");
	check_text(possible, "notes", "[\"table.rows is not known\"]");
	check_text(possible, "safe", "null");
	check_text(file, "file", "\"db/V9.sql\"");
	check_text(file, "line", "null");
	check_text(nowhere, "file", "null");
}

static void
test_full(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	json_t *root = json_loads(render(&arena, report_full(&arena)), 0, NULL);
	assert_non_null(root);
	check_text(root, "tool", "{\"name\": \"dbopt-migrate\", \"version\": \"0.1.0\", \"parser\": \"18.0\"}");
	check_text(root, "summary",
		"{\"files\": 3, \"statements\": 2, \"error\": 2, \"warning\": 1, \"info\": 1, \"unchecked\": 1}");
	check_diagnostics(json_object_get(root, "diagnostics"));
	json_decref(root);
	arena_free(&arena);
}

static void
test_empty(void **state)
{
	struct arena arena;
	struct report r = { .arena = &arena, .version = "0.1.0", .parser = "18.0" };

	(void)state;
	arena_init(&arena, NULL, NULL);
	const char *text = render(&arena, &r);
	assert_non_null(strstr(text, "\"diagnostics\": []\n}\n"));
	assert_ptr_equal(strstr(text, "{\n  \"tool\": {\n    \"name\": \"dbopt-migrate\",\n"), text);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
