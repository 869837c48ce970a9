#include "adapter/adapter.h"

extern const struct adapter adapter_postgrator;

static bool
is_code(struct str file)
{
	return str_ends(file, ".js") || str_ends(file, ".mjs") || str_ends(file, ".cjs");
}

/* getMigrations(): VERSION.ACTION.NAME.sql, where only "do" and "undo" are actions that ever run. */
static bool
read_name(struct str file, struct candidate *c, bool *undo)
{
	struct str rest = listing_base(file), version, action = STR(""), name = STR("");

	if (!str_ends(file, ".sql") && !is_code(file))
		return false;
	str_cut(&rest, '.', &version);
	str_cut(&rest, '.', &action);
	if (!all_digits(version) || !(str_is(action, "do") || str_is(action, "undo")))
		return false;
	str_cut(&rest, '.', &name);
	*c = (struct candidate){ .dir = listing_dir(file), .version = version, .name = rest.n > 0 ? name : STR("") };
	*undo = str_is(action, "undo");
	*(*undo ? &c->down : &c->up) = file;
	return true;
}

static bool
takes(struct str file)
{
	struct candidate c;
	bool undo;

	return read_name(file, &c, &undo);
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nfiles; i++)
		n += listing_sql(l, l->files[i]) && takes(l->files[i]);
	*why = STR("most files are VERSION.do.NAME.sql or VERSION.undo.NAME.sql");
	return 2 * n > listing_count(l, "") ? 96 : 0;
}

/* The same directory and number. */
static struct candidate **
place_of(struct adapter_run *run, struct map *ways, const struct candidate *c)
{
	struct str version = c->version;

	while (version.n > 1 && version.s[0] == '0')
		version = str_slice(version, 1, version.n);
	return (struct candidate **)map_at(ways, str_printf(run->arena, "%.*s %.*s", STR_ARG(c->dir), STR_ARG(version)));
}

static void
find(struct adapter_run *run, struct candidates *found)
{
	struct map downs = MAP(run->arena);
	struct candidate c, **down;
	bool undo;

	for (size_t i = 0; i < run->listing->nfiles; i++)
		if (read_name(run->listing->files[i], &c, &undo) && undo && !is_code(c.down)) {
			struct candidate *copy = NEW(run->arena, struct candidate);
			*copy = c;
			*place_of(run, &downs, &c) = copy;
		}
	for (size_t i = 0; i < run->listing->nfiles; i++)
		if (read_name(run->listing->files[i], &c, &undo) && !undo) {
			down = place_of(run, &downs, &c);
			c.down = *down != NULL ? (*down)->down : STR("");
			if (*down != NULL)
				(*down)->down = STR("");
			*vec_push(run->arena, found) = c;
		}
	for (size_t i = 0; i < downs.n; i++) {
		const struct candidate *alone = downs.entries[i].value;
		if (alone != NULL && alone->down.n > 0)
			*vec_push(run->arena, found) = *alone;
	}
}

/* It has a number, as the migrations have, and no action. */
static void
note_strays(struct adapter_run *run)
{
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], base = listing_base(file);
		if (listing_sql(run->listing, file) && base.s[0] >= '0' && base.s[0] <= '9' && !takes(file) && adapter_named(run, file))
			adapter_note_file(run, FILE_STRAY, file, (struct place){ 0 }, STR(""), STR(""));
	}
}

/* runSqlScript(): a file is sent as one string, and its version noted behind it. */
static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	size_t code = 0;

	find(run, &found);
	candidates_sort(&found, BY_GUESS);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		if (is_code(found.items[i].up)) {
			adapter_add_code(run, &found.items[i]);
			code++;
		} else
			adapter_add_files(run, &found.items[i], TX_STRING);
	}
	note_strays(run);
	adapter_note_code(run, code);
}

const struct adapter adapter_postgrator = {
	.name = "postgrator",
	.doc = "Postgrator; a file is one string",
	.layout = "N.do.NAME.sql, N.undo.NAME.sql",
	.versions = VERSIONS_DIFFER,
	.detect = detect,
	.list = list,
};
