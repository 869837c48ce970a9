#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "catalog/catalog.h"

enum { NAMEDATALEN_ = 64 };             /* NAMEDATALEN of a stock server; names hold one byte less */

struct key {
	char bytes[2 * NAMEDATALEN_ + 1];
	struct str text;
};

/* "schema\0name" without allocating, for names of legal length; longer ones are cut as the server cuts them. */
static struct str
make_key(struct key *key, struct str schema, struct str name)
{
	size_t s = schema.n < NAMEDATALEN_ ? schema.n : NAMEDATALEN_ - 1;
	size_t n = name.n < NAMEDATALEN_ ? name.n : NAMEDATALEN_ - 1;

	if (s > 0)
		memcpy(key->bytes, schema.s, s);
	key->bytes[s] = '\0';
	if (n > 0)
		memcpy(key->bytes + s + 1, name.s, n);
	return (struct str){ key->bytes, s + 1 + n };
}

void *
catalog_slot_object(const struct map *map, struct str schema, struct str name)
{
	struct key key;
	const struct slot *slot = map_get(map, make_key(&key, schema, name));

	return slot == NULL ? NULL : slot->object;
}

struct slot *
catalog_slot(struct catalog *c, struct map *map, struct str schema, struct str name)
{
	struct key key;
	struct str text = make_key(&key, schema, name);
	struct slot *slot = map_get(map, text);

	if (slot == NULL) {
		slot = NEW(c->arena, struct slot);
		*map_at(map, str_copy(c->arena, text)) = slot;
	}
	if (!slot->known)
		catalog_set(c, &slot->known, true);
	return slot;
}

static bool
is_stand_in(const struct catalog *c, struct str schema)
{
	return map_has(&c->stand_ins, schema);
}

bool
catalog_has_variable(const struct catalog *c, struct str name)
{
	return c->stand_ins.n > 0 && map_has(&c->stand_ins, str_printf(c->arena, ":%.*s", STR_ARG(name)));
}

/* The first schema of the search path that holds the name. */
static void *
find_in_path(const struct catalog *c, const struct map *map, struct str name)
{
	void *object = NULL;

	for (size_t i = 0; object == NULL && i < c->search_path.n; i++)
		object = catalog_slot_object(map, c->search_path.items[i], name);
	return object;
}

/* How many stand-ins hold the name; *object is one of theirs. */
static size_t
find_in_stand_ins(const struct catalog *c, const struct map *map, struct str name, void **object)
{
	size_t n = 0;

	for (size_t i = 0; i < c->stand_ins.n; i++) {
		void *here = catalog_slot_object(map, c->stand_ins.entries[i].key, name);
		if (here != NULL)
			*object = here;
		n += here != NULL;
	}
	return n;
}

void *
catalog_find(const struct catalog *c, const struct map *map, struct str schema, struct str name)
{
	void *object = schema.s != NULL ? catalog_slot_object(map, schema, name) : find_in_path(c, map, name), *other = NULL;
	size_t others;

	if (object != NULL || (schema.s != NULL && !is_stand_in(c, schema)))
		return object;
	others = find_in_stand_ins(c, map, name, &other);
	if (schema.s != NULL)
		return others == 0 ? find_in_path(c, map, name) : NULL;
	return others == 1 ? other : NULL;
}

bool
catalog_guesses(const struct catalog *c, struct name name, struct str schema)
{
	if (name.schema.s != NULL)
		return is_stand_in(c, name.schema) && !str_eq(name.schema, schema);
	return is_stand_in(c, schema) && !str_in(schema, c->search_path.items, c->search_path.n);
}

/* pg_temp comes before all. */
static void *
find_maybe_temporary(const struct catalog *c, const struct map *map, struct str schema, struct str name)
{
	void *temporary = schema.s == NULL ? catalog_slot_object(map, STR("pg_temp"), name) : NULL;

	return temporary != NULL ? temporary : catalog_find(c, map, schema, name);
}

struct relation *
catalog_find_relation(const struct catalog *c, struct name name)
{
	return find_maybe_temporary(c, &c->relations, name.schema, name.name);
}

