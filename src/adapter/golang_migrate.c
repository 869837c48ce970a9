#include "adapter/adapter.h"

extern const struct adapter adapter_golang_migrate;

static int
detect(const struct listing *l, struct str *why)
{
	if (!pairs_most(l))
		return 0;
	*why = STR("most files are NAME.up.sql or NAME.down.sql");
	for (size_t i = 0; i < l->nfiles; i++) {
		struct str base = listing_base(l->files[i]);
		if (str_ends(base, ".up.sql") && base.s[0] >= '0' && base.s[0] <= '9')
			return 90;
	}
	return 60;
}

/* The postgres driver sends the file as one string, unless the URL says x-multi-statement. morph, which has the same names, fills templates. */
static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	pairs_find(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct candidate *c = &found.items[i];
		struct part up = adapter_template_part(run, c->up, TX_STRING);
		struct str down = candidate_named(run, c) ? c->down : STR("");
		adapter_add(run, c, up, adapter_template_part(run, down, TX_STRING));
	}
}

const struct adapter adapter_golang_migrate = {
	.name = "golang-migrate",
	.doc = "golang-migrate; a file runs as one string",
	.layout = "VERSION_NAME.up.sql, VERSION_NAME.down.sql",
	.also = "golang_migrate migrate",
	.versions = VERSIONS_DIFFER,
	.detect = detect,
	.list = list,
};
