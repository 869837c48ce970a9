#include "adapter/adapter.h"

extern const struct adapter adapter_postgres_migrations;

#define NO_TRANSACTION "-- postgres-migrations disable-transaction"

static enum way
read(struct str line, bool *begins)
{
	(void)line;
	*begins = false;
	return WAY_NONE;
}

/* runMigration(): the words may stand anywhere; the file is sent as one string. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	(void)all, (void)way;
	return str_find(text, STR(NO_TRANSACTION)) != (size_t)-1 ? TX_STRING : TX_WRAPPED;
}

static bool
takes(struct str base)
{
	return base.n > 0 && base.s[0] >= '0' && base.s[0] <= '9';
}

static const struct marks marks = { .read = read, .takes = takes, .mode = mode, .code = "js", .no_up = true, .flat = true };

static bool
has_words(struct str text)
{
	return str_find(text, STR("-- postgres-migrations ")) != (size_t)-1;
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("a file says \"-- postgres-migrations\"");
	for (size_t i = 0; i < l->samples.n; i++)
		if (has_words(l->samples.items[i]))
			return 94;
	*why = STR("names begin with a number, and package.json names postgres-migrations");
	return l->samples.n > 0 && listing_near(l, "package.json", "\"postgres-migrations\"") ? 91 : 0;
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
}

const struct adapter adapter_postgres_migrations = {
	.name = "postgres-migrations",
	.doc = "postgres-migrations for Node.js; a file runs in a transaction unless it says disable-transaction, then as one string",
	.layout = "N-NAME.sql",
	.also = "postgres_migrations",
	.versions = VERSIONS_DIFFER | VERSIONS_WITHOUT_GAP,
	.detect = detect,
	.list = list,
};
