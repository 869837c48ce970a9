#include "adapter/adapter.h"
#include "base/map.h"

#define UP ".up"
#define DOWN ".down"

bool
pairs_way(struct str file, bool *up)
{
	struct str stem = listing_stem(file);

	*up = str_ends(stem, UP);
	return stem.n < file.n && (*up || str_ends(stem, DOWN));
}

bool
pairs_most(const struct listing *l)
{
	size_t ups = 0, all = 0;

	for (size_t i = 0; i < l->nfiles; i++) {
		bool up;
		bool way = pairs_way(l->files[i], &up);
		all += way;
		ups += way && up;
	}
	return ups > 0 && 2 * all > listing_count(l, "");
}

static struct str
cut_end(struct str text, struct str end)
{
	return str_ends(text, end.s) ? str_slice(text, 0, text.n - end.n) : text;
}

/* Its expression for names, "([\\w-]+).up.sql", takes any character for the dot. */
static bool
takes_any_sign(const struct listing *l)
{
	return listing_near(l, "go.mod", "maragudk/migrate") || listing_near(l, "go.mod", "maragu.dev/migrate");
}

static bool
way_with_any_sign(struct str file, bool *up)
{
	struct str stem = listing_stem(file);

	*up = str_ends(stem, &UP[1]) && stem.n > sizeof(UP) - 1;
	return stem.n < file.n && (*up || (str_ends(stem, &DOWN[1]) && stem.n > sizeof(DOWN) - 1));
}

/* What a file and its way back have in common. popx, which has the same suffixes, puts a dialect and ".autocommit" before them. */
static struct str
common_stem(struct str file, struct str suffix)
{
	struct str stem = listing_stem(file);

	return cut_end(cut_end(str_slice(stem, 0, stem.n - suffix.n), STR(".autocommit")), STR(".postgres"));
}

static struct candidate *
candidate_of(struct map *by_stem, struct str stem)
{
	void **at = map_at(by_stem, stem);

	if (*at == NULL) {
		struct candidate *c = NEW(by_stem->arena, struct candidate);
		c->dir = listing_dir(stem);
		candidate_name(c, listing_base(stem));
		*at = c;
	}
	return *at;
}

/* A file for PostgreSQL alone goes before the one for every database. */
static void
choose(struct str *slot, struct str file)
{
	if (slot->n == 0 || str_find(file, STR(".postgres.")) != (size_t)-1)
		*slot = file;
}

/* "7_add_jobs.up.go": it goes before no file in SQL. */
static void
add_code(struct map *by_stem, struct str file, const char *extension)
{
	struct str stem = cut_end(file, str_of(extension));
	bool up = str_ends(stem, UP);
	struct candidate *c;

	if (stem.n == file.n || (!up && !str_ends(stem, DOWN)))
		return;
	c = candidate_of(by_stem, cut_end(stem, up ? STR(UP) : STR(DOWN)));
	if ((up ? c->up : c->down).n > 0)
		return;
	*(up ? &c->up : &c->down) = file;
	*(up ? &c->code_up : &c->code_down) = true;
}

static void
add_file(struct adapter_run *run, struct map *by_stem, struct str file, bool any_sign)
{
	bool up;

	if (!(any_sign ? way_with_any_sign(file, &up) : pairs_way(file, &up)) || adapter_other_database(run, file))
		return;
	struct candidate *c = candidate_of(by_stem, common_stem(file, up ? STR(UP) : STR(DOWN)));
	choose(up ? &c->up : &c->down, file);
}

/* The version alone makes a pair: "7_add_jobs.up.sql", "7_add_job.down.sql" (source.Migrations.Append). */
static void
pair(struct candidate *orphan, struct candidate *neighbour)
{
	if (orphan->up.n > 0 || orphan->down.n == 0 || neighbour->up.n == 0 || neighbour->down.n > 0)
		return;
	if (orphan->version.n == 0 || !str_eq(orphan->dir, neighbour->dir) || !str_eq(orphan->version, neighbour->version))
		return;
	neighbour->down = orphan->down;
	neighbour->code_down = orphan->code_down;
	orphan->down = STR("");
}

void
pairs_find(struct adapter_run *run, const char *code, enum version_order how, struct candidates *found)
{
	struct map by_stem = MAP(run->arena);
	bool any_sign = takes_any_sign(run->listing);

	for (size_t i = 0; i < run->listing->nfiles; i++)
		add_file(run, &by_stem, run->listing->files[i], any_sign);
	for (size_t i = 0; code != NULL && i < run->listing->nfiles; i++)
		add_code(&by_stem, run->listing->files[i], code);
	for (size_t i = 0; i < by_stem.n; i++)
		*vec_push(run->arena, found) = *(const struct candidate *)by_stem.entries[i].value;
	candidates_sort(found, how);
	for (size_t i = 1; i < found->n; i++) {
		pair(&found->items[i], &found->items[i - 1]);
		pair(&found->items[i - 1], &found->items[i]);
	}
	candidates_cut(run, found);
}
