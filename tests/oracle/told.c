#include "told.h"

#include "base/buf.h"

/* "GROUP[KEY].PART[NAME].PROPERTY" */
struct spot {
	struct str group, key, part, name, property;
};

static struct str
bracketed(struct str *rest)
{
	size_t end = str_find(*rest, STR("]."));
	struct str inner;

	if (end == (size_t)-1)
		end = rest->n > 0 ? rest->n - 1 : 0;
	inner = str_slice(*rest, 1, end);
	*rest = str_slice(*rest, end + 2, rest->n);
	return inner;
}

static struct str
word(struct str *rest)
{
	size_t end = 0;
	struct str found;

	while (end < rest->n && rest->s[end] != '[' && rest->s[end] != '.')
		end++;
	found = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end < rest->n && rest->s[end] == '.' ? end + 1 : end, rest->n);
	return found;
}

static struct spot
spot_of(struct str path)
{
	struct spot s = { .group = word(&path) };

	if (str_starts(path, "["))
		s.key = bracketed(&path);
	s.part = word(&path);
	if (str_starts(path, "["))
		s.name = bracketed(&path);
	s.property = path;
	return s;
}

/* As users write it. */
static struct str
short_key(const struct told_at *at, struct str key)
{
	bool own = key.n > at->schema.n && key.s[at->schema.n] == '.' && str_eq(str_slice(key, 0, at->schema.n), at->schema);

	return own ? str_slice(key, at->schema.n + 1, key.n) : key;
}

static struct str
joined(const struct told_at *at, struct str a, struct str b)
{
	return str_printf(at->arena, "%.*s.%.*s", STR_ARG(a), STR_ARG(b));
}

static bool
starts_with(struct str s, struct str head)
{
	return s.n >= head.n && str_eq(str_slice(s, 0, head.n), head);
}

static bool
is_relation(struct str kind)
{
	static const char *const kinds[] = { "table", "view", "materialized view", "foreign table", "sequence", "type", NULL };

	return str_among(kind, kinds);
}

static bool
is_constraint(struct str kind)
{
	static const char *const kinds[] = { "check constraint", "foreign key", "primary key", "unique constraint", "exclusion constraint", NULL };

	return str_among(kind, kinds);
}

static bool
is_whole(const struct difference *d)
{
	return d->expected.s == NULL || d->actual.s == NULL;
}

/* ---- parts of a relation ---- */

static bool
is_column(const struct told_at *at, const struct spot *s, struct str table, const struct difference *d)
{
	static const struct {
		const char *property, *kind;
	} kinds[] = { { "type", "column type" }, { "collation", "column collation" }, { "not_null", "column not null" },
		{ "default", "column default" }, { "generated", "column default" }, { "identity", "column identity" } };
	struct str object = joined(at, table, s->name);

	if (str_is(s->property, "comment"))
		return str_is(d->kind, "comment") && starts_with(d->object, table);
	if (!str_eq(d->object, object))
		return false;
	if (str_is(d->kind, "column") || (str_is(d->kind, "column type") && str_is(s->property, "default")))
		return true;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_is(d->kind, kinds[i].kind) && str_is(s->property, kinds[i].property))
			return true;
	return false;
}

static bool
is_index(const struct told_at *at, const struct spot *s, struct str table, const struct difference *d)
{
	size_t dot = str_find_char(s->key, '.');
	struct str index = short_key(at, joined(at, str_slice(s->key, 0, dot), s->name));

	if (is_constraint(d->kind))
		return str_eq(d->object, joined(at, table, s->name));
	return (str_is(d->kind, "index") && str_eq(d->object, index)) || (str_is(s->property, "comment") && str_is(d->kind, "comment"));
}

static bool
is_part(const struct told_at *at, const struct spot *s, struct str table, const struct difference *d)
{
	static const struct {
		const char *part, *kind;
	} kinds[] = { { "partition_of", "partition" }, { "partition_bound", "partition" }, { "inherits", "inheritance" },
		{ "row_security", "row security" }, { "force_row_security", "row security" }, { "options", "option" },
		{ "replica_identity", "replica identity" }, { "privileges", "privilege" }, { "comment", "comment" }, { "columns", "column order" },
		{ "kind", "table" }, { "persistence", "table" }, { "partition_key", "table" } };

	if (str_is(s->part, "columns") && s->name.s != NULL)
		return is_column(at, s, table, d);
	if (str_is(s->part, "indexes") || str_is(s->part, "constraints"))
		return is_index(at, s, table, d);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_is(s->part, kinds[i].part) && str_is(d->kind, kinds[i].kind))
			return starts_with(d->object, table);
	return false;
}

