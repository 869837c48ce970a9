#include "adapter/adapter.h"

extern const struct adapter adapter_postgres_migrations;

#define NO_TRANSACTION "-- postgres-migrations disable-transaction"

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

static const struct marks marks = { .read = no_marks, .takes = takes, .mode = mode, .code = "js", .no_up = true, .flat = true, .order = BY_NUMBER };

static bool
has_words(struct str text)
{
	return str_find(text, STR("-- postgres-migrations ")) != (size_t)-1;
}

/* A fork that makes its table by itself, so that its first migration is 0 (validateMigrationOrdering()). */
static bool
is_fork(const struct listing *l)
{
	return listing_near(l, "package.json", "\"pg-node-migrations\"");
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t numbered = 0;

	*why = STR("a file says \"-- postgres-migrations\"");
	for (size_t i = 0; i < l->samples.n; i++)
		if (has_words(l->samples.items[i]))
			return 94;
	for (size_t i = 0; i < l->nfiles; i++)
		numbered += listing_sql(l, l->files[i]) && takes(listing_base(l->files[i]));
	if (2 * numbered <= listing_count(l, ""))
		return 0;
	*why = STR("names begin with a number, and package.json names pg-node-migrations");
	if (is_fork(l))
		return 91;
	*why = STR("names begin with a number, and package.json names postgres-migrations");
	return listing_near(l, "package.json", "\"postgres-migrations\"") ? 91 : 0;
}

static void
refuse(struct adapter_run *run, struct str file, const char *why)
{
	if (adapter_named(run, file))
		adapter_note_file(run, FILE_REFUSED, file, (struct place){ 0 }, STR(""), str_of(why));
}

/* parseFileName(): behind the number, and one "-" or "_". */
static struct str
name_of(struct str base)
{
	size_t i = 0;

	while (i < base.n && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	i += i < base.n && (base.s[i] == '-' || base.s[i] == '_');
	return str_slice(base, i, base.n);
}

/* migrations_name_key: unique, as the number is. The first one, 0, is that of the table itself. */
static void
note_names(struct adapter_run *run, bool fork)
{
	struct map first = MAP(run->arena);

	if (!fork)
		*map_at(&first, STR("create-migrations-table")) = run;
	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[i];
		struct str base = listing_base(m->up.source->path), name = name_of(base);
		void **at = map_at(&first, str_slice(name, 0, name.n - (str_ends(name, ".js") ? 3 : 4)));
		if (*at == NULL)
			*at = (void *)(uintptr_t)m;
		else
			refuse(run, base, "the table of postgres-migrations wants names to be unique, and another migration has the same one behind its number");
	}
}

/* loadMigrationFiles(): one name amiss, and nothing runs. validateMigrationOrdering(): its own is 0, that of the fork there is none. */
static void
note_refused(struct adapter_run *run)
{
	bool fork = is_fork(run->listing);
	int64_t number, first = fork ? 0 : 1;

	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i];
		if (listing_dir(file).n == 0 && (str_ends(file, ".sql") || str_ends(file, ".js")) && !takes(file))
			refuse(run, file, "its name does not begin with a number, and postgres-migrations runs nothing then");
	}
	if (run->migrations.n > 0 && str_to_int(run->migrations.items[0].version, &number) && number != first)
		refuse(run, listing_base(run->migrations.items[0].up.source->path), fork ? "it is the first one, and pg-node-migrations wants that to be 0"
			: "it is the first one, and postgres-migrations wants that to be 1");
	note_names(run, fork);
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
	note_refused(run);
}

const struct adapter adapter_postgres_migrations = {
	.name = "postgres-migrations",
	.doc = "postgres-migrations for Node.js; a file runs in a transaction unless it says disable-transaction, then as one string",
	.layout = "N-NAME.sql",
	.also = "postgres_migrations pg-node-migrations",
	.versions = VERSIONS_DIFFER | VERSIONS_WITHOUT_GAP,
	.alone = true,
	.detect = detect,
	.list = list,
};
