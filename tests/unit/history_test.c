#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "check/check.h"

#define TREES "tests/adapters/"

static const struct row {
	const char *paths;              /* separated by spaces */
	const char *framework;          /* as configured; NULL: detect */
	enum tx_mode transaction;       /* as configured */
	/* per history "ADAPTER ROOT[ selected]:", then the versions of its migrations, "*": reported, "/": with its way back */
	const char *want;
} rows[] = {
	{ TREES "golang_migrate/migrations", NULL, TX_UNKNOWN,
	    "golang-migrate tests/adapters/golang_migrate/migrations: 0*/ 2*/ 10*/ 1001*/ 1002* 1003*/ 1005*\n" },
	/* a file of a directory: what comes later is left out, the ways back of the context are not read */
	{ TREES "golang_migrate/migrations/10_index_users.up.sql", NULL, TX_UNKNOWN,
	    "golang-migrate tests/adapters/golang_migrate/migrations selected: 0 2 10*/\n" },
	{ TREES "golang_migrate/migrations/2_add_job.down.sql", NULL, TX_UNKNOWN,
	    "golang-migrate tests/adapters/golang_migrate/migrations selected: 0 2*/\n" },
	{ TREES "plain/migrations/10_tags.sql " TREES "plain/migrations/1_users.sql", NULL, TX_UNKNOWN,
	    "plain tests/adapters/plain/migrations selected: 1*/ 2 10*/\n" },
	{ TREES "diesel/migrations/20170318181441_crates/up.sql", NULL, TX_UNKNOWN,
	    "up-down-dirs tests/adapters/diesel/migrations selected: 00000000000000 20170318181441*/\n" },
	{ TREES "diesel/migrations/20170318181441_crates/", NULL, TX_UNKNOWN,
	    "up-down-dirs tests/adapters/diesel/migrations/20170318181441_crates/: 20170318181441*/\n" },
	{ TREES "prisma/migrations/20240102030405_email/migration.sql", NULL, TX_UNKNOWN,
	    "prisma tests/adapters/prisma/migrations selected: 10 20230102030405 20240102030405*/\n" },
	{ TREES "drizzle_folders/migrations/20261129041036_first/migration.sql", NULL, TX_UNKNOWN,
	    "drizzle tests/adapters/drizzle_folders/migrations selected: 20261129041036*\n" },
	{ TREES "slonik_migrator/migrations/down/2024.01.02T03.04.05.users.sql", NULL, TX_UNKNOWN,
	    "plain tests/adapters/slonik_migrator/migrations/down selected: 2024.01.02*/\n" },
	{ TREES "dbmate/migrations/20230201120000_index_users.sql", NULL, TX_UNKNOWN,
	    "dbmate tests/adapters/dbmate/migrations selected: 20230101120000/ 20230201120000*/\n" },
	/* not one of the framework's: on its own */
	{ TREES "dbmate/migrations/helpers.sql", NULL, TX_UNKNOWN,
	    "plain tests/adapters/dbmate/migrations/helpers.sql selected: (none)*\n" },
	{ TREES "dbmate/migrations/20230401120000_forgot.sql", NULL, TX_UNKNOWN,
	    "dbmate tests/adapters/dbmate/migrations selected: 20230101120000/ 20230201120000/ 20230301120000\n"
	    "20230401120000_forgot.sql: missing-up-section\n" },
	/* what is wrong with the context is not reported */
	{ TREES "dbmate/migrations/20230501120000_early.sql", NULL, TX_UNKNOWN,
	    "dbmate tests/adapters/dbmate/migrations selected: 20230101120000/ 20230201120000/ 20230301120000 20230501120000*/\n"
	    "20230501120000_early.sql: statement-before-up\n" },
	{ TREES "plain/migrations/notes.txt", NULL, TX_UNKNOWN,
	    "plain tests/adapters/plain/migrations/notes.txt selected: (none)*\n" },
	/* a way back is never a way forward */
	{ TREES "plain/migrations/rollback/9_gone.sql", NULL, TX_UNKNOWN,
	    "plain tests/adapters/plain/migrations/rollback selected: 9*/\n" },
	{ TREES "plain/migrations/rollback", NULL, TX_UNKNOWN, "plain tests/adapters/plain/migrations/rollback: 2*/ 9*/\n" },
	/* several */
	{ TREES "hasura/migrations " TREES "sourcegraph/migrations/1648051770_init/up.sql", NULL, TX_UNKNOWN,
	    "up-down-dirs tests/adapters/hasura/migrations/default: 1599876543210*/ 1600000000000* 2000000000000*\n"
	    "up-down-dirs tests/adapters/sourcegraph/migrations selected: 1648051770*/\n" },
	/* configured */
	{ TREES "golang_migrate/migrations/0_init.up.sql", "plain", TX_WRAPPED,
	    "plain tests/adapters/golang_migrate/migrations selected: 0*/ wrapped\n" },
	{ TREES "golang_migrate/migrations/0_init.up.sql", "golang-migrate", TX_WRAPPED,
	    "golang-migrate tests/adapters/golang_migrate/migrations selected: 0*/\n" },
	/* errors */
	{ TREES "none", NULL, TX_UNKNOWN, "cannot read tests/adapters/none: No such file or directory\n" },
	{ TREES "plain/migrations none.sql", NULL, TX_UNKNOWN, "cannot read none.sql: No such file or directory\n" },
	{ "src/gen", NULL, TX_UNKNOWN, "no SQL files in src/gen\n" },
	{ TREES "plain/migrations", "diesel", TX_UNKNOWN,
	    "no migrations in tests/adapters/plain/migrations: up-down-dirs has VERSION_NAME/up.sql, VERSION_NAME/down.sql\n" },
};

