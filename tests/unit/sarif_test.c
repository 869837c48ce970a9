#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

#define BAD "\xef\xbf\xbd"

static json_t *
render(const struct report *r)
{
	struct buf out = BUF(r->arena);

	output_find(STR("sarif"))->write(&out, r);
	json_t *root = json_loads(str_c(r->arena, buf_text(&out)), 0, NULL);
	assert_non_null(root);
	return root;
}

/* The value at a path of keys and indices: "runs/0/results". */
static json_t *
at(json_t *value, const char *path)
{
	while (*path) {
		char key[64] = "";
		size_t n = strcspn(path, "/");
		memcpy(key, path, n);
		value = json_is_array(value) ? json_array_get(value, strtoul(key, NULL, 10)) : json_object_get(value, key);
		path += n + (path[n] == '/');
	}
	return value;
}

struct expectation {
	const char *path;
	const char *want;               /* NULL: is not there */
};

static void
check(const struct report *r, const struct expectation *list)
{
	json_t *root = render(r);

	for (; list->path; list++) {
		json_t *value = at(json_array_get(json_object_get(root, "runs"), 0), list->path);
		char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_PRESERVE_ORDER) : NULL;
		if (list->want)
			assert_string_equal(text ? text : list->path, list->want);
		else
			assert_null(text);
		free(text);
	}
	json_decref(root);
}

#define PLACE(path, region) \
	"\"physicalLocation\": {\"artifactLocation\": {\"uri\": \"" path "\", \"uriBaseId\": \"%SRCROOT%\"}, \"region\": " region "}"
#define REGION(line, from, to) \
	"{\"startLine\": " line ", \"startColumn\": " from ", \"endLine\": " line ", \"endColumn\": " to "}"

static const struct expectation full[] = {
	{ "tool/driver/version", "\"0.1.0\"" },
	{ "tool/driver/rules/0/id", "\"set-not-null-scan\"" },
	{ "tool/driver/rules/0/properties", "{\"category\": \"locks\", \"tags\": [\"locks\"]}" },
	{ "tool/driver/rules/1", NULL },
	{ "columnKind", "\"unicodeCodePoints\"" },
	{ "results/0/ruleIndex", "0" },
	{ "results/0/level", "\"error\"" },
	{ "results/0/message/text",
		"\"SET NOT NULL on users.email reads every row while no one can read or write\\n\\nWrite instead:\\n"
		"ALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;\\n"
		"ALTER TABLE users VALIDATE CONSTRAINT c;\"" },
	{ "results/0/locations",
		"[{" PLACE("db/V7.sql", REGION("2", "22", "34")) ", \"message\": {\"text\": \"scans all rows under ACCESS EXCLUSIVE\"}}]" },
	{ "results/0/relatedLocations",
		"[{\"id\": 1, " PLACE("db/V7.sql", REGION("2", "16", "21")) "}, {\"id\": 2, "
		PLACE("db/V1.sql", REGION("1", "14", "19")) ", \"message\": {\"text\": \"table exists since V1, so it may hold rows\"}}]" },
	{ "results/0/partialFingerprints", "{\"statement/v1\": \"0123456789abcdef\"}" },
	{ "results/1/level", "\"warning\"" },
	{ "results/1/message/text",
		"\"Possible: SET NOT NULL on \xe8\xa1\xa8.na" BAD " reads every row\\n\\nNote: table.rows is not known\"" },
	{ "results/1/properties", "{\"possible\": true}" },
	{ "results/1/locations", "[{" PLACE("db/V8.sql", REGION("2", "22", "27")) "}]" },
	{ "results/2", NULL },
	{ "invocations/0/executionSuccessful", "false" },
	{ "invocations/0/toolExecutionNotifications",
		"[{\"descriptor\": {\"id\": \"syntax-error\"}, \"level\": \"error\", \"message\": {\"text\": \"cannot read it\"}, "
		"\"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": \"db/V9.sql\", \"uriBaseId\": \"%SRCROOT%\"}}}]}, "
		"{\"descriptor\": {\"id\": \"nowhere\"}, \"level\": \"note\", \"message\": {\"text\": \"about no place\"}}]" },
	{ 0 },
};

