#include "op/callee.h"

#include "base/buf.h"
#include "op/operators.h"

/* ---- types ---- */

/* There is an implicit cast from one to the other (pg_cast of 15 and 18). */
static const struct { const char *from, *to; } implicit[] = {
	{ "int2", "int4 int8 numeric float4 float8 oid" }, { "int4", "int8 numeric float4 float8 oid" }, { "int8", "numeric float4 float8 oid" },
	{ "numeric", "float4 float8" }, { "float4", "float8" }, { "text varchar", "text varchar bpchar name" }, { "bpchar", "text varchar name" },
	{ "name", "text" }, { "date", "timestamp timestamptz" }, { "timestamp", "timestamptz" }, { "time", "timetz interval" }, { "cidr", "inet" },
	{ "bit", "varbit" }, { "varbit", "bit" },
};

static bool
is_enum(const struct catalog *c, struct type t)
{
	const struct typedef_ *found = !type_known(t) || t.builtin || t.dims > 0 ? NULL : catalog_find_type(c, t.schema, t.name);

	return found != NULL && found->kind == TYPE_ENUM && !found->assumed && !found->dropped;
}

/* can_coerce_type(): a parameter of that type takes no such value. */
static bool
is_refused(const struct catalog *c, struct type parameter, struct type t)
{
	t = type_below_domains(c, t);
	if (!type_is_covered(parameter) || (!type_is_covered(t) && !is_enum(c, t)) || str_is(t.name, "?") || may_have_operators(c))
		return false;
	if (!t.builtin || (t.dims > 0) != (parameter.dims > 0))
		return true;
	if (str_eq(t.name, parameter.name))
		return false;
	for (size_t i = 0; i < sizeof implicit / sizeof implicit[0]; i++)
		if (str_in_words(t.name, implicit[i].from) && str_in_words(parameter.name, implicit[i].to))
			return false;
	return true;
}

/* ---- arguments ---- */

static bool
is_named(const struct expr *argument)
{
	return argument->kind == EXPR_OTHER && str_is(argument->name, "=>");
}

const struct expr *
expr_argument(const struct expr *call, size_t i)
{
	return is_named(call->args[i]) ? call->args[i]->args[0] : call->args[i];
}

static size_t
defaults_of(const struct function *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->parameters.n; i++)
		n += f->parameters.items[i].has_default;
	return n;
}

static bool
is_variadic(const struct function *f)
{
	return f->parameters.n > 0 && f->parameters.items[f->parameters.n - 1].variadic;
}

bool
callee_takes_number(const struct function *f, const struct expr *call)
{
	bool spreads = is_variadic(f) && !call->variadic;

	return (spreads || call->nargs <= f->parameters.n) && call->nargs + defaults_of(f) >= f->parameters.n;
}

/* NULL: none that is known. */
static const struct function_parameter *
parameter_of(const struct function *f, const struct expr *call, size_t argument)
{
	if (!is_named(call->args[argument]))
		return argument < f->parameters.n && !f->parameters.items[argument].variadic ? &f->parameters.items[argument] : NULL;
	for (size_t i = 0; i < f->parameters.n; i++)
		if (f->parameters.items[i].name.s != NULL && str_eq(f->parameters.items[i].name, call->args[argument]->schema))
			return &f->parameters.items[i];
	return NULL;
}

/* MatchNamedCall(), func_match_argtypes() */
static bool
may_take(const struct catalog *c, const struct function *f, const struct expr *call, const struct type *given)
{
	if (f->procedure || f->returns.s == NULL)
		return true;
	if (!callee_takes_number(f, call))
		return false;
	for (size_t i = 0; i < call->nargs; i++) {
		const struct function_parameter *p = parameter_of(f, call, i);
		if (p == NULL ? is_named(call->args[i]) : !p->variadic && is_refused(c, p->type, given[i]))
			return false;
	}
	return true;
}

/* ---- candidates ---- */

static bool
is_meant(const struct catalog *c, const struct function *f, const struct expr *call)
{
	return !f->dropped && str_eq(f->name, call->name) &&
	    (call->schema.s != NULL ? str_eq(f->schema, call->schema) : str_in(f->schema, c->search_path.items, c->search_path.n));
}

