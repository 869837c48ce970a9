#include "catalog/catalog.h"
#include "sql/ident.h"

/* ---- functions ---- */

/* Without the schema, where the name is found without it. */
static struct str
bare_type(const struct catalog *c, struct str type)
{
	size_t dot = str_find_char(type, '.');
	struct str schema = dot == (size_t)-1 ? STR_NONE : str_slice(type, 0, dot);

	if (schema.s == NULL || !(str_eq(schema, c->default_schema) || str_in(schema, c->search_path.items, c->search_path.n)))
		return type;
	return str_slice(type, dot + 1, type.n);
}

bool
function_takes(const struct catalog *c, const struct function *f, struct str arguments)
{
	struct str own = f->arguments, a = STR_NONE, b = STR_NONE;
	bool more = true;

	while (more && str_eq(a, b)) {
		more = str_cut(&own, ',', &a);
		if (str_cut(&arguments, ',', &b) != more)
			return false;
		a = bare_type(c, str_trim(a));
		b = bare_type(c, str_trim(b));
	}
	return !more;
}

static struct function *
overload(const struct catalog *c, const struct function_set *set, struct str arguments)
{
	for (size_t i = 0; i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped && function_takes(c, set->overloads.items[i], arguments))
			return set->overloads.items[i];
	return NULL;
}

struct str
catalog_plain_types(const struct catalog *c, struct str types)
{
	struct str schema = str_printf(c->arena, "%.*s.", STR_ARG(sql_ident(c->arena, c->default_schema)));
	struct buf b = BUF(c->arena);

	if (types.n == 0 || str_find(types, schema) == (size_t)-1)
		return types;
	for (size_t i = 0; i < types.n; i++) {
		bool begins = i == 0 || types.s[i - 1] == ' ';
		if (begins && str_eq(str_slice(types, i, i + schema.n < types.n ? i + schema.n : types.n), schema))
			i += schema.n;
		buf_char(&b, types.s[i]);
	}
	return buf_text(&b);
}

struct function *
catalog_add_function(struct catalog *c, struct str schema, struct str name, struct str arguments, enum volatility v)
{
	struct slot *slot = catalog_slot(c, &c->functions, schema, name);
	struct function_set *set = slot->object;
	struct function *f;

	if (set == NULL) {
		set = NEW(c->arena, struct function_set);
		catalog_set(c, &slot->object, set);
	}
	catalog_touch(c, TOUCHED_FUNCTION, schema, name, false);
	arguments = catalog_plain_types(c, arguments);
	f = overload(c, set, arguments);
	if (f == NULL) {
		f = NEW(c->arena, struct function);
		catalog_push(c, &set->overloads, f);
	}
	catalog_save(c, f, sizeof *f);
	/* CREATE OR REPLACE keeps what hangs on it. */
	*f = (struct function){ .schema = schema, .name = name, .arguments = arguments, .volatility = v, .born = c->now,
	    .number = f->number == 0 || f->dropped ? ++c->functions_made : f->number, .owner = f->dropped ? STR_NONE : f->owner,
	    .marked = f->marked && !f->dropped };
	return f;
}

const struct function_set *
catalog_functions(const struct catalog *c, struct str schema, struct str name)
{
	return catalog_find(c, &c->functions, schema, name);
}

void
catalog_mark_functions(struct catalog *c, struct str schema, struct str name)
{
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct slot *slot = c->functions.entries[i].value;
		const struct function_set *set = slot->object;
		for (size_t k = 0; set != NULL && k < set->overloads.n; k++) {
			struct function *f = set->overloads.items[k];
			if ((schema.s == NULL || str_eq(f->schema, schema)) && (name.s == NULL || str_eq(f->name, name)))
				catalog_set(c, &f->marked, true);
		}
	}
}

static struct function *
only_overload(const struct function_set *set)
{
	struct function *found = NULL;

	for (size_t i = 0; i < set->overloads.n; i++) {
		if (set->overloads.items[i]->dropped)
			continue;
		if (found != NULL)
			return NULL;
		found = set->overloads.items[i];
	}
	return found;
}

struct function *
catalog_find_function(const struct catalog *c, struct str schema, struct str name, struct str arguments)
{
	const struct function_set *set = catalog_find(c, &c->functions, schema, name);

	if (set == NULL)
		return NULL;
	return arguments.s == NULL ? only_overload(set) : overload(c, set, arguments);
}

static bool
calls(const struct trigger *t, struct str schema, struct str function)
{
	return str_eq(t->function, function) && (t->function_schema.s == NULL || schema.s == NULL || str_eq(t->function_schema, schema));
}

bool
catalog_is_trigger_function(const struct catalog *c, struct str schema, struct str name)
{
	for (size_t i = 0; i < c->trigger_functions.n; i++) {
		const struct called *f = &c->trigger_functions.items[i];
		if (str_eq(f->name, name) && (f->schema.s == NULL || schema.s == NULL || str_eq(f->schema, schema)))
			return true;
	}
	return false;
}

