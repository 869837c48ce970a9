#include "adapter/adapter.h"

extern const struct adapter adapter_migratus;

/* migration-file-pattern: a number, "-", a name without dots and the endings. */
static bool
takes(struct str base)
{
	size_t i = 0;

	while (i < base.n && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	return i > 0 && i + 1 < base.n && base.s[i] == '-';
}

static bool
is_edn(struct str file)
{
	return str_ends(file, ".edn") && takes(listing_base(file));
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files are NAME.up.sql or NAME.down.sql, and project.clj or deps.edn names migratus");
	return pairs_most(l) && (listing_near(l, "project.clj", "migratus") || listing_near(l, "deps.edn", "migratus")) ? 92 : 0;
}

static bool
separates(struct str line)
{
	return str_find(line, STR("--;;")) != (size_t)-1;
}

/* use-tx? and split-commands: what stands between two lines with "--;;" is one string. */
static enum tx_mode
mode(struct str text)
{
	struct str line;

	if (!str_starts(text, "-- :disable-transaction"))
		return TX_WRAPPED;
	while (str_cut(&text, '\n', &line))
		if (separates(line))
			return TX_NONE;
	return TX_STRING;
}

static struct part
part_of(struct adapter_run *run, struct str file)
{
	struct part part = adapter_part(run, file, TX_WRAPPED);

	if (part.source != NULL)
		part.tx = mode(part.source->text);
	return part;
}

static void
find(struct adapter_run *run, struct candidates *found)
{
	size_t n = 0;

	pairs_find(run, NULL, BY_NUMBER, found);
	for (size_t i = 0; i < found->n; i++) {
		struct candidate c = found->items[i];
		struct str file = c.up.n > 0 ? c.up : c.down;
		if (file.n == 0 || takes(listing_base(file)))
			found->items[n++] = c;
		else if (adapter_named(run, file))
			adapter_note_file(run, FILE_STRAY, file, (struct place){ 0 }, STR(""), STR("migratus wants NUMBER-NAME"));
	}
	found->n = n;
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct candidate c = { .up = run->listing->files[i], .code_up = true };
		if (!is_edn(c.up))
			continue;
		c.dir = listing_dir(c.up);
		candidate_name(&c, str_slice(listing_base(c.up), 0, listing_base(c.up).n - 4));
		*vec_push(run->arena, found) = c;
	}
	candidates_sort(found, BY_NUMBER);
	candidates_cut(run, found);
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	find(run, &found);
	adapter_add_each(run, &found, part_of);
}

const struct adapter adapter_migratus = {
	.name = "migratus",
	.doc = "Migratus; a file runs in a transaction, unless it begins with -- :disable-transaction",
	.layout = "NUMBER-NAME.up.sql, NUMBER-NAME.down.sql",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_NUMBERS | VERSIONS_RUN_LATE,
	.alone = true,
	.detect = detect,
	.list = list,
};
