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

static double
number_at(struct str text, size_t from, size_t to)
{
	double n = 0;

	for (size_t i = from; i < to; i++)
		n = 10 * n + (text.s[i] - '0');
	return n;
}

/* Milliseconds since 1970 of YYYYMMDDhhmmssmmm. */
static double
utc_time(struct str version)
{
	double month = number_at(version, 4, 6), year = number_at(version, 0, 4) - (month < 3);
	long long y = (long long)year, m = (long long)month + (month < 3 ? 9 : -3);
	double days = (double)(365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5) + number_at(version, 6, 8) - 719469;
	double seconds = 60 * (60 * number_at(version, 8, 10) + number_at(version, 10, 12)) + number_at(version, 12, 14);

	return 1000 * (86400 * days + seconds) + number_at(version, 14, 17);
}

static bool
is_number(char c)
{
	return c >= '0' && c <= '9';
}

/* getNumericPrefix(): 17 digits are a date in UTC, which is compared with milliseconds. */
static double
prefix_of(const struct candidate *c)
{
	struct str base = listing_base(c->up);
	size_t n = 0;

	while (n < base.n && is_number(base.s[n]))
		n++;
	return n == 17 ? utc_time(base) : number_at(base, 0, n);
}

/* compareMigrationFileNames() */
static int
compare(const void *a, const void *b)
{
	double first = prefix_of(a), second = prefix_of(b);

	if (first != second)
		return first < second ? -1 : 1;
	return str_cmp_natural(listing_base(((const struct candidate *)a)->up), listing_base(((const struct candidate *)b)->up));
}

/* getActions(): without "Up Migration" all of the file is the way forward. getMigrationFilePaths() reads one folder. */
static const struct marks marks = { .read = read, .up = "-- Up Migration", .mode = mode, .code = "js mjs cjs ts mts cts",
	.no_up = true, .all_or_marked = true, .flat = true, .once = true, .compare = compare };

static bool
most_numbered(const struct listing *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nfiles; i++)
		n += listing_sql(l, l->files[i]) && is_number(listing_base(l->files[i]).s[0]);
	return 2 * n > listing_count(l, "");
}

static int
detect(const struct listing *l, struct str *why)
{
	bool named = listing_near(l, "package.json", "\"node-pg-migrate\"");
	int sure = sections_detect(l, &marks);

	*why = named ? STR("files hold \"-- Up Migration\", and package.json names node-pg-migrate") : STR("most files hold \"-- Up Migration\"");
	if (sure > 0 || !named || !most_numbered(l))
		return sure;
	*why = STR("names begin with a number, and package.json names node-pg-migrate");
	return 91;
}

/* The number is what the order comes from. Version 9 stops there; before, it was 0. */
static void
note_unnumbered(struct adapter_run *run)
{
	size_t files = 0;

	for (size_t i = 0; i < run->listing->nfiles; i++)
		files += listing_dir(run->listing->files[i]).n == 0;
	for (size_t i = 0; i < run->listing->nfiles && files > 1; i++) {
		struct str file = run->listing->files[i];
		if (listing_sql(run->listing, file) && listing_dir(file).n == 0 && !is_number(file.s[0]) && adapter_named(run, file))
			adapter_note_file(run, FILE_REFUSED, file, (struct place){ 0 }, STR(""),
			    STR("its name does not begin with a number, and node-pg-migrate 9 runs nothing then; older ones run it first"));
	}
}

/* createSqlMigrationLoader(), which a program may ask for; the command line takes a way back for a migration. */
static void
list_pairs(struct adapter_run *run)
{
	struct candidates found = { 0 };

	pairs_find(run, NULL, BY_GUESS, &found);
	for (size_t i = 0; i < found.n; i++)
		adapter_add_files(run, &found.items[i], TX_WRAPPED);
}

static void
list(struct adapter_run *run)
{
	if (pairs_most(run->listing))
		list_pairs(run);
	else
		sections_list(run, &marks);
	note_unnumbered(run);
}

const struct adapter adapter_node_pg_migrate = {
	.name = "node-pg-migrate",
	.doc = "node-pg-migrate; all that is pending runs in one transaction",
	.layout = "VERSION_NAME.sql with -- Up Migration and -- Down Migration, or pairs",
	.also = "node_pg_migrate",
	.together = true,
	.detect = detect,
	.list = list,
};