static void
drop_triggers(struct catalog *c, struct str schema, struct str function)
{
	for (size_t i = 0; i < c->all.n; i++) {
		struct relation *r = c->all.items[i];
		for (size_t j = r->triggers.n; j-- > 0;)
			if (!r->dropped && calls(r->triggers.items[j], schema, function)) {
				catalog_touch(c, TOUCHED_RELATION, r->schema, r->name, r->assumed);
				catalog_remove(c, &r->triggers, j);
			}
	}
}

void
catalog_drop_function(struct catalog *c, struct str schema, struct str name, struct str arguments, bool cascade)
{
	struct function *f = catalog_find_function(c, schema, name, arguments);
	struct name written = { schema, name, { 0, 0 } };

	catalog_touch(c, TOUCHED_FUNCTION, f != NULL ? f->schema : catalog_target_schema(c, written), name, f == NULL);
	if (f != NULL)
		catalog_set(c, &f->dropped, true);
	if (f != NULL && cascade && f->arguments.n == 0)
		drop_triggers(c, f->schema, name);
}

void
catalog_rename_in_triggers(struct catalog *c, struct name old, struct name name)
{
	for (size_t i = 0; i < c->all.n; i++) {
		struct relation *r = c->all.items[i];
		for (size_t j = 0; !r->dropped && j < r->triggers.n; j++)
			if (calls(r->triggers.items[j], old.schema, old.name)) {
				catalog_touch(c, TOUCHED_RELATION, r->schema, r->name, r->assumed);
				catalog_set(c, &r->triggers.items[j]->function_schema, name.schema);
				catalog_set(c, &r->triggers.items[j]->function, name.name);
			}
	}
}

void
catalog_drop_functions(struct catalog *c, struct str schema)
{
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct slot *slot = c->functions.entries[i].value;
		const struct function_set *set = slot == NULL ? NULL : slot->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++)
			if (!set->overloads.items[j]->dropped && str_eq(set->overloads.items[j]->schema, schema))
				catalog_drop_function(c, schema, set->overloads.items[j]->name, set->overloads.items[j]->arguments, true);
	}
}

/* ---- objects ---- */

static size_t
position(const struct relation *table, const char *kind, struct str name)
{
	size_t i = 0;

	while (i < table->objects.n && !(str_is(table->objects.items[i]->kind, kind) && str_eq(table->objects.items[i]->name, name)))
		i++;
	return i;
}

struct object *
catalog_find_object(const struct catalog *c, const struct relation *table, const char *kind, struct str name)
{
	size_t i;

	if (table == NULL)
		return catalog_slot_object(&c->objects, str_of(kind), name);
	i = position(table, kind, name);
	return i < table->objects.n ? table->objects.items[i] : NULL;
}

static void
touch(struct catalog *c, const struct relation *table, const char *kind, struct str name)
{
	if (table != NULL)
		catalog_touch(c, TOUCHED_RELATION, table->schema, table->name, table->assumed);
	else
		catalog_touch(c, TOUCHED_OBJECT, str_of(kind), name, false);
}

static struct slot *
slot_of(struct catalog *c, struct str kind, struct str name)
{
	struct slot *slot = catalog_slot(c, &c->objects, kind, name);
	size_t i = 0;

	if (!str_is(kind, "aggregate"))
		return slot;
	while (i < c->aggregates.n && c->aggregates.items[i] != slot)
		i++;
	if (i == c->aggregates.n)
		*vec_push(c->arena, &c->aggregates) = slot;
	return slot;
}

void
catalog_put_object(struct catalog *c, struct relation *table, const char *kind, struct str name, struct str text)
{
	const struct object *there = table == NULL ? catalog_find_object(c, NULL, kind, name) : NULL;
	struct object *o = NEW(c->arena, struct object);

	*o = (struct object){ .kind = str_of(kind), .name = str_copy(c->arena, name), .text = text, .table = table, .born = c->now,
		.number = there != NULL ? there->number : ++c->functions_made };
	o->born.place = c->statement;
	touch(c, table, kind, o->name);
	if (table == NULL) {
		catalog_set(c, &slot_of(c, o->kind, o->name)->object, o);
		return;
	}
	size_t i = position(table, kind, name);
	if (i < table->objects.n)
		catalog_remove(c, &table->objects, i);
	catalog_push(c, &table->objects, o);
}

/* ---- what lives in a schema ---- */

bool
object_kind_has_schema(const char *kind)
{
	static const char *const kinds[] = { "aggregate", "collation", "conversion", "operator", "operator class", "operator family",
		"text search configuration", "text search dictionary", "text search parser", "text search template", NULL };

	return str_among(str_of(kind), kinds);
}

