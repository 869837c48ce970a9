#include <stdlib.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_ragtime;

#define EDN ".edn"

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files are NAME.up.sql or NAME.down.sql, and project.clj or deps.edn names ragtime");
	return pairs_most(l) && (listing_near(l, "project.clj", "ragtime") || listing_near(l, "deps.edn", "ragtime")) ? 91 : 0;
}

/* "--;;" or "-- ;;", alone on a line */
static bool
separates(struct str line)
{
	line = str_trim(line);
	return str_is(line, "--;;") || str_is(line, "-- ;;");
}

/* read-sql and execute-sql!: what stands between two such lines is one string, which of SQL files no transaction is around. */
static enum tx_mode
mode(struct str text)
{
	struct str line;

	while (str_cut(&text, '\n', &line))
		if (separates(line))
			return TX_NONE;
	return TX_STRING;
}

static struct part
part_of(struct adapter_run *run, struct str file)
{
	struct part part = adapter_part(run, file, TX_STRING);

	if (part.source != NULL)
		part.tx = mode(part.source->text);
	return part;
}

/* The name of the file, without its directory and endings. */
static struct str
id_of(const struct candidate *c)
{
	struct str base = listing_base(c->up.n > 0 ? c->up : c->down), stem = listing_stem(base);
	bool up;

	if (c->code_up)
		return str_slice(base, 0, base.n - sizeof(EDN) + 1);
	return pairs_way(base, &up) ? str_slice(stem, 0, stem.n - (up ? sizeof(".up") : sizeof(".down")) + 1) : stem;
}

/* load-all-files */
static int
compare(const void *a, const void *b)
{
	return str_cmp(id_of(a), id_of(b));
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	pairs_find(run, NULL, BY_TEXT, &found);
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct candidate c = { .up = run->listing->files[i], .code_up = true };
		if (!str_ends(c.up, EDN))
			continue;
		candidate_name(&c, id_of(&c));
		*vec_push(run->arena, &found) = c;
	}
	if (found.n > 0)
		qsort(found.items, found.n, sizeof(*found.items), compare);
	candidates_cut(run, &found);
	adapter_add_each(run, &found, part_of);
}

const struct adapter adapter_ragtime = {
	.name = "ragtime",
	.doc = "Ragtime; what stands between two lines --;; is one string",
	.layout = "NAME.up.sql, NAME.down.sql",
	.versions = VERSIONS_ARE_TEXT,
	.alone = true,
	.detect = detect,
	.list = list,
};
