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

/* Only the very first characters count. Without a transaction the whole file is sent as one string. */
static enum tx_mode
mode(struct adapter_run *run, struct str file)
{
	struct source *source = listing_source(run->arena, run->listing, file, NULL);

	return source != NULL && str_starts(source->text, "-- no-transaction") ? TX_STRING : TX_WRAPPED;
}

static void
list(struct adapter_run *run)
{
	struct map pairs = MAP(run->arena);
	struct candidates found = { 0 };

	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i];
		if (listing_dir(file).n > 0)
			continue;
		if (takes(listing_base(file)))
			add_file(run, &pairs, &found, file);
		else
			report_name(run, file);
	}
	for (size_t i = 0; i < pairs.n; i++)
		*vec_push(run->arena, &found) = *(const struct candidate *)pairs.entries[i].value;
	candidates_sort(&found, BY_NUMBER);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct candidate *c = &found.items[i];
		bool way_back = c->down.n > 0 && candidate_named(run, c);
		struct part up = c->up.n > 0 ? adapter_part(run, c->up, mode(run, c->up)) : (struct part){ 0 };
		adapter_add(run, c, up, way_back ? adapter_part(run, c->down, mode(run, c->down)) : (struct part){ 0 });
	}
}

const struct adapter adapter_sqlx = {
	.name = "sqlx",
	.doc = "sqlx; a file runs in a transaction unless it begins with -- no-transaction, then as one string",
	.layout = "VERSION_NAME.sql, or VERSION_NAME.up.sql and VERSION_NAME.down.sql",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_NUMBERS | VERSIONS_RUN_LATE,
	.detect = detect,
	.list = list,
};