static struct str
name_in(const struct catalog *c, struct str schema, struct str label)
{
	return str_eq(schema, c->default_schema) ? label : str_printf(c->arena, "%.*s.%.*s", STR_ARG(sql_ident(c->arena, schema)), STR_ARG(label));
}

struct str
catalog_name_in_schema(const struct catalog *c, const char *kind, struct str schema, struct str label)
{
	if (!object_kind_has_schema(kind))
		return label;
	if (schema.s != NULL)
		return name_in(c, schema, label);
	for (size_t i = 0; i < c->search_path.n; i++)
		if (catalog_find_object(c, NULL, kind, name_in(c, c->search_path.items[i], label)) != NULL)
			return name_in(c, c->search_path.items[i], label);
	return label;
}

struct str
object_label(const struct object *o)
{
	return o->label.s != NULL ? o->label : o->name;
}

struct object *
catalog_object_labelled(const struct catalog *c, const char *kind, struct str label)
{
	struct object *found = catalog_find_object(c, NULL, kind, catalog_name_in_schema(c, kind, STR_NONE, label));

	for (size_t i = 0; found == NULL && i < c->objects.n; i++) {
		struct object *o = ((struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && str_is(o->kind, kind) && str_eq(object_label(o), label))
			found = o;
	}
	return found;
}

void
catalog_put_object_in(struct catalog *c, const char *kind, struct str schema, struct str label, struct str text)
{
	struct str name = name_in(c, schema, label);
	struct object *o;

	catalog_put_object(c, NULL, kind, name, text);
	o = catalog_find_object(c, NULL, kind, name);
	o->schema = str_copy(c->arena, schema);
	o->label = str_copy(c->arena, label);
}

void
catalog_move_object(struct catalog *c, struct object *o, struct str schema, struct str label, struct str text)
{
	const char *kind = str_c(c->arena, o->kind);
	struct object *made;

	catalog_remove_object(c, NULL, kind, o->name);
	catalog_put_object_in(c, kind, schema, label, text);
	made = catalog_find_object(c, NULL, kind, name_in(c, schema, label));
	made->gone = o->gone;
	made->born = o->born;
	made->number = o->number;
}

/* ---- statistics objects ---- */

static struct str
statistics_key(struct arena *arena, struct str schema, struct str name)
{
	return str_printf(arena, "%.*s.%.*s", STR_ARG(sql_ident(arena, schema)), STR_ARG(sql_ident(arena, name)));
}

static struct object *
find_statistics_in(const struct catalog *c, struct str schema, struct str name)
{
	struct object *o = catalog_find_object(c, NULL, "statistics object", statistics_key(c->arena, schema, name));

	return o == NULL || (o->gone != NULL && *o->gone) ? NULL : o;
}

void
catalog_move_remarks(struct catalog *c, const bool *from, const bool *to)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		struct object *o = ((struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && o->gone == from)
			catalog_set(c, &o->gone, to);
	}
}

struct object *
catalog_find_statistics(const struct catalog *c, struct name name)
{
	struct object *o = name.schema.s == NULL ? NULL : find_statistics_in(c, name.schema, name.name);

	for (size_t i = 0; name.schema.s == NULL && o == NULL && i < c->search_path.n; i++)
		o = find_statistics_in(c, c->search_path.items[i], name.name);
	return o;
}

void
catalog_put_statistics(struct catalog *c, struct relation *of, struct str schema, struct str name, struct str text)
{
	struct str key = statistics_key(c->arena, schema, name);
	struct object *o;

	catalog_put_object(c, NULL, "statistics object", key, text);
	o = catalog_find_object(c, NULL, "statistics object", key);
	o->schema = str_copy(c->arena, schema);
	o->label = str_copy(c->arena, name);
	o->of = of;
	o->gone = &of->dropped;
}

void
catalog_move_statistics(struct catalog *c, struct object *o, struct str schema, struct str name)
{
	struct birth born = o->born;

	catalog_remove_object(c, NULL, "statistics object", o->name);
	catalog_put_statistics(c, o->of, schema, name, o->text);
	find_statistics_in(c, schema, name)->born = born;
}

void
catalog_move_all_statistics(struct catalog *c, struct str schema, struct str to)
{
	for (size_t i = 0, n = c->objects.n; i < n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		struct object *o = slot->object;
		if (o == NULL || o->of == NULL || o->of->dropped || !str_eq(o->schema, schema))
			continue;
		if (to.s == NULL)
			catalog_remove_object(c, NULL, "statistics object", o->name);
		else
			catalog_move_statistics(c, o, to, o->label);
	}
}

/* ---- */

void
catalog_remove_object(struct catalog *c, struct relation *table, const char *kind, struct str name)
{
	touch(c, table, kind, name);
	if (table == NULL) {
		catalog_set(c, &catalog_slot(c, &c->objects, str_of(kind), name)->object, NULL);
		return;
	}
	size_t i = position(table, kind, name);
	if (i < table->objects.n)
		catalog_remove(c, &table->objects, i);
}
