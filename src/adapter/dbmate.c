#include <string.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_dbmate;

/* A marker's line; found: there is one. */
struct marker {
	bool found;
	size_t from;
	struct span span;
	struct str options;
};

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* upRegExp and downRegExp: at the start of the line, in lower case, and what follows stands apart. */
static bool
is_marker(struct str line, const char *words, struct str *options)
{
	struct str rest = str_trim(str_slice(line, 2, line.n));

	if (!str_starts(line, "--") || !str_starts(rest, words))
		return false;
	rest = str_slice(rest, strlen(words), rest.n);
	*options = str_trim(rest);
	return rest.n == 0 || is_blank(rest.s[0]);
}

/* The first such line at that place or behind it. */
static struct marker
find_marker(struct str text, size_t from, const char *words)
{
	struct marker m = { 0 };
	struct str rest = str_slice(text, from, text.n), line;

	while (!m.found && str_cut(&rest, '\n', &line)) {
		m.found = line.n > 2 && is_marker(line, words, &m.options);
		m.from = (size_t)(line.s - text.s);
		m.span = span_of(m.from, m.from + str_trim(line).n);
	}
	return m;
}

static bool
has_marker(struct str text)
{
	return find_marker(text, 0, "migrate:up").found;
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files hold \"-- migrate:up\"");
	return listing_mostly(l, has_marker) ? 95 : 0;
}

/* parseMigrationOptions(): the last one counts. */
static enum tx_mode
mode(struct str options)
{
	enum tx_mode tx = TX_WRAPPED;

	while (options.n > 0) {
		size_t n = 0;
		while (n < options.n && !is_blank(options.s[n]))
			n++;
		struct str option = str_slice(options, 0, n);
		if (str_starts(option, "transaction:"))
			tx = str_is(option, "transaction:false") ? TX_STRING : TX_WRAPPED;
		options = str_trim(str_slice(options, n, options.n));
	}
	return tx;
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
	if (!up->found)
		adapter_mistake(run, source, head_statement(source->text), "missing-up-section",
		    STR("there is no line \"-- migrate:up\", so nothing of this file was checked"));
	else if (!runs(up, down))
		adapter_mistake(run, source, up->span, "missing-up-section",
		    STR("\"-- migrate:up\" stands after \"-- migrate:down\", so nothing of this file was checked"));
	else
		head_report(run, source, str_slice(source->text, 0, up->from), "-- migrate:up", "dbmate");
}

static void
refuse(struct adapter_run *run, const struct candidate *c, struct source *source, const struct marker *at, const char *why)
{
	if (candidate_named(run, c))
		adapter_note(run, FILE_REFUSED, (struct place){ source, at->span }, (struct place){ 0 }, c->version, str_of(why));
}

/*
 * A file may hold several pairs, each of which runs by itself (getMigrationSectionSubstrings) and notes the version of the
 * file when it has run (DB.Migrate).
 */
static void
add_pair(struct adapter_run *run, const struct candidate *c, struct source *source, struct marker up, size_t from)
{
	struct marker next = find_marker(source->text, (size_t)up.span.off + up.span.len, "migrate:up");
	struct marker down = find_marker(source->text, up.from, "migrate:down"), again = { 0 };
	size_t end = next.found ? next.from : source->text.n, middle = down.found && down.from < end ? down.from : end;
	struct part back = { 0 };

	if (middle < end) {
		back = (struct part){ source, span_of(middle, end), mode(down.options) };
		again = find_marker(source->text, (size_t)down.span.off + down.span.len, "migrate:down");
	}
	if (middle == end)
		refuse(run, c, source, &up, "no \"-- migrate:down\" follows, and dbmate 2 wants one");
	if (again.found && again.from < end)
		refuse(run, c, source, &again, "it is the second \"-- migrate:down\" behind one \"-- migrate:up\"");
	if (next.found)
		refuse(run, c, source, &next, "when the second \"-- migrate:up\" has run, the table of dbmate has the version already, and it fails");
	adapter_add(run, c, (struct part){ source, span_of(from, middle), mode(up.options) }, back);
	if (next.found)
		add_pair(run, c, source, next, next.from);
}

static void
add(struct adapter_run *run, const struct candidate *c)
{
	struct source *source = adapter_source(run, c->up);
	struct marker up, down;

	if (source == NULL)
		return;
	up = find_marker(source->text, 0, "migrate:up");
	down = find_marker(source->text, 0, "migrate:down");
	if (candidate_named(run, c))
		report(run, source, &up, &down);
	if (!runs(&up, &down))
		return;
	/* Comments of the head belong to the file: one of them may allow a rule for all of it. */
	bool head = head_statement(str_slice(source->text, 0, up.from)).len == 0;
	add_pair(run, c, source, up, head ? 0 : up.from);
}

/* FindMigrations: names that begin with a digit, in the order of their bytes; folders below are not read. */
static bool
takes(const struct listing *l, struct str file)
{
	struct str base = listing_base(file);

	return listing_dir(l->root.n > 0 ? file : base).n == 0 && str_ends(base, ".sql") && base.s[0] >= '0' && base.s[0] <= '9';
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], base = listing_base(file);
		if (!takes(run->listing, file))
			continue;
		struct candidate *c = vec_push(run->arena, &found);
		*c = (struct candidate){ .up = file };
		candidate_name(c, str_slice(base, 0, base.n - 4));
	}
	candidates_sort(&found, BY_NAME);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		add(run, &found.items[i]);
}

const struct adapter adapter_dbmate = {
	.name = "dbmate",
	.doc = "dbmate; a section runs in a transaction, or with transaction:false as one string",
	.layout = "VERSION_NAME.sql with -- migrate:up and -- migrate:down",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_TEXT | VERSIONS_RUN_LATE,
	.alone = true,
	.detect = detect,
	.list = list,
};
