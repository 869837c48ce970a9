#include <stdlib.h>

#include "adapter/adapter.h"
#include "text/yaml.h"

extern const struct adapter adapter_db_migrate;

#define UP "-up.sql"
#define DOWN "-down.sql"

/* parseName(): 14 digits, "-" and a name. */
static bool
is_name(struct str base)
{
	size_t i = 0;

	while (i < base.n && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	return i == 14 && i < base.n && base.s[i] == '-';
}

static bool
is_way(struct str file, const char *end)
{
	return str_ends(file, end) && is_name(listing_base(file));
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t ups = 0, downs = 0;

	for (size_t i = 0; i < l->nfiles; i++) {
		ups += is_way(l->files[i], UP);
		downs += is_way(l->files[i], DOWN);
	}
	*why = STR("most files are TIME-NAME-up.sql or TIME-NAME-down.sql");
	return ups > 0 && 2 * (ups + downs) > listing_count(l, "") ? 96 : 0;
}

/* "sqls/TIME-NAME" of "TIME-NAME.js", which reads the files that are named so. */
static struct str
sqls_of(struct adapter_run *run, struct str script)
{
	struct str dir = listing_dir(script), base = listing_base(script);

	return str_printf(run->arena, "%.*s%ssqls/%.*s", STR_ARG(dir), dir.n > 0 ? "/" : "", STR_ARG(str_slice(base, 0, base.n - 3)));
}

static struct str
if_listed(struct adapter_run *run, struct str stem, const char *end)
{
	struct str file = str_printf(run->arena, "%.*s%s", STR_ARG(stem), end);

	return listing_has(run->listing, file) ? file : STR("");
}

static bool
has_scripts(const struct adapter_run *run)
{
	for (size_t i = 0; i < run->listing->nfiles; i++)
		if (str_ends(run->listing->files[i], ".js") && is_name(listing_base(run->listing->files[i])))
			return true;
	return false;
}

/* loadFromFilesystem(): the scripts are the migrations. */
static void
find_scripts(struct adapter_run *run, struct candidates *found)
{
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], base = listing_base(file), stem;
		if (!str_ends(file, ".js") || str_is(listing_base(listing_dir(file)), "sqls"))
			continue;
		if (!is_name(base) && adapter_named(run, file))
			adapter_note_file(run, FILE_REFUSED, file, (struct place){ 0 }, STR(""),
			    STR("its name does not begin with a time, YYYYMMDDhhmmss-, and db-migrate runs nothing then"));
		if (!is_name(base))
			continue;
		struct candidate *c = vec_push(run->arena, found);
		stem = sqls_of(run, file);
		*c = (struct candidate){ .dir = listing_dir(file), .up = if_listed(run, stem, UP), .down = if_listed(run, stem, DOWN) };
		c->up = c->up.n > 0 ? c->up : file;
		candidate_name(c, str_slice(base, 0, base.n - 3));
	}
}

/* Without their scripts, or where they are elsewhere. */
static void
find_sql(struct adapter_run *run, struct candidates *found, bool scripts)
{
	struct map taken = MAP(run->arena);

	for (size_t i = 0; i < found->n; i++)
		*map_at(&taken, found->items[i].up) = run;
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], stem = str_slice(file, 0, file.n - sizeof(UP) + 1);
		if (!is_way(file, UP) || map_has(&taken, file))
			continue;
		if (scripts && adapter_named(run, file))
			adapter_note_file(run, FILE_STRAY, file, (struct place){ 0 }, STR(""), STR(""));
		if (scripts)
			continue;
		struct candidate *c = vec_push(run->arena, found);
		*c = (struct candidate){ .dir = listing_dir(file), .up = file, .down = if_listed(run, stem, DOWN) };
		candidate_name(c, listing_base(stem));
	}
}

static int
compare(const void *first, const void *second)
{
	const struct candidate *a = first, *b = second;
	int order = str_cmp(a->dir, b->dir);

	order = order != 0 ? order : str_cmp(a->version, b->version);
	return order != 0 ? order : str_cmp(a->name, b->name);
}

/* database.json, which is YAML, too: NAME.schema of every environment that has one, when they agree. */
static struct str
schema_of(const struct listing *l)
{
	struct str text = listing_nearest(l, "database.json"), schema = STR("");
	struct diags unheard = { .arena = l->arena };
	struct yaml_file file = { .arena = l->arena, .source = source_new(l->arena, STR("database.json"), text), .diags = &unheard,
		.rule = STR("input"), .lenient = true };
	const struct yaml *root = text.n > 0 ? yaml_read(&file) : NULL;

	for (size_t i = 0; root != NULL && root->kind == YAML_MAP && i < root->items.n; i++) {
		const struct yaml *own = root->items.items[i]->kind == YAML_MAP ? yaml_get(root->items.items[i], "schema") : NULL;
		if (own == NULL || own->kind != YAML_TEXT)
			continue;
		if (schema.n > 0 && !str_eq(schema, own->text))
			return STR("");
		schema = own->text;
	}
	return schema;
}

/* upToBy(): startMigration() is BEGIN, which --non-transactional leaves out, and runSql() sends a file as one string. */
static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	size_t code = 0;

	/* db-migrate-pg, createMigrationsTable(): it makes the schema, and puts it in front of the search path */
	run->schema = schema_of(run->listing);
	find_scripts(run, &found);
	find_sql(run, &found, has_scripts(run));
	if (found.n > 0)
		qsort(found.items, found.n, sizeof(*found.items), compare);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		if (str_ends(found.items[i].up, ".js")) {
			adapter_add_code(run, &found.items[i]);
			code++;
		} else
			adapter_add_files(run, &found.items[i], TX_WRAPPED);
	}
	adapter_note_code(run, code);
}

const struct adapter adapter_db_migrate = {
	.name = "db-migrate",
	.doc = "db-migrate; a file runs in a transaction",
	.layout = "TIME-NAME.js and sqls/TIME-NAME-up.sql, sqls/TIME-NAME-down.sql",
	.also = "db_migrate",
	.versions = VERSIONS_RUN_LATE,
	.alone = true,
	.detect = detect,
	.list = list,
};