/* How many there are that may take it; the last one of them. */
static size_t
find_callees(const struct catalog *c, const struct expr *call, const struct type *given, const struct function **found)
{
	size_t n = 0;

	for (size_t i = 0; i < c->functions.n; i++) {
		const struct function_set *set = ((const struct slot *)c->functions.entries[i].value)->object;
		for (size_t k = 0; set != NULL && k < set->overloads.n; k++) {
			const struct function *f = set->overloads.items[k];
			if (!is_meant(c, f, call) || (!f->born.doubtful && !may_take(c, f, call, given)))
				continue;
			*found = f;
			n++;
		}
	}
	return n;
}

static bool
is_aggregate(const struct object *o, struct str name)
{
	struct str label = str_is(o->kind, "aggregate") ? object_label(o) : STR_NONE;

	return label.n > name.n && label.s[name.n] == '(' && str_eq(str_slice(label, 0, name.n), name);
}

static bool
may_be_object(const struct catalog *c, struct str name)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && (is_aggregate(o, name) || (str_is(o->kind, "extension") && extension_has(o->name, EXTENSION_FUNCTIONS, name))))
			return true;
	}
	return false;
}

/* makeRangeConstructors(): they keep the names that the types had. */
static bool
may_make_range(const struct catalog *c, struct str name)
{
	for (size_t i = 0; i < c->all_types.n; i++) {
		const struct typedef_ *t = c->all_types.items[i];
		if (!t->dropped && t->kind == TYPE_RANGE && (t->constructor.s == NULL || str_eq(t->constructor, name) || t->multirange_constructor.s == NULL ||
		    str_eq(t->multirange_constructor, name)))
			return true;
	}
	return false;
}

/* func_get_detail(): a cast, or a column of a row. */
static bool
may_be_no_call(const struct catalog *c, const struct expr *call, const struct type *given)
{
	const struct name name = { call->schema, call->name, { 0, 0 } };
	struct type t = call->nargs == 1 ? type_below_domains(c, *given) : (struct type){ .name = STR_NONE };

	return call->nargs == 1 && ((!type_is_covered(t) && !is_enum(c, t)) || type_make(call->schema, call->name, NULL, 0, 0).builtin ||
	    catalog_find_type(c, call->schema, call->name) != NULL || catalog_find_relation(c, name) != NULL);
}

/* No other function is there than those of the files. */
static bool
knows_functions(const struct catalog *c, const struct expr *call)
{
	const struct name name = { call->schema, call->name, { 0, 0 } };

	return c->complete && c->unread[REACH_SCHEMA] == 0 && !str_starts(call->name, "pg_") && catalog_knows_name(c, &c->functions, name) &&
	    !catalog_extension_may_have(c, &c->functions, name) && volatile_builtin(call->name) == VOLATILITY_UNKNOWN &&
	    !(call->schema.s != NULL && (str_starts(call->schema, "pg_") || str_is(call->schema, "information_schema"))) && !may_be_object(c, call->name) &&
	    !may_make_range(c, call->name);
}

const struct function *
callee_only(const struct catalog *c, const struct expr *call, const struct type *given)
{
	const struct function *found = NULL;

	return call->gathers || !knows_functions(c, call) || find_callees(c, call, given, &found) != 1 || found->procedure ? NULL : found;
}

static struct str
argument_words(struct arena *arena, const struct expr *argument, struct type t)
{
	struct str words;

	t.nmods = 0;
	t.mod_text = STR_NONE;
	words = str_is(t.name, "?") ? STR("unknown") : type_known(t) ? type_format(arena, t) : STR("...");
	return is_named(argument) ? str_printf(arena, "%.*s => %.*s", STR_ARG(argument->schema), STR_ARG(words)) : words;
}

struct str
callee_missing(struct arena *arena, const struct catalog *c, const struct expr *call, const struct type *given)
{
	const struct function *found = NULL;
	struct buf b = BUF(arena);

	if (call->gathers || !knows_functions(c, call) || may_be_no_call(c, call, given) || find_callees(c, call, given, &found) > 0)
		return STR_NONE;
	for (size_t i = 0; i < call->nargs; i++)
		buf_item(&b, ", ", argument_words(arena, call->args[i], given[i]));
	return str_printf(arena, "function %.*s%s%.*s(%.*s) does not exist", STR_ARG(call->schema), call->schema.s != NULL ? "." : "", STR_ARG(call->name),
	    STR_ARG(call->nargs > 0 ? buf_text(&b) : STR("")));
}
