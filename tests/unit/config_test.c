#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check/check.h"

static const struct row {
	const char *text;
	const char *want;               /* the first mistake; NULL: none */
} rows[] = {
	{ "", NULL },
	{ "# nothing\n", NULL },
	{ "pg_version: 14\nschema: app\ntransaction: auto\nfail_on: never\nframework: auto\n", NULL },
	{ "session: { lock_timeout: 2s, statement_timeout: 0, search_path: [ app, public ] }\n", NULL },
	{ "rules: { a: off, b: { severity: info, top: 5 } }\nrules_dirs: [ own, /other ]\n", NULL },
	{ "a", "1:1: the configuration is a map of keys, not a text" },
	{ "pg_versoin: 14\n", "1:1: unknown key 'pg_versoin'; did you mean 'pg_version'?" },
	{ "schema: a\nschema: b\n", "2:1: 'schema' is given twice" },
	{ "pg_version: 12\n", "1:13: 'pg_version' is a number from 13 to 18, not '12'" },
	{ "pg_version: 17.1\n", "1:13: 'pg_version' is a number from 13 to 18, not '17.1'" },
	{ "transaction: yes\n", "1:14: 'transaction' is true, false or auto, not 'yes'" },
	{ "framework: dbmaet\n", "1:12: unknown framework 'dbmaet'; did you mean 'dbmate'?" },
	{ "fail_on: eror\n", "1:10: unknown severity 'eror'; did you mean 'error'?" },
	{ "fail_on: off\n", "1:10: unknown severity 'off'" },
	{ "session: { lock_timout: 5s }\n", "1:12: unknown setting 'lock_timout'; did you mean 'lock_timeout'?" },
	{ "session: { lock_timeout: soon }\n", "1:26: 'lock_timeout' is a time such as 5s or 0, not 'soon'" },
	{ "session: []\n", "1:10: 'session' must be a map, not a list" },
	{ "rules: { a: eror }\n", "1:13: unknown severity 'eror'; did you mean 'error'?" },
	{ "rules: { a: { severity: eror } }\n", "1:25: unknown severity 'eror'; did you mean 'error'?" },
	{ "tenant: { column: tenant_id, root: tenants, exempt: [ countries, \"audit_*\" ], row_security: true }\n", NULL },
	{ "tenant: { detect: false }\n", NULL },
	{ "tenant: tenant_id\n", "1:9: 'tenant' must be a map, not a text" },
	{ "tenant: { colum: tenant_id }\n", "1:11: unknown key 'colum'; did you mean 'column'?" },
	{ "tenant: { column: tenant_id, exempt: countries }\n", "1:38: 'exempt' must be a list, not a text" },
	{ "tenant: { column: t, per_tenant_changes: always }\n", "1:42: 'per_tenant_changes' is true or false, not 'always'" },
	{ "tenant: { root: tenants }\n", "1:9: 'tenant' needs 'column', the name of the column that says whose row it is" },
	{ "rules_dirs: own\n", "1:13: 'rules_dirs' must be a list, not a text" },
};

static const char *
first_mistake(struct arena *a, const struct diags *diags)
{
	const struct diag *d;
	struct position p;

	if (diags->list.n == 0)
		return "none";
	d = diags->list.items[0];
	assert_true(str_is(d->rule, "invalid-configuration"));
	p = source_position(d->labels[0].at.source, d->labels[0].at.span.off);
	return str_c(a, str_printf(a, "%u:%u: %.*s", p.line, p.column, STR_ARG(d->message)));
}

static int
parse(struct arena *a, struct config *c, const char *text, struct diags *diags)
{
	config_init(c);
	return config_parse(a, c, source_new(a, STR("some/dir/.dbopt-migrate.yaml"), str_of(text)), diags);
}

static void
mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena a;
		struct diags diags = { .arena = &a };
		struct config c;
		arena_init(&a, NULL, NULL);
		assert_int_equal(parse(&a, &c, rows[i].text, &diags), rows[i].want == NULL ? 0 : -1);
		assert_string_equal(first_mistake(&a, &diags), rows[i].want != NULL ? rows[i].want : "none");
		arena_free(&a);
	}
}

static void
defaults(void **state)
{
	struct config c;

	(void)state;
	config_init(&c);
	assert_int_equal(c.pg_version, 18);
	assert_true(str_is(c.schema, "public"));
	assert_int_equal(c.fail_on, SEVERITY_ERROR);
	assert_false(c.fail_on_set);
	assert_int_equal(c.session[SETTING_LOCK_TIMEOUT].known, UNKNOWN);
}

