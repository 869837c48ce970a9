#include "catalog/spell.h"
#include "schema/json.h"

/* What belongs to no relation: publications, statistics and other objects of the database. */

/* ---- publications ---- */

static json_t *
name_of(struct tree *t, json_t *list, struct str schema, struct str name)
{
	json_t *o = tree_object(t, list, NULL);

	tree_str(t, o, "schema", schema);
	tree_str(t, o, "name", name);
	return o;
}

static void
write_published_tables(struct tree *t, json_t *o, const struct contents *x, struct str publication)
{
	json_t *list = tree_array(t, o, "tables");

	for (size_t i = 0; i < x->tables.n; i++) {
		const struct object *member = catalog_find_object(NULL, x->tables.items[i], "publication", publication);
		if (member != NULL)
			tree_optional(t, name_of(t, list, x->tables.items[i]->schema, x->tables.items[i]->name), "part", member->text);
	}
}

static void
write_published_schemas(struct tree *t, json_t *o, const struct contents *x, struct str publication)
{
	json_t *list = tree_array(t, o, "schemas");

	for (size_t i = 0; i < x->objects.n; i++) {
		const struct object *member = x->objects.items[i];
		if (str_is(member->kind, "published schema") && str_eq(member->text, publication))
			tree_str(t, list, NULL, str_slice(member->name, 0, str_find(member->name, STR(" in "))));
	}
}

static void
write_publications(struct tree *t, const struct contents *x)
{
	json_t *list = tree_array(t, t->root, "publications");

	for (size_t i = 0; i < x->objects.n; i++) {
		const struct object *p = x->objects.items[i];
		json_t *o;
		if (!str_is(p->kind, "publication"))
			continue;
		o = tree_object(t, list, NULL);
		tree_str(t, o, "name", p->name);
		tree_bool(t, o, "all_tables", str_is(p->text, "all tables"));
		write_published_schemas(t, o, x, p->name);
		write_published_tables(t, o, x, p->name);
	}
}

/* ---- the others ---- */

static void
write_statistics(struct tree *t, const struct contents *x)
{
	json_t *list = tree_array(t, t->root, "statistics");

	for (size_t i = 0; i < x->objects.n; i++) {
		const struct object *s = x->objects.items[i];
		struct buf text = BUF(x->arena);
		json_t *o, *table;
		if (!str_is(s->kind, "statistics object") || s->of == NULL)
			continue;
		o = tree_object(t, list, NULL);
		tree_str(t, o, "schema", s->schema);
		tree_str(t, o, "name", s->label);
		table = tree_object(t, o, "table");
		tree_str(t, table, "schema", s->of->schema);
		tree_str(t, table, "name", s->of->name);
		spell_statistics(&text, x->catalog, s);
		tree_str(t, o, "definition", buf_text(&text));
	}
}

static bool
is_listed(const struct object *o)
{
	static const char *const kinds[] = { "access method", "aggregate", "cast", "collation", "conversion", "event trigger",
		"foreign data wrapper", "language", "operator", "operator class", "operator family", "server", "text search configuration",
		"text search dictionary", "text search parser", "text search template", "user mapping" };

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_is(o->kind, kinds[i]))
			return true;
	return false;
}

/* "host of server s" */
static void
write_foreign_options(struct tree *t, json_t *o, const struct contents *x, const struct object *of)
{
	struct str end = str_printf(x->arena, " of %.*s %.*s", STR_ARG(of->kind), STR_ARG(of->name));
	json_t *list = tree_object(t, o, "options");

	for (size_t i = 0; i < x->objects.n; i++) {
		const struct object *option = x->objects.items[i];
		if (str_is(option->kind, "foreign option") && str_ends(option->name, str_c(x->arena, end)))
			tree_str(t, list, str_c(x->arena, str_slice(option->name, 0, option->name.n - end.n)), option->text);
	}
}

static void
write_others(struct tree *t, const struct contents *x)
{
	json_t *list = tree_array(t, t->root, "objects");

	for (size_t i = 0; i < x->objects.n; i++) {
		const struct object *object = x->objects.items[i];
		json_t *o;
		if (!is_listed(object))
			continue;
		o = tree_object(t, list, NULL);
		tree_str(t, o, "kind", object->kind);
		tree_str(t, o, "name", object->name);
		tree_str(t, o, "definition", object->text);
		if (schema_is_foreign(object))
			write_foreign_options(t, o, x, object);
	}
}

void
schema_json_objects(struct tree *t, const struct contents *x)
{
	write_publications(t, x);
	write_statistics(t, x);
	write_others(t, x);
}
