#include <stdlib.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_prisma;

static bool
is_migration(struct str file)
{
	return str_is(listing_base(file), "migration.sql") && listing_dir(file).n > 0;
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t with = 0;

	for (size_t i = 0; i < l->nfiles; i++)
		with += is_migration(l->files[i]);
	if (with == 0 || 3 * with < listing_count(l, ""))
		return 0;
	*why = STR("files are NAME/migration.sql, beside a migration_lock.toml");
	if (listing_has(l, STR("migration_lock.toml")))
		return 97;
	*why = STR("files are NAME/migration.sql");
	return 92;
}

/* Another database: the whole directory is of no interest here. */
static bool
is_other(struct adapter_run *run)
{
	struct source *lock = listing_has(run->listing, STR("migration_lock.toml")) ? adapter_source(run, STR("migration_lock.toml")) : NULL;
	struct str rest = lock != NULL ? lock->text : STR(""), line, key;

	while (str_cut(&rest, '\n', &line))
		if (str_cut(&line, '=', &key) && str_is(str_trim(key), "provider")) {
			struct str name = str_trim(line);
			name = str_slice(name, 1, name.n > 0 ? name.n - 1 : 0);
			if (str_is(name, "postgresql") || str_is(name, "postgres") || str_is(name, "cockroachdb"))
				return false;
			adapter_note(run, FILE_OTHER_DATABASE, (struct place){ lock, source_head(lock, span_of(0, lock->text.n)) },
			    (struct place){ 0 }, STR(""), name);
			return true;
		}
	return false;
}

/* NAME/migration.ts: the runner is one of their own, which may call Prisma's for the others. */
static bool
is_code(const struct listing *l, struct str file)
{
	static const char *const names[] = { "migration.ts", "migration.mts", "migration.js", "migration.mjs", "migration.py" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_is(listing_base(file), names[i]) && listing_dir(file).n > 0)
			return !listing_has(l, str_printf(l->arena, "%.*s/migration.sql", STR_ARG(listing_dir(file))));
	return false;
}

/* P3015: every folder is a migration, where it is Prisma that runs them. */
static void
note_empty(struct adapter_run *run, const struct candidates *found)
{
	struct map dirs = MAP(run->arena);

	for (size_t i = 0; i < found->n; i++)
		if (found->items[i].dir.n == 0)
			*map_at(&dirs, listing_dir(found->items[i].up)) = run;
	for (size_t i = 0; i < run->listing->nfiles && dirs.n > 0 && listing_has(run->listing, STR("migration_lock.toml")); i++) {
		struct str file = run->listing->files[i], dir = listing_dir(file);
		if (dir.n == 0 || listing_dir(dir).n > 0 || map_has(&dirs, dir) || !adapter_named(run, file))
			continue;
		*map_at(&dirs, dir) = run;
		adapter_note_file(run, FILE_REFUSED, file, (struct place){ 0 }, STR(""),
		    STR("its folder holds no migration.sql, and prisma migrate runs nothing then"));
	}
}

static void
find(struct adapter_run *run, struct candidates *found)
{
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], dir = listing_dir(file), down = str_printf(run->arena, "%.*s/down.sql", STR_ARG(dir));
		struct candidate c = { .up = file, .dir = listing_dir(dir), .code_up = is_code(run->listing, file) };
		if (!is_migration(file) && !c.code_up)
			continue;
		candidate_name(&c, listing_base(dir));
		c.down = listing_has(run->listing, down) ? down : STR("");
		*vec_push(run->arena, found) = c;
	}
	candidates_sort(found, BY_NAME);
}

/*
 * list_migrations() of the schema engine sorts by the names of the folders; a file is sent as one string (raw_cmd()).
 * What lies beside it as down.sql is run by hand.
 */
static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	size_t code = 0;

	if (is_other(run))
		return;
	find(run, &found);
	note_empty(run, &found);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		code += found.items[i].code_up;
		if (found.items[i].code_up)
			adapter_add_code(run, &found.items[i]);
		else
			adapter_add_files(run, &found.items[i], TX_STRING);
	}
	adapter_note_code(run, code);
}

const struct adapter adapter_prisma = {
	.name = "prisma",
	.doc = "Prisma Migrate; a file is one string",
	.layout = "VERSION_NAME/migration.sql, migration_lock.toml",
	.versions = VERSIONS_ARE_TEXT | VERSIONS_RUN_LATE,
	.detect = detect,
	.list = list,
};
