#include "schema/schema.h"

#include <stdlib.h>

/* ---- order ---- */

static int
compare_names(struct str a_schema, struct str a, struct str b_schema, struct str b)
{
	int by_schema = str_cmp(a_schema, b_schema);

	return by_schema != 0 ? by_schema : str_cmp(a, b);
}

static int
compare_relations(const void *a, const void *b)
{
	const struct relation *x = *(struct relation *const *)a, *y = *(struct relation *const *)b;

	return compare_names(x->schema, x->name, y->schema, y->name);
}

static int
compare_types(const void *a, const void *b)
{
	const struct typedef_ *x = *(struct typedef_ *const *)a, *y = *(struct typedef_ *const *)b;

	return compare_names(x->schema, x->name, y->schema, y->name);
}

static int
compare_functions(const void *a, const void *b)
{
	const struct function *x = *(struct function *const *)a, *y = *(struct function *const *)b;
	int by_name = compare_names(x->schema, x->name, y->schema, y->name);

	return by_name != 0 ? by_name : str_cmp(x->arguments, y->arguments);
}

static int
compare_objects(const void *a, const void *b)
{
	const struct object *x = *(struct object *const *)a, *y = *(struct object *const *)b;

	return compare_names(x->kind, x->name, y->kind, y->name);
}

static int
compare_texts(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

#define SORT(list, compare) \
	do { \
		if ((list).n > 1) \
			qsort((list).items, (list).n, sizeof *(list).items, (compare)); \
	} while (0)

/* ---- collecting ---- */

bool
sequence_is_of_identity(const struct relation *sequence)
{
	const struct column *column = sequence->owner == NULL ? NULL : catalog_find_column(sequence->owner, sequence->owner_column);

	return column != NULL && column->identity != 0 && column->sequence == sequence;
}

static void
add_relation(struct contents *x, struct relation *r)
{
	if (r->dropped || r->persistence == 't' || str_is(r->schema, "pg_temp"))
		return;
	if (r->assumed && r->born.migration == 0)
		*vec_push(x->arena, &x->assumed) = r;
	else if (r->kind == RELATION_VIEW || r->kind == RELATION_MATVIEW)
		*vec_push(x->arena, &x->views) = r;
	else if (r->kind == RELATION_SEQUENCE && !sequence_is_of_identity(r))
		*vec_push(x->arena, &x->sequences) = r;
	else if (r->kind == RELATION_TABLE || r->kind == RELATION_PARTITIONED || r->kind == RELATION_FOREIGN)
		*vec_push(x->arena, &x->tables) = r;
}

static void
add_types(struct contents *x)
{
	const struct catalog *c = x->catalog;

	for (size_t i = 0; i < c->all_types.n; i++)
		if (!c->all_types.items[i]->dropped && !c->all_types.items[i]->assumed)
			*vec_push(x->arena, &x->types) = c->all_types.items[i];
}

static void
add_functions(struct contents *x)
{
	for (size_t i = 0; i < x->catalog->functions.n; i++) {
		const struct slot *slot = x->catalog->functions.entries[i].value;
		const struct function_set *set = slot->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++)
			if (!set->overloads.items[j]->dropped)
				*vec_push(x->arena, &x->functions) = set->overloads.items[j];
	}
}

static void
add_objects(struct contents *x)
{
	for (size_t i = 0; i < x->catalog->objects.n; i++) {
		const struct slot *slot = x->catalog->objects.entries[i].value;
		struct object *o = slot->object;
		if (o != NULL && (o->gone == NULL || !*o->gone))
			*vec_push(x->arena, &x->objects) = o;
	}
}

/* Each new database has it, until a file drops it. */
static bool
has_public_besides(const struct catalog *c)
{
	return !str_is(c->default_schema, "public") && !catalog_has_made(c, &c->schemas, STR(""), STR("public"));
}

static void
add_schemas(struct contents *x)
{
	const struct map *schemas = &x->catalog->schemas;
	struct str default_key = x->catalog->default_schema;

	*vec_push(x->arena, &x->schemas) = default_key;
	if (has_public_besides(x->catalog))
		*vec_push(x->arena, &x->schemas) = STR("public");
	for (size_t i = 0; i < schemas->n; i++) {
		const struct slot *slot = schemas->entries[i].value;
		struct str key = schemas->entries[i].key;
		struct str name = str_slice(key, str_find_char(key, '\0') + 1, key.n);
		if (slot->object != NULL && !str_eq(name, default_key))
			*vec_push(x->arena, &x->schemas) = name;
	}
}

void
schema_contents(struct arena *arena, const struct catalog *c, struct contents *x)
{
	*x = (struct contents){ .arena = arena, .catalog = c };
	for (size_t i = 0; i < c->all.n; i++)
		add_relation(x, c->all.items[i]);
	add_types(x);
	add_functions(x);
	add_objects(x);
	add_schemas(x);
	SORT(x->schemas, compare_texts);
	SORT(x->tables, compare_relations);
	SORT(x->views, compare_relations);
	SORT(x->sequences, compare_relations);
	SORT(x->assumed, compare_relations);
	SORT(x->types, compare_types);
	SORT(x->functions, compare_functions);
	SORT(x->objects, compare_objects);
}

/* ---- options ---- */

struct str
schema_option(const struct relation *r, const char *kind, const char *name)
{
	const struct object *o = catalog_find_object(NULL, r, kind, str_of(name));

	return o == NULL ? STR_NONE : o->text;
}

const struct relation *
schema_identity_index(const struct relation *r)
{
	for (size_t i = 0; i < r->indexes.n; i++)
		if (!r->indexes.items[i]->dropped && r->indexes.items[i]->index->identity)
			return r->indexes.items[i];
	return NULL;
}

bool
schema_is_foreign(const struct object *o)
{
	static const char *const kinds[] = { "foreign data wrapper", "server", "user mapping", NULL };

	return str_among(o->kind, kinds);
}