/* Whether something stood there once; nothing to be said where it may still do so, or again. */
static enum tri
knows(const struct catalog *c, const struct map *map, struct str schema, struct str name)
{
	struct key key;
	const struct slot *slot = map_get(map, make_key(&key, schema, name));

	if (slot == NULL || !slot->known)
		return NO;
	return slot->doubtful || (c->unread[REACH_SCHEMA] > 0 && slot->vacated <= c->unread[REACH_SCHEMA]) ? UNKNOWN : YES;
}

bool
catalog_has_made(const struct catalog *c, const struct map *map, struct str schema, struct str name)
{
	return knows(c, map, schema, name) == YES;
}

bool
catalog_gap_since(const struct catalog *c, const struct map *map, struct name name)
{
	const struct relation *r = map == &c->relations ? catalog_find_relation(c, name) : NULL;
	const struct typedef_ *t = map == &c->types ? catalog_find_type(c, name.schema, name.name) : NULL;
	struct key key;
	const struct slot *slot = map_get(map, make_key(&key, catalog_target_schema(c, name), name.name));

	if (r != NULL && !r->assumed)
		return r->born.statement <= c->gap;
	if (t != NULL && !t->assumed)
		return t->born.statement <= c->gap;
	return slot == NULL || slot->vacated <= c->gap;
}

bool
catalog_knows_name(const struct catalog *c, const struct map *map, struct name name)
{
	enum tri known = name.schema.s != NULL ? knows(c, map, name.schema, name.name) : NO;
	void *elsewhere;

	for (size_t i = 0; name.schema.s == NULL && known != UNKNOWN && i < c->search_path.n; i++) {
		enum tri here = knows(c, map, c->search_path.items[i], name.name);
		known = here == NO ? known : here;
	}
	if (known == UNKNOWN || find_in_stand_ins(c, map, name.name, &elsewhere) > 0)
		return false;
	return known == YES || (c->complete && c->unread[REACH_SCHEMA] == 0 && !str_starts(name.name, "pg_") && !str_is(name.schema, "information_schema") &&
	    !catalog_extension_may_have(c, map, name));
}

/* It began empty, and nothing is known to be in it that no file has made. */
static bool
is_schema_followed(const struct catalog *c, struct str name)
{
	const struct schema *s = is_stand_in(c, name) ? NULL : catalog_slot_object(&c->schemas, STR(""), name);

	if (s == NULL || !s->fresh || s->born.doubtful || catalog_unread_since(c, s->born, REACH_SCHEMA))
		return false;
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && c->all.items[i]->assumed && !c->all.items[i]->doubted && str_eq(c->all.items[i]->schema, name))
			return false;
	return true;
}

bool
catalog_lacks_name(const struct catalog *c, const struct map *map, struct name name)
{
	return catalog_knows_name(c, map, name) || (name.schema.s != NULL && knows(c, map, name.schema, name.name) != UNKNOWN &&
	    is_schema_followed(c, name.schema) && !catalog_extension_may_have(c, map, name));
}

struct str
catalog_target_schema(const struct catalog *c, struct name name)
{
	if (name.schema.s != NULL)
		return name.schema;
	return c->search_path.n > 0 ? c->search_path.items[0] : c->default_schema;
}

struct relation *
catalog_relation_to_be(const struct catalog *c, struct name name)
{
	return catalog_slot_object(&c->relations, catalog_target_schema(c, name), name.name);
}

static void
assume(struct catalog *c, struct relation *r)
{
	memset(&r->born, 0, sizeof r->born);
	r->assumed = true;
	r->filled = UNKNOWN;
	r->row_security = r->force_row_security = UNKNOWN;
	(void)c;
}

struct relation *
catalog_relation(struct catalog *c, struct name name, enum relkind kind)
{
	struct relation *r = catalog_find_relation(c, name);

	if (r == NULL) {
		r = catalog_add_relation(c, catalog_target_schema(c, name), str_copy(c->arena, name.name), kind);
		assume(c, r);
	}
	return r;
}

struct column *
catalog_find_column(const struct relation *r, struct str name)
{
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && str_eq(r->columns.items[i]->name, name))
			return r->columns.items[i];
	return NULL;
}

