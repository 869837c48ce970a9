#include "catalog/catalog.h"

/* ---- functions ---- */

struct function *
catalog_add_function(struct catalog *c, struct str schema, struct str name, struct str arguments, enum volatility v)
{
	struct slot *slot = catalog_slot(c, &c->functions, schema, name);
	struct function_set *set = slot->object;
	struct function *f = NEW(c->arena, struct function);

	if (set == NULL) {
		set = NEW(c->arena, struct function_set);
		catalog_set(c, &slot->object, set);
	}
	*f = (struct function){ .schema = schema, .name = name, .arguments = arguments, .volatility = v, .born = c->now };
	catalog_touch(c, TOUCHED_FUNCTION, schema, name, false);
	for (size_t i = 0; i < set->overloads.n; i++)
		if (str_eq(set->overloads.items[i]->arguments, arguments)) {
			catalog_set(c, &set->overloads.items[i], f);
			return f;
		}
	catalog_push(c, &set->overloads, f);
	return f;
}

static size_t
count_overloads(const struct function_set *set)
{
	size_t n = 0;

	for (size_t i = 0; i < set->overloads.n; i++)
		n += !set->overloads.items[i]->dropped;
	return n;
}

void
catalog_drop_function(struct catalog *c, struct str schema, struct str name, struct str arguments)
{
	struct function_set *set = catalog_slot_object(&c->functions, schema, name);
	bool found = false;

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		struct function *f = set->overloads.items[i];
		if (f->dropped || !(arguments.s != NULL ? str_eq(f->arguments, arguments) : count_overloads(set) == 1))
			continue;
		catalog_set(c, &f->dropped, true);
		found = true;
	}
	catalog_touch(c, TOUCHED_FUNCTION, schema, name, !found);
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

void
catalog_put_object(struct catalog *c, struct relation *table, const char *kind, struct str name, struct str text)
{
	struct object *o = NEW(c->arena, struct object);

	*o = (struct object){ .kind = str_of(kind), .name = str_copy(c->arena, name), .text = text, .table = table, .born = c->now };
	o->born.place = c->statement;
	touch(c, table, kind, o->name);
	if (table == NULL) {
		catalog_set(c, &catalog_slot(c, &c->objects, o->kind, o->name)->object, o);
		return;
	}
	size_t i = position(table, kind, name);
	if (i < table->objects.n)
		catalog_remove(c, &table->objects, i);
	catalog_push(c, &table->objects, o);
}

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