/* ---- what stands alone ---- */

static struct str
line_of(const struct map *lines, struct str path)
{
	const struct str *found = map_get(lines, path);

	return found != NULL && found->n >= 2 ? str_slice(*found, 1, found->n - 1) : STR_NONE;
}

static struct str
line(const struct told_at *at, struct str path)
{
	struct str before = line_of(at->before, path);

	return before.s != NULL ? before : line_of(at->after, path);
}

/* It goes with the column, or with the table. */
static bool
is_sequence(const struct told_at *at, const struct spot *s, const struct difference *d)
{
	struct str head = str_printf(at->arena, "sequences[%.*s].owned_by", STR_ARG(s->key));
	struct str table = line(at, str_printf(at->arena, "%.*s.table", STR_ARG(head)));
	struct str name = short_key(at, joined(at, line(at, str_printf(at->arena, "%.*s.schema", STR_ARG(head))), table));
	struct str sequence = short_key(at, s->key);

	if (str_eq(d->object, sequence))
		return str_is(d->kind, "sequence") || str_is(d->kind, "comment");
	if (str_is(d->kind, "option") || str_is(d->kind, "privilege") || str_is(d->kind, "comment"))
		return starts_with(d->object, sequence);
	if (table.s == NULL)
		return false;
	return (is_relation(d->kind) && str_eq(d->object, name)) || (str_is(d->kind, "column") &&
	    str_eq(d->object, joined(at, name, line(at, str_printf(at->arena, "%.*s.column", STR_ARG(head))))));
}

/* key: "public.users.name" */
static bool
is_of_table(struct str key, const char *kind, const struct difference *d)
{
	if (str_eq(d->object, key))
		return str_starts(d->kind, kind) || str_is(d->kind, "comment");
	return (is_relation(d->kind) && is_whole(d) && starts_with(key, d->object) && key.n > d->object.n && key.s[d->object.n] == '.') ||
	    (str_starts(d->kind, "comment") && str_find(d->object, str_slice(key, str_find_char(key, '.') + 1, key.n)) != (size_t)-1);
}

static bool
is_alone(const struct told_at *at, const struct spot *s, const struct difference *d)
{
	static const struct {
		const char *group, *kinds;
	} groups[] = { { "schemas", "schema" }, { "extensions", "extension" }, { "types", "type domain comment privilege" },
		{ "functions", "function procedure comment privilege" }, { "privileges", "privilege" },
		{ "views", "view" } };
	struct str key = short_key(at, s->key);

	if (str_is(s->group, "triggers"))
		return is_of_table(key, "trigger", d);
	if (str_is(s->group, "policies"))
		return is_of_table(key, "policy", d);
	if (str_is(s->group, "rules"))
		return is_of_table(key, "rule", d);
	if (str_is(s->group, "sequences"))
		return is_sequence(at, s, d);
	if (str_is(s->group, "publications"))
		return str_starts(d->kind, "publi");
	if (str_is(s->group, "views") && is_relation(d->kind))
		return str_eq(d->object, key);
	if (str_is(d->kind, "comment"))
		key = str_slice(key, 0, str_find_char(key, '('));
	if (str_is(s->group, "objects"))
		return str_find(d->object, key) != (size_t)-1;
	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
		if (str_is(s->group, groups[i].group) && str_in_words(d->kind, groups[i].kinds))
			return s->key.s == NULL || str_find(d->object, key) != (size_t)-1;
	return false;
}

/* What shows the name that its table or column has got. */
static bool
is_renamed(const struct told_at *at, const struct mismatch *m, const struct difference *d)
{
	struct str name = d->object, part;

	while (str_cut(&name, '.', &part))
		;
	return str_find(m->path, STR("].")) != (size_t)-1 && str_find(m->path, STR("].columns")) == (size_t)-1 && is_whole(d) && (str_is(d->kind, "table") || str_is(d->kind, "column")) && part.n > 0 &&
	    (str_find(str_printf(at->arena, "%.*s%.*s", STR_ARG(m->server), STR_ARG(m->shadow)), part) != (size_t)-1);
}

bool
told_by(const struct told_at *at, const struct mismatch *m, const struct difference *d)
{
	struct spot s = spot_of(m->path);
	struct str key = short_key(at, s.key);

	if (!str_is(s.group, "relations"))
		return is_alone(at, &s, d);
	if (is_relation(d->kind) && str_eq(d->object, key) && (is_whole(d) || str_ends(d->kind, "view")))
		return true;
	return is_renamed(at, m, d) || is_part(at, &s, key, d);
}

