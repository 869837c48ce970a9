#include "output/output.h"

extern const struct output *const output_registry[];

const struct output *
output_find(struct str name)
{
	for (size_t i = 0; output_registry[i]; i++)
		if (str_is(name, output_registry[i]->name))
			return output_registry[i];
	return NULL;
}

const struct output *const *
outputs(size_t *n)
{
	for (*n = 0; output_registry[*n]; ++*n)
		;
	return output_registry;
}

bool
place_shown(struct place at)
{
	return at.source && (at.span.off > 0 || at.span.len > 0);
}

struct place
diag_place(const struct diag *d)
{
	return d->nlabels > 0 ? d->labels[0].at : (struct place){ 0 };
}

struct str
path_plain(struct str path)
{
	while (path.n > 2 && str_starts(path, "./")) {
		path = str_slice(path, 2, path.n);
		while (path.n > 1 && path.s[0] == '/')
			path = str_slice(path, 1, path.n);
	}
	return path;
}

static void
count(struct buf *out, const char *before, size_t n, const char *one, const char *many)
{
	buf_printf(out, "%s%zu %s", before, n, n == 1 ? one : many);
}

void
report_tally(struct buf *out, const struct report *r)
{
	const size_t counts[] = { r->tally.error, r->tally.warning, r->tally.info };
	static const char *const one[] = { "error", "warning", "info" };
	static const char *const many[] = { "errors", "warnings", "infos" };
	const char *before = "";

	if (r->change && r->tally.files == 0 && r->ndiags + r->tally.known == 0) {
		buf_c(out, "No migration changed.\n");
		return;
	}
	for (size_t i = 0; i < 3; i++)
		if (counts[i] > 0) {
			count(out, before, counts[i], one[i], many[i]);
			before = ", ";
		}
	if (r->ndiags == 0)
		buf_c(out, r->tally.known > 0 ? "No new problems found" : "No problems found");
	count(out, " in ", r->tally.files, "file", "files");
	count(out, " (", r->tally.statements, "statement", "statements");
	buf_c(out, ")");
	if (r->tally.unchecked > 0)
		buf_printf(out, "; %zu could not be checked", r->tally.unchecked);
	if (r->tally.known > 0)
		count(out, "; ", r->tally.known, "known finding left out", "known findings left out");
	if (r->tally.gone > 0)
		buf_printf(out, "; %zu of the baseline no longer found", r->tally.gone);
	buf_c(out, r->ndiags == 0 ? ".\n" : "\n");
}