static void
show(struct buf *b, const struct history *h)
{
	buf_printf(b, "%s %.*s%s:", h->adapter->name, STR_ARG(h->root), h->selected ? " selected" : "");
	assert_int_equal(h->reported.n, h->migrations.n);
	for (size_t i = 0; i < h->migrations.n; i++) {
		const struct migration *m = &h->migrations.items[i];
		buf_printf(b, " %.*s%s%s", STR_ARG(m->version.n > 0 ? m->version : STR("(none)")), h->reported.items[i] ? "*" : "",
		    m->down.source != NULL ? "/" : "");
		if (m->up.tx == TX_WRAPPED && str_is(str_of(h->adapter->name), "plain"))
			buf_c(b, " wrapped");
	}
	buf_char(b, '\n');
}

static void
show_all(struct arena *a, struct buf *b, const struct row *r)
{
	struct config config = { .framework = str_of(r->framework), .transaction = r->transaction };
	struct str paths[4], rest = str_of(r->paths);
	struct diags diags = { .arena = a };
	struct history *list;
	struct err err = { STR("") };
	size_t n = 0, nlist;

	while (n < 4 && str_cut(&rest, ' ', &paths[n]))
		n++;
	if (history_open(a, &config, paths, n, NULL, &diags, &list, &nlist, &err) != 0) {
		buf_printf(b, "%.*s\n", STR_ARG(err.message));
		return;
	}
	for (size_t i = 0; i < nlist; i++)
		show(b, &list[i]);
	for (size_t i = 0; i < diags.list.n; i++)
		buf_printf(b, "%.*s: %.*s\n", STR_ARG(listing_base(diags.list.items[i]->labels[0].at.source->path)),
		    STR_ARG(diags.list.items[i]->rule));
}

static void
histories(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena a;
		arena_init(&a, NULL, NULL);
		struct buf got = BUF(&a);
		show_all(&a, &got, &rows[i]);
		if (!str_is(buf_text(&got), rows[i].want)) {
			printf("# %s\n# -%s# +%.*s", rows[i].paths, rows[i].want, STR_ARG(buf_text(&got)));
			wrong++;
		}
		arena_free(&a);
	}
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(histories) };
	const char *root = getenv("ROOT");

	if (root != NULL && chdir(root) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
