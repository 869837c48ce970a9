#include "adapter/adapter.h"

extern const struct adapter adapter_atlas;

static enum way
read(struct str line, bool *begins)
{
	(void)line;
	*begins = false;
	return WAY_NONE;
}

/* A directive of the file, which stands in its first comment. */
static bool
says_none(struct str text)
{
	struct str line, rest;

	while (str_cut(&text, '\n', &line) && str_starts(line, "--"))
		if (adapter_marker(line, "atlas:txmode", &rest) && str_is(rest, "none"))
			return true;
	return false;
}

static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	(void)all, (void)way;
	return says_none(text) ? TX_NONE : TX_WRAPPED;
}

static const struct marks marks = { .read = read, .mode = mode, .no_up = true, .flat = true };

static bool
has_other_marks(struct str text)
{
	struct str line, rest;

	while (str_cut(&text, '\n', &line))
		if (adapter_marker(line, "+goose up", &rest) || adapter_marker(line, "migrate:up", &rest) ||
		    adapter_marker(line, "liquibase formatted sql", &rest))
			return true;
	return false;
}

static bool
has_flyway_names(const struct listing *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct str base = listing_base(l->files[i]);
		n += listing_sql(l, base) && str_find_char(STR("VURB"), base.s[0]) != (size_t)-1 && str_find(base, STR("__")) != (size_t)-1;
	}
	return 2 * n > listing_count(l, "");
}

/* Atlas writes the files of other tools, too (package sqltool: goose, dbmate, golang-migrate, flyway, liquibase), which then run them. */
static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("there is an atlas.sum");
	if (!listing_has(l, STR("atlas.sum")))
		return 0;
	return pairs_most(l) || listing_mostly(l, has_other_marks) || has_flyway_names(l) ? 60 : 98;
}

/* atlas.sum: the sum of the directory, then "NAME h1:SUM" for each file, which is what runs. */
static void
note_sum(struct adapter_run *run)
{
	struct source *sum = listing_has(run->listing, STR("atlas.sum")) ? adapter_source(run, STR("atlas.sum")) : NULL;
	struct map listed = MAP(run->arena);
	struct str rest, line, name;

	if (sum == NULL)
		return;
	rest = sum->text;
	while (str_cut(&rest, '\n', &line)) {
		struct span at = span_of((size_t)(line.s - sum->text.s), (size_t)(line.s - sum->text.s) + line.n);
		if (!str_cut(&line, ' ', &name) || !str_starts(line, "h1:"))
			continue;
		*map_at(&listed, name) = sum;
		if (!listing_has(run->listing, name))
			adapter_note(run, FILE_GONE, (struct place){ sum, at }, (struct place){ 0 }, name, STR(""));
	}
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i];
		if (listing_sql(run->listing, file) && listing_dir(file).n == 0 && !map_has(&listed, file) &&
		    (run->named == NULL || map_has(run->named, file)))
			adapter_note_file(run, FILE_NOT_LISTED, file, (struct place){ sum, span_of(0, 1) }, file, STR(""));
	}
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
	note_sum(run);
}

const struct adapter adapter_atlas = {
	.name = "atlas",
	.doc = "Atlas; a file runs in a transaction unless it says txmode none, statement by statement",
	.layout = "VERSION_NAME.sql and atlas.sum",
	.versions = VERSIONS_ARE_TEXT,
	.detect = detect,
	.list = list,
};