struct column *
catalog_column(struct catalog *c, struct relation *r, struct str name)
{
	struct column *column = catalog_find_column(r, name);

	if (column == NULL && !r->assumed && relation_unread_since(c, r, r->born, REACH_SCHEMA))
		catalog_note_changed_unseen(c, r);
	if (column == NULL && r->assumed) {
		column = catalog_add_column(c, r, str_copy(c->arena, name));
		column->assumed = true;
		memset(&column->born, 0, sizeof column->born);
	}
	return column;
}

struct trigger *
catalog_find_trigger(const struct relation *r, struct str name)
{
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && str_eq(r->triggers.items[i]->name, name))
			return r->triggers.items[i];
	return NULL;
}

struct constraint *
catalog_find_constraint(const struct relation *r, struct str name)
{
	for (size_t i = 0; i < r->constraints.n; i++)
		if (str_eq(r->constraints.items[i]->name, name))
			return r->constraints.items[i];
	return NULL;
}

struct relation *
catalog_find_index(const struct relation *r, struct str name)
{
	for (size_t i = 0; i < r->indexes.n; i++)
		if (str_eq(r->indexes.items[i]->name, name))
			return r->indexes.items[i];
	return NULL;
}

struct typedef_ *
catalog_find_type(const struct catalog *c, struct str schema, struct str name)
{
	return find_maybe_temporary(c, &c->types, schema, name);
}

enum volatility
catalog_volatility(const struct catalog *c, struct str schema, struct str name)
{
	const struct function_set *set = catalog_functions(c, schema, name);
	enum volatility v = VOLATILITY_UNKNOWN;

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped && set->overloads.items[i]->volatility > v)
			v = set->overloads.items[i]->volatility;
	return v;
}

/* A call by the name of a type is a cast; the input functions of all that are no base types are stable or immutable. */
static enum volatility
look_up_volatility(void *arg, struct str schema, struct str name)
{
	enum volatility v = catalog_volatility(arg, schema, name);
	const struct typedef_ *t = catalog_find_type(arg, schema, name);

	return v == VOLATILITY_UNKNOWN && t != NULL && !t->assumed && t->kind != TYPE_BASE && t->kind != TYPE_UNKNOWN ? STABLE : v;
}

struct volatility_lookup
catalog_volatility_lookup(const struct catalog *c)
{
	return (struct volatility_lookup){ look_up_volatility, (void *)(uintptr_t)c };
}

static bool
is_called(struct name name, struct str schema, struct str own)
{
	return str_eq(name.name, own) && (name.schema.s == NULL || str_eq(name.schema, schema));
}

bool
catalog_ended_now(const struct catalog *c, struct name name)
{
	if (c->last_ended != c->now.statement)
		return false;
	for (size_t i = c->all.n; i-- > 0;)
		if (c->all.items[i]->dropped && c->all.items[i]->ended == c->now.statement &&
		    is_called(name, c->all.items[i]->schema, c->all.items[i]->name))
			return true;
	for (size_t i = c->all_types.n; i-- > 0;)
		if (c->all_types.items[i]->dropped && c->all_types.items[i]->ended == c->now.statement &&
		    is_called(name, c->all_types.items[i]->schema, c->all_types.items[i]->name))
			return true;
	return false;
}

/* ---- generated names ---- */