static void
what_is_read(void **state)
{
	struct arena a;
	struct diags diags = { .arena = &a };
	struct config c;

	(void)state;
	arena_init(&a, NULL, NULL);
	parse(&a, &c, "pg_version: 14\ntransaction: false\nfail_on: never\nsession: { lock_timeout: 2s, search_path: [ a, b ] }\n"
	    "rules: { x: off, y: { severity: info, top: 5 } }\nrules_dirs: [ own, /other ]\n", &diags);
	assert_int_equal(c.pg_version, 14);
	assert_int_equal(c.transaction, TX_NONE);
	assert_int_equal(c.fail_on, SEVERITY_OFF);
	assert_true(c.fail_on_set);
	assert_int_equal(c.session[SETTING_LOCK_TIMEOUT].known, YES);
	assert_int_equal(c.session[SETTING_LOCK_TIMEOUT].value, 2000);
	assert_string_equal(str_c(&a, c.session[SETTING_SEARCH_PATH].text), "a, b");
	assert_int_equal(c.rules.n, 2);
	assert_string_equal(str_c(&a, c.rules.items[0].severity), "off");
	assert_string_equal(str_c(&a, c.rules.items[1].params.items[0].value), "5");
	assert_string_equal(str_c(&a, c.rules_dirs.items[0]), "some/dir/own");
	assert_string_equal(str_c(&a, c.rules_dirs.items[1]), "/other");
	arena_free(&a);
}

static void
tenants(void **state)
{
	struct arena a;
	struct diags diags = { .arena = &a };
	struct config c;

	(void)state;
	arena_init(&a, NULL, NULL);
	parse(&a, &c, "tenant:\n  column: tenant_id\n  root: app.tenants\n  exempt: [ countries, log_* ]\n"
	    "  per_tenant_changes: true\n  composite_keys: false\n  row_security: true\n", &diags);
	assert_string_equal(str_c(&a, c.tenant.column), "tenant_id");
	assert_string_equal(str_c(&a, c.tenant.root), "app.tenants");
	assert_int_equal(c.tenant.exempt.n, 2);
	assert_string_equal(str_c(&a, c.tenant.exempt.items[1]), "log_*");
	assert_true(c.tenant.per_tenant_changes);
	assert_int_equal(c.tenant.composite_keys, NO);
	assert_int_equal(c.tenant.row_security, YES);
	assert_int_equal(c.tenant.leading_indexes, UNKNOWN);
	assert_false(c.tenant.no_detection);
	arena_free(&a);
}

static void
unknown_rules(void **state)
{
	struct arena a;
	struct diags diags = { .arena = &a };
	struct config c;
	struct rules *rules;

	(void)state;
	arena_init(&a, NULL, NULL);
	rules = rules_new(&a);
	*map_at(&rules->by_id, STR("known-rule")) = NEW(&a, struct rule);
	((struct rule *)map_get(&rules->by_id, STR("known-rule")))->id = STR("known-rule");
	*vec_push(&a, &rules->list) = map_get(&rules->by_id, STR("known-rule"));
	parse(&a, &c, "rules:\n  known-rule: info\n  knwn-rule: { top: 1 }\n  known-rule2: off\n", &diags);
	config_apply_rules(&c, rules, &diags);
	assert_int_equal(rules->list.items[0]->effective, SEVERITY_INFO);
	assert_int_equal(diags.list.n, 2);
	assert_string_equal(first_mistake(&a, &diags), "3:3: unknown rule 'knwn-rule'; did you mean 'known-rule'?");
	arena_free(&a);
}

static void
nearest(void **state)
{
	char dir[] = "/tmp/dbopt-config-XXXXXX";
	struct arena a;
	FILE *f;

	(void)state;
	arena_init(&a, NULL, NULL);
	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(mkdir("a", 0700) | mkdir("a/b", 0700), 0);
	assert_null(config_find(&a, STR("a/b")).s);
	f = fopen(".dbopt-migrate.yml", "w");
	assert_non_null(f);
	fclose(f);
	assert_string_equal(str_c(&a, config_find(&a, STR("a/b"))), ".dbopt-migrate.yml");
	assert_string_equal(str_c(&a, config_find(&a, STR("a/b/"))), ".dbopt-migrate.yml");
	assert_string_equal(str_c(&a, config_find(&a, STR("a/b/1.sql"))), ".dbopt-migrate.yml");
	assert_string_equal(str_c(&a, config_find(&a, STR("."))), ".dbopt-migrate.yml");
	assert_int_equal(chdir("a"), 0);
	assert_string_equal(str_c(&a, config_find(&a, STR("b"))), "../.dbopt-migrate.yml");
	assert_int_equal(rename("../.dbopt-migrate.yml", "b/.dbopt-migrate.yaml"), 0);
	assert_string_equal(str_c(&a, config_find(&a, STR("b/x.sql"))), "b/.dbopt-migrate.yaml");
	assert_null(config_find(&a, STR("x.sql")).s);
	assert_int_equal(unlink("b/.dbopt-migrate.yaml") | rmdir("b") | chdir("..") | rmdir("a") | rmdir(dir), 0);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(mistakes), cmocka_unit_test(defaults),
		cmocka_unit_test(what_is_read), cmocka_unit_test(tenants), cmocka_unit_test(unknown_rules), cmocka_unit_test(nearest) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
