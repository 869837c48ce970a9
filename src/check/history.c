#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "check/check.h"

/* What of the user's paths makes up one history. */
enum group_kind { GROUP_DIRECTORY, GROUP_FILES, GROUP_FOLDERS, GROUP_ALONE };

struct group {
	enum group_kind kind;           /* FOLDERS: each migration is a folder of the root */
	struct str root;                /* of ALONE: the file */
	struct map named;               /* file relative to the root -> struct named_file */
};

VEC_TYPE(histories, struct history);

struct opener {
	struct arena *arena;
	const struct config *config;
	const struct change *change;    /* NULL: none in particular */
	struct diags *diags;
	struct err *err;
	VEC(struct group *) groups;
	struct histories out;
};

/* ---- grouping ---- */

static struct group *
add_group(struct opener *o, enum group_kind kind, struct str root)
{
	struct group *g = NEW(o->arena, struct group);

	*g = (struct group){ .kind = kind, .root = root, .named = MAP(o->arena) };
	*vec_push(o->arena, &o->groups) = g;
	return g;
}

static struct group *
find_group(struct opener *o, enum group_kind kind, struct str root)
{
	for (size_t i = 0; i < o->groups.n; i++)
		if (o->groups.items[i]->kind == kind && str_eq(o->groups.items[i]->root, root))
			return o->groups.items[i];
	return add_group(o, kind, root);
}

/* A file that has this name in every folder of the history. */
static bool
folder_file(struct str base)
{
	return str_is(base, "up.sql") || str_is(base, "down.sql") || str_is(base, "migration.sql");
}

static bool
proper_folder(struct str dir)
{
	struct str base = listing_base(dir);

	return base.n > 0 && !str_is(base, ".") && !str_is(base, "..");
}

static struct str
or_here(struct str dir)
{
	return dir.n > 0 ? dir : STR(".");
}

static void
group_file(struct opener *o, struct str path)
{
	struct str base = listing_base(path), dir = listing_dir(path), file = base;
	struct group *g;

	if (folder_file(base) && proper_folder(dir)) {
		g = find_group(o, GROUP_FOLDERS, or_here(listing_dir(dir)));
		file = str_printf(o->arena, "%.*s/%.*s", STR_ARG(listing_base(dir)), STR_ARG(base));
	} else
		g = find_group(o, GROUP_FILES, or_here(dir));
	struct named_file *named = NEW(o->arena, struct named_file);
	named->path = path;
	*map_at(&g->named, file) = named;
}

/* The roots below a directory are what there is to check in it. */
static bool
group_roots(struct opener *o, struct str path)
{
	struct str real = directory_real(o->arena, path);
	bool any = false;

	for (size_t i = 0; real.s != NULL && i < o->config->roots.n; i++) {
		struct str root = directory_real(o->arena, o->config->roots.items[i].path);
		if (root.s == NULL || path_below(real, root).n == 0)
			continue;
		add_group(o, GROUP_DIRECTORY, o->config->roots.items[i].path);
		any = true;
	}
	return any;
}

static int
group_path(struct opener *o, struct str path)
{
	struct stat st;

	if (str_is(path, "-") && o->change == NULL) {
		add_group(o, GROUP_ALONE, path);
		return 0;
	}
	if (stat(str_c(o->arena, path), &st) != 0)
		return err_set(o->err, o->arena, "cannot read %.*s: %s", STR_ARG(path), strerror(errno));
	if (S_ISDIR(st.st_mode)) {
		if (!group_roots(o, path))
			add_group(o, GROUP_DIRECTORY, path);
	} else if (o->change != NULL)
		return err_set(o->err, o->arena, "%.*s is no directory: what changed is looked for in directories", STR_ARG(path));
	else
		group_file(o, path);
	return 0;
}

/* ---- opening ---- */

const struct config *
config_of(struct arena *a, const struct config *config, struct str path)
{
	struct str real = config->roots.n > 0 ? directory_real(a, path) : STR_NONE;

	for (size_t i = 0; real.s != NULL && i < config->roots.n; i++) {
		struct str root = directory_real(a, config->roots.items[i].path);
		if (root.s != NULL && path_below(root, real).s != NULL)
			return config->roots.items[i].config;
	}
	return config;
}

