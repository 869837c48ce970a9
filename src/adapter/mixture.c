#include "adapter/adapter.h"

static const struct {
	const char *mark, *framework;   /* of a line that begins with a comment */
} marks[] = {
	{ "+goose up", "goose" },
	{ "migrate:up", "dbmate" },
	{ "+migrate up", "sql-migrate" },
	{ "rambler up", "rambler" },
	{ "//@undo", "mybatis" },
	{ "liquibase formatted sql", "liquibase" },
	{ "-- create above / drop below ----", "tern" },
};

static const char *
marked(struct str text)
{
	struct str line, rest;

	while (str_cut(&text, '\n', &line)) {
		if (!str_starts(str_trim(line), "--"))
			continue;
		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
			if (adapter_marker(line, marks[i].mark, &rest))
				return marks[i].framework;
	}
	return NULL;
}

/* "V1_2__name.sql" */
static bool
named_for_flyway(struct str base)
{
	size_t i = 1;

	while (i < base.n && ((base.s[i] >= '0' && base.s[i] <= '9') || base.s[i] == '.' || (base.s[i] == '_' && base.s[i - 1] != '_')))
		i++;
	return base.n > 2 && base.s[0] == 'V' && base.s[1] >= '0' && base.s[1] <= '9' && i < base.n && base.s[i] == '_';
}

static bool
named_as_pair(struct str base)
{
	bool up;

	return base.s[0] >= '0' && base.s[0] <= '9' && pairs_way(base, &up);
}

/* The name of the adapter that the file is named or marked for. */
static const char *
framework_of(const struct adapter_run *run, struct str file)
{
	struct source *source;

	if (named_for_flyway(listing_base(file)))
		return "flyway";
	if (named_as_pair(listing_base(file)))
		return "golang-migrate";
	source = listing_source(run->arena, run->listing, file, NULL);
	return source != NULL ? marked(source->text) : NULL;
}

/* ---- beside the migrations of one framework ---- */

static void
add_part(struct map *paths, const struct part *part)
{
	if (part->source == NULL)
		return;
	*map_at(paths, part->source->path) = paths;
	*map_at(paths, listing_dir(part->source->path)) = paths;
}

/* What was read, what something has been said of, and the directories that hold migrations. */
static struct map
known_paths(const struct adapter_run *run, size_t diags)
{
	struct map paths = MAP(run->arena);

	for (size_t i = 0; i < run->migrations.n; i++) {
		add_part(&paths, &run->migrations.items[i].up);
		add_part(&paths, &run->migrations.items[i].down);
	}
	for (size_t i = 0; i < run->notes.n; i++)
		*map_at(&paths, run->notes.items[i].at.source->path) = run->listing->arena;
	for (size_t i = diags; i < run->diags->list.n; i++)
		if (run->diags->list.items[i]->nlabels > 0)
			*map_at(&paths, run->diags->list.items[i]->labels[0].at.source->path) = run->listing->arena;
	return paths;
}

static void
note(struct adapter_run *run, struct str file, const char *framework)
{
	adapter_note_file(run, FILE_OTHER_FRAMEWORK, file, (struct place){ 0 }, STR(""), str_of(framework));
}

/* Other frameworks want the same names. */
static bool
is_own(const struct adapter *adapter, const char *framework)
{
	static const char *const same[][2] = { { "golang-migrate", "sqlx" }, { "golang-migrate", "pop" },
		{ "golang-migrate", "node-pg-migrate" }, { "golang-migrate", "migratus" }, { "golang-migrate", "ragtime" }, { "flyway", "refinery" } };

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (str_is(str_of(framework), same[i][0]) && str_is(str_of(adapter->name), same[i][1]))
			return true;
	return str_is(str_of(framework), adapter->name);
}

/* The framework passes over what another one would run. */
static void
note_others(const struct adapter *adapter, struct adapter_run *run, size_t diags)
{
	struct map paths = known_paths(run, diags);

	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], path = adapter_path(run->arena, run->listing, file);
		const char *other = NULL;
		if (listing_sql(run->listing, file) && !map_has(&paths, path) && map_has(&paths, listing_dir(path)) && adapter_named(run, file))
			other = framework_of(run, file);
		if (other != NULL && !is_own(adapter, other))
			note(run, file, other);
	}
}

/* ---- where no framework has the most ---- */

static void
note_fewer(struct adapter_run *run)
{
	struct map count = MAP(run->arena);
	size_t most = 0;

	for (int pass = 0; pass < 2 && (pass == 0 || count.n > 1); pass++)
		for (size_t i = 0; i < run->listing->nfiles; i++) {
			struct str file = run->listing->files[i];
			const char *framework = listing_sql(run->listing, file) ? framework_of(run, file) : NULL;
			size_t *n = NULL;
			if (framework == NULL)
				continue;
			if (*map_at(&count, str_of(framework)) == NULL)
				*map_at(&count, str_of(framework)) = NEW(run->arena, size_t);
			n = map_get(&count, str_of(framework));
			if (pass == 0 && ++*n > most)
				most = *n;
			if (pass == 1 && *n < most && adapter_named(run, file))
				note(run, file, framework);
		}
}

void
mixture_note(const struct adapter *adapter, struct adapter_run *run, size_t diags)
{
	if (run->migrations.n == 0 || run->listing->root.n == 0 || str_is(str_of(adapter->name), "custom"))
		return;
	if (str_is(str_of(adapter->name), "plain"))
		note_fewer(run);
	else
		note_others(adapter, run, diags);
}
