#include "adapter/adapter.h"

extern const struct adapter adapter_graphile_migrate;

static bool
is_header(struct str line, const char *words)
{
	return str_starts(line, "--! ") && str_starts(str_slice(line, 4, line.n), words);
}

/* runStringMigration(): a line of its own; what it leaves without a transaction is one string. */
static enum tx_mode
mode(struct str text)
{
	struct str line;

	while (str_cut(&text, '\n', &line))
		if (is_header(str_trim(line), "no-transaction"))
			return TX_STRING;
	return TX_WRAPPED;
}

static bool
in_committed(struct str file)
{
	return str_is(listing_base(listing_dir(file)), "committed");
}

static bool
has_committed(const struct listing *l)
{
	for (size_t i = 0; i < l->nfiles; i++)
		if (in_committed(l->files[i]))
			return true;
	return false;
}

/* committed/000001.sql, or 000001.sql of the directory itself; what current.sql and current/ hold comes last. */
static bool
is_committed(struct str file, bool folder)
{
	struct str base = listing_base(file);

	return (in_committed(file) || (!folder && listing_dir(file).n == 0)) && base.n > 4 && base.s[0] >= '0' && base.s[0] <= '9';
}

static bool
is_current(struct str file)
{
	return str_is(listing_base(file), "current.sql") || str_is(listing_base(listing_dir(file)), "current");
}

/* compilePlaceholders(): names in capitals, wherever they stand. */
static struct part
part_of(struct adapter_run *run, struct str file)
{
	static const struct placeholder names[] = { { ":", "", true, false }, { NULL, NULL, false, false } };
	struct source *source = adapter_source(run, file);

	if (source == NULL)
		return (struct part){ 0 };
	source = placeholders_replace(run, source, names);
	return (struct part){ source, span_of(0, source->text.n), mode(source->text) };
}

static bool
has_header(struct str text)
{
	struct str line;

	return str_cut(&text, '\n', &line) && is_header(line, "Previous:");
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("files begin with \"--! Previous:\"");
	for (size_t i = 0; i < l->samples.n; i++)
		if (has_header(l->samples.items[i]))
			return 96;
	return 0;
}

static void
list(struct adapter_run *run)
{
	struct candidates committed = { 0 }, found = { 0 };
	const struct listing *l = run->listing;
	bool folder = has_committed(l);

	for (size_t i = 0; i < l->nfiles; i++) {
		struct candidate c = { .up = l->files[i] };
		bool is_old = is_committed(l->files[i], folder);
		if (!listing_sql(l, l->files[i]) || !(is_old || is_current(l->files[i])))
			continue;
		candidate_name(&c, str_slice(listing_base(l->files[i]), 0, listing_base(l->files[i]).n - 4));
		*vec_push(run->arena, is_old ? &committed : &found) = c;
	}
	candidates_sort(&committed);
	for (size_t i = 0; i < found.n; i++)
		*vec_push(run->arena, &committed) = found.items[i];
	candidates_cut(run, &committed);
	for (size_t i = 0; i < committed.n; i++)
		adapter_add(run, &committed.items[i], part_of(run, committed.items[i].up), (struct part){ 0 });
}

const struct adapter adapter_graphile_migrate = {
	.name = "graphile-migrate",
	.doc = "graphile-migrate; a file runs in a transaction unless it says no-transaction; :NAMES in capitals are replaced",
	.layout = "committed/NNNNNN.sql and current.sql",
	.also = "graphile graphile_migrate",
	.versions = VERSIONS_DIFFER | VERSIONS_WITHOUT_GAP,
	.detect = detect,
	.list = list,
};
