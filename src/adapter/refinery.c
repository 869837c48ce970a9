#include "adapter/adapter.h"

extern const struct adapter adapter_refinery;

/* STEM_RE: "V1__name" or "U1__name"; U may run behind later ones, and is no way back. */
static bool
takes(struct str base)
{
	size_t i = 1;

	if (base.n < 2 || (base.s[0] != 'V' && base.s[0] != 'U') || !str_ends(base, ".sql"))
		return false;
	while (i < base.n && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	return i > 1 && str_starts(str_slice(base, i, base.n), "__");
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t with = 0;

	for (size_t i = 0; i < l->nfiles; i++)
		with += takes(listing_base(l->files[i]));
	*why = STR("names are V1__NAME.sql, and Cargo.toml names refinery");
	return 2 * with > listing_count(l, "") && listing_near(l, "Cargo.toml", "refinery") ? 96 : 0;
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], base = listing_base(file);
		if (!takes(base))
			continue;
		struct candidate *c = vec_push(run->arena, &found);
		*c = (struct candidate){ .up = file };
		candidate_name(c, str_slice(base, 1, base.n - 4));
	}
	candidates_sort(&found);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		adapter_add_files(run, &found.items[i], TX_WRAPPED);
}

const struct adapter adapter_refinery = {
	.name = "refinery",
	.doc = "refinery; a file runs in a transaction",
	.layout = "V1__NAME.sql",
	.versions = VERSIONS_DIFFER,
	.detect = detect,
	.list = list,
};
