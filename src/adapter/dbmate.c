#include <stdlib.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_dbmate;

/* A marker's line; found: there is one. */
struct marker {
	bool found;
	size_t from;
	struct span span;
	struct str options;
};

/* The first line "-- WORDS", which must not be indented. */
static struct marker
find_marker(struct str text, const char *words)
{
	struct marker m = { 0 };
	struct str rest = text, line;

	while (!m.found && str_cut(&rest, '\n', &line)) {
		m.found = str_starts(line, "--") && adapter_marker(line, words, &m.options);
		m.from = (size_t)(line.s - text.s);
		m.span = span_of(m.from, m.from + str_trim(line).n);
	}
	return m;
}

static bool
has_marker(struct str text)
{
	return find_marker(text, "migrate:up").found;
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files hold \"-- migrate:up\"");
	return listing_mostly(l, has_marker) ? 95 : 0;
}

/* What is neither a comment nor empty; length 0: nothing. */
static struct span
first_statement(struct str text)
{
	struct str rest = text, line;

	while (str_cut(&rest, '\n', &line)) {
		struct str words = str_trim(line);
		if (words.n > 0 && !str_starts(words, "--"))
			return span_of((size_t)(words.s - text.s), (size_t)(words.s - text.s) + words.n);
	}
	return (struct span){ 0, 0 };
}

static enum tx_mode
mode(struct str options)
{
	struct str piece;

	while (str_cut(&options, ' ', &piece))
		if (str_is(str_trim(piece), "transaction:false"))
			return TX_STRING;
	return TX_WRAPPED;
}

/* What dbmate itself refuses to run (parseMigrationContents). A missing way back used to be allowed. */
static bool
runs(const struct marker *up, const struct marker *down)
{
	return up->found && !(down->found && down->from < up->from);
}

static void
report(struct adapter_run *run, struct source *source, const struct marker *up, const struct marker *down)
{
	struct span before = first_statement(up->found ? str_slice(source->text, 0, up->from) : source->text);

	if (!up->found)
		adapter_mistake(run, source, before, "missing-up-section",
		    STR("there is no line \"-- migrate:up\", so nothing of this file was checked"));
	else if (!runs(up, down))
		adapter_mistake(run, source, up->span, "missing-up-section",
		    STR("\"-- migrate:up\" stands after \"-- migrate:down\", so nothing of this file was checked"));
	else if (before.len > 0)
		adapter_mistake(run, source, before, "statement-before-up",
		    STR("what stands before \"-- migrate:up\" never runs: dbmate refuses the file"));
}

static void
add(struct adapter_run *run, const struct candidate *c)
{
	struct source *source = adapter_source(run, c->up);
	struct marker up, down;
	struct part back = { 0 };

	if (source == NULL)
		return;
	up = find_marker(source->text, "migrate:up");
	down = find_marker(source->text, "migrate:down");
	if (candidate_named(run, c))
		report(run, source, &up, &down);
	if (!runs(&up, &down))
		return;
	/* Comments of the head belong to the file: one of them may allow a rule for all of it. */
	bool head = first_statement(str_slice(source->text, 0, up.from)).len == 0;
	size_t end = down.found ? down.from : source->text.n;
	if (down.found)
		back = (struct part){ source, span_of(end, source->text.n), mode(down.options) };
	adapter_add(run, c, (struct part){ source, span_of(head ? 0 : up.from, end), mode(up.options) }, back);
}

static int
compare(const void *a, const void *b)
{
	return str_cmp(((const struct candidate *)a)->up, ((const struct candidate *)b)->up);
}

/* FindMigrations: names that begin with a digit, in the order of their bytes. */
static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], base = listing_base(file);
		if (!listing_sql(run->listing, file) || base.n < 4 || base.s[0] < '0' || base.s[0] > '9')
			continue;
		struct candidate *c = vec_push(run->arena, &found);
		*c = (struct candidate){ .up = file };
		candidate_name(c, str_slice(base, 0, base.n - 4));
	}
	if (found.n > 0)
		qsort(found.items, found.n, sizeof(*found.items), compare);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		add(run, &found.items[i]);
}

const struct adapter adapter_dbmate = {
	.name = "dbmate",
	.doc = "dbmate; a section runs in a transaction, or with transaction:false as one string",
	.layout = "VERSION_NAME.sql with -- migrate:up and -- migrate:down",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_TEXT | VERSIONS_RUN_LATE,
	.detect = detect,
	.list = list,
};
