#include <string.h>

#include "check/check.h"

/*
 * A directory of migrations is one history; a repository may hold several, between tests, seeds and queries. What is given
 * is split at folders that are no part of a framework's layout, down to where migrations lie.
 */

struct found {
	struct str dir;                 /* relative to what is given; empty: that itself */
	size_t files;
	bool framework;                 /* known by more than SQL files */
	bool dump;                      /* of that: a schema, which other histories may have made */
	bool sure;                      /* a framework's, or its names are those of migrations */
	bool apart;                     /* no changelog of Liquibase would include files that are named or marked so */
};

struct finder {
	struct arena *arena;
	VEC(struct found) out;
};

/* Nothing below it runs on a PostgreSQL that somebody uses. */
static bool
is_aside(struct str folder)
{
	static const char *const names[] = { "node_modules", "vendor", "testdata", "test", "tests", "__tests__", "spec", "fixtures",
		"stub", "stubs", "mysql", "mariadb", "sqlite", "sqlite3", "libsql", "mssql", "sqlserver", "clickhouse", "cassandra", NULL };

	return str_among(folder, names) || str_ends(folder, "Test") || str_ends(folder, "-tests") || str_ends(folder, "_test");
}

static bool
for_migrations(struct str folder)
{
	static const char *const names[] = { "migration", "migrations", "migrate", "evolutions", NULL };

	return str_among(folder, names);
}

/* "71", "3.14", "v1.7", "2020-03-01-104202_users" */
static bool
is_version(struct str folder)
{
	size_t letter = folder.n > 1 && (folder.s[0] == 'v' || folder.s[0] == 'V');

	return folder.s[letter] >= '0' && folder.s[letter] <= '9';
}

/* SQL lies in it, or in such folders. */
static bool
holds_sql(const struct listing *l, struct str folder)
{
	for (size_t i = 0; i < l->nfiles; i++) {
		struct str rest = path_below(folder, l->files[i]), piece;
		bool versions = rest.n > 0 && listing_sql(l, l->files[i]);
		while (versions && str_cut(&rest, '/', &piece) && rest.n > 0)
			versions = is_version(piece);
		if (versions)
			return true;
	}
	return false;
}

