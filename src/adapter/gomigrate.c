#include <string.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_gomigrate;

static const char up_end[] = "_up.sql", down_end[] = "_down.sql";

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* upMigrationFile and downMigrationFile, "(\d+)_([\w-]+)_up\.sql": from the first number on that has a name behind it, whatever stands before. */
static bool
read_name(struct str file, struct candidate *c, bool *up)
{
	struct str base = listing_base(file), stem;
	size_t from, end;

	*up = str_ends(base, up_end);
	if (!*up && !str_ends(base, down_end))
		return false;
	stem = str_slice(base, 0, base.n - strlen(*up ? up_end : down_end));
	for (from = stem.n; from > 0 && (scan_is_name(stem.s[from - 1]) || stem.s[from - 1] == '-'); from--)
		;
	for (; from < stem.n; from++) {
		for (end = from; end < stem.n && is_digit(stem.s[end]); end++)
			;
		if (end == from || end + 1 >= stem.n || stem.s[end] != '_')
			continue;
		*c = (struct candidate){ .dir = listing_dir(file), .version = str_slice(stem, from, end), .name = str_slice(stem, end + 1, stem.n) };
		return true;
	}
	return false;
}

/* What a program in another language has such names for is a runner of its own. */
static bool
is_elsewhere(const struct listing *l)
{
	static const char *const projects[] = { "go.mod", "package.json", "Cargo.toml", "pyproject.toml", "requirements.txt", "setup.py", "Gemfile",
		"composer.json", "mix.exs", "pom.xml", "build.gradle", "build.gradle.kts", "build.sbt", "project.clj", "deps.edn", NULL };
	const char *nearest;

	listing_nearest_of(l, projects, &nearest);
	return nearest != NULL;
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t ups = 0, downs = 0;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct candidate c;
		bool up;
		if (!is_digit(listing_base(l->files[i]).s[0]) || !read_name(l->files[i], &c, &up))
			continue;
		ups += up;
		downs += !up;
	}
	if (ups == 0 || 2 * (ups + downs) <= listing_count(l, ""))
		return 0;
	*why = STR("most files are N_NAME_up.sql or N_NAME_down.sql, and go.mod names gomigrate");
	if (listing_near(l, "go.mod", "/gomigrate "))
		return 92;
	*why = STR("most files are N_NAME_up.sql, each with its N_NAME_down.sql");
	return ups == downs && !is_elsewhere(l) ? 60 : 0;
}

static struct candidate *
candidate_at(struct map *map, struct str key, const struct candidate *read)
{
	void **at = map_at(map, key);

	if (*at == NULL) {
		struct candidate *c = NEW(map->arena, struct candidate);
		*c = *read;
		*at = c;
	}
	return *at;
}

/* Migrator.migrations has one for each number, whatever its name; more than one is a mistake. */
static struct candidate *
candidate_for(struct map *map, const struct candidate *read, bool up)
{
	struct str number = read->version, key;
	struct candidate *c;

	while (number.n > 1 && number.s[0] == '0')
		number = str_slice(number, 1, number.n);
	key = str_printf(map->arena, "%.*s/%.*s", STR_ARG(read->dir), STR_ARG(number));
	c = candidate_at(map, key, read);
	if ((up ? c->up : c->down).n == 0)
		return c;
	return candidate_at(map, str_printf(map->arena, "%.*s_%.*s", STR_ARG(key), STR_ARG(read->name)), read);
}

/* parseMigrationPath(): a file of another name is passed over. One that golang-migrate would run is told as such. */
static void
note_stray(struct adapter_run *run, const struct map *dirs, struct str file)
{
	struct candidate c;
	bool up;

	if (!listing_sql(run->listing, file) || !map_has(dirs, listing_dir(file)) || !is_digit(listing_base(file).s[0]) || pairs_way(file, &up) ||
	    read_name(file, &c, &up) || !adapter_named(run, file))
		return;
	adapter_note_file(run, FILE_STRAY, file, (struct place){ 0 }, STR(""), STR("gomigrate wants NUMBER_NAME_up.sql"));
}

static void
find(struct adapter_run *run, struct candidates *found)
{
	const struct listing *l = run->listing;
	struct map all = MAP(run->arena), dirs = MAP(run->arena);

	for (size_t i = 0; i < l->nfiles; i++) {
		struct candidate read, *c;
		bool up;
		if (!read_name(l->files[i], &read, &up) || adapter_other_database(run, l->files[i]))
			continue;
		c = candidate_for(&all, &read, up);
		*(up ? &c->up : &c->down) = l->files[i];
		*map_at(&dirs, read.dir) = run;
	}
	for (size_t i = 0; i < all.n; i++)
		*vec_push(run->arena, found) = *(const struct candidate *)all.entries[i].value;
	for (size_t i = 0; i < l->nfiles; i++)
		note_stray(run, &dirs, l->files[i]);
	candidates_sort(found, BY_NUMBER);
	candidates_cut(run, found);
}

static bool
is_zero(struct str number)
{
	for (size_t i = 0; i < number.n; i++)
		if (number.s[i] != '0')
			return false;
	return true;
}

/* Migration.valid(): InvalidMigrationPair */
static void
note_invalid(struct adapter_run *run, const struct candidate *c)
{
	struct str file = c->up.n > 0 ? c->up : c->down;

	if (!candidate_named(run, c))
		return;
	if (is_zero(c->version))
		adapter_note_file(run, FILE_REFUSED, file, (struct place){ 0 }, c->version, STR("its number is 0, and gomigrate runs nothing then"));
	else if (c->down.n == 0)
		adapter_note_file(run, FILE_REFUSED, file, (struct place){ 0 }, c->version,
		    STR("no N_NAME_down.sql has its number, and gomigrate runs nothing then"));
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	find(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		note_invalid(run, &found.items[i]);
		adapter_add_files(run, &found.items[i], TX_WRAPPED);
	}
}

const struct adapter adapter_gomigrate = {
	.name = "gomigrate",
	.doc = "gomigrate; a file runs in a transaction, as one string",
	.layout = "N_NAME_up.sql, N_NAME_down.sql",
	.also = "DavidHuie/gomigrate",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_NUMBERS | VERSIONS_RUN_LATE,
	.wraps = true,
	.detect = detect,
	.list = list,
};
