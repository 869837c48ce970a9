#include "adapter/adapter.h"

extern const struct adapter adapter_up_down_dirs;

static bool
is_file(struct str file, const char *base)
{
	return str_is(listing_base(file), base);
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t ups = 0, downs = 0;

	for (size_t i = 0; i < l->nfiles; i++) {
		ups += is_file(l->files[i], "up.sql");
		downs += is_file(l->files[i], "down.sql");
	}
	if (ups == 0 || 2 * (ups + downs) <= listing_count(l, ""))
		return 0;
	*why = STR("most files are NAME/up.sql or NAME/down.sql");
	return 95;
}

static struct str
without_dashes(struct arena *a, struct str text)
{
	char *s = str_c(a, text);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		if (text.s[i] != '-')
			s[n++] = text.s[i];
	return (struct str){ s, n };
}

/* version_from_string() of diesel's migrations_internals: up to the first "_", without "-". */
static struct candidate
candidate_of(const struct adapter_run *run, struct str dir)
{
	struct str folder = listing_base(dir.n > 0 ? dir : run->listing->root), rest = folder, version = STR("");
	struct candidate c = { .dir = listing_dir(dir) };

	if (str_is(folder, "."))
		folder = rest = STR("");
	str_cut(&rest, '_', &version);
	c.version = without_dashes(run->arena, version);
	c.name = rest.n > 0 ? rest : folder;
	return c;
}

/* The listing has the files of a folder side by side, but what lies deeper may stand between them. */
static void
add_file(struct adapter_run *run, struct candidates *found, struct str file)
{
	bool up = is_file(file, "up.sql");
	struct str dir = listing_dir(file), down = str_printf(run->arena, "%.*s%sdown.sql", STR_ARG(dir), dir.n > 0 ? "/" : "");
	struct candidate c;

	if (!up && !is_file(file, "down.sql"))
		return;
	if (!up && listing_has(run->listing, str_printf(run->arena, "%.*s%sup.sql", STR_ARG(dir), dir.n > 0 ? "/" : "")))
		return;
	c = candidate_of(run, dir);
	c.up = up ? file : STR("");
	c.down = listing_has(run->listing, down) ? down : STR("");
	*vec_push(run->arena, found) = c;
}

/* A line of the sidecar that begins with the key, the separator and the value. */
static bool
says(struct source *sidecar, const char *key, char separator, const char *value)
{
	struct str rest = sidecar->text, line, left;

	while (str_cut(&rest, '\n', &line)) {
		line = str_slice(line, 0, str_find_char(line, '#') < line.n ? str_find_char(line, '#') : line.n);
		if (str_cut(&line, separator, &left) && str_is(str_trim(left), key) && str_is(str_trim(line), value))
			return true;
	}
	return false;
}

static bool
sidecar_says(struct adapter_run *run, struct str dir, const char *name, const char *key, char separator, const char *value)
{
	struct str file = str_printf(run->arena, "%.*s%s%s", STR_ARG(dir), dir.n > 0 ? "/" : "", name);
	struct source *sidecar = listing_has(run->listing, file) ? adapter_source(run, file) : NULL;

	return sidecar != NULL && says(sidecar, key, separator, value);
}

/* diesel's metadata.toml and sourcegraph's metadata.yaml */
static enum tx_mode
mode(struct adapter_run *run, struct str dir)
{
	if (sidecar_says(run, dir, "metadata.toml", "run_in_transaction", '=', "false"))
		return TX_STRING;
	if (sidecar_says(run, dir, "metadata.yaml", "createIndexConcurrently", ':', "true"))
		return TX_NONE;
	return TX_WRAPPED;
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	for (size_t i = 0; i < run->listing->nfiles; i++)
		add_file(run, &found, run->listing->files[i]);
	candidates_sort(&found);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct candidate *c = &found.items[i];
		adapter_add_files(run, c, mode(run, listing_dir(c->up.n > 0 ? c->up : c->down)));
	}
}

const struct adapter adapter_up_down_dirs = {
	.name = "up-down-dirs",
	.doc = "diesel, Hasura, sourcegraph: a folder per migration; each runs in a transaction unless its metadata says otherwise",
	.layout = "VERSION_NAME/up.sql, VERSION_NAME/down.sql",
	.also = "diesel hasura sourcegraph up_down_dirs",
	.versions = VERSIONS_DIFFER | VERSIONS_RUN_LATE,
	.detect = detect,
	.list = list,
};
