#include "adapter/adapter.h"

extern const struct adapter adapter_sql_migrate;

/* ParseMigration(): "-- +migrate " as it stands, then the command, in this case, and its options. */
static bool
command(struct str line, const char *word, struct str *options)
{
	struct str piece;

	if (!str_starts(line, "-- +migrate "))
		return false;
	line = str_trim(str_slice(line, sizeof("-- +migrate ") - 1, line.n));
	str_cut(&line, ' ', &piece);
	*options = str_trim(line);
	return str_is(piece, word);
}

static enum way
read(struct str line, bool *begins)
{
	struct str options;
	bool up = command(line, "Up", &options), down = command(line, "Down", &options);

	*begins = up || down;
	return up ? WAY_UP : WAY_DOWN;
}

/* ParseMigration() leaves out lines that begin with "-- ". */
static enum split_line
split_line(struct str line, bool inside)
{
	struct str options;

	(void)inside;
	if (command(line, "Up", &options) || command(line, "Down", &options))
		return SPLIT_WAY;
	if (command(line, "StatementBegin", &options))
		return SPLIT_BEGIN;
	if (command(line, "StatementEnd", &options))
		return SPLIT_END;
	return str_starts(line, "-- ") ? SPLIT_NOTHING : SPLIT_SQL;
}

static const struct splitter splitter = { "sql-migrate", split_line };

static bool
has_option(struct str options)
{
	struct str piece;

	while (str_cut(&options, ' ', &piece))
		if (str_is(str_trim(piece), "notransaction"))
			return true;
	return false;
}

/* One "notransaction" is enough for all sections of its way. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	struct str options;
	bool none = false, whole = false;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct section *s = &all->items[i];
		if (s->way != way || !command(str_slice(text, s->line.off, (size_t)s->line.off + s->line.len), way == WAY_UP ? "Up" : "Down", &options))
			continue;
		n++;
		none = none || has_option(options);
		whole = split_whole(str_slice(text, s->from, s->to), &splitter);
	}
	return !none ? TX_WRAPPED : n == 1 && whole ? TX_STRING : TX_NONE;
}

/* The marks without sql-migrate: a program in Go that does not depend on it, where its command has no configuration either. */
static bool
own_runner(const struct listing *l)
{
	struct str module = listing_nearest(l, "go.mod");

	return module.s != NULL && str_find(module, STR("rubenv/sql-migrate")) == (size_t)-1 && listing_nearest(l, "dbconfig.yml").s == NULL;
}

static void
check(struct adapter_run *run, struct source *source)
{
	if (!own_runner(run->listing))
		split_check(run, source, &splitter);
}

static const struct marks marks = { .read = read, .up = "-- +migrate Up", .mode = mode,
	.check = check, .splitter = &splitter, .flat = true, .order = BY_NUMBER };

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files hold \"-- +migrate Up\"");
	return sections_detect(l, &marks);
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
}

const struct adapter adapter_sql_migrate = {
	.name = "sql-migrate",
	.doc = "sql-migrate; the sections of a way run in a transaction unless one says notransaction, statement by statement",
	.layout = "NAME.sql with -- +migrate Up and -- +migrate Down; the whole name is the version",
	.also = "sql_migrate rubenv",
	.versions = VERSIONS_ARE_NUMBERS | VERSIONS_RUN_LATE,
	.brackets = "migrate",
	.detect = detect,
	.list = list,
};
