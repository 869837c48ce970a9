#include "base/buf.h"
#include "op/failure.h"
#include "op/follow.h"
#include "op/rename.h"
#include "op/routine.h"

/* ---- finding ---- */

static bool
is_of_kind(const struct function *f, int objtype)
{
	return objtype == OBJECT_ROUTINE || f->procedure == (objtype == OBJECT_PROCEDURE);
}

int
routine_objtype(struct str kind)
{
	return str_is(kind, "function") ? OBJECT_FUNCTION : str_is(kind, "procedure") ? OBJECT_PROCEDURE : str_is(kind, "routine") ? OBJECT_ROUTINE : 0;
}

static bool
is_reached(const struct catalog *c, const struct object *o, struct str schema)
{
	return schema.s != NULL ? str_eq(o->schema, schema) : str_in(o->schema, c->search_path.items, c->search_path.n);
}

static void
find_aggregates(const struct catalog *c, const struct routine *r, struct routine_found *found)
{
	struct str begin = str_printf(c->arena, "%.*s(", STR_ARG(r->name.name));

	for (size_t i = 0; i < c->objects.n; i++) {
		struct object *o = ((struct slot *)c->objects.entries[i].value)->object;
		if (o == NULL || !str_is(o->kind, "aggregate") || !is_reached(c, o, r->name.schema) ||
		    !str_eq(str_slice(o->label, 0, begin.n), begin))
			continue;
		found->aggregate = o;
		found->n++;
	}
}

static struct object *
aggregate_of(const struct catalog *c, struct str schema, struct str name, struct str arguments)
{
	struct str key = object_key(c->arena, OBJECT_AGGREGATE, name, arguments);

	return catalog_find_object(c, NULL, "aggregate", catalog_name_in_schema(c, "aggregate", schema, key));
}

static struct routine_found
find_by_arguments(const struct catalog *c, const struct routine *r)
{
	struct routine_found found = { .function = catalog_find_function(c, r->name.schema, r->name.name, r->arguments) };

	if (found.function != NULL && !is_of_kind(found.function, r->objtype))
		found.function = NULL;
	else if (found.function == NULL && r->objtype != OBJECT_PROCEDURE)
		found.aggregate = aggregate_of(c, r->name.schema, r->name.name, r->arguments);
	found.n = found.function != NULL || found.aggregate != NULL;
	return found;
}

struct routine_found
routine_find(const struct catalog *c, const struct routine *r)
{
	const struct function_set *set = catalog_functions(c, r->name.schema, r->name.name);
	struct routine_found found = { .n = 0 };

	if (r->arguments.s != NULL)
		return find_by_arguments(c, r);
	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped && is_of_kind(set->overloads.items[i], r->objtype)) {
			found.function = set->overloads.items[i];
			found.n++;
		}
	if (r->objtype != OBJECT_PROCEDURE)
		find_aggregates(c, r, &found);
	return found.n == 1 ? found : (struct routine_found){ .n = found.n };
}

/* ---- another name ---- */

void
routine_set_name(struct catalog *c, const struct routine *r, struct str schema, struct str name)
{
	struct routine_found found = routine_find(c, r);

	if (found.function != NULL)
		function_set_name(c, (struct name){ found.function->schema, found.function->name, { 0, 0 } }, found.function->arguments, schema, name);
	else if (found.aggregate != NULL && !(str_eq(found.aggregate->schema, schema) && str_eq(r->name.name, name)))
		object_set_name(c, OBJECT_AGGREGATE, found.aggregate, schema.s != NULL ? schema : found.aggregate->schema, r->name.name, name);
}

/* ---- what the server refuses ---- */

static const char *
kind_words(int objtype)
{
	return objtype == OBJECT_PROCEDURE ? "procedure" : objtype == OBJECT_ROUTINE ? "routine" : "function";
}

/* A name with its schema may be the same as one without. */
static bool
may_take(const struct function *fn, struct str arguments)
{
	return str_find_char(fn->arguments, '.') != (size_t)-1 || str_find_char(arguments, '.') != (size_t)-1;
}

static bool
is_doubtful(const struct facts *f, struct birth born)
{
	return born.doubtful || catalog_unread_since(f->catalog, born, REACH_SCHEMA);
}

/* None of those that files made can be it. */
static bool
is_none_of(const struct facts *f, const struct function_set *set, const struct routine *r)
{
	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		const struct function *fn = set->overloads.items[i];
		bool fits = r->arguments.s != NULL && may_take(fn, r->arguments) && !function_takes(f->catalog, fn, r->arguments);
		if (is_doubtful(f, fn->born) || (!fn->dropped && fits))
			return false;
	}
	return true;
}

/* Nothing of that name is there that no file has made. */
static bool
knows_routines(const struct facts *f, const struct function_set *set, const struct routine *r)
{
	const struct catalog *c = f->catalog;

	if (set == NULL)
		return c->complete && catalog_knows_name(c, &c->functions, r->name) && volatile_builtin(r->name.name) == VOLATILITY_UNKNOWN;
	return c->complete || c->begun;
}

