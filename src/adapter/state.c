#include "adapter/adapter.h"

/*
 * Beside its migrations a directory may keep the schema that they end in, as schema.sql or LATEST.sql, for databases that
 * are made new: nothing runs both. It has no version, lies above the migrations, and makes the tables that they make.
 */

static bool
has_version(struct str word)
{
	struct candidate c = { .up = word };

	candidate_name(&c, word);
	return c.version.n > 0;
}

static bool
is_versioned(struct str file)
{
	struct str dir = listing_dir(file), part;

	if (has_version(listing_base(file)))
		return true;
	while (str_cut(&dir, '/', &part))
		if (has_version(part))
			return true;
	return false;
}

/* Behind CREATE TABLE the last part of a name; STR_NONE: IF NOT EXISTS, which runs twice, too. */
static struct str
created_table(struct scan *s)
{
	struct str name = STR_NONE;

	if (!scan_next(s) || scan_is(s, "if"))
		return STR_NONE;
	for (;;) {
		struct scan ahead = *s;
		name = s->kind == SCAN_NAME ? str_slice(s->token, 1, s->token.n - 1) : s->token;
		if (!scan_next(&ahead) || !scan_is(&ahead, ".") || !scan_next(&ahead))
			return name;
		*s = ahead;
	}
}

static void
collect_tables(struct arena *a, struct str text, struct map *tables)
{
	struct scan s = { .text = text };
	bool create = false;

	while (scan_next(&s)) {
		if (create && scan_is(&s, "table")) {
			struct str name = created_table(&s);
			if (name.s != NULL)
				*map_at(tables, str_copy(a, name)) = tables;
		}
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

/* Most of the tables that the migrations make. */
static bool
makes_most(const struct map *state, const struct map *made)
{
	size_t both = 0;

	for (size_t i = 0; i < made->n; i++)
		both += map_has(state, made->entries[i].key);
	return both > 0 && 2 * both > made->n;
}

static bool
may_be_state(const struct adapter_run *run, const struct candidate *c)
{
	return c->up.n > 0 && listing_dir(c->up).n == 0 && !is_versioned(c->up) &&
	    (run->named == NULL || !map_has(run->named, c->up));
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
	struct map made = MAP(run->arena);
	size_t kept = 0, states = 0;

	for (size_t i = 0; i < list->n; i++)
		states += may_be_state(run, &list->items[i]);
	for (size_t i = 0; states > 0 && states < list->n && i < list->n; i++)
		if (is_versioned(list->items[i].up))
			read_tables(run, list->items[i].up, &made);
	for (size_t i = 0; i < list->n; i++) {
		struct map state = MAP(run->arena);
		if (made.n > 0 && may_be_state(run, &list->items[i]))
			read_tables(run, list->items[i].up, &state);
		if (makes_most(&state, &made))
			state_note(run, adapter_path(run->arena, run->listing, list->items[i].up),
			    "this makes the tables that the migrations beside it make, so it is the schema that they end in, and was not read: check it alone");
		else
			list->items[kept++] = list->items[i];
	}
	list->n = kept;
}
