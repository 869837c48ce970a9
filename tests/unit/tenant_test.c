#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "check/check.h"
#include "check/example.h"

struct seen {
	const struct tenant_design *design;
};

static void
visit_end(void *arg, const struct history *h, const struct catalog *c, const struct tenant_design *d)
{
	(void)h;
	(void)c;
	((struct seen *)arg)->design = d;
}

static const struct tenant_design *
design_of(struct arena *a, const char *sql)
{
	struct seen seen = { NULL };
	static struct config config;            /* the design points into it */
	struct diags diags = { .arena = a };
	struct history history;
	struct run run = { .arena = a, .config = &config, .diags = &diags, .visitor = { .arg = &seen, .end = visit_end } };

	example_history(a, STR("test"), str_of(sql), NULL, &config, &history, &diags);
	replay(&run, &history);
	return seen.design;
}

#define FOUR(column, root) \
	"CREATE TABLE " root " (id bigint PRIMARY KEY);" \
	"CREATE TABLE a (id uuid PRIMARY KEY, " column " bigint REFERENCES " root ");" \
	"CREATE TABLE b (id uuid PRIMARY KEY, " column " bigint REFERENCES " root ");" \
	"CREATE TABLE c (id uuid PRIMARY KEY, " column " bigint REFERENCES " root ");" \
	"CREATE TABLE d (id uuid PRIMARY KEY, " column " bigint REFERENCES " root ");"

static const struct row {
	const char *sql, *column, *root;        /* NULL: no design */
} rows[] = {
	{ "", NULL, NULL },
	{ FOUR("tenant_id", "tenants"), "tenant_id", "tenants" },
	{ FOUR("\"organizationId\"", "orgs"), "organizationId", "orgs" },
	{ FOUR("workspace_id", "workspaces"), "workspace_id", "workspaces" },
	{ FOUR("user_id", "users"), NULL, NULL },
	{ FOUR("created_by", "accounts"), NULL, NULL },
	/* too few tables */
	{ "CREATE TABLE tenants (id int PRIMARY KEY); CREATE TABLE a (tenant_id int REFERENCES tenants);"
	  "CREATE TABLE b (tenant_id int REFERENCES tenants); CREATE TABLE c (tenant_id int REFERENCES tenants);", NULL, NULL },
	/* less than half of the tables */
	{ FOUR("account_id", "accounts") "CREATE TABLE e (i int); CREATE TABLE f (i int); CREATE TABLE g (i int);"
	  "CREATE TABLE h (i int); CREATE TABLE i (i int);", NULL, NULL },
	/* nothing is referenced */
	{ "CREATE TABLE a (org_id int); CREATE TABLE b (org_id int); CREATE TABLE c (org_id int); CREATE TABLE d (org_id int);",
	  NULL, NULL },
	/* both spellings are one column */
	{ FOUR("tenant_id", "tenants") "CREATE TABLE e (\"tenantId\" bigint REFERENCES tenants);", "tenant_id", "tenants" },
	{ "-- config: { tenant: { detect: false } }\n" FOUR("tenant_id", "tenants"), NULL, NULL },
	{ "-- config: { tenant: { column: owner, root: people } }\nCREATE TABLE people (id int PRIMARY KEY);", "owner", "people" },
};

static void
found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena a;
		const struct tenant_design *d;
		arena_init(&a, NULL, NULL);
		d = design_of(&a, rows[i].sql);
		assert_int_equal(d != NULL, rows[i].column != NULL);
		if (d != NULL) {
			assert_string_equal(str_c(&a, d->column), rows[i].column);
			assert_string_equal(str_c(&a, d->root->name), rows[i].root);
		}
		arena_free(&a);
	}
}

static void
classes(void **state)
{
	static const char *const want[][2] = { { "tenants", "scoped" }, { "a", "scoped" }, { "notes", "unclear" }, { "marks", "unclear" },
		{ "kinds", "shared" }, { "logs", "shared" }, { "other", "global" }, { "schema_migrations", "global" } };
	struct arena a;
	const struct tenant_design *d;
	size_t n = 0;

	(void)state;
	arena_init(&a, NULL, NULL);
	d = design_of(&a, "-- config: { tenant: { column: tenant_id, exempt: [ log* ] } }\n" FOUR("tenant_id", "tenants")
	    "CREATE TABLE kinds (id int PRIMARY KEY); CREATE TABLE other (id int); CREATE TABLE schema_migrations (version text);"
	    "CREATE TABLE notes (id int PRIMARY KEY, a_id uuid REFERENCES a, kind int REFERENCES kinds);"
	    "CREATE TABLE marks (note_id int REFERENCES notes); CREATE TABLE logs (a_id uuid REFERENCES a);"
	    "CREATE TABLE parts (i int) PARTITION BY LIST (i); CREATE TABLE part PARTITION OF parts DEFAULT;");
	for (size_t i = 0; i < d->list.n; i++) {
		const struct tenant_table *t = d->list.items[i];
		assert_false(str_is(t->table->name, "part"));
		for (size_t w = 0; w < sizeof(want) / sizeof(want[0]); w++)
			if (str_is(t->table->name, want[w][0])) {
				assert_string_equal(tenant_class_word(t->class), want[w][1]);
				n++;
			}
	}
	assert_int_equal(n, sizeof(want) / sizeof(want[0]));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(found), cmocka_unit_test(classes) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