/* LookupFuncWithArgs() */
struct str
routine_missing(const struct facts *f, const struct routine *r)
{
	const struct function_set *set = catalog_functions(f->catalog, r->name.schema, r->name.name);
	const char *what = kind_words(r->objtype);
	struct routine_found found = routine_find(f->catalog, r);

	if (found.n == 1 || !is_none_of(f, set, r))
		return STR_NONE;
	if (found.n > 1)
		return str_printf(f->arena, "%s name \"%.*s\" is not unique", what, STR_ARG(r->name.name));
	if (!knows_routines(f, set, r))
		return STR_NONE;
	if (r->arguments.s != NULL && r->objtype != OBJECT_ROUTINE && routine_there(f, catalog_target_schema(f->catalog, r->name), r->name.name, r->arguments).s != NULL)
		return str_printf(f->arena, "%.*s(%.*s) is not a %s", STR_ARG(r->name.name), STR_ARG(r->arguments), what);
	if (f->op->if_exists)
		return STR_NONE;
	if (r->arguments.s != NULL)
		return str_printf(f->arena, "%s %.*s(%.*s) does not exist", what, STR_ARG(r->name.name), STR_ARG(r->arguments));
	return str_printf(f->arena, "could not find a %s named \"%.*s\"", what, STR_ARG(r->name.name));
}

/* What could not be read has made none, and none comes with the server. */
static bool
is_all_told(const struct catalog *c, const struct routine *r)
{
	return c->gap == 0 && c->may_make[REACH_SCHEMA].statement == 0 && (r->name.schema.s != NULL || volatile_builtin(r->name.name) == VOLATILITY_UNKNOWN);
}

static bool
is_other(const struct routine *r, struct birth born, struct str arguments)
{
	return !born.doubtful && str_find_char(arguments, '.') == (size_t)-1 && str_find_char(r->arguments, '.') == (size_t)-1;
}

/* false: one of them may be it. */
static bool
list_functions(const struct catalog *c, const struct routine *r, struct buf *list)
{
	const struct function_set *set = catalog_functions(c, r->name.schema, r->name.name);

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		const struct function *fn = set->overloads.items[i];
		if (fn->dropped)
			continue;
		if (!is_other(r, fn->born, fn->arguments))
			return false;
		buf_item(list, ", ", str_printf(c->arena, "%.*s(%.*s)", STR_ARG(r->name.name), STR_ARG(fn->arguments)));
	}
	return true;
}

static bool
list_aggregates(const struct catalog *c, const struct routine *r, struct buf *list)
{
	struct str begin = str_printf(c->arena, "%.*s(", STR_ARG(r->name.name));

	for (size_t i = 0; i < c->aggregates.n; i++) {
		const struct object *o = c->aggregates.items[i]->object;
		if (o == NULL || !is_reached(c, o, r->name.schema) || !str_eq(str_slice(o->label, 0, begin.n), begin))
			continue;
		if (!is_other(r, o->born, o->label))
			return false;
		buf_item(list, ", ", o->label);
	}
	return true;
}

struct str
routine_others(const struct catalog *c, const struct routine *r)
{
	const struct routine any = { OBJECT_ROUTINE, r->name, r->arguments };
	struct buf list = BUF(c->arena);

	if (r->arguments.s == NULL || !is_all_told(c, r) || find_by_arguments(c, &any).n > 0 || !list_functions(c, r, &list) || !list_aggregates(c, r, &list))
		return STR_NONE;
	return list.n > 0 ? buf_text(&list) : STR_NONE;
}

struct str
routine_there(const struct facts *f, struct str schema, struct str name, struct str arguments)
{
	const struct function *fn = catalog_find_function(f->catalog, schema, name, arguments);
	const struct object *o = aggregate_of(f->catalog, schema, name, arguments);

	return (fn == NULL || is_doubtful(f, fn->born)) && (o == NULL || is_doubtful(f, o->born)) ? STR_NONE
	    : str_printf(f->arena, "function \"%.*s\" already exists with same argument types", STR_ARG(name));
}

struct str
routine_name_taken(const struct facts *f, const struct routine *r, struct str schema, struct str name)
{
	struct routine_found found = routine_find(f->catalog, r);
	struct str there = found.function != NULL ? found.function->schema : found.aggregate != NULL ? found.aggregate->schema : STR_NONE;
	struct str arguments = found.function != NULL ? found.function->arguments : found.aggregate != NULL
	    ? str_slice(found.aggregate->label, r->name.name.n + 1, found.aggregate->label.n - 1) : STR_NONE;

	if (there.s == NULL || (schema.s != NULL && str_eq(there, schema)))
		return STR_NONE;
	schema = schema.s != NULL ? schema : there;
	return routine_there(f, schema, name, arguments).s == NULL ? STR_NONE
	    : str_printf(f->arena, "function %.*s(%.*s) already exists in schema \"%.*s\"", STR_ARG(name), STR_ARG(arguments), STR_ARG(schema));
}
