#include "adapter/adapter.h"

/*
 * Beside its migrations a directory may keep the schema that they end in, as schema.sql, LATEST.sql or a folder init, for
 * databases that are made new: nothing runs both. It has no version, lies above the migrations or beside them, and makes
 * the tables that they make. Those may be called upgrades, with the version behind the word.
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

/* "upgrade-to-0.70-pgsql", "update_2.sql" */
static bool
has_number_behind_upgrade(struct str base)
{
	static const char *const words[] = { "upgrade", "update", "migrate", "migration", "patch" };
	size_t from = 0, to;
	bool upgrade = false;

	for (; from < base.n; from = to + (to == from)) {
		for (to = from; to < base.n && ((base.s[to] | 0x20) >= 'a' && (base.s[to] | 0x20) <= 'z');)
			to++;
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			upgrade = upgrade || str_is_nocase(str_slice(base, from, to), words[i]);
		if (upgrade && to < base.n && base.s[to] >= '0' && base.s[to] <= '9')
			return true;
	}
	return false;
}

static bool
is_versioned(struct str file)
{
	struct str dir = listing_dir(file), part;

	if (has_version(listing_base(file)) || has_number_behind_word(listing_base(file)) || has_number_behind_upgrade(listing_base(file)))
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
		if (s->kind != SCAN_WORD && s->kind != SCAN_NAME)
			return STR_NONE;
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

struct states {
	struct adapter_run *run;
	const struct candidates *list;
	struct str whole;               /* the folder that holds all of them; empty: none does */
	struct map made;                /* folder -> struct map, what the migrations in it make */
	struct map held;                /* path of what may be a state -> struct map, what that makes */
};

static struct str
top_folder(struct str file)
{
	struct str folder;

	str_cut(&file, '/', &folder);
	return file.n > 0 ? folder : STR("");
}

static struct str
folder_of_all(const struct candidates *list)
{
	struct str folder = list->n > 0 ? top_folder(list->items[0].up) : STR("");

	for (size_t i = 1; i < list->n; i++)
		if (!str_eq(top_folder(list->items[i].up), folder))
			return STR("");
	return folder;
}

/* The file, or the folder at the top that it is in with all others; STR_NONE: it is no part of such a schema. */
static struct str
state_of(const struct states *s, const struct candidate *c)
{
	struct str folder = top_folder(c->up);

	if (c->up.n == 0 || (s->run->named != NULL && map_has(s->run->named, c->up)))
		return STR_NONE;
	if (for_new_databases(folder) && !str_eq(folder, s->whole))
		return folder;
	return is_versioned(c->up) ? STR_NONE : c->up;
}

/* Made where it is not in there yet. */
static struct map *
tables_of(struct map *maps, struct str path)
{
	void **at = map_at(maps, path);

	if (*at == NULL) {
		*at = NEW(maps->arena, struct map);
		*(struct map *)*at = MAP(maps->arena);
	}
	return *at;
}

/* What the migrations make in the folder of a state and below. */
static const struct map *
tables_beside(struct states *s, struct str state)
{
	struct str dir = listing_dir(state);
	bool known = map_has(&s->made, dir);
	struct map *made = tables_of(&s->made, dir);

	for (size_t i = 0; !known && i < s->list->n; i++) {
		struct str up = s->list->items[i].up;
		if ((dir.n == 0 || path_below(dir, up).n > 0) && state_of(s, &s->list->items[i]).s == NULL && is_versioned(up))
			read_tables(s->run, up, made);
	}
	return made;
}

/* Of a folder, or of a file. */
static const struct map *
tables_in_state(struct states *s, struct str state)
{
	bool known = map_has(&s->held, state), folder = !listing_has(s->run->listing, state);
	struct map *tables = tables_of(&s->held, state);

	if (!known && !folder)
		read_tables(s->run, state, tables);
	for (size_t i = 0; !known && folder && i < s->list->n; i++)
		if (str_eq(top_folder(s->list->items[i].up), state))
			read_tables(s->run, s->list->items[i].up, tables);
	return tables;
}

static bool
is_state(struct states *s, struct str path)
{
	const struct map *made = tables_beside(s, path);

	return made->n > 0 && makes_most(tables_in_state(s, path), made);
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
	struct states s = { run, list, folder_of_all(list), MAP(run->arena), MAP(run->arena) };
	struct candidates kept = { 0 };
	struct map said = MAP(run->arena);

	for (size_t i = 0; i < list->n; i++) {
		struct str path = state_of(&s, &list->items[i]);
		bool out = path.s != NULL && is_state(&s, path);
		if (out && !map_has(&said, path)) {
			state_note(run, adapter_path(run->arena, run->listing, path),
			    "this makes the tables that the migrations beside it make, so it is the schema that they end in, and was not read: check it alone");
			*map_at(&said, path) = &said;
		}
		if (!out)
			*vec_push(run->arena, &kept) = list->items[i];
	}
	*list = kept;
}