#define TEXT "100% " BAD "[0m\\n::error::{{0}} [a\\\\](b) ]]> <i>\\\"&'" BAD BAD BAD "\\n" BAD "end"
#define URI "a%20b/%22%3C%26%3E%27%250A%3A%3Aerror%2Cx%3Ay%0A%1B%5B31m%C3%A9%FF.sql"

static const struct expectation hostile[] = {
	{ "results/0/message/text", "\"" TEXT "\\n\\nNote: " TEXT "\\n\\nWrite instead:\\n" TEXT "\"" },
	{ "results/0/locations/0/physicalLocation/artifactLocation/uri", "\"" URI "\"" },
	{ "results/0/locations/0/message/text", "\"" TEXT "\"" },
	{ "invocations", "[{\"executionSuccessful\": true}]" },
	{ 0 },
};

static const struct expectation empty[] = {
	{ "results", "[]" },
	{ "tool/driver/rules", "[]" },
	{ "invocations", "[{\"executionSuccessful\": true}]" },
	{ 0 },
};

static void
test_all(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, NULL, NULL);
	check(report_full(&arena), full);
	check(report_hostile(&arena), hostile);
	check(&(struct report){ .arena = &arena, .version = "0.1.0" }, empty);
	arena_free(&arena);
}

static const struct expectation described[] = {
	{ "tool/driver/rules/0/shortDescription", "{\"text\": \"Title {{}}\"}" },
	{ "tool/driver/rules/0/fullDescription", "{\"text\": \"First <of> two\"}" },
	{ "tool/driver/rules/0/help/text",
		"\"Why:\\nFirst <of>\\ntwo\\n\\nSecond <i>.\\n\\nWrite instead:\\nALTER <table>; -- {{1,2}} ````\\n\\n"
		"When to allow it:\\nx: {{ a: 1 }}\\n\\nReferences:\\nhttps://example.com/#a_b\\nbook *1*\"" },
	{ "tool/driver/rules/0/help/markdown",
		"\"## Why\\n\\nFirst \\\\<of\\\\>\\ntwo\\n\\nSecond \\\\<i\\\\>.\\n\\n## Write instead\\n\\n`````sql\\n"
		"ALTER <table>; -- {{1,2}} ````\\n`````\\n\\n## When to allow it\\n\\nx: {{ a: 1 }}\\n\\n"
		"## References\\n\\n- <https://example.com/#a_b>\\n- book \\\\*1\\\\*\"" },
	{ "tool/driver/rules/0/defaultConfiguration", "{\"level\": \"warning\", \"enabled\": false}" },
	{ "results/0/level", "\"error\"" },
	{ "results/0/locations/0/physicalLocation/artifactLocation", "{\"uri\": \"file:///m/a.sql\"}" },
	{ "results/0/locations/0/physicalLocation/region", REGION("1", "1", "6") },
	{ 0 },
};

/* A rule with everything that help is made of; a file with a byte order mark, by its absolute path. */
static void
test_rule(void **state)
{
	struct arena arena;
	struct str references[] = { STR("https://example.com/#a_b"), STR("book *1*") };
	struct rule rule = { .id = STR("x"), .category = STR("mine"), .title = STR("Title {}"), .severity = SEVERITY_WARNING,
		.why = STR("First {of}\ntwo\n\nSecond <i>.\n"), .ignore_when = STR("x: { a: 1 }"),
		.safe_text = STR("ALTER {table}; -- {{1,2}} ````\n"), .references = references, .nreferences = 2 };

	(void)state;
	arena_init(&arena, NULL, NULL);
	struct report *r = report_hostile(&arena);
	struct rules *rules = rules_new(&arena);
	assert_int_equal(rules_add(rules, &rule), 0);
	const struct source *source = source_new(&arena, STR("/m/a.sql"), STR("\xef\xbb\xbfSELECT"));
	r->diags[0]->labels[0].at = (struct place){ source, span_of(3, 9) };
	r->rules = rules;
	check(r, described);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