static const struct adapter *
choose_adapter(const struct opener *o, struct history *h)
{
	h->config = config_of(o->arena, o->config, h->root);
	const struct adapter *adapter = h->config->framework.n > 0 ? adapter_find(h->config->framework) : NULL;

	return adapter != NULL ? adapter : adapter_detect(&h->listing, &h->why);
}

/* The plain directory runs as the user says. */
static void
configure(struct history *h)
{
	enum tx_mode tx = h->config->transaction;

	if (tx == TX_UNKNOWN || !str_is(str_of(h->adapter->name), "plain"))
		return;
	for (size_t i = 0; i < h->migrations.n; i++) {
		h->migrations.items[i].up.tx = tx;
		h->migrations.items[i].down.tx = tx;
	}
}

/* Adds the history unless nothing is in it, which is also what it returns. */
static bool
add_history(struct opener *o, struct history *h, struct map *named)
{
	struct adapter_run run = { .arena = o->arena, .listing = &h->listing, .diags = o->diags, .named = named,
		.settings = &h->config->adapter, .stand_ins = &h->stand_ins, .whole = o->change != NULL };

	h->stand_ins = MAP(o->arena);
	adapter_list(h->adapter, &run);
	if (run.migrations.n == 0 && run.notes.n == 0)
		return false;
	h->schema = run.schema.n > 0 || h->config->schema_given ? run.schema : home_schema(o->arena, run.migrations.items, run.migrations.n);
	h->notes.items = run.notes.items;
	h->notes.n = h->notes.cap = run.notes.n;
	h->migrations.items = run.migrations.items;
	h->migrations.n = h->migrations.cap = run.migrations.n;
	h->behind.items = run.behind.items;
	h->behind.n = h->behind.cap = run.behind.n;
	for (size_t i = 0; i < h->migrations.n; i++)
		*vec_push(o->arena, &h->reported) = h->migrations.items[i].named;
	configure(h);
	h->by_folder = numbers_by_folder(h);
	*vec_push(o->arena, &o->out) = *h;
	return true;
}

/* Migrations in another language, as their numbers tell: the usual ending, and how many have it. */
static size_t
count_code(struct arena *a, const struct listing *l, struct str *ending)
{
	struct map counts = MAP(a);
	size_t most = 0;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct str base = listing_base(l->files[i]), code = adapter_code(base);
		struct candidate c = { .up = base };
		candidate_name(&c, base);
		if (code.n == 0 || c.version.n == 0)
			continue;
		void **at = map_at(&counts, code);
		if (*at == NULL)
			*at = NEW(a, size_t);
		if (++*(size_t *)*at > most) {
			most = *(size_t *)*at;
			*ending = code;
		}
	}
	return most;
}

static int
no_sql(struct opener *o, const struct listing *l)
{
	struct str ending = STR("");
	size_t n = count_code(o->arena, l, &ending);

	if (n == 0)
		return err_set(o->err, o->arena, "no SQL files in %.*s", STR_ARG(l->root));
	return err_set(o->err, o->arena, "no SQL files in %.*s: it has %zu numbered %.*s file%s, which %s not read", STR_ARG(l->root), n,
	    STR_ARG(ending), n == 1 ? "" : "s", n == 1 ? "is" : "are");
}

/* 0: there was something to say of it, or nothing in it when that is no mistake. */
static int
open_listed(struct opener *o, struct history *h, bool must)
{
	size_t found = o->diags->list.n;
	struct map named = MAP(o->arena);

	if (o->change != NULL && change_find(o->arena, o->change, &h->listing, &named, o->err) != 0)
		return -1;
	h->adapter = choose_adapter(o, h);
	if (h->adapter == NULL)
		return must ? no_sql(o, &h->listing) : 0;
	if (!add_history(o, h, o->change != NULL ? &named : NULL) && o->diags->list.n == found && must)
		return err_set(o->err, o->arena, "no migrations in %.*s: %s has %s", STR_ARG(h->root), h->adapter->name,
		    h->adapter->layout);
	return 0;
}

static int
open_place(struct opener *o, const struct listing *whole, struct str dir)
{
	struct history h = { .root = dir.n > 0 ? adapter_path(o->arena, whole, dir) : whole->root, .selected = o->change != NULL };

	if (listing_read(o->arena, h.root, &h.listing, o->err) != 0)
		return -1;
	return open_listed(o, &h, false);
}