/* ---- what is not told ---- */

static bool
is_common(const struct told_at *at, struct str columns, struct str name)
{
	struct str path = str_printf(at->arena, "%.*s[%.*s].name", STR_ARG(columns), STR_ARG(name));

	return map_has(at->before, path) && map_has(at->after, path);
}

/* Of a JSON list of names, those that are there both times. */
static struct str
common(const struct told_at *at, struct str columns, struct str list)
{
	struct buf b = BUF(at->arena);
	struct str name;

	list = str_slice(list, 1, list.n > 0 ? list.n - 1 : 0);
	while (str_cut(&list, ',', &name)) {
		name = str_trim(name);
		name = str_slice(name, 1, name.n > 0 ? name.n - 1 : 0);
		if (is_common(at, columns, name))
			buf_item(&b, ",", name);
	}
	return buf_text(&b);
}

/* Of a JSON text, without white space and comments of one line. */
static struct str
dense(const struct told_at *at, struct str json)
{
	struct buf b = BUF(at->arena);
	bool comment = false;

	for (size_t i = 0; i < json.n; i++) {
		struct str rest = str_slice(json, i, json.n);
		bool escape = str_starts(rest, "\\n") || str_starts(rest, "\\t") || str_starts(rest, "\\r");
		comment = str_starts(rest, "--") || (comment && !str_starts(rest, "\\n"));
		if (!escape && json.s[i] != ' ' && !comment)
			buf_char(&b, json.s[i]);
		i += escape;
	}
	return buf_text(&b);
}

static bool
is_now(struct str json)
{
	static const char *const words[] = { "\"now()\"", "\"CURRENT_TIMESTAMP\"", "\"transaction_timestamp()\"", NULL };

	return str_among(json, words);
}

bool
told_never(const struct told_at *at, const struct mismatch *m)
{
	struct spot s = spot_of(m->path);
	struct str type;

	if (str_is(s.group, "functions") && str_is(s.part, "body"))
		return str_eq(dense(at, m->server), dense(at, m->shadow));
	if (str_is(s.group, "extensions"))
		return m->server.s == NULL;
	if (!str_is(s.group, "relations"))
		return false;
	if (str_is(s.part, "columns") && s.name.s == NULL)
		return m->server.s == NULL || m->shadow.s == NULL || str_eq(common(at, m->path, m->server), common(at, m->path, m->shadow));
	if (str_is(s.property, "default") && is_now(m->server) && is_now(m->shadow))
		return true;
	type = line(at, str_printf(at->arena, "relations[%.*s].constraints[%.*s].type", STR_ARG(s.key), STR_ARG(s.name)));
	return str_is(s.part, "constraints") && str_is(type, "not null");
}

bool
told_is_seen(const struct difference *d)
{
	static const char *const kinds[] = { "column", "column type", "column collation", "column not null", "column default",
		"column identity", "index", "trigger", "policy", "row security", "partition", "inheritance", "domain", "function", "procedure",
		"schema", "extension", "rule", "column order", NULL };

	return is_relation(d->kind) || is_constraint(d->kind) || str_among(d->kind, kinds);
}

static bool
is_json(struct str json, struct str text)
{
	return json.n == text.n + 2 && str_eq(str_slice(json, 1, json.n - 1), text);
}

bool
told_exactly(const struct mismatch *m, const struct difference *d)
{
	bool list = m->server.n > 0 && m->server.s[0] == '[';

	if (str_is(d->kind, "column type") || str_is(d->kind, "column order"))
		return list || (is_json(m->server, d->expected) && is_json(m->shadow, d->actual));
	if (list || str_is(d->kind, "option") || str_is(d->kind, "comment"))
		return true;
	return d->expected.s == NULL ? m->server.s == NULL : d->actual.s != NULL || m->shadow.s == NULL;
}

struct str
told_thing(const struct told_at *at, const struct mismatch *m)
{
	struct spot s = spot_of(m->path);
	struct str whole = str_printf(at->arena, "%.*s[%.*s]", STR_ARG(s.group), STR_ARG(s.key));
	struct str name = str_printf(at->arena, "%.*s.name", STR_ARG(whole));

	if (s.key.s == NULL)
		return s.group;
	if (s.name.s == NULL && map_has(at->before, name) && map_has(at->after, name))
		return m->path;
	if (s.name.s == NULL || !map_has(at->before, name) || !map_has(at->after, name))
		return whole;
	return str_printf(at->arena, "%.*s.%.*s[%.*s]", STR_ARG(whole), STR_ARG(s.part), STR_ARG(s.name));
}