/* pg_mbcliplen(): never cuts inside a UTF-8 sequence. */
static size_t
clipped(struct str s, size_t n)
{
	if (n >= s.n)
		return s.n;
	while (n > 0 && ((unsigned char)s.s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* makeObjectName(): shortens the longer of the two names until all fits. */
struct str
catalog_object_name(struct arena *arena, struct str name1, struct str name2, struct str label)
{
	size_t overhead = (name2.s != NULL ? 1 : 0) + (label.s != NULL ? label.n + 1 : 0);
	size_t available = NAMEDATALEN_ - 1 - overhead;
	size_t n1 = name1.n, n2 = name2.s != NULL ? name2.n : 0;

	while (n1 + n2 > available) {
		if (n1 > n2)
			n1--;
		else
			n2--;
	}
	n1 = clipped(name1, n1);
	if (name2.s != NULL)
		n2 = clipped(name2, n2);
	return str_printf(arena, "%.*s%s%.*s%s%.*s", (int)n1, name1.s, name2.s != NULL ? "_" : "", (int)n2,
	    name2.s != NULL ? name2.s : "", label.s != NULL ? "_" : "", STR_ARG(label));
}

/* ChooseIndexNameAddition() and ChooseForeignKeyConstraintNameAddition(): columns joined by "_", stopping past 63 bytes. */
static struct str
joined_columns(struct arena *arena, const struct str *columns, size_t n)
{
	struct str all = n > 0 ? columns[0] : STR_NONE;

	for (size_t i = 1; i < n && all.n < NAMEDATALEN_; i++)
		all = str_printf(arena, "%.*s_%.*s", STR_ARG(all), STR_ARG(columns[i]));
	return all;
}

static bool
domain_has(const struct catalog *c, struct str schema, struct str name)
{
	for (size_t i = 0; i < c->all_types.n; i++) {
		const struct typedef_ *t = c->all_types.items[i];
		for (size_t j = 0; !t->dropped && str_eq(t->schema, schema) && j < t->constraints.n; j++)
			if (t->constraints.items[j].name.s != NULL && str_eq(t->constraints.items[j].name, name))
				return true;
	}
	return false;
}

bool
catalog_has_constraint(const struct catalog *c, struct str schema, struct str name)
{
	struct key key;
	const struct slot *slot = map_get(&c->constraint_names, make_key(&key, schema, name));

	return (slot != NULL && slot->count > 0) || domain_has(c, schema, name);
}

static bool
name_taken(const struct catalog *c, struct str schema, struct str name, bool relation, bool constraint)
{
	return (relation && catalog_slot_object(&c->relations, schema, name) != NULL) ||
	    (constraint && catalog_has_constraint(c, schema, name));
}

struct str
catalog_choose_name(struct catalog *c, struct relation *table, const struct str *columns, size_t n, const char *label,
    bool is_constraint)
{
	struct str addition = joined_columns(c->arena, columns, n), name;
	bool is_relation = strcmp(label, "check") != 0 && strcmp(label, "fkey") != 0 && strcmp(label, "not_null") != 0;
	struct str suffix = str_of(label);

	for (unsigned pass = 1;; pass++) {
		name = catalog_object_name(c->arena, table->name, addition, suffix);
		if (!name_taken(c, table->schema, name, is_relation, is_constraint))
			return name;
		suffix = str_printf(c->arena, "%s%u", label, pass);
	}
}

/* ChooseIndexColumnNames(): a name that comes again gets a number. */
static void
add_column_name(struct arena *arena, struct str_list *list, struct str name)
{
	struct str unique = name;

	for (unsigned i = 1; str_in(unique, list->items, list->n); i++) {
		struct str number = str_printf(arena, "%u", i);
		unique = str_printf(arena, "%.*s%.*s", (int)clipped(name, NAMEDATALEN_ - 1 - number.n), name.s, STR_ARG(number));
	}
	*vec_push(arena, list) = unique;
}

static struct str
label_of(const struct index_column *k)
{
	return k->label.s != NULL ? k->label : k->name.s != NULL ? k->name : STR("expr");
}

void
catalog_label_index(struct catalog *c, struct index *index)
{
	struct str_list names = { 0 };

	for (size_t i = 0; i < index->columns.n; i++) {
		add_column_name(c->arena, &names, label_of(&index->columns.items[i]));
		index->columns.items[i].label = *vec_last(&names);
	}
	index->include_labels = (struct str_list){ 0 };
	for (size_t i = 0; i < index->include.n; i++) {
		add_column_name(c->arena, &names, index->include.items[i]);
		*vec_push(c->arena, &index->include_labels) = *vec_last(&names);
	}
}

struct str
catalog_index_name(struct catalog *c, const struct relation *table, const struct index *index, const char *label, bool is_constraint)
{
	struct str_list names = { 0 };

	for (size_t i = 0; i < index->columns.n; i++)
		add_column_name(c->arena, &names, label_of(&index->columns.items[i]));
	for (size_t i = 0; i < index->include.n; i++)
		add_column_name(c->arena, &names, i < index->include_labels.n ? index->include_labels.items[i] : index->include.items[i]);
	return catalog_choose_name(c, (struct relation *)(uintptr_t)table, names.items, strcmp(label, "pkey") == 0 ? 0 : names.n, label,
	    is_constraint);
}

/* ---- defaults ---- */

enum { DEPTH_LIMIT = 32 };

/* stringToQualifiedNameList() */
static struct name
name_in_text(struct arena *arena, struct str text)
{
	struct name name = { STR_NONE, STR_NONE, { 0, 0 } };

	for (size_t i = 0; i < text.n; i++) {
		struct buf b = BUF(arena);
		bool quoted = text.s[i] == '"';
		for (i += quoted; i < text.n && text.s[i] != (quoted ? '"' : '.'); i++)
			buf_char(&b, quoted ? text.s[i] : (char)tolower((unsigned char)text.s[i]));
		i += quoted;
		name.schema = name.name;
		name.name = buf_text(&b);
	}
	return name;
}

struct relation *
catalog_relation_in_text(const struct catalog *c, struct str text)
{
	return catalog_find_relation(c, name_in_text(c->arena, text));
}

bool
takes_relation_name(struct str function)
{
	static const char *const functions[] = { "nextval", "currval", "setval", "pg_relation_size", "pg_table_size", "pg_indexes_size",
		"pg_total_relation_size", "pg_sequence_last_value", NULL };

	return str_among(function, functions);
}

struct relation *
catalog_named_relation(const struct catalog *c, const struct expr *e)
{
	bool cast = e->kind == EXPR_CAST && str_is(e->type.name, "regclass"), call = e->kind == EXPR_FUNCTION && takes_relation_name(e->name);

	if ((!cast && !call) || e->nargs == 0 || e->args[0] == NULL)
		return NULL;
	return e->args[0]->kind == EXPR_CONST ? catalog_relation_in_text(c, e->args[0]->name) : NULL;
}

struct relation *
catalog_drawn_sequence(const struct catalog *c, const struct expr *e)
{
	if (e == NULL || e->kind != EXPR_FUNCTION || !str_is(e->name, "nextval") || e->nargs != 1)
		return NULL;
	return catalog_named_relation(c, e->args[0]->kind == EXPR_CAST ? e->args[0] : e);
}

struct naming {
	const struct catalog *catalog;
	const struct relation *relation;
	bool found;
};

static void
visit_naming(void *arg, const struct expr *e)
{
	struct naming *n = arg;

	n->found = n->found || catalog_named_relation(n->catalog, e) == n->relation;
}

bool
expr_names_relation(const struct catalog *c, const struct expr *e, const struct relation *r)
{
	struct naming n = { c, r, false };

	if (e != NULL)
		expr_walk(e, visit_naming, &n);
	return n.found;
}

struct type
type_below_domains(const struct catalog *c, struct type type)
{
	for (int depth = 0; depth < DEPTH_LIMIT && type_known(type) && !type.builtin && type.dims == 0; depth++) {
		const struct typedef_ *t = catalog_find_type(c, type.schema, type.name);
		if (t == NULL || t->kind != TYPE_DOMAIN)
			break;
		type = t->base;
	}
	return type;
}

bool
type_is_enum(const struct catalog *c, struct type t)
{
	const struct typedef_ *d = t.builtin || t.dims > 0 || !type_known(t) ? NULL : catalog_find_type(c, t.schema, t.name);

	return d != NULL && d->kind == TYPE_ENUM;
}

/* AddRelationNewConstraints(): a coercion to a length or a domain keeps NULL from being a mere constant. */
static bool
coerces_null(const struct catalog *c, struct type type)
{
	const struct typedef_ *t = type.builtin || type.dims > 0 ? NULL : catalog_find_type(c, type.schema, type.name);

	return type.nmods > 0 || (t != NULL && t->kind == TYPE_DOMAIN);
}

void
catalog_set_default(struct catalog *c, struct column *column, const struct expr *e)
{
	catalog_save(c, column, sizeof *column);
	column->type.serial = false;
	column->default_expr = column->generated == 0 && expr_is_null(e) && !coerces_null(c, column->type) ? NULL : e;
	column->default_sequence = catalog_drawn_sequence(c, e);
}
