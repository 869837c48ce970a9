#include "adapter/adapter.h"

extern const struct adapter adapter_refinery;

/* STEM_RE: "V1__name" or "U1__name", of letters, digits and "_"; U may run behind later ones, and is no way back. 0: it is none. */
static size_t
stem(struct str base, size_t *name)
{
	size_t i = 1;

	if (base.n < 2 || (base.s[0] != 'V' && base.s[0] != 'U'))
		return 0;
	while (i < base.n && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	if (i == 1 || !str_starts(str_slice(base, i, base.n), "__"))
		return 0;
	*name = i += 2;
	while (i < base.n && scan_is_name(base.s[i]))
		i++;
	return i;
}

static bool
has_stem(struct str base)
{
	size_t name;

	return stem(base, &name) > 0;
}

/* find_migration_files(): in all directories, of SQL or Rust. */
static bool
takes(struct str base, bool *rust)
{
	size_t name = 0, end = stem(base, &name);
	struct str ending = str_slice(base, end, base.n);

	*rust = str_is(ending, ".rs");
	return end > name && (*rust || str_is(ending, ".sql"));
}

/* A crate has the library from another one, and its files may lie in a repository with programs of other languages. */
static bool
named_around(const struct listing *l)
{
	static const char *const projects[] = { "Cargo.toml", "pom.xml", "build.gradle", "build.gradle.kts", "build.sbt", NULL };
	const char *nearest;
	struct str text = listing_nearest_of(l, projects, &nearest);

	if (nearest != projects[0])
		return false;
	return str_find(text, STR("refinery")) != (size_t)-1 || listing_near(l, "Cargo.lock", "\"refinery\"");
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t with = 0;

	for (size_t i = 0; i < l->nfiles; i++)
		with += listing_sql(l, l->files[i]) && has_stem(listing_base(l->files[i]));
	*why = STR("names are V1__NAME.sql, and Cargo.toml or Cargo.lock names refinery");
	return 2 * with > listing_count(l, "") && named_around(l) ? 96 : 0;
}

static void
find(struct adapter_run *run, struct candidates *found)
{
	const struct listing *l = run->listing;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct str base = listing_base(l->files[i]);
		bool rust;
		if (!takes(base, &rust)) {
			if (has_stem(base) && listing_sql(l, base) && adapter_named(run, l->files[i]))
				adapter_note_file(run, FILE_STRAY, l->files[i], (struct place){ 0 }, STR(""), STR("refinery wants a name of letters, digits and _"));
			continue;
		}
		struct candidate *c = vec_push(run->arena, found);
		*c = (struct candidate){ .up = l->files[i] };
		candidate_name(c, str_slice(base, 1, base.n - (rust ? 3 : 4)));
	}
	candidates_sort(found, BY_NUMBER);
	candidates_cut(run, found);
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	size_t code = 0;

	find(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		bool rust = str_ends(found.items[i].up, ".rs");
		code += rust;
		if (rust)
			adapter_add_code(run, &found.items[i]);
		else
			adapter_add_files(run, &found.items[i], TX_WRAPPED);
	}
	adapter_note_code(run, code);
}

const struct adapter adapter_refinery = {
	.name = "refinery",
	.doc = "refinery; a file runs in a transaction",
	.layout = "V1__NAME.sql",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_NUMBERS,
	.detect = detect,
	.list = list,
};
