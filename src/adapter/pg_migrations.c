#include "adapter/adapter.h"

extern const struct adapter adapter_pg_migrations;

/* PostgresDatabaseEngine.tx(): a transaction per migration, which notes it, too. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	(void)text, (void)all, (void)way;
	return TX_WRAPPED;
}

/* A number, "-" and a name. */
static bool
takes(struct str base)
{
	size_t i = 0;

	while (i < base.n && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	return i > 0 && i < base.n && base.s[i] == '-';
}

static const struct marks marks = { .read = no_marks, .takes = takes, .mode = mode, .code = "js mjs jsx ts tsx", .no_up = true, .flat = true };

static int
detect(const struct listing *l, struct str *why)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nfiles; i++)
		n += listing_sql(l, l->files[i]) && takes(listing_base(l->files[i]));
	*why = STR("names begin with a number, and package.json names @databases/pg-migrations");
	return n > 0 && 2 * n > listing_count(l, "") && listing_near(l, "package.json", "\"@databases/pg-migrations\"") ? 92 : 0;
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i];
		if (listing_sql(run->listing, file) && listing_dir(file).n == 0 && !takes(file) && adapter_named(run, file))
			adapter_note_file(run, FILE_REFUSED, file, (struct place){ 0 }, STR(""),
			    STR("its name is not a number, \"-\" and a name, and pg-migrations runs nothing then"));
	}
}

const struct adapter adapter_pg_migrations = {
	.name = "pg-migrations",
	.doc = "@databases/pg-migrations; a file runs in a transaction",
	.layout = "N-NAME.sql",
	.also = "pg_migrations @databases/pg-migrations",
	.versions = VERSIONS_DIFFER,
	.detect = detect,
	.list = list,
};
