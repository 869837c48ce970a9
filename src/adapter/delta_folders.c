#include <stdlib.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_delta_folders;

/* What the folder of a file says: STORE/delta/72/NAME, STORE/full_schemas/72/NAME (prepare_database.py of Synapse). */
struct place_of {
	bool delta, full;
	struct str version;
};

static struct place_of
place_of(const struct listing *l, struct str file)
{
	struct str dir = listing_dir(file), above = listing_base(listing_dir(dir));
	struct place_of p = { .version = listing_base(dir) };

	if (listing_dir(dir).n == 0)
		above = listing_base(l->root);
	if (!all_digits(p.version))
		return p;
	p.delta = str_is(above, "delta") || str_is(above, "deltas");
	p.full = str_is(above, "full_schemas");
	return p;
}

static bool
is_sql(struct str file)
{
	return str_ends(file, ".sql") || str_ends(file, ".sql.postgres");
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t n = 0, sql = 0;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct place_of p = place_of(l, l->files[i]);
		sql += is_sql(l->files[i]);
		n += is_sql(l->files[i]) && (p.delta || p.full);
	}
	*why = STR("most files are delta/NUMBER/NAME.sql");
	return n > 0 && 2 * n > sql ? 92 : 0;
}

/* Of the folders of full schemas the last one; empty: there is none. */
static struct str
last_full(const struct listing *l)
{
	struct str last = STR("");

	for (size_t i = 0; i < l->nfiles; i++) {
		struct place_of p = place_of(l, l->files[i]);
		if (p.full && (last.n == 0 || str_cmp_natural(p.version, last) > 0))
			last = p.version;
	}
	return last;
}

static void
say_python(struct adapter_run *run, struct str file)
{
	struct source *source = adapter_source(run, file);

	if (source != NULL && adapter_named(run, file))
		diag_add(run->diags, SEVERITY_INFO, STR("input"), STR("unreadable-changes"),
		    (struct place){ source, source_head(source, span_of(0, source->text.n)) },
		    STR("this is Python: what it does to the database is not known"))->labels[0].text = STR("not read");
}

/* A full schema stands for all deltas up to its number. */
static bool
runs(struct adapter_run *run, struct str file, const struct place_of *p, struct str full)
{
	if (p->full ? !str_eq(p->version, full) : !p->delta || (full.n > 0 && str_cmp_natural(p->version, full) <= 0))
		return false;
	if (str_ends(file, ".sql.sqlite") && adapter_named(run, file))
		adapter_note_file(run, FILE_OTHER_DATABASE, file, (struct place){ 0 }, p->version, STR("SQLite"));
	else if (str_ends(file, ".py"))
		say_python(run, file);
	return is_sql(file);
}

/* By the number, then by the file's name, whatever folder it is in; full schemas come first. */
static int
compare(const void *first, const void *second)
{
	const struct candidate *a = first, *b = second;
	int order = str_cmp_natural(a->version, b->version);

	if (order == 0)
		order = str_cmp(a->name, b->name);
	return order != 0 ? order : str_cmp(a->up, b->up);
}

static struct part
read_part(struct adapter_run *run, struct str file)
{
	static const struct placeholder list[] = { { "$%", "%$", true, false }, { NULL, NULL, false, false } };
	static const struct str identity = { "BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY", sizeof("BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY") - 1 };
	struct map own = MAP(run->arena);
	struct part part = adapter_part(run, file, TX_WRAPPED);
	struct str *value = NEW(run->arena, struct str);

	if (part.source == NULL)
		return part;
	*value = identity;
	*map_at(&own, STR("AUTO_INCREMENT_PRIMARY_KEY")) = value;
	part.source = placeholders_fill(run, part.source, list, &own);
	part.span = span_of(0, part.source->text.n);
	return part;
}

static void
list(struct adapter_run *run)
{
	const struct listing *l = run->listing;
	struct str full = last_full(l);
	struct candidates found = { 0 };

	for (size_t i = 0; i < l->nfiles; i++) {
		struct str file = l->files[i];
		struct place_of p = place_of(l, file);
		if (runs(run, file, &p, full))
			*vec_push(run->arena, &found) = (struct candidate){ .version = p.version, .name = listing_base(file), .up = file };
	}
	if (found.n > 0)
		qsort(found.items, found.n, sizeof(*found.items), compare);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		adapter_add(run, &found.items[i], read_part(run, found.items[i].up), (struct part){ 0 });
}

const struct adapter adapter_delta_folders = {
	.name = "delta-folders",
	.doc = "Synapse: a folder per schema version, with files for each database; one transaction",
	.layout = "delta/N/NAME.sql, delta/N/NAME.sql.postgres",
	.also = "synapse delta_folders",
	.detect = detect,
	.list = list,
};
