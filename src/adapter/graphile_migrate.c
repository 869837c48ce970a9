#include <stdlib.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_graphile_migrate;

/* parseMigrationText(): "--! Name: value". */
static bool
is_header(struct str line, const char *words)
{
	return str_starts(line, "--! ") && str_starts(str_slice(line, 4, line.n), words);
}

static bool
is_any_header(struct str line)
{
	return str_starts(line, "--! ") && line.n > 4 && line.s[4] >= 'A' && line.s[4] <= 'Z';
}

/* isNoTransactionDefined(): in the first line, which in a committed file is the one behind its headers and blank lines. */
static enum tx_mode
mode(struct str text, bool committed)
{
	struct str line = STR(""), rest;

	while (str_cut(&text, '\n', &line) && committed && (is_any_header(line) || str_trim(line).n == 0))
		continue;
	rest = str_starts(line, "--!") ? str_trim(str_slice(line, 3, line.n)) : STR("");
	if (!str_starts(rest, "no-transaction"))
		return TX_WRAPPED;
	rest = str_slice(rest, sizeof("no-transaction") - 1, rest.n);
	return rest.n > 0 && scan_is_name(rest.s[0]) ? TX_WRAPPED : TX_STRING;
}

/* VALID_FILE_REGEX: a number, maybe "-" and a name. */
static bool
is_valid_name(struct str base)
{
	size_t i = 0, end = base.n > 4 ? base.n - 4 : 0;

	while (i < end && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	if (i == 0 || !str_ends(base, ".sql") || (i < end && base.s[i] != '-'))
		return false;
	while (i < end && ((unsigned char)base.s[i] < 0x80) && (scan_is_name(base.s[i]) || base.s[i] == '-'))
		i++;
	return i == end;
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
	return (in_committed(file) || (!folder && listing_dir(file).n == 0)) && is_valid_name(listing_base(file));
}

static bool
is_current(struct str file)
{
	return str_is(listing_base(file), "current.sql") || str_is(listing_base(listing_dir(file)), "current");
}

/* compilePlaceholders(): names in capitals, wherever they stand. */
static struct part
part_of(struct adapter_run *run, struct str file, bool committed)
{
	static const struct placeholder names[] = { { ":", "", true, false }, { NULL, NULL, false, false } };
	struct source *source = adapter_source(run, file);

	if (source == NULL)
		return (struct part){ 0 };
	source = placeholders_replace(run, source, names);
	return (struct part){ source, span_of(0, source->text.n), mode(source->text, committed) };
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

/* getAllMigrations() compares the numbers as text. */
static int
compare(const void *a, const void *b)
{
	return str_cmp(((const struct candidate *)a)->version, ((const struct candidate *)b)->version);
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
	candidates_sort(&found);
	if (committed.n > 0)
		qsort(committed.items, committed.n, sizeof(*committed.items), compare);
	for (size_t i = 0; i < found.n; i++)
		*vec_push(run->arena, &committed) = found.items[i];
	candidates_cut(run, &committed);
	for (size_t i = 0; i < committed.n; i++)
		adapter_add(run, &committed.items[i], part_of(run, committed.items[i].up, !is_current(committed.items[i].up)), (struct part){ 0 });
}

const struct adapter adapter_graphile_migrate = {
	.name = "graphile-migrate",
	.doc = "graphile-migrate; a file runs in a transaction unless it says no-transaction; :NAMES in capitals are replaced",
	.layout = "committed/NNNNNN.sql and current.sql",
	.also = "graphile graphile_migrate",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_TEXT,
	.detect = detect,
	.list = list,
};
