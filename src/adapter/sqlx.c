#include "adapter/adapter.h"

extern const struct adapter adapter_sqlx;

#define UP ".up.sql"
#define DOWN ".down.sql"

static bool
has_no_transaction(const struct str_list *samples)
{
	for (size_t i = 0; i < samples->n; i++)
		if (str_starts(samples->items[i], "-- no-transaction"))
			return true;
	return false;
}

/* resolve_blocking(): a number, "_" and a name. */
static bool
takes(struct str base)
{
	size_t i = 0;

	while (i < base.n && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	return i > 0 && i < base.n && base.s[i] == '_' && str_ends(base, ".sql");
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t with = 0, n = listing_count(l, "");

	for (size_t i = 0; i < l->nfiles; i++)
		with += takes(listing_base(l->files[i])) && listing_dir(l->files[i]).n == 0;
	if (with == 0 || 2 * with <= n)
		return 0;
	*why = STR("a file begins with \"-- no-transaction\"");
	if (has_no_transaction(&l->samples))
		return 94;
	*why = STR("names are VERSION_NAME.sql, and Cargo.toml names sqlx");
	return listing_near(l, "Cargo.toml", "sqlx") ? 93 : 0;
}

/* resolve_blocking() returns an error for such a name with a "_" that no number stands in front of. */
static void
report_name(struct adapter_run *run, struct str file)
{
	struct str base = listing_base(file);
	struct source *source = source_new(run->arena, adapter_path(run->arena, run->listing, file), STR(""));

	if (str_ends(base, ".sql") && str_find_char(base, '_') != (size_t)-1 && adapter_named(run, file))
		adapter_mistake(run, source, span_of(0, 0), "name-without-number",
		    STR("sqlx refuses all migrations beside a file whose name has a \"_\", and no number in front of it"));
}

static struct candidate *
candidate_of(struct map *by_version, struct str version)
{
	void **at = map_at(by_version, version);

	if (*at == NULL)
		*at = NEW(by_version->arena, struct candidate);
	return *at;
}

static void
add_file(struct adapter_run *run, struct map *pairs, struct candidates *found, struct str file)
{
	struct str base = listing_base(file);
	bool up = str_ends(base, UP), down = str_ends(base, DOWN);
	struct candidate c = { .up = file };

	candidate_name(&c, str_slice(base, 0, base.n - (up ? sizeof(UP) : down ? sizeof(DOWN) : sizeof(".sql")) + 1));
	if (!up && !down) {
		*vec_push(run->arena, found) = c;
		return;
	}
	struct candidate *pair = candidate_of(pairs, c.version);
	*(up ? &pair->up : &pair->down) = file;
	pair->version = c.version;
	pair->name = c.name;
}

/* Migration.no_tx is there since 0.8: before that every file runs in a transaction, whatever it begins with. */
static const char *const lines_with_version[] = { "sqlx =", "\"sqlx\"", "dependencies.sqlx]", NULL };
enum { MAJOR_WITH_NO_TX = 0, MINOR_WITH_NO_TX = 8 };

/* Only the very first characters count. */
static bool
asks_for_none(const struct adapter_run *run, struct str file)
{
	struct source *source = file.n > 0 ? listing_source(run->arena, run->listing, file, NULL) : NULL;

	return source != NULL && str_starts(source->text, "-- no-transaction");
}

/* Without a transaction the whole file is sent as one string. */
static struct part
read_part(struct adapter_run *run, struct str file, bool wraps)
{
	if (file.n == 0)
		return (struct part){ 0 };
	return adapter_part(run, file, !wraps && asks_for_none(run, file) ? TX_STRING : TX_WRAPPED);
}

/* Who has written it in some file has a version that knows it. */
static const char *
words_for_none(const struct adapter_run *run, const struct candidates *found)
{
	bool known = !tool_may_be_older(run->listing, lines_with_version, MAJOR_WITH_NO_TX, MINOR_WITH_NO_TX);

	for (size_t i = 0; !known && i < found->n; i++)
		known = asks_for_none(run, found->items[i].up);
	return known ? "the file begins with \"-- no-transaction\"" : "the file begins with \"-- no-transaction\", which sqlx knows since 0.8: before that it puts every file into a transaction";
}

/* What the features of the dependency say: SQLite or MySQL, and not PostgreSQL as well. STR_NONE: nothing. */
static struct str
other_database(const struct listing *l)
{
	static const char *const features[][2] = { { "\"sqlite\"", "SQLite" }, { "\"mysql\"", "MySQL" } };
	struct str rest = listing_nearest(l, "Cargo.toml"), entry;
	size_t at = rest.s != NULL ? str_find(rest, STR("\nsqlx = {")) : (size_t)-1;

	if (at == (size_t)-1 || str_find(rest, STR("\"sqlx/postgres\"")) != (size_t)-1)
		return STR_NONE;
	rest = str_slice(rest, at, rest.n);
	str_cut(&rest, '}', &entry);
	if (str_find(entry, STR("\"postgres\"")) != (size_t)-1 || str_find(entry, STR("\"any\"")) != (size_t)-1)
		return STR_NONE;
	for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++)
		if (str_find(entry, str_of(features[i][0])) != (size_t)-1)
			return str_of(features[i][1]);
	return STR_NONE;
}

static void
note_other_database(struct adapter_run *run, struct str system)
{
	struct str path = run->listing->root.n > 0 ? run->listing->root : run->listing->files[0];
	struct place place = { source_new(run->arena, path, STR("")), { 0, 0 } };

	adapter_note(run, FILE_OTHER_DATABASE, place, (struct place){ 0 }, STR(""), system);
}

static void
find(struct adapter_run *run, struct candidates *found)
{
	struct map pairs = MAP(run->arena);

	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i];
		if (listing_dir(file).n > 0)
			continue;
		if (takes(listing_base(file)))
			add_file(run, &pairs, found, file);
		else
			report_name(run, file);
	}
	for (size_t i = 0; i < pairs.n; i++)
		*vec_push(run->arena, found) = *(const struct candidate *)pairs.entries[i].value;
	candidates_sort(found, BY_NUMBER);
	candidates_cut(run, found);
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	struct str other = other_database(run->listing);
	bool wraps = tool_is_older(run->listing, lines_with_version, MAJOR_WITH_NO_TX, MINOR_WITH_NO_TX);
	const char *outside;

	find(run, &found);
	if (other.s != NULL)
		note_other_database(run, other);
	outside = words_for_none(run, &found);
	for (size_t i = 0; i < found.n && other.s == NULL; i++) {
		const struct candidate *c = &found.items[i];
		size_t before = run->migrations.n;
		adapter_add(run, c, read_part(run, c->up, wraps), read_part(run, candidate_named(run, c) ? c->down : STR(""), wraps));
		for (; before < run->migrations.n; before++) {
			run->migrations.items[before].wraps = wraps;
			run->migrations.items[before].outside = outside;
		}
	}
}

const struct adapter adapter_sqlx = {
	.name = "sqlx",
	.doc = "sqlx; a file runs in a transaction unless it begins with -- no-transaction (since 0.8), then as one string",
	.layout = "VERSION_NAME.sql, or VERSION_NAME.up.sql and VERSION_NAME.down.sql",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_NUMBERS | VERSIONS_RUN_LATE,
	.alone = true,
	.detect = detect,
	.list = list,
};