/* Of a migration or of a version, as folders inside a history are called. */
static bool
is_step(const struct listing *l, struct str folder)
{
	static const char *const names[] = { "up", "down", "undo", "delta", "committed", "current", NULL };
	static const char *const files[] = { "up.sql", "down.sql", "migration.sql" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (listing_has(l, str_printf(l->arena, "%.*s/%s", STR_ARG(folder), files[i])))
			return true;
	return str_among(folder, names) || (is_version(folder) && holds_sql(l, folder));
}

/* ---- parts of a listing ---- */

/* The files whose path begins so, which is cut off. */
static struct listing
below(const struct listing *l, struct str folder)
{
	struct listing out = { .arena = l->arena, .root = str_is(l->root, ".") ? folder
		: str_printf(l->arena, "%.*s%s%.*s", STR_ARG(l->root), str_ends(l->root, "/") ? "" : "/", STR_ARG(folder)) };

	out.files = NEW_ARRAY(l->arena, struct str, l->nfiles);
	for (size_t i = 0; i < l->nfiles; i++) {
		struct str rest = path_below(folder, l->files[i]);
		if (rest.n > 0)
			out.files[out.nfiles++] = rest;
	}
	return out;
}

/* Those in the directory itself. */
static struct listing
without_folders(const struct listing *l)
{
	struct listing out = *l;

	out.nfiles = 0;
	out.files = NEW_ARRAY(l->arena, struct str, l->nfiles);
	for (size_t i = 0; i < l->nfiles; i++)
		if (listing_dir(l->files[i]).n == 0)
			out.files[out.nfiles++] = l->files[i];
	return out;
}

/* The folders with SQL for PostgreSQL below them. */
static struct str_list
folders_of(const struct listing *l)
{
	struct str_list out = { 0 };
	struct map seen = MAP(l->arena);

	for (size_t i = 0; i < l->nfiles; i++) {
		struct str rest = l->files[i], folder;
		str_cut(&rest, '/', &folder);
		if (rest.n == 0 || !listing_sql(l, l->files[i]) || is_aside(folder) || map_has(&seen, folder) ||
		    dialect_of_path(l, l->files[i]).s != NULL)
			continue;
		*map_at(&seen, folder) = &seen;
		*vec_push(l->arena, &out) = folder;
	}
	return out;
}

static bool
holds_steps(const struct listing *l, const struct str_list *folders)
{
	size_t steps = 0;

	for (size_t i = 0; i < folders->n; i++)
		steps += is_step(l, folders->items[i]);
	return 2 * steps > folders->n;
}

/* ---- the search ---- */

static bool
is(const struct adapter *adapter, const char *name)
{
	return adapter != NULL && str_is(str_of(name), adapter->name);
}

static bool
is_dump(const struct adapter *adapter)
{
	return is(adapter, "pg-dump");
}

/* To be a framework's; a dump may lie beside anything. */
static bool
known(const struct listing *own)
{
	const struct adapter *adapter = adapter_detect(own, NULL);

	return adapter != NULL && !is(adapter, "plain") && !is_dump(adapter);
}

static void
add(struct finder *f, const struct listing *l, struct str dir, bool named)
{
	const struct adapter *adapter = adapter_detect(l, NULL);
	bool framework = adapter != NULL && !is(adapter, "plain");

	if (adapter != NULL)
		*vec_push(f->arena, &f->out) = (struct found){ dir, listing_count(l, ""), framework, is_dump(adapter), framework || named,
			framework && !is_dump(adapter) && !is(adapter, "liquibase") && !is(adapter, "flyway") };
}

static bool
any_sure(const struct finder *f, size_t from)
{
	while (from < f->out.n)
		if (f->out.items[from++].sure)
			return true;
	return false;
}

/* What lies among them is for something else: queries of migrations in another language, the seed. */
static void
keep_frameworks(struct finder *f, size_t from)
{
	for (size_t i = from; i < f->out.n; i++)
		f->out.items[i].sure = f->out.items[i].framework;
}

/* Flyway's and refinery's ends at the two underscores: V1_2_3__name.sql */
static struct str
version_of(struct str base)
{
	struct candidate c = { .up = base };
	size_t end = str_find(base, STR("__"));

	candidate_name(&c, base);
	return c.version.n > 1 && (c.version.s[0] == 'V' || c.version.s[0] == 'v') && end != (size_t)-1 ? str_slice(base, 1, end) : c.version;
}

/* Two folders have files of one version: each counts for itself. */
static bool
number_twice(const struct listing *l)
{
	struct map seen = MAP(l->arena);

	for (size_t i = 0; i < l->nfiles; i++) {
		struct str file = l->files[i], version = version_of(listing_base(file));
		if (version.n == 0 || !listing_sql(l, file) || dialect_of_path(l, file).s != NULL)
			continue;
		const struct str *other = map_get(&seen, version);
		if (other != NULL && !str_eq(listing_dir(*other), listing_dir(file)))
			return true;
		*map_at(&seen, version) = &l->files[i];
	}
	return false;
}

/* Flyway and refinery read the folders below their own, too. */
static bool
reads_below(const struct listing *l)
{
	const struct adapter *adapter = adapter_detect(l, NULL);

	return is(adapter, "flyway") || is(adapter, "refinery");
}

static size_t
count_frameworks(const struct finder *f, size_t from)
{
	size_t n = 0;

	while (from < f->out.n)
		n += f->out.items[from++].framework;
	return n;
}

/* "specific/postgresql", outside of any folder of migrations */
static bool
for_postgres(struct str path)
{
	struct str piece;
	bool named = false;

	while (str_cut(&path, '/', &piece)) {
		if (for_migrations(piece))
			return false;
		named = named || dialect_is_postgres(piece);
	}
	return named;
}

/* One folder of migrations, and others beside it with what is for PostgreSQL alone. */
static bool
shared_and_special(const struct finder *f, size_t from)
{
	size_t shared = 0, special = 0;

	for (size_t i = from; i < f->out.n; i++) {
		shared += for_migrations(listing_base(f->out.items[i].dir));
		special += for_postgres(f->out.items[i].dir);
	}
	return shared == 1 && special > 0 && shared + special == f->out.n - from;
}

/* What was found in the folders is one history. */
static bool
joined(const struct finder *f, size_t from, const struct listing *l)
{
	if (count_frameworks(f, from) < 2 || !reads_below(l))
		return false;
	return flyway_joins(l) || ((for_migrations(listing_base(l->root)) || shared_and_special(f, from)) && !number_twice(l));
}

static struct str
path_of(const struct finder *f, struct str dir, struct str folder)
{
	return dir.n > 0 ? str_printf(f->arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(folder)) : folder;
}

static void find(struct finder *, const struct listing *, struct str dir, bool named);

/* Where the changelogs lie further below, other frameworks may have folders beside them. */
static void
find_beside(struct finder *f, const struct listing *l, struct str dir)
{
	struct str_list folders = folders_of(l);
	struct listing own = without_folders(l);
	size_t kept = f->out.n;

	for (size_t i = 0; i < folders.n && !is(adapter_detect(&own, NULL), "liquibase"); i++) {
		struct listing part = below(l, folders.items[i]);
		struct str path = path_of(f, dir, folders.items[i]);
		if (is(adapter_detect(&part, NULL), "liquibase"))
			find_beside(f, &part, path);
		else
			find(f, &part, path, for_migrations(folders.items[i]));
	}
	for (size_t i = kept; i < f->out.n; i++)
		if (f->out.items[i].apart)
			f->out.items[kept++] = f->out.items[i];
	f->out.n = kept;
}

/* An include tree of Liquibase may reach anywhere below. */
static void
find_tree(struct finder *f, const struct listing *l, struct str dir, bool named)
{
	size_t at = f->out.n;

	add(f, l, dir, named);
	find_beside(f, l, dir);
	for (size_t i = at + 1; i < f->out.n; i++)
		f->out.items[at].files -= f->out.items[i].files;
}

static bool
holds_other_systems(const struct listing *l)
{
	for (size_t i = 0; i < l->nfiles; i++)
		if (listing_sql(l, l->files[i]) && dialect_of_path(l, l->files[i]).s != NULL)
			return true;
	return false;
}

/* "postgres", with "mysql" beside it, in a folder of migrations that has no other files: that is the history. */
static bool
is_one_for_postgres(const struct finder *f, size_t from, const struct listing *l, const struct listing *own)
{
	return f->out.n == from + 1 && dialect_is_postgres(listing_base(f->out.items[from].dir)) && listing_count(own, "") == 0 && holds_other_systems(l);
}

static void
find(struct finder *f, const struct listing *l, struct str dir, bool named)
{
	struct str_list folders = folders_of(l);
	bool steps = folders.n > 0 && holds_steps(l, &folders);
	struct listing own = without_folders(l);
	size_t from = f->out.n;

	if (steps || known(&own) || (folders.n == 0 && listing_count(&own, "") > 0)) {
		add(f, l, dir, named || steps);
		return;
	}
	if (is(adapter_detect(l, NULL), "liquibase")) {
		find_tree(f, l, dir, named);
		return;
	}
	if (folders.n == 0)
		return;
	for (size_t i = 0; i < folders.n; i++) {
		struct str folder = folders.items[i];
		struct listing part = below(l, folder);
		find(f, &part, path_of(f, dir, folder), named || for_migrations(folder));
	}
	if (joined(f, from, l)) {
		f->out.n = from;
		add(f, l, dir, named);
	} else if (named && count_frameworks(f, from) > 0)
		keep_frameworks(f, from);
	else if (named && is_one_for_postgres(f, from, l, &own))
		f->out.items[from].sure = true;
	else if (named && f->out.n > from + 1 && number_twice(l))
		for (size_t i = from; i < f->out.n; i++)
			f->out.items[i].sure = true;
	else if ((named || !any_sure(f, from)) && (f->out.n > from || listing_count(&own, "") > 0)) {
		f->out.n = from;
		add(f, l, dir, named);
	}
}

static bool
any_migrations(const struct finder *f)
{
	for (size_t i = 0; i < f->out.n; i++)
		if (f->out.items[i].sure && !f->out.items[i].dump)
			return true;
	return false;
}

static void
say_unread(struct arena *a, const struct listing *l, struct diags *diags, size_t n)
{
	struct place place = { source_new(a, l->root, STR("")), { 0, 0 } };

	if (n > 0)
		diag_add(diags, SEVERITY_INFO, STR("input"), STR("unread-files"), place, str_printf(a,
		    "%zu SQL file%s of this directory lie%s outside of its migrations, or below folders of tests or for other databases, and %s not read",
		    n, n == 1 ? "" : "s", n == 1 ? "s" : "", n == 1 ? "was" : "were"));
}

struct str_list
history_places(struct arena *a, const struct listing *l, struct diags *diags)
{
	struct finder f = { .arena = a };
	struct str_list out = { 0 };
	size_t unread = listing_count(l, "");
	bool migrations;

	if (l->root.n > 0)
		find(&f, l, STR(""), false);
	migrations = any_migrations(&f);
	for (size_t i = 0; i < f.out.n; i++) {
		if (!f.out.items[i].sure || (migrations && f.out.items[i].dump))
			continue;
		*vec_push(a, &out) = f.out.items[i].dir;
		unread -= f.out.items[i].files;
	}
	if (diags != NULL && (out.n > 1 || (out.n == 1 && out.items[0].n > 0)))
		say_unread(a, l, diags, unread);
	return out;
}
