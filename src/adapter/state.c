#include "adapter/adapter.h"

/*
 * Beside its migrations a directory may keep the schema that they end in, as schema.sql, LATEST.sql or a folder init, for
 * databases that are made new: nothing runs both. It has no version, lies above the migrations or beside them, and makes
 * the tables that they make.
 */

static bool
has_version(struct str word)
{
	struct candidate c = { .up = word };

	candidate_name(&c, word);
	return c.version.n > 0;
}

/* "schema_0032-add-x", where all are called so. */
static bool
has_number_behind_word(struct str base)
{
	size_t at = 0, end;

	while (at < base.n && ((base.s[at] | 0x20) >= 'a' && (base.s[at] | 0x20) <= 'z'))
		at++;
	if (at == 0 || at == base.n || (base.s[at] != '_' && base.s[at] != '-'))
		return false;
	for (end = at + 1; end < base.n && base.s[end] >= '0' && base.s[end] <= '9';)
		end++;
	return end > at + 3 && end < base.n && (base.s[end] == '_' || base.s[end] == '-');
}

static bool
is_versioned(struct str file)
{
	struct str dir = listing_dir(file), part;

	if (has_version(listing_base(file)) || has_number_behind_word(listing_base(file)))
		return true;
	while (str_cut(&dir, '/', &part))
		if (has_version(part))
			return true;
	return false;
}

/* How a text makes a table: with IF NOT EXISTS it runs twice, too. */
enum making_of_table { MADE_UNLESS_THERE = 1, MADE };

/* Behind CREATE TABLE the last part of a name. */
static struct str
created_table(struct scan *s, enum making_of_table *how)
{
	struct str name = STR_NONE;

	*how = MADE;
	if (!scan_next(s))
		return STR_NONE;
	if (scan_is(s, "if")) {
		*how = MADE_UNLESS_THERE;
		for (int i = 0; i < 3; i++)
			if (!scan_next(s))
				return STR_NONE;
	}
	for (;;) {
		struct scan ahead = *s;
		name = s->kind == SCAN_NAME ? str_slice(s->token, 1, s->token.n - 1) : s->token;
		if (!scan_next(&ahead) || !scan_is(&ahead, ".") || !scan_next(&ahead))
			return name;
		*s = ahead;
	}
}

static enum making_of_table
how_made(const struct map *tables, struct str name)
{
	return (enum making_of_table)(uintptr_t)map_get(tables, name);
}

static void
collect_tables(struct arena *a, struct str text, struct map *tables)
{
	struct scan s = { .text = text };
	bool create = false;

	while (scan_next(&s)) {
		enum making_of_table how;
		struct str name = create && scan_is(&s, "table") ? created_table(&s, &how) : STR_NONE;
		if (name.s != NULL && how > how_made(tables, name))
			*map_at(tables, str_copy(a, name)) = (void *)(uintptr_t)how;
		create = scan_is(&s, "create") || (create && scan_is(&s, "unlogged"));
	}
}

static void
read_tables(const struct adapter_run *run, struct str file, struct map *tables)
{
	struct source *source = listing_source(run->arena, run->listing, file, NULL);

	if (source != NULL)
		collect_tables(run->arena, source->text, tables);
}

/* Most of the tables that the migrations make, and not all of them in a way that runs twice. */
static bool
makes_most(const struct map *state, const struct map *made)
{
	size_t both = 0;
	bool fails = false;

	for (size_t i = 0; i < made->n; i++) {
		enum making_of_table how = how_made(state, made->entries[i].key);
		both += how != 0;
		fails = fails || how == MADE;
	}
	return fails && 2 * both > made->n;
}

/* ---- the candidates ---- */

static bool
for_new_databases(struct str folder)
{
	static const char *const names[] = { "init", "initial", "initdb", "schema", "setup", "install", "full", "fresh" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_is_nocase(folder, names[i]))
			return true;
	return false;
}

/* The file, or the folder that it is in with all others; STR_NONE: it is no part of such a schema. */
static struct str
state_of(const struct adapter_run *run, const struct candidate *c)
{
	struct str rest = c->up, folder;

	if (c->up.n == 0 || (run->named != NULL && map_has(run->named, c->up)))
		return STR_NONE;
	if (listing_dir(c->up).n == 0)
		return is_versioned(c->up) ? STR_NONE : c->up;
	str_cut(&rest, '/', &folder);
	return for_new_databases(folder) ? folder : STR_NONE;
}

/* The tables of what may be a state, by its path. */
static struct map *
tables_of(struct map *states, struct str path)
{
	void **at = map_at(states, path);

	if (*at == NULL) {
		*at = NEW(states->arena, struct map);
		*(struct map *)*at = MAP(states->arena);
	}
	return *at;
}

void
state_note(struct adapter_run *run, struct str path, const char *message)
{
	struct source *source = source_new(run->arena, path, STR(""));

	diag_add(run->diags, SEVERITY_INFO, STR("input"), STR("unread-state"), (struct place){ source, { 0, 0 } }, str_of(message));
}

void
states_leave_out(struct adapter_run *run, struct candidates *list)
{
	struct map made = MAP(run->arena), states = MAP(run->arena), said = MAP(run->arena);
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++) {
		struct str path = state_of(run, &list->items[i]);
		if (path.s != NULL)
			tables_of(&states, path);
	}
	for (size_t i = 0; states.n > 0 && i < list->n; i++) {
		struct str path = state_of(run, &list->items[i]);
		if (path.s != NULL || is_versioned(list->items[i].up))
			read_tables(run, list->items[i].up, path.s != NULL ? tables_of(&states, path) : &made);
	}
	for (size_t i = 0; i < list->n; i++) {
		struct str path = state_of(run, &list->items[i]);
		bool out = path.s != NULL && makes_most(tables_of(&states, path), &made);
		if (out && !map_has(&said, path)) {
			state_note(run, adapter_path(run->arena, run->listing, path),
			    "this makes the tables that the migrations beside it make, so it is the schema that they end in, and was not read: check it alone");
			*map_at(&said, path) = &said;
		}
		if (!out)
			list->items[kept++] = list->items[i];
	}
	list->n = kept;
}
