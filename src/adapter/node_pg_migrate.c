#include <string.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_node_pg_migrate;

/* createMigrationCommentRegex(): dashes, blanks, "up", blanks, "migration" in any case, and whatever comes behind. */
static bool
mark(struct str line, const char *way)
{
	line = str_trim(line);
	if (!str_starts(line, "--"))
		return false;
	while (line.n > 0 && (line.s[0] == '-' || line.s[0] == ' ' || line.s[0] == '\t'))
		line = str_slice(line, 1, line.n);
	if (!str_starts_nocase(line, way))
		return false;
	struct str rest = str_slice(line, strlen(way), line.n);
	return rest.n > 0 && (rest.s[0] == ' ' || rest.s[0] == '\t') && str_starts_nocase(str_trim(rest), "migration");
}

static enum way
read(struct str line, bool *begins)
{
	bool up = mark(line, "up"), down = mark(line, "down");

	*begins = up || down;
	return up ? WAY_UP : WAY_DOWN;
}

/* All pending migrations run in one transaction (singleTransaction), each sent as one string. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	(void)text, (void)all, (void)way;
	return TX_WRAPPED;
}

static bool
takes(struct str base)
{
	return base.n > 0 && base.s[0] >= '0' && base.s[0] <= '9';
}

/* getActions(): without "Up Migration" all of the file is the way forward. getMigrationFilePaths() reads one folder. */
static const struct marks marks = { .read = read, .up = "-- Up Migration", .takes = takes, .mode = mode,
	.code = "js mjs cjs ts mts cts", .no_up = true, .all_or_marked = true, .flat = true };

static int
detect(const struct listing *l, struct str *why)
{
	bool named = listing_near(l, "package.json", "\"node-pg-migrate\"");

	*why = named ? STR("files hold \"-- Up Migration\", and package.json names node-pg-migrate") : STR("most files hold \"-- Up Migration\"");
	return sections_detect(l, &marks);
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
}

const struct adapter adapter_node_pg_migrate = {
	.name = "node-pg-migrate",
	.doc = "node-pg-migrate; all that is pending runs in one transaction",
	.layout = "VERSION_NAME.sql with -- Up Migration and -- Down Migration",
	.also = "node_pg_migrate",
	.versions = VERSIONS_DIFFER,
	.detect = detect,
	.list = list,
};
