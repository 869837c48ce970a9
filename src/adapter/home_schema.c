#include "adapter/adapter.h"

/* A word of "S.t", where the files make t without a schema. */
struct schema_use {
	struct map names;               /* the relations it is named with */
	bool is_target;                 /* ALTER ... SET SCHEMA moves something there */
};

struct home {
	struct arena *arena;
	struct map made;                /* relations that are made by their name alone */
	struct map made_in;             /* "S.t", those that are made with a schema */
	struct map schemas;             /* name -> struct schema_use */
	bool sets_path;                 /* what a name without a schema means is not the runner's alone */
};

static struct str
name_of(struct arena *arena, const struct scan *s)
{
	if (s->kind == SCAN_NAME && s->token.n >= 2)
		return str_slice(s->token, 1, s->token.n - 1);
	return str_fold(arena, s->token);
}

static struct schema_use *
schema_use(struct home *h, struct str schema)
{
	struct schema_use **use = (struct schema_use **)map_at(&h->schemas, schema);

	if (*use == NULL) {
		*use = NEW(h->arena, struct schema_use);
		(*use)->names = MAP(h->arena);
	}
	return *use;
}

static bool
is_one_of(const struct scan *s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (scan_is(s, words[i]))
			return true;
	return false;
}

/* Behind it stands the name of a relation. */
static bool
names_relation(const struct scan *s)
{
	static const char *const words[] = { "table", "view", "into", "update", "references", "join" };

	return is_one_of(s, words, sizeof(words) / sizeof(words[0]));
}

static bool
may_stand_between(const struct scan *s)
{
	static const char *const words[] = { "if", "not", "exists", "only" };

	return is_one_of(s, words, sizeof(words) / sizeof(words[0]));
}

static bool
is_name(const struct scan *s)
{
	return s->kind == SCAN_WORD || s->kind == SCAN_NAME;
}

/* The scan stands on the first part of a name. */
static void
take_name(struct home *h, struct scan *s, bool makes)
{
	struct str first = name_of(h->arena, s);
	struct scan next = *s;

	if (!scan_next(&next) || !scan_is(&next, ".")) {
		if (makes)
			*map_at(&h->made, first) = h;
		return;
	}
	if (!scan_next(&next) || !is_name(&next))
		return;
	struct str name = name_of(h->arena, &next);
	*s = next;
	if (makes)
		*map_at(&h->made_in, str_printf(h->arena, "%.*s.%.*s", STR_ARG(first), STR_ARG(name))) = h;
	else
		*map_at(&schema_use(h, first)->names, name) = h;
}

/* SET search_path, set_config('search_path', ...), ALTER ROLE ... SET search_path; not the clause of a function. */
static bool
sets_path(const struct scan *s, struct str begins)
{
	return s->kind == SCAN_TEXT ? str_is(s->token, "'search_path'")
	    : scan_is(s, "search_path") && !str_is_nocase(begins, "create");
}

static void
scan_part(struct home *h, struct str sql)
{
	struct scan s = { .text = sql };
	struct str begins = STR("");
	bool expects = false, relation = false, set = false;

	while (!h->sets_path && scan_next(&s)) {
		if (scan_is(&s, ";"))
			begins = STR("");
		else if (begins.n == 0)
			begins = s.token;
		h->sets_path = sets_path(&s, begins);
		if (expects && may_stand_between(&s))
			continue;
		if (expects && is_name(&s))
			take_name(h, &s, relation && str_is_nocase(begins, "create"));
		else if (set && scan_is(&s, "schema") && scan_next(&s))
			schema_use(h, name_of(h->arena, &s))->is_target = true;
		expects = names_relation(&s);
		relation = scan_is(&s, "table") || scan_is(&s, "view");
		set = scan_is(&s, "set");
	}
}

/* Two names that are made without it and known by it, and most of those that are known by it. */
static bool
is_home(const struct home *h, struct str schema, const struct schema_use *use)
{
	size_t same = 0;

	for (size_t i = 0; i < use->names.n; i++) {
		struct str name = use->names.entries[i].key;
		if (!map_has(&h->made, name))
			continue;
		if (map_has(&h->made_in, str_printf(h->arena, "%.*s.%.*s", STR_ARG(schema), STR_ARG(name))))
			return false;
		same++;
	}
	return !use->is_target && same >= 2 && 2 * same > use->names.n;
}

struct str
home_schema(struct arena *arena, const struct migration *migrations, size_t n)
{
	struct home h = { .arena = arena, .made = MAP(arena), .made_in = MAP(arena), .schemas = MAP(arena) };
	struct str found = STR("");

	for (size_t i = 0; i < n; i++) {
		const struct part *up = &migrations[i].up;
		if (up->source != NULL)
			scan_part(&h, str_slice(up->source->sql, up->span.off, (size_t)up->span.off + up->span.len));
	}
	for (size_t i = 0; !h.sets_path && i < h.schemas.n; i++) {
		struct str schema = h.schemas.entries[i].key;
		if (!is_home(&h, schema, h.schemas.entries[i].value))
			continue;
		if (found.n > 0)
			return STR("");
		found = schema;
	}
	return found;
}