static int
open_directory(struct opener *o, struct str path)
{
	struct history h = { .root = path, .selected = o->change != NULL };
	struct str_list places = { 0 };

	if (listing_read(o->arena, path, &h.listing, o->err) != 0)
		return -1;
	if (config_of(o->arena, o->config, path)->framework.n == 0)
		places = history_places(o->arena, &h.listing, o->change == NULL ? o->diags : NULL);
	if (places.n == 0 || (places.n == 1 && places.items[0].n == 0))
		return open_listed(o, &h, true);
	for (size_t i = 0; i < places.n; i++)
		if (open_place(o, &h.listing, places.items[i]) != 0)
			return -1;
	return 0;
}

/* Standard input can be read only once. */
static void
keep_text(struct listing *l)
{
	struct map *texts = NEW(l->arena, struct map);
	struct str *text = NEW(l->arena, struct str);

	*texts = MAP(l->arena);
	*map_at(texts, l->files[0]) = text;
	if (text_read(l->arena, l->files[0], text, NULL) == 0)
		l->texts = texts;
}

static int
open_alone(struct opener *o, struct str path)
{
	struct history h = { .root = path, .config = config_of(o->arena, o->config, path), .adapter = adapter_find(STR("plain")),
		.selected = true };

	if (listing_read(o->arena, path, &h.listing, o->err) != 0)
		return -1;
	keep_text(&h.listing);
	const struct adapter *adapter = adapter_detect(&h.listing, &h.why);
	if (adapter != NULL && adapter->printed) {
		h.adapter = adapter;
		h.selected = false;
	} else
		h.why = STR("");
	add_history(o, &h, NULL);
	return 0;
}

/* What says more about the migration of a folder: diesel's metadata.toml, sourcegraph's metadata.yaml, Drizzle's snapshot, go-libs' notes. */
static bool
folder_sidecar(struct str base)
{
	return str_starts(base, "metadata.") || str_is(base, "snapshot.json") || str_is(base, "notes.yaml");
}

/*
 * Leaves of each folder only what makes up a migration: the root may hold folders of another kind, too. And what tells
 * that Prisma runs them, and for which database.
 */
static void
keep_folders(struct listing *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct str base = listing_base(l->files[i]);
		bool inside = listing_dir(l->files[i]).n > 0;
		if (inside ? folder_file(base) || folder_sidecar(base) : str_is(base, "migration_lock.toml"))
			l->files[n++] = l->files[i];
	}
	l->nfiles = n;
}

static int
open_files(struct opener *o, struct group *g)
{
	struct history h = { .root = g->root, .selected = true };
	bool folders = g->kind == GROUP_FOLDERS;

	if (listing_read_levels(o->arena, g->root, folders, &h.listing, o->err) != 0)
		return -1;
	if (folders)
		keep_folders(&h.listing);
	h.adapter = choose_adapter(o, &h);
	if (h.adapter != NULL && h.adapter->includes && listing_read(o->arena, g->root, &h.listing, o->err) != 0)
		return -1;
	/* All of a history may be in one file. */
	if (h.adapter != NULL && h.adapter->printed)
		h.selected = false;
	if (h.adapter != NULL)
		add_history(o, &h, &g->named);
	for (size_t i = 0; i < g->named.n; i++) {
		const struct named_file *named = g->named.entries[i].value;
		if (!named->taken && open_alone(o, named->path) != 0)
			return -1;
	}
	return 0;
}

static int
open_group(struct opener *o, struct group *g)
{
	switch (g->kind) {
	case GROUP_DIRECTORY:
		return open_directory(o, g->root);
	case GROUP_ALONE:
		return open_alone(o, g->root);
	default:
		return open_files(o, g);
	}
}

int
history_open(struct arena *a, const struct config *config, const struct str *paths, size_t n, const struct change *change,
    struct diags *diags, struct history **out, size_t *nout, struct err *err)
{
	struct opener o = { .arena = a, .config = config, .change = change, .diags = diags, .err = err };

	for (size_t i = 0; i < n; i++)
		if (group_path(&o, paths[i]) != 0)
			return -1;
	for (size_t i = 0; i < o.groups.n; i++)
		if (open_group(&o, o.groups.items[i]) != 0)
			return -1;
	*out = o.out.items;
	*nout = o.out.n;
	return 0;
}
