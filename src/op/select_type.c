#include <string.h>

#include "base/buf.h"
#include "op/callee.h"
#include "op/operators.h"
#include "op/select.h"
#include "op/uses.h"

struct common_seen {
	const struct common_table *table;
	struct result_columns columns;
	bool known;
};

VEC_TYPE(commons_seen, struct common_seen);

/* The columns of one FROM clause; all of them unless `partial`. */
struct scope {
	struct arena *arena;
	const struct catalog *catalog;
	const struct select *select;
	const struct scope *outer;      /* of a subquery: what it may refer to */
	struct offers offers;
	bool partial;
	unsigned depth;
	struct commons_seen *seen;      /* of WITH, so that each is looked at once; NULL: none is remembered */
	struct str *refused;            /* gets why ON of some join is refused; NULL: nobody asks */
	const struct offers *so_far;    /* of ON: of all that is read before it, too; NULL: all is */
	const struct surroundings *around;      /* for what is missing: names that are not the query's own; NULL: there are none */
};

/* Queries within queries beyond this are not looked into; those for one value are looked at several times on each level. */
enum { DEPTH_LIMIT = 64, VALUE_DEPTH_LIMIT = 8 };

static bool columns_of(const struct scope *outer, const struct select *, struct result_columns *);
static bool arm_columns(const struct scope *outer, const struct select *, struct result_columns *);

static const struct type unknown_type = { .name = { NULL, 0 } };

static struct type
builtin(const char *name)
{
	return type_make(STR_NONE, str_of(name), NULL, 0, 0);
}

static bool
is(struct type t, const char *name)
{
	return t.builtin && t.dims == 0 && str_is(t.name, name);
}

/* ---- what a column, an operator, a function gives ---- */

static struct type type_of(const struct scope *, const struct expr *);

bool
offer_answers(const struct offered *o, struct str qualifier)
{
	return qualifier.s == NULL ? !o->merged : o->qualifier.s != NULL && str_eq(o->qualifier, qualifier);
}

/* What a column is, in this query or one around it; NULL: not known. */
static const struct offered *
find_column(const struct scope *s, const struct expr *e)
{
	for (; s != NULL; s = s->outer) {
		const struct offered *found = NULL;
		for (size_t i = 0; i < s->offers.n; i++) {
			const struct offered *o = &s->offers.items[i];
			if (!str_eq(o->name, e->name) || !offer_answers(o, e->schema))
				continue;
			if (found == NULL || o->qualifier.s == NULL)
				found = o;
		}
		if (found != NULL || s->partial)
			return found;
	}
	return NULL;
}

static bool
is_comparison(struct str op)
{
	static const char *const words[] = { "=", "<>", "!=", "<", ">", "<=", ">=", "~", "~*", "!~", "!~*", "~~", "!~~", "~~*", "!~~*",
		"@>", "<@", "&&", "?", "?|", "?&", "@@", "@?", "^@" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(op, words[i]))
			return true;
	return false;
}

static int
number_rank(struct type t)
{
	static const char *const order[] = { "int2", "int4", "int8", "numeric", "float4", "float8" };

	for (int i = 0; i < 6; i++)
		if (is(t, order[i]))
			return i + 1;
	return 0;
}

static struct type
without_modifiers(struct type t)
{
	t.nmods = 0;
	t.mod_text = STR_NONE;
	return t;
}

/* float4 with anything else than itself or an integer is float8. */
static struct type
arithmetic(struct type a, struct type b)
{
	int x = number_rank(a), y = number_rank(b);

	if (x == 0 || y == 0)
		return unknown_type;
	if (x != y && (x == 5 || y == 5))
		return builtin("float8");
	return without_modifiers(x > y ? a : b);
}

static bool
is_moment(struct type t)
{
	return is(t, "timestamp") || is(t, "timestamptz") || is(t, "date") || is(t, "time") || is(t, "timetz");
}

static struct type
time_arithmetic(struct str op, struct type a, struct type b)
{
	if (is(a, "date") && is(b, "date") && str_is(op, "-"))
		return builtin("int4");
	if (is(a, "date") && number_rank(b) > 0)
		return a;
	if (is_moment(a) && is_moment(b) && str_is(op, "-"))
		return builtin("interval");
	if (is(a, "date") && is(b, "interval"))
		return builtin("timestamp");
	if (is_moment(a) && is(b, "interval"))
		return without_modifiers(a);
	if (is(a, "interval") && is_moment(b) && str_is(op, "+"))
		return is(b, "date") ? builtin("timestamp") : without_modifiers(b);
	if (is(a, "interval") && (is(b, "interval") || number_rank(b) > 0))
		return builtin("interval");
	return unknown_type;
}

static struct type
concatenation(struct type a, struct type b)
{
	if (is(a, "unknown") && is(b, "unknown"))
		return builtin("text");
	if (a.dims > 0 || is(a, "jsonb") || is(a, "tsvector") || is(a, "bytea"))
		return without_modifiers(a);
	if (b.dims > 0 || is(b, "jsonb"))
		return without_modifiers(b);
	return (a.builtin || b.builtin) ? builtin("text") : unknown_type;
}

static bool is_untyped(const struct expr *);

/* A literal that has no type yet is of type unknown. */
static struct type
operand_type(const struct scope *s, const struct expr *e)
{
	return is_untyped(e) ? (struct type){ .name = STR("unknown"), .builtin = true } : type_of(s, e);
}

static struct type
operator_type(const struct scope *s, const struct expr *e)
{
	struct type a = e->nargs > 0 ? operand_type(s, e->args[0]) : unknown_type;
	struct type b = e->nargs > 1 ? operand_type(s, e->args[1]) : a;
	struct type t;

	if (is_comparison(e->name))
		return builtin("bool");
	if (str_is(e->name, "->>") || str_is(e->name, "#>>"))
		return builtin("text");
	if (str_is(e->name, "->") || str_is(e->name, "#>") || str_is(e->name, "#-"))
		return a;
	if (str_is(e->name, "||"))
		return concatenation(type_below_domains(s->catalog, a), type_below_domains(s->catalog, b));
	t = operator_own_type(s->catalog, e->name, a, b);
	if (!type_known(t) && operator_is_own(s->catalog, e->name, a, b))
		return t;
	if (!type_known(t))
		t = arithmetic(type_below_domains(s->catalog, a), type_below_domains(s->catalog, b));
	return type_known(t) ? t : time_arithmetic(e->name, type_below_domains(s->catalog, a), type_below_domains(s->catalog, b));
}

/* Functions whose result follows their first argument; of those that are not declared for any type, what it is a domain over. */
static bool
follows_argument(struct str function)
{
	static const char *const words[] = { "min", "max", "abs", "lag", "lead", "first_value", "last_value", "nth_value", "any_value",
		"array_append", "array_cat", "array_remove", "array_replace", "bit_and", "bit_or", "mode", "trim_array", "trunc_array" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(function, words[i]))
			return true;
	return false;
}

static bool
takes_any_type(struct str function)
{
	return follows_argument(function) && !str_in_words(function, "min max abs bit_and bit_or trunc_array");
}

static struct type
aggregate_type(struct str function, struct type t)
{
	if (str_is(function, "sum")) {
		if (is(t, "int8") || is(t, "numeric"))
			return builtin("numeric");
		return is(t, "int2") || is(t, "int4") ? builtin("int8") : without_modifiers(t);
	}
	if (str_is(function, "avg"))
		return is(t, "float4") || is(t, "float8") ? builtin("float8") : number_rank(t) > 0 ? builtin("numeric") : without_modifiers(t);
	if (str_is(function, "array_agg") && type_known(t)) {
		t.dims = 1;
		return without_modifiers(t);
	}
	if (str_is(function, "round") || str_is(function, "ceil") || str_is(function, "ceiling") || str_is(function, "floor") ||
	    str_is(function, "trunc"))
		return is(t, "numeric") ? builtin("numeric") : number_rank(t) > 0 ? builtin("float8") : unknown_type;
	return unknown_type;
}

static struct type
date_trunc_type(const struct scope *s, const struct expr *e)
{
	struct type t = e->nargs > 1 ? type_of(s, e->args[1]) : unknown_type;

	if (is(t, "date"))
		return builtin("timestamptz");
	return is(t, "timestamp") || is(t, "timestamptz") || is(t, "interval") ? without_modifiers(t) : unknown_type;
}

static struct type
timezone_type(const struct scope *s, const struct expr *e)
{
	struct type t = e->nargs > 1 ? type_of(s, e->args[1]) : unknown_type;

	return is(t, "timestamp") ? builtin("timestamptz") : is(t, "timestamptz") || is(t, "date") ? builtin("timestamp") : unknown_type;
}

/* A function of the files may hide one of the server, so that the type it gives is a guess. */
static bool
may_be_hidden(const struct catalog *c, const struct expr *e)
{
	bool hidden = e->kind == EXPR_FUNCTION && volatile_builtin(e->name) != VOLATILITY_UNKNOWN && catalog_functions(c, STR_NONE, e->name) != NULL;

	for (size_t i = 0; !hidden && i < e->nargs; i++)
		hidden = may_be_hidden(c, e->args[i]);
	return hidden;
}

/* "?" of a literal that has no type yet. */
static struct type *
types_of_arguments(const struct scope *s, const struct expr *call)
{
	struct type *types = NEW_ARRAY(s->arena, struct type, call->nargs);

	for (size_t i = 0; i < call->nargs; i++) {
		const struct expr *e = expr_argument(call, i);
		types[i] = is_untyped(e) ? (struct type){ .name = STR("?"), .builtin = true } : may_be_hidden(s->catalog, e) ? unknown_type : type_of(s, e);
	}
	return types;
}

/* The types of the arguments as the function has them; of a literal, which becomes what is wanted, the function's own. */
static struct str
types_given(const struct scope *s, const struct function *f, const struct expr *e, const struct type *given)
{
	struct str own = f->arguments, one = STR_NONE;
	struct buf b = BUF(s->arena);

	for (size_t i = 0; i < e->nargs; i++) {
		bool literal = str_is(given[i].name, "?");
		if (!str_cut(&own, ',', &one) || !type_known(given[i]) || expr_argument(e, i) != e->args[i])
			return STR_NONE;
		buf_item(&b, ", ", literal ? str_trim(one) : type_format(s->arena, without_modifiers(given[i])));
	}
	return own.n > 0 ? STR_NONE : e->nargs == 0 ? STR("") : buf_text(&b);
}

/* Each literal that has no type yet stands for a text. */
static bool
takes_texts(const struct function *f, const struct expr *e)
{
	struct str own = f->arguments, one = STR_NONE;
	bool any = false;

	for (size_t i = 0; i < e->nargs && str_cut(&own, ',', &one); i++) {
		if (is_untyped(e->args[i]) && !str_is(str_trim(one), "text"))
			return false;
		any = any || is_untyped(e->args[i]);
	}
	return any;
}

/*
 * func_select_candidate(): the one of several that takes them just as they are, where a literal is a text rather than anything else; NULL: it cannot be
 * told.
 */
static const struct function *
overload_fitting(const struct scope *s, const struct function_set *set, const struct expr *e, const struct type *given)
{
	const struct function *found = NULL;
	size_t n = 0;

	for (size_t i = 0; i < set->overloads.n; i++) {
		const struct function *f = set->overloads.items[i];
		struct str types = f->dropped ? STR_NONE : types_given(s, f, e, given);
		if (types.s == NULL || !function_takes(s->catalog, f, types))
			continue;
		n++;
		if (found == NULL || takes_texts(f, e))
			found = f;
	}
	return n == 1 || (found != NULL && takes_texts(found, e)) ? found : NULL;
}

/* Of several; NULL: it cannot be told. */
static const struct function *
overload_called(const struct scope *s, const struct expr *e)
{
	const struct function_set *set = catalog_functions(s->catalog, e->schema, e->name);
	const struct type *given = set == NULL ? NULL : types_of_arguments(s, e);
	const struct function *found = set == NULL ? NULL : overload_fitting(s, set, e, given);

	return found == NULL && set != NULL ? callee_only(s->catalog, e, given) : found;
}

static bool
may_be_called(const struct function *f, const struct expr *e)
{
	return !f->dropped && str_eq(f->name, e->name) && (e->schema.s == NULL || str_eq(f->schema, e->schema));
}

/* Whichever of its name is called gives this. */
static struct type
type_of_each(const struct scope *s, const struct expr *e)
{
	const struct map *functions = &s->catalog->functions;
	const struct function *first = NULL;

	for (size_t i = 0; volatile_builtin(e->name) == VOLATILITY_UNKNOWN && i < functions->n; i++) {
		const struct function_set *set = ((const struct slot *)functions->entries[i].value)->object;
		for (size_t k = 0; set != NULL && k < set->overloads.n; k++) {
			const struct function *f = set->overloads.items[k];
			if (!may_be_called(f, e))
				continue;
			if (f->returns.s == NULL || (first != NULL && !type_eq(first->return_type, f->return_type)))
				return unknown_type;
			first = f;
		}
	}
	return first == NULL ? unknown_type : first->return_type;
}

/* Beside a function of the server: the one of the files that takes the arguments just as they are. undecided: another one may, or the server's. */
static const struct function *
overload_beside_builtin(const struct scope *s, const struct expr *e, bool *undecided)
{
	const struct function_set *set = catalog_functions(s->catalog, e->schema, e->name);
	const struct function *found = set == NULL ? NULL : overload_fitting(s, set, e, types_of_arguments(s, e));

	for (size_t i = 0; set != NULL && found == NULL && i < set->overloads.n; i++)
		*undecided = *undecided || (!set->overloads.items[i]->dropped && callee_takes_number(set->overloads.items[i], e));
	return found;
}

static struct type
user_function_type(const struct scope *s, const struct expr *e, bool *undecided)
{
	bool builtin_too = volatile_builtin(e->name) != VOLATILITY_UNKNOWN;
	const struct function *f = builtin_too ? overload_beside_builtin(s, e, undecided) : catalog_find_function(s->catalog, e->schema, e->name, STR_NONE);

	if (f == NULL && !builtin_too)
		f = overload_called(s, e);
	if (f == NULL)
		return type_of_each(s, e);
	return f->returns.s == NULL ? unknown_type : f->return_type;
}

/* Functions of text that also work on ranges, bytes or bits. */
static struct type
text_function_type(struct str function, struct type t, bool untyped)
{
	static const char *const words[] = { "lower", "upper", "substring", "substr", "btrim", "ltrim", "rtrim", "overlay" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(function, words[i]))
			return untyped || is(t, "text") || is(t, "varchar") || is(t, "bpchar") || is(t, "name") ? builtin("text") : unknown_type;
	return unknown_type;
}

/* Of WITHIN GROUP: what is sorted, once or for each fraction. */
static struct type
percentile_type(const struct scope *s, const struct expr *e)
{
	struct type t = without_modifiers(type_of(s, e->args[1]));

	if (str_is(e->name, "percentile_cont"))
		t = number_rank(t) > 0 ? builtin("float8") : is(t, "interval") ? t : unknown_type;
	if (type_known(t) && t.dims == 0 && type_of(s, e->args[0]).dims > 0)
		t.dims = 1;
	return t;
}

static struct type common_type(const struct scope *, struct type, struct type);

static struct type
series_type(const struct scope *s, const struct expr *e)
{
	struct type t = e->nargs > 1 ? common_type(s, type_of(s, e->args[0]), type_of(s, e->args[1])) : unknown_type;

	if (is(t, "date"))
		return builtin("timestamptz");
	return is(t, "int2") ? builtin("int4") : is(t, "int4") || is(t, "int8") || is(t, "numeric") || is(t, "timestamp") || is(t, "timestamptz")
	    ? without_modifiers(t) : unknown_type;
}

static struct type element_of(struct type);

static struct type
function_type(const struct scope *s, const struct expr *e)
{
	bool undecided = false;
	struct type t = user_function_type(s, e, &undecided), first;

	if (undecided)
		return unknown_type;
	if (!type_known(t))
		t = result_builtin(e->name);
	if (!type_known(t) && volatile_builtin(e->name) == VOLATILITY_UNKNOWN && catalog_functions(s->catalog, STR_NONE, e->name) == NULL)
		t = aggregate_own_type(s->catalog, e->name);
	/* what is none of the server's is not looked at again: calls may be nested */
	if (type_known(t) || e->nargs == 0 || volatile_builtin(e->name) == VOLATILITY_UNKNOWN)
		return t;
	if (str_is(e->name, "unnest"))
		return e->nargs == 1 ? without_modifiers(element_of(type_of(s, e->args[0]))) : unknown_type;
	if (str_is(e->name, "generate_series"))
		return series_type(s, e);
	if (str_in_words(e->name, "json_object_keys jsonb_object_keys json_array_elements_text jsonb_array_elements_text regexp_split_to_table string_to_table"))
		return builtin("text");
	if (str_in_words(e->name, "json_array_elements jsonb_array_elements generate_subscripts"))
		return builtin(str_starts(e->name, "jsonb") ? "jsonb" : str_starts(e->name, "json") ? "json" : "int4");
	if (e->nargs > 1 && (str_is(e->name, "percentile_disc") || str_is(e->name, "percentile_cont")))
		return percentile_type(s, e);
	if (str_is(e->name, "date_trunc"))
		return date_trunc_type(s, e);
	if (str_is(e->name, "timezone"))
		return timezone_type(s, e);
	if (e->nargs == 2 && (str_is(e->name, "round") || str_is(e->name, "trunc")))
		return builtin("numeric");
	first = type_of(s, e->args[0]);
	t = text_function_type(e->name, type_below_domains(s->catalog, first), is_untyped(e->args[0]));
	if (type_known(t))
		return t;
	if (!takes_any_type(e->name) && !str_is(e->name, "array_agg"))
		first = type_below_domains(s->catalog, first);
	if ((str_is(e->name, "min") || str_is(e->name, "max")) && (is(first, "varchar") || is(first, "name")))
		return builtin("text");
	return follows_argument(e->name) ? without_modifiers(first) : aggregate_type(e->name, first);
}

static struct type
sql_value_type(struct str name)
{
	if (str_is(name, "current_date"))
		return builtin("date");
	if (str_is(name, "current_timestamp"))
		return builtin("timestamptz");
	if (str_is(name, "localtimestamp"))
		return builtin("timestamp");
	if (str_is(name, "current_time"))
		return builtin("timetz");
	return str_is(name, "localtime") ? builtin("time") : builtin("name");
}

/* There is an implicit cast from one to the other, and none back (pg_cast). */
static bool
leads_to(struct type from, struct type to)
{
	static const struct { const char *from, *to; } ways[] = { { "date", "timestamp timestamptz" }, { "timestamp", "timestamptz" }, { "time", "timetz" },
		{ "cidr", "inet" }, { "int2 int4 int8", "oid" } };

	for (size_t i = 0; from.builtin && to.builtin && from.dims == 0 && to.dims == 0 && i < sizeof ways / sizeof ways[0]; i++)
		if (str_in_words(from.name, ways[i].from) && str_in_words(to.name, ways[i].to))
			return true;
	return false;
}

bool
type_leads_to(struct type from, struct type to)
{
	bool text = to.builtin && to.dims == 0 && str_is(to.name, "text") && from.builtin && from.dims == 0 && str_in_words(from.name, "varchar bpchar name");

	if (!type_known(from) || !type_known(to))
		return false;
	return type_same_base(from, to) || text || leads_to(from, to) || (number_rank(from) > 0 && number_rank(from) <= number_rank(to));
}

/*
 * select_common_type(), select_common_typmod(): one that others lead to wins over those; else the first. Modifiers stay when they are the same, and so
 * does a domain.
 */
static struct type
common_type(const struct scope *s, struct type a, struct type b)
{
	if (!type_known(a) || !type_known(b))
		return type_known(a) ? a : b;
	if (type_eq(a, b))
		return a;
	if (type_same_base(a, b))
		return without_modifiers(a);
	a = type_below_domains(s->catalog, a);
	b = type_below_domains(s->catalog, b);
	if (number_rank(a) > 0 && number_rank(b) > 0)
		return without_modifiers(number_rank(a) >= number_rank(b) ? a : b);
	return without_modifiers(leads_to(a, b) ? b : a);
}

static bool
is_untyped(const struct expr *e)
{
	return e->kind == EXPR_NULL || (e->kind == EXPR_CONST && !type_known(e->type));
}

static bool
has_else(const struct expr *e)
{
	const struct expr *conditions = e->args[0];

	return str_is(e->name, "case") && e->nargs - 1 > conditions->nargs - str_is(conditions->name, "case");
}

/* transformCaseExpr(): ELSE comes first, and is NULL when there is none; exprTypmod(): a literal has no modifiers, whatever it becomes. */
static struct type
choice_type(const struct scope *s, const struct expr *e)
{
	struct type t = unknown_type;
	size_t first = str_is(e->name, "case"), n = e->nargs - first;
	bool literals = first > 0 && !has_else(e);

	for (size_t i = 0; i < n; i++) {
		const struct expr *arg = e->args[(i + n - has_else(e)) % n + first];
		struct type one = type_of(s, arg);
		if (!type_known(one) && !is_untyped(arg))
			return unknown_type;
		literals = literals || is_untyped(arg);
		t = common_type(s, t, one);
	}
	if (!literals)
		return t;
	return type_known(t) ? without_modifiers(type_below_domains(s->catalog, t)) : builtin("text");
}

/* What = makes of its left side for the right one, where it does not take it as it is: measured with each pair, on 15 and 18. */
static const struct { const char *left, *right, *becomes; } compared_as[] = {
	{ "int2 int4 int8", "numeric", "numeric" }, { "int2 int4 int8 numeric", "float4 float8", "float8" }, { "int2 int4 int8", "oid", "oid" },
	{ "varchar", "text varchar name", "text" }, { "varchar", "bpchar", "bpchar" }, { "bpchar", "text name", "text" }, { "time", "timetz", "timetz" },
	{ "time", "interval", "interval" }, { "bit", "varbit", "varbit" }, { "cidr", "inet cidr", "inet" },
};

/* transformAExprNullIf(): the left side, as the operator takes it */
static struct type
nullif_type(const struct scope *s, const struct expr *e)
{
	struct type left = type_of(s, e->args[is_untyped(e->args[0])]), a = type_below_domains(s->catalog, left), b = is_untyped(e->args[1]) ? a : type_below_domains(s->catalog, type_of(s, e->args[1]));

	if (is_untyped(e->args[0]) && is_untyped(e->args[1]))
		return builtin("text");
	for (size_t i = 0; a.builtin && b.builtin && a.dims == 0 && b.dims == 0 && i < sizeof compared_as / sizeof compared_as[0]; i++)
		if (str_in_words(a.name, compared_as[i].left) && str_in_words(b.name, compared_as[i].right))
			return builtin(compared_as[i].becomes);
	if (is_untyped(e->args[0]))
		return without_modifiers(b);
	if (!type_same_base(a, b) && operator_exists(s->catalog, STR("="), a, b) != YES)
		return unknown_type;
	return type_same_base(left, a) ? a : without_modifiers(a);
}

/* transformArrayExpr() */
static struct type
array_type(const struct scope *s, const struct expr *e)
{
	struct type t = choice_type(s, e);

	if (type_known(t))
		t.dims = 1;
	return t;
}

static struct type
system_type(const struct scope *s, struct str name)
{
	if (s->partial)
		return unknown_type;
	return str_is(name, "tableoid") ? builtin("oid") : str_is(name, "ctid") ? builtin("tid") : str_is(name, "xmin") || str_is(name, "xmax") ? builtin("xid")
	    : unknown_type;
}

static struct type
element_of(struct type t)
{
	if (t.dims == 0)
		return unknown_type;
	t.dims = 0;
	return t;
}

/* transformContainerSubscripts(), jsonb_subscript_transform() */
static struct type
part_type(struct type t, bool slice)
{
	return is(t, "jsonb") || (slice && t.dims > 0) ? t : element_of(t);
}

/* (ROW(a, b)).f2 */
static struct type
numbered_type(const struct scope *s, const struct expr *row, struct str field)
{
	int64_t n;

	if (!str_starts(field, "f") || !str_to_int(str_slice(field, 1, field.n), &n) || n < 1 || (size_t)n > row->nargs)
		return unknown_type;
	return type_of(s, row->args[n - 1]);
}

static bool
is_call_of(const struct from *f, struct str alias)
{
	if (f->kind == FROM_JOIN)
		return is_call_of(f->left, alias) || is_call_of(f->right, alias);
	return f->kind == FROM_FUNCTION && f->defined.n == 0 && !f->ordinality && str_eq(f->alias.s != NULL ? f->alias : f->table.name, alias);
}

/* transformWholeRowRef(): of FROM f(...) AS name that gives single values, name is the value. */
static struct type
value_type(const struct scope *s, struct str name)
{
	const struct offered *only = NULL;
	bool call = false;

	for (size_t i = 0; s->select != NULL && i < s->select->from.n; i++)
		call = call || is_call_of(s->select->from.items[i], name);
	for (size_t i = 0; call && i < s->offers.n; i++) {
		if (s->offers.items[i].qualifier.s == NULL || !str_eq(s->offers.items[i].qualifier, name))
			continue;
		if (only != NULL)
			return unknown_type;
		only = &s->offers.items[i];
	}
	return only == NULL ? unknown_type : only->type;
}

static struct type
subquery_type(const struct scope *s, const struct expr *e)
{
	struct result_columns list = { 0 };
	struct type t;

	if (e->name.s != NULL && !str_is(e->name, "array"))
		return str_in_words(e->name, "exists any all") ? builtin("bool") : unknown_type;
	if (e->query == NULL || s->depth > VALUE_DEPTH_LIMIT || !columns_of(s, e->query, &list) || list.n != 1)
		return unknown_type;
	t = list.items[0].type;
	if (e->name.s != NULL && type_known(t))
		t.dims = 1;
	return t;
}

static struct type
other_type(const struct scope *s, const struct expr *e)
{
	const struct relation *row;
	const struct column *column;

	if (str_is(e->name, "array"))
		return array_type(s, e);
	if (e->nargs == 0 && str_starts(e->name, "$"))
		return type_of(s, &(struct expr){ .kind = EXPR_COLUMN, .name = e->name });
	if (e->nargs > 0 && (str_is(e->name, "[]") || str_is(e->name, "[:]")))
		return part_type(type_of(s, e->args[0]), str_is(e->name, "[:]"));
	if (e->nargs == 1 && str_is(e->name, ".") && e->args[0]->kind == EXPR_OTHER && str_is(e->args[0]->name, "row"))
		return numbered_type(s, e->args[0], e->schema);
	if (e->nargs == 1 && str_is(e->name, "=>"))
		return type_of(s, e->args[0]);
	if (e->nargs == 1 && str_is(e->name, "collate"))
		return is_untyped(e->args[0]) ? builtin("text") : type_of(s, e->args[0]);
	if (e->nargs == 1 && str_is(e->name, ".") && e->args[0]->kind == EXPR_COLUMN && e->args[0]->schema.s == NULL && find_column(s, e->args[0]) == NULL)
		return type_of(s, &(struct expr){ .kind = EXPR_COLUMN, .schema = e->args[0]->name, .name = e->schema });
	row = e->nargs == 1 && str_is(e->name, ".") ? type_row(s->catalog, type_of(s, e->args[0])) : NULL;
	column = row == NULL ? NULL : catalog_find_column(row, e->schema);
	return column == NULL ? unknown_type : column->type;
}

static struct type
type_of(const struct scope *s, const struct expr *e)
{
	const struct offered *found;

	switch (e->kind) {
	case EXPR_CONST:
	case EXPR_CAST:
		return e->type;
	case EXPR_COLUMN:
		found = find_column(s, e);
		return found != NULL ? found->type : e->schema.s == NULL && type_known(value_type(s, e->name)) ? value_type(s, e->name) : system_type(s, e->name);
	case EXPR_FUNCTION:
		return function_type(s, e);
	case EXPR_OPERATOR:
		return operator_type(s, e);
	case EXPR_AND:
	case EXPR_OR:
	case EXPR_NOT:
	case EXPR_IS_NULL:
	case EXPR_IS_NOT_NULL:
	case EXPR_TEST:
		return builtin("bool");
	case EXPR_SQL_VALUE:
		return sql_value_type(e->name);
	case EXPR_SUBQUERY:
		return subquery_type(s, e);
	case EXPR_CHOICE:
		return str_is(e->name, "nullif") && e->nargs == 2 ? nullif_type(s, e) : choice_type(s, e);
	case EXPR_OTHER:
		return other_type(s, e);
	default:
		return unknown_type;
	}
}

/* ---- FROM ---- */

static void
offer(struct scope *s, struct str qualifier, struct str name, struct type type, struct str collation)
{
	*vec_push(s->arena, &s->offers) = (struct offered){ qualifier, name, type, collation, NULL, false };
}

/* Columns under the alias, renamed by its list. */
static void
offer_columns(struct scope *s, const struct from *f, struct str qualifier, const struct result_columns *list)
{
	for (size_t i = 0; i < list->n; i++)
		offer(s, qualifier, i < f->columns.n ? f->columns.items[i] : list->items[i].name, list->items[i].type,
		    list->items[i].collation);
}

/* sequence.h */
static const struct { const char *name, *type; } of_sequence[] = { { "last_value", "int8" }, { "log_cnt", "int8" }, { "is_called", "bool" } };

static bool
relation_columns(const struct scope *s, const struct from *f, struct result_columns *list)
{
	const struct relation *r = catalog_find_relation(s->catalog, f->table);

	if (r == NULL)
		return false;
	for (size_t i = 0; r->kind == RELATION_SEQUENCE && i < sizeof of_sequence / sizeof of_sequence[0]; i++)
		*vec_push(s->arena, list) = (struct result_column){ str_of(of_sequence[i].name), builtin(of_sequence[i].type), STR_NONE };
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			*vec_push(s->arena, list) = (struct result_column){ r->columns.items[i]->name, r->columns.items[i]->type,
				r->columns.items[i]->collation };
	return !r->assumed;
}

/* A recursive one is seen through its first part only. */
static struct common_seen
see_common(const struct scope *s, const struct common_table *t)
{
	struct common_seen seen = { .table = t };
	const struct select *query = t->recursive && t->query != NULL && t->query->left != NULL ? t->query->left : t->query;

	seen.known = query != NULL && columns_of(s, query, &seen.columns);
	for (size_t i = 0; i < seen.columns.n && i < t->columns.n; i++)
		seen.columns.items[i].name = t->columns.items[i];
	return seen;
}

static bool
common_columns(const struct scope *s, const struct common_table *t, struct result_columns *list)
{
	for (size_t i = 0; s->seen != NULL && i < s->seen->n; i++)
		if (s->seen->items[i].table == t) {
			*list = s->seen->items[i].columns;
			return s->seen->items[i].known;
		}
	struct common_seen seen = see_common(s, t);
	if (s->seen != NULL)
		*vec_push(s->arena, s->seen) = seen;
	*list = seen.columns;
	return seen.known;
}

static void
offer_table(struct scope *s, const struct from *f)
{
	const struct common_table *common = select_find_common(s->select, f);
	struct result_columns list = { 0 };
	bool known = common != NULL ? common_columns(s, common, &list) : relation_columns(s, f, &list);

	size_t first = s->offers.n;

	s->partial = s->partial || !known;
	offer_columns(s, f, f->alias.s != NULL ? f->alias : f->table.name, &list);
	for (size_t i = f->columns.n; common == NULL && i < list.n; i++)
		s->offers.items[first + i].relation = catalog_find_relation(s->catalog, f->table);
}

static const struct function *
function_of(const struct catalog *c, const struct from *f)
{
	const struct function *user = catalog_find_function(c, f->table.schema, f->table.name, STR_NONE);

	return user == NULL || user->returns.s == NULL ? NULL : user;
}

/* The relation whose rows it gives; NULL: none is known. */
static const struct relation *
row_of(const struct catalog *c, const struct function *user)
{
	struct type t = user->return_type;

	return user->gives.n > 0 || t.builtin || t.dims > 0 || !type_known(t) ? NULL
	    : catalog_find_relation(c, (struct name){ t.schema, t.name, { 0, 0 } });
}

/* chooseScalarFunctionAlias() */
static struct str
scalar_name(const struct function *user, struct str alias)
{
	return user != NULL && user->gives.n == 1 && user->gives.items[0].name.s != NULL ? user->gives.items[0].name : alias;
}

static struct type
scalar_type(const struct scope *s, const struct function *user, const struct from *f)
{
	if (user == NULL)
		return f->call == NULL ? result_builtin(f->table.name) : type_of(s, f->call);
	return user->gives.n == 1 ? user->gives.items[0].type : user->return_type;
}

/* Functions of the server that give rows with names of their own (pg_proc of 15 and 18); one column alone is called as the function is. */
static const struct { const char *functions; struct { const char *name, *type; } columns[2]; } built_in[] = {
	{ "json_each", { { "key", "text" }, { "value", "json" } } }, { "jsonb_each", { { "key", "text" }, { "value", "jsonb" } } },
	{ "json_each_text jsonb_each_text", { { "key", "text" }, { "value", "text" } } },
	{ "json_array_elements", { { "value", "json" } } }, { "jsonb_array_elements", { { "value", "jsonb" } } },
	{ "json_array_elements_text jsonb_array_elements_text", { { "value", "text" } } },
	{ "generate_series unnest json_object_keys jsonb_object_keys generate_subscripts regexp_split_to_table regexp_matches string_to_table", { { NULL, NULL } } },
};

static size_t
built_in_function(const struct catalog *c, const struct from *f)
{
	size_t i = 0, n = sizeof built_in / sizeof built_in[0];

	while (i < n && !str_in_words(f->table.name, built_in[i].functions))
		i++;
	return f->call == NULL || (f->table.schema.s != NULL && !str_is(f->table.schema, "pg_catalog")) || catalog_functions(c, STR_NONE, f->table.name) != NULL ? n : i;
}

static struct type
element_type(const struct scope *s, const struct expr *array)
{
	return without_modifiers(element_of(type_of(s, array)));
}

/* UNNEST(a, b) gives a column for each; false: it is none, or its columns depend on types that are not known. */
static bool
unnested_columns(const struct scope *s, const struct from *f, struct str alias, struct result_columns *list)
{
	for (size_t i = 0; i < f->call->nargs; i++) {
		struct type type = element_type(s, f->call->args[i]);
		if (!type.builtin) {
			list->n = 0;
			return false;
		}
		*vec_push(s->arena, list) = (struct result_column){ f->call->nargs > 1 ? STR("unnest") : alias, type, STR_NONE };
	}
	return f->call->nargs > 0;
}

/* false: it is none of them, or it cannot be told. */
static bool
built_in_columns(const struct scope *s, const struct from *f, struct str alias, struct result_columns *list)
{
	size_t at = built_in_function(s->catalog, f);

	if (at == sizeof built_in / sizeof built_in[0] || built_in[at].columns[0].name == NULL)
		return at < sizeof built_in / sizeof built_in[0] && str_is(f->table.name, "unnest") && unnested_columns(s, f, alias, list);
	for (size_t i = 0; i < 2 && built_in[at].columns[i].name != NULL; i++)
		*vec_push(s->arena, list) = (struct result_column){ str_of(built_in[at].columns[i].name), builtin(built_in[at].columns[i].type), STR_NONE };
	return true;
}

/* addRangeTableEntryForFunction(); false: they are not known. */
static bool
function_columns(struct scope *s, const struct from *f, struct str alias, struct result_columns *list)
{
	const struct function *user = function_of(s->catalog, f);
	const struct relation *row = user == NULL ? NULL : row_of(s->catalog, user);
	struct type type = scalar_type(s, user, f);

	if (user == NULL && built_in_columns(s, f, alias, list))
		return true;
	for (size_t i = 0; user != NULL && user->gives.n > 1 && i < user->gives.n; i++) {
		struct str name = user->gives.items[i].name;
		*vec_push(s->arena, list) = (struct result_column){ name.s != NULL ? name : str_printf(s->arena, "column%zu", i + 1),
			user->gives.items[i].type, STR_NONE };
	}
	for (size_t i = 0; row != NULL && i < row->columns.n; i++)
		if (!row->columns.items[i]->dropped)
			*vec_push(s->arena, list) = (struct result_column){ row->columns.items[i]->name, row->columns.items[i]->type, STR_NONE };
	if (list->n > 0)
		return row == NULL || !row->assumed;
	*vec_push(s->arena, list) = (struct result_column){ scalar_name(user, alias), type, STR_NONE };
	return type.builtin;
}

bool
select_knows_function(const struct catalog *c, const struct from *f)
{
	const struct function *user = function_of(c, f);

	if (f->defined.n > 0)
		return true;
	if (user == NULL)
		return built_in_function(c, f) < sizeof built_in / sizeof built_in[0];
	if (user->born.doubtful || catalog_unread_since(c, user->born, REACH_SCHEMA))
		return false;
	return user->gives.n > 0 || (type_known(user->return_type) && user->return_type.builtin && !str_is(user->return_type.name, "record")) ||
	    (row_of(c, user) != NULL && !row_of(c, user)->assumed && !relation_unread_since(c, row_of(c, user), row_of(c, user)->born, REACH_SCHEMA));
}

static void
offer_function(struct scope *s, const struct from *f)
{
	struct str alias = f->alias.s != NULL ? f->alias : f->table.name;
	struct result_columns list = { 0 };

	for (size_t i = 0; i < f->defined.n; i++)
		*vec_push(s->arena, &list) = (struct result_column){ f->defined.items[i], f->types.items[i], STR_NONE };
	if (f->defined.n == 0 && !function_columns(s, f, alias, &list))
		s->partial = true;
	if (f->ordinality)
		*vec_push(s->arena, &list) = (struct result_column){ STR("ordinality"), builtin("int8"), STR_NONE };
	offer_columns(s, f, alias, &list);
}

static void offer_item(struct scope *, const struct from *);

static const struct offered *
find_offer(const struct offers *list, struct str name)
{
	for (size_t i = 0; i < list->n; i++)
		if (!list->items[i].merged && str_eq(list->items[i].name, name))
			return &list->items[i];
	return NULL;
}

static struct str_list
merged_names(struct arena *arena, const struct from *f, const struct offers *left, const struct offers *right)
{
	struct str_list names = f->merged;

	for (size_t i = 0; f->natural && i < left->n; i++)
		if (!left->items[i].merged && find_offer(right, left->items[i].name) != NULL)
			*vec_push(arena, &names) = left->items[i].name;
	return names;
}

/* What a side of a join offers, the join does, under its alias if it has one, which hides what was merged. */
static void
offer_side(struct scope *s, const struct from *join, const struct offers *side, const struct str_list *merged)
{
	for (size_t i = 0; i < side->n; i++) {
		struct offered o = side->items[i];
		o.merged = o.merged || str_in(o.name, merged->items, merged->n);
		if (o.merged && (join->alias.s != NULL || o.qualifier.s == NULL))
			continue;
		if (join->alias.s != NULL)
			o.qualifier = join->alias;
		*vec_push(s->arena, &s->offers) = o;
	}
}

static struct offers
copy_of(struct arena *arena, const struct offers *all, size_t from, size_t end)
{
	struct offers out = { .items = NEW_ARRAY(arena, struct offered, end - from + 1), .n = end - from, .cap = end - from + 1 };

	if (end > from)
		memcpy(out.items, all->items + from, (end - from) * sizeof *out.items);
	return out;
}

/* USING (...) AS x: x.a of those columns */
static void
offer_merged(struct scope *s, const struct from *f, size_t first, size_t n)
{
	for (size_t i = 0; f->using_alias.s != NULL && i < n; i++) {
		struct offered o = s->offers.items[first + i];
		o.qualifier = f->using_alias;
		o.merged = true;
		*vec_push(s->arena, &s->offers) = o;
	}
}

/* Merged columns come first, and once. */
static void
merge_sides(struct scope *s, const struct from *f, const struct offers *left, const struct offers *right, const struct str_list *merged)
{
	size_t first = s->offers.n;

	for (size_t i = 0; i < merged->n; i++) {
		const struct offered *a = find_offer(left, merged->items[i]), *b = find_offer(right, merged->items[i]);
		bool known = a != NULL && b != NULL && type_known(a->type) && type_known(b->type);
		offer(s, f->alias, merged->items[i], known ? common_type(s, a->type, b->type) : unknown_type, a != NULL ? a->collation : STR_NONE);
	}
	offer_side(s, f, left, merged);
	offer_side(s, f, right, merged);
	if (f->alias.s == NULL)
		offer_merged(s, f, first, merged->n);
}

static struct str column_refused(const struct scope *, const struct expr *);

/* ON sees the two sides only. */
static void
check_on(struct scope *s, size_t first, const struct expr *on)
{
	struct scope sides = *s;

	if (s->refused == NULL || s->refused->s != NULL || s->partial || on == NULL)
		return;
	sides.so_far = &s->offers;
	sides.offers = (struct offers){ .items = s->offers.items + first, .n = s->offers.n - first };
	*s->refused = column_refused(&sides, on);
}

/* Most joins offer what their sides do, as it is: it is not copied from level to level. */
static void
offer_join(struct scope *s, const struct from *f)
{
	size_t first = s->offers.n, middle;
	struct offers left, right;
	struct str_list merged;

	offer_item(s, f->left);
	middle = s->offers.n;
	offer_item(s, f->right);
	check_on(s, first, f->on);
	if (!f->natural && f->merged.n == 0 && f->alias.s == NULL)
		return;
	left = copy_of(s->arena, &s->offers, first, middle);
	right = copy_of(s->arena, &s->offers, middle, s->offers.n);
	merged = merged_names(s->arena, f, &left, &right);
	s->offers.n = first;
	merge_sides(s, f, &left, &right, &merged);
	for (size_t i = 0; f->alias.s != NULL && i < f->columns.n && first + i < s->offers.n; i++) {
		s->offers.items[first + i].name = f->columns.items[i];
		s->offers.items[first + i].relation = NULL;
	}
}

static void
offer_item(struct scope *s, const struct from *f)
{
	struct result_columns list = { 0 };

	switch (f->kind) {
	case FROM_TABLE:
		offer_table(s, f);
		break;
	case FROM_QUERY:
		s->partial = f->query == NULL || !columns_of(s, f->query, &list) || s->partial;
		offer_columns(s, f, f->alias, &list);
		break;
	case FROM_FUNCTION:
		offer_function(s, f);
		break;
	case FROM_JOIN:
		offer_join(s, f);
		break;
	default:
		s->partial = true;
		break;
	}
}

/* ---- outputs ---- */

/* Of a table around the query, too: false: none of that name is known. */
static bool
add_star(const struct scope *s, const struct output *o, struct result_columns *list)
{
	for (; s != NULL; s = o->qualifier.s != NULL ? s->outer : NULL) {
		bool found = false;
		for (size_t i = 0; i < s->offers.n; i++) {
			const struct offered *c = &s->offers.items[i];
			if (!offer_answers(c, o->qualifier))
				continue;
			*vec_push(s->arena, list) = (struct result_column){ c->name, c->type, c->collation };
			found = true;
		}
		if (found || s->partial)
			return !s->partial;
	}
	return false;
}

static bool
is_qualifier(const struct scope *s, struct str name)
{
	for (size_t i = 0; i < s->offers.n; i++)
		if (s->offers.items[i].qualifier.s != NULL && str_eq(s->offers.items[i].qualifier, name))
			return true;
	return false;
}

/* "t" for a whole row of it */
static bool
is_whole_row(const struct scope *s, const struct expr *e)
{
	return e->kind == EXPR_COLUMN && e->schema.s == NULL && find_column(s, e) == NULL && is_qualifier(s, e->name);
}

/* ExpandRowReference(); false: they are not known. */
static bool
add_row(const struct scope *s, const struct expr *e, struct result_columns *list)
{
	const struct relation *row = is_whole_row(s, e) ? NULL : type_row(s->catalog, type_of(s, e));
	const struct output all = { .qualifier = e->name };

	if (is_whole_row(s, e)) {
		return add_star(s, &all, list);
	}
	for (size_t i = 0; row != NULL && i < row->columns.n; i++)
		if (!row->columns.items[i]->dropped)
			*vec_push(s->arena, list) = (struct result_column){ row->columns.items[i]->name, row->columns.items[i]->type, row->columns.items[i]->collation };
	return row != NULL && !row->assumed;
}

/* A literal stays of type unknown until the whole query is looked at. */
static struct type
output_type(const struct scope *s, const struct output *o)
{
	struct result_columns list = { 0 };
	struct type t;

	if (o->expr != NULL)
		return operand_type(s, o->expr);
	if (o->query == NULL || s->depth > VALUE_DEPTH_LIMIT || !columns_of(s, o->query, &list) || list.n != 1)
		return unknown_type;
	t = list.items[0].type;
	if (o->array && type_known(t))
		t.dims = 1;
	return t;
}

static bool
has_collation(struct type t)
{
	return is(t, "text") || is(t, "varchar") || is(t, "bpchar") || is(t, "name") || (type_known(t) && !t.builtin) || t.dims > 0;
}

/* assign_collations_walker() */
static struct str
collation_of(const struct scope *s, const struct expr *e)
{
	const struct offered *found = e->kind == EXPR_COLUMN ? find_column(s, e) : NULL;
	struct str collation = found != NULL ? found->collation : STR_NONE;

	if (e->kind == EXPR_OTHER && str_is(e->name, "collate"))
		return e->schema;
	if (collation.n == 0 && e->nargs == 0 && is(type_of(s, e), "name"))
		return STR("C");
	for (size_t i = 0; collation.n == 0 && i < e->nargs; i++)
		if (has_collation(type_of(s, e->args[i])))
			collation = collation_of(s, e->args[i]);
	return collation;
}

static struct str
output_collation(const struct scope *s, const struct output *o)
{
	struct type type = o->expr != NULL ? output_type(s, o) : unknown_type;

	return o->expr != NULL && has_collation(type) && !is(type, "name") ? collation_of(s, o->expr) : STR_NONE;
}

static struct type
arms_type(const struct scope *s, struct type a, struct type b)
{
	if (!type_known(a) || !type_known(b))
		return unknown_type;
	if (is(a, "unknown") && is(b, "unknown"))
		return builtin("text");
	return is(a, "unknown") ? without_modifiers(type_below_domains(s->catalog, b)) : is(b, "unknown") ? without_modifiers(type_below_domains(s->catalog, a)) : common_type(s, a, b);
}

/* transformValuesClause() */
static struct type
values_type(const struct scope *s, size_t i)
{
	const struct select *select = s->select;
	struct type t = output_type(s, &select->outputs.items[i]);

	for (size_t j = i; j < select->more.n; j += select->outputs.n) {
		struct type next = operand_type(s, select->more.items[j]);
		if (!is(t, "unknown") || !is(next, "unknown"))
			t = arms_type(s, t, next);
	}
	return t;
}

/* transformSetOperationStmt(): names are those of the left side, types what both have in common. */
static bool
set_operation_columns(const struct scope *outer, const struct select *select, struct result_columns *list)
{
	struct result_columns right = { 0 };
	bool known = select->left != NULL && arm_columns(outer, select->left, list);

	known = select->right != NULL && arm_columns(outer, select->right, &right) && known;
	for (size_t i = 0; i < list->n; i++)
		list->items[i].type = i < right.n ? arms_type(outer, list->items[i].type, right.items[i].type) : unknown_type;
	return known;
}

/* Also one that has no columns. */
static bool
reads_one_called(const struct scope *s, struct str alias)
{
	for (size_t i = 0; i < s->select->from.n; i++)
		if (from_is_called(s->select->from.items[i], alias))
			return true;
	return false;
}

static bool
arm_columns(const struct scope *outer, const struct select *select, struct result_columns *list)
{
	struct scope s = { .arena = outer->arena, .catalog = outer->catalog, .select = select, .depth = outer->depth + 1,
		.outer = outer, .seen = outer->seen };
	bool known = true;

	if (s.depth > DEPTH_LIMIT)
		return false;
	if (select->left != NULL || select->right != NULL)
		return set_operation_columns(&s, select, list);
	for (size_t i = 0; i < select->from.n; i++)
		offer_item(&s, select->from.items[i]);
	for (size_t i = 0; i < select->outputs.n; i++) {
		const struct output *o = &select->outputs.items[i];
		if (!o->star)
			*vec_push(s.arena, list) = (struct result_column){ o->name, select->values ? values_type(&s, i) : output_type(&s, o), output_collation(&s, o) };
		else if (o->expr != NULL)
			known = add_row(&s, o->expr, list) && known;
		else
			known = (add_star(&s, o, list) || (!s.partial && (o->qualifier.s == NULL || reads_one_called(&s, o->qualifier)))) && known;
	}
	return known && select->outputs.n > 0;
}

/* resolveTargetListUnknowns() */
static bool
columns_of(const struct scope *outer, const struct select *select, struct result_columns *list)
{
	size_t first = list->n;
	bool known = arm_columns(outer, select, list);

	for (size_t i = first; i < list->n; i++)
		if (is(list->items[i].type, "unknown"))
			list->items[i].type = builtin("text");
	return known;
}

/* ---- which functions are called ---- */

struct telling {
	struct calls_told *told;        /* NULL: only what is missing is wanted */
	struct str missing;             /* why the first call is refused that is; STR_NONE: none is known to be */
};

static void tell_query(const struct scope *outer, const struct select *, struct telling *);

static const struct function *
function_meant(const struct scope *s, const struct expr *call)
{
	const struct function *only = catalog_find_function(s->catalog, call->schema, call->name, STR_NONE);

	if (volatile_builtin(call->name) != VOLATILITY_UNKNOWN)
		return NULL;
	return only != NULL && (call->schema.s != NULL || function_is_the_only(s->catalog, only)) ? only : overload_called(s, call);
}

static void
tell_operator(const struct scope *s, const struct expr *e, struct calls_told *told)
{
	const struct object *o = operator_meant(s->catalog, e->schema, e->name, operand_type(s, e->args[0]), operand_type(s, e->args[1]));

	if (o != NULL)
		*vec_push(s->arena, told) = (struct call_told){ .expr = e, .operator = o };
}

static void
tell_expr(const struct scope *s, const struct expr *e, struct telling *t)
{
	const struct function *f = e != NULL && e->kind == EXPR_FUNCTION && t->told != NULL ? function_meant(s, e) : NULL;

	if (e == NULL)
		return;
	if (f != NULL)
		*vec_push(s->arena, t->told) = (struct call_told){ .at = e->span.off, .function = f };
	if (e->kind == EXPR_OPERATOR && e->nargs == 2 && t->told != NULL)
		tell_operator(s, e, t->told);
	if (e->kind == EXPR_FUNCTION && t->told == NULL && t->missing.s == NULL)
		t->missing = callee_missing(s->arena, s->catalog, e, types_of_arguments(s, e));
	if (e->kind == EXPR_SUBQUERY)
		tell_query(s, e->query, t);
	/* of a subquery the last one is its query, where names mean something else */
	for (size_t i = 0; i + (e->kind == EXPR_SUBQUERY) < e->nargs; i++)
		tell_expr(s, e->args[i], t);
}

static void
tell_from(const struct scope *s, const struct from *f, struct telling *t)
{
	if (f->kind == FROM_QUERY)
		tell_query(s, f->query, t);
	if (f->kind == FROM_FUNCTION)
		tell_expr(s, f->call, t);
	if (f->kind != FROM_JOIN)
		return;
	tell_from(s, f->left, t);
	tell_from(s, f->right, t);
	tell_expr(s, f->on, t);
}

static void
tell_outputs(const struct scope *s, const struct select *select, struct telling *t)
{
	for (size_t i = 0; i < select->outputs.n; i++) {
		tell_expr(s, select->outputs.items[i].expr, t);
		tell_query(s, select->outputs.items[i].query, t);
	}
	for (size_t i = 0; i < select->more.n; i++)
		tell_expr(s, select->more.items[i], t);
	for (size_t i = 0; i < select->beside.n; i++)
		tell_expr(s, select->beside.items[i], t);
	for (size_t i = 0; i < select->sets.n; i++)
		tell_expr(s, select->sets.items[i].value, t);
	tell_expr(s, select->where, t);
	tell_expr(s, select->having, t);
	tell_expr(s, select->limit, t);
	tell_expr(s, select->offset, t);
}

static void
tell_query(const struct scope *outer, const struct select *select, struct telling *t)
{
	struct scope s = { .arena = outer->arena, .catalog = outer->catalog, .select = select, .depth = outer->depth + 1, .outer = outer, .seen = outer->seen };

	if (select == NULL || s.depth > DEPTH_LIMIT)
		return;
	for (size_t i = 0; i < select->with.n; i++)
		tell_query(&s, select->with.items[i].query, t);
	tell_query(&s, select->left, t);
	tell_query(&s, select->right, t);
	tell_query(&s, select->source, t);
	for (size_t i = 0; i < select->actions.n; i++)
		tell_query(outer, select->actions.items[i], t);
	for (size_t i = 0; i < select->from.n; i++)
		offer_item(&s, select->from.items[i]);
	for (size_t i = 0; i < select->from.n; i++)
		tell_from(&s, select->from.items[i], t);
	tell_outputs(&s, select, t);
}

static struct scope
scope_of(struct arena *arena, const struct catalog *c, const struct surroundings *around)
{
	return (struct scope){ .arena = arena, .catalog = c, .offers = around->offers, .partial = around->partial, .seen = NEW(arena, struct commons_seen) };
}

void
expr_tell_calls(struct arena *arena, const struct catalog *c, const struct surroundings *around, const struct expr *e, struct calls_told *list)
{
	const struct scope s = scope_of(arena, c, around);

	tell_expr(&s, e, &(struct telling){ .told = list });
}

void
select_tell_calls(struct arena *arena, const struct catalog *c, const struct surroundings *around, const struct select *select, struct calls_told *list)
{
	const struct scope s = scope_of(arena, c, around);

	tell_query(&s, select, &(struct telling){ .told = list });
}

struct str
expr_call_missing(const struct facts *f, const struct surroundings *around, const struct expr *e)
{
	const struct scope s = scope_of(f->arena, f->catalog, around);
	struct telling t = { .told = NULL };

	if (f->inside == NULL)
		tell_expr(&s, e, &t);
	return t.missing;
}

struct str
select_call_missing(const struct facts *f, const struct surroundings *around, const struct select *select)
{
	const struct scope s = scope_of(f->arena, f->catalog, around);
	struct telling t = { .told = NULL };

	if (f->inside == NULL)
		tell_query(&s, select, &t);
	return t.missing;
}

struct type
select_value_type(const struct facts *f, const struct select *select, const struct offers *offers, const struct expr *e)
{
	const struct scope outer = scope_of(f->arena, f->catalog, f->around != NULL ? f->around : &(struct surroundings){ .partial = false });
	const struct scope s = { .arena = f->arena, .catalog = f->catalog, .select = select, .outer = &outer, .offers = *offers, .seen = outer.seen };

	return type_of(&s, e);
}

bool
select_columns(struct arena *arena, const struct catalog *c, const struct select *select, struct result_columns *list)
{
	const struct scope none = scope_of(arena, c, &(struct surroundings){ .partial = false });

	return select != NULL && columns_of(&none, select, list);
}

bool
select_offers(struct arena *arena, const struct catalog *c, const struct select *select, struct offers *offers)
{
	struct commons_seen seen = { 0 };
	struct scope s = { .arena = arena, .catalog = c, .select = select, .seen = &seen };

	for (size_t i = 0; select != NULL && i < select->from.n; i++)
		offer_item(&s, select->from.items[i]);
	*offers = s.offers;
	return select != NULL && !s.partial;
}

struct str
select_repeats(struct arena *arena, const struct result_columns *list)
{
	for (size_t i = 0; i < list->n; i++)
		for (size_t j = 0; j < i; j++)
			if (str_eq(list->items[i].name, list->items[j].name))
				return str_printf(arena, "column \"%.*s\" specified more than once", STR_ARG(list->items[i].name));
	return STR_NONE;
}

/* ---- columns that are not there ---- */

/* Views have no tableoid, ctid and the like. */
static bool
may_be_stored(const struct scope *s, const struct from *f)
{
	const struct relation *r = f->kind == FROM_TABLE && select_find_common(s->select, f) == NULL ? catalog_find_relation(s->catalog, f->table) : NULL;

	if (f->kind == FROM_JOIN)
		return may_be_stored(s, f->left) || may_be_stored(s, f->right);
	return f->kind == FROM_OTHER || (r != NULL && r->kind != RELATION_VIEW);
}

static bool
may_be_system(const struct scope *s, struct str name)
{
	bool stored = false;

	for (size_t i = 0; i < s->select->from.n; i++)
		stored = stored || may_be_stored(s, s->select->from.items[i]);
	return stored && (is_system_column(name) || str_is(name, "oid"));
}

/* t.f may be a call of f(t). */
static bool
may_be_call(const struct scope *s, struct str name)
{
	return may_be_system(s, name) || catalog_functions(s->catalog, STR_NONE, name) != NULL || volatile_builtin(name) != VOLATILITY_UNKNOWN;
}

/* x.f of a parameter may be a call of f(x), too. */
static bool
may_have_field(const struct catalog *c, struct type t, struct str field)
{
	const struct relation *row = type_row(c, t);

	return (row == NULL ? !type_known(t) || !t.builtin : row->assumed) || field.s == NULL || (row != NULL && catalog_find_column(row, field) != NULL) ||
	    catalog_functions(c, STR_NONE, field) != NULL || volatile_builtin(field) != VOLATILITY_UNKNOWN;
}

/* A row, its field or system column, a parameter of what is called so: not of the query itself. */
static bool
is_around(const struct catalog *c, const struct surroundings *around, const struct expr *e)
{
	bool found = around != NULL && around->partial;

	for (size_t i = 0; around != NULL && !found && i < around->offers.n; i++) {
		const struct offered *o = &around->offers.items[i];
		found = e->schema.s == NULL ? (!o->merged && str_eq(o->name, e->name)) || str_eq(o->qualifier, e->name)
		    : (!o->merged && str_eq(o->name, e->schema) && may_have_field(c, o->type, e->name)) || (str_eq(o->qualifier, e->schema) && (e->name.s == NULL || str_eq(o->name, e->name) || is_system_column(e->name)));
	}
	return found;
}

static bool
is_qualifier_around(const struct surroundings *around, struct str name)
{
	for (size_t i = 0; around != NULL && i < around->offers.n; i++)
		if (around->offers.items[i].qualifier.s != NULL && str_eq(around->offers.items[i].qualifier, name))
			return true;
	return false;
}

/* A placeholder; a whole row; RETURNING has rows of its own (18), ON CONFLICT as well. */
static bool
may_be_more(const struct scope *s, const struct expr *e)
{
	bool hidden = e->schema.s != NULL && is_qualifier(s, e->schema);

	return map_has(&s->catalog->stand_ins, e->name) || catalog_has_variable(s->catalog, e->name) || (!hidden && is_around(s->catalog, s->around, e)) || is_qualifier(s, e->name) || may_be_call(s, e->name) ||
	    (!hidden && e->schema.s != NULL && str_in_words(e->schema, "old new excluded") && !is_qualifier_around(s->around, e->schema));
}

/* It is read, but has another name there, or is in a join that has one. */
static bool
is_read_from(const struct scope *s, const struct from *item, const struct relation *r, struct str name)
{
	const struct common_table *t = item->kind == FROM_TABLE ? select_find_common(s->select, item) : NULL;

	if (item->kind == FROM_JOIN)
		return is_read_from(s, item->left, r, name) || is_read_from(s, item->right, r, name);
	if (t != NULL)
		return str_eq(t->name, name) || from_is_called(item, name);
	return from_is_called(item, name) || (item->kind == FROM_TABLE && r != NULL && catalog_find_relation(s->catalog, item->table) == r);
}

static bool
reads(const struct offers *offers, const struct relation *r, struct str name)
{
	for (size_t i = 0; i < offers->n; i++)
		if ((r != NULL && offers->items[i].relation == r) || (offers->items[i].qualifier.s != NULL && str_eq(offers->items[i].qualifier, name)))
			return true;
	return false;
}

/* searchRangeTableForRel(): where ON of a join is looked at, what stands behind it is not read yet. */
static bool
is_in_range(const struct scope *s, struct str name)
{
	const struct from named = { .kind = FROM_TABLE, .table = { .name = name } };
	const struct relation *r = select_find_common(s->select, &named) != NULL ? NULL : catalog_find_relation(s->catalog, named.table);
	bool found = (s->so_far != NULL && reads(s->so_far, r, name)) || (s->around != NULL && reads(&s->around->offers, r, name));

	for (size_t i = 0; !found && s->so_far == NULL && i < s->select->from.n; i++)
		found = is_read_from(s, s->select->from.items[i], r, name);
	return found;
}

static struct str
no_entry(const struct scope *s, struct str name)
{
	return str_printf(s->arena, "%s FROM-clause entry for table \"%.*s\"", is_in_range(s, name) ? "invalid reference to" : "missing", STR_ARG(name));
}

/* errorMissingColumn(), errorMissingRTE() */
static struct str
no_column(const struct scope *s, struct str qualifier, struct str name)
{
	if (qualifier.s == NULL)
		return str_printf(s->arena, "column \"%.*s\" does not exist", STR_ARG(name));
	return !is_qualifier(s, qualifier) && !is_qualifier_around(s->around, qualifier) ? no_entry(s, qualifier)
	    : str_printf(s->arena, "column %.*s.%.*s does not exist", STR_ARG(qualifier), STR_ARG(name));
}

/* (t).a of a whole row */
static struct str
field_missing(const struct scope *s, const struct expr *e)
{
	const struct expr column = { .kind = EXPR_COLUMN, .schema = e->args[0]->name, .name = e->schema };

	return find_column(s, &column) != NULL || may_be_call(s, e->schema) ? STR_NONE : no_column(s, e->args[0]->name, e->schema);
}

static struct str
missing_in(const struct scope *s, const struct expr *e)
{
	struct str missing = STR_NONE;

	if (e == NULL)
		return STR_NONE;
	if (e->kind == EXPR_COLUMN)
		return e->qualifier.s != NULL || find_column(s, e) != NULL || may_be_more(s, e) ? STR_NONE : no_column(s, e->schema, e->name);
	if (e->kind == EXPR_OTHER && e->nargs == 0 && str_starts(e->name, "$") && s->around != NULL && s->around->numbered)
		return is_around(s->catalog, s->around, e) ? STR_NONE : str_printf(s->arena, "there is no parameter %.*s", STR_ARG(e->name));
	if (e->kind == EXPR_OTHER && e->nargs == 1 && str_is(e->name, ".") && is_whole_row(s, e->args[0]))
		return field_missing(s, e);
	for (size_t i = 0; missing.s == NULL && i + (e->kind == EXPR_SUBQUERY) < e->nargs; i++)
		missing = missing_in(s, e->args[i]);
	return missing;
}

/* colNameToVar(): a name that two of its tables have. */
static struct str
ambiguous_in(const struct scope *s, const struct expr *e)
{
	struct str reason = STR_NONE;
	size_t n = 0;

	if (e == NULL)
		return STR_NONE;
	for (size_t i = 0; e->kind == EXPR_COLUMN && e->schema.s == NULL && i < s->offers.n; i++)
		n += str_eq(s->offers.items[i].name, e->name) && offer_answers(&s->offers.items[i], STR_NONE);
	if (n > 1)
		return str_printf(s->arena, "column reference \"%.*s\" is ambiguous", STR_ARG(e->name));
	for (size_t i = 0; reason.s == NULL && i + (e->kind == EXPR_SUBQUERY) < e->nargs; i++)
		reason = ambiguous_in(s, e->args[i]);
	return reason;
}

static struct str
column_refused(const struct scope *s, const struct expr *e)
{
	struct str reason = missing_in(s, e);

	return reason.s != NULL ? reason : ambiguous_in(s, e);
}

bool
select_names_output(const struct select *select, struct str name)
{
	for (size_t i = 0; i < select->outputs.n; i++)
		if (select->outputs.items[i].name.s != NULL && str_eq(select->outputs.items[i].name, name))
			return true;
	return false;
}

/* ExpandColumnRefStar() */
static struct str
output_refused(const struct scope *s, const struct output *o)
{
	if (!o->star || o->qualifier.s == NULL || is_qualifier(s, o->qualifier) || reads_one_called(s, o->qualifier) || map_has(&s->catalog->stand_ins, o->qualifier) ||
	    is_around(s->catalog, s->around, &(struct expr){ .schema = o->qualifier }) || str_in_words(o->qualifier, "old new excluded"))
		return column_refused(s, o->expr);
	return no_entry(s, o->qualifier);
}

struct str
select_missing(const struct facts *f, const struct select *select)
{
	struct str missing = STR_NONE;
	struct commons_seen seen = { 0 };
	struct scope s = { .arena = f->arena, .catalog = f->catalog, .select = select, .around = f->around, .seen = &seen, .refused = &missing };

	for (size_t i = 0; select->left == NULL && i < select->from.n; i++)
		offer_item(&s, select->from.items[i]);
	if (select->left != NULL || s.partial)
		return STR_NONE;
	for (size_t i = 0; missing.s == NULL && i < select->outputs.n; i++)
		missing = output_refused(&s, &select->outputs.items[i]);
	for (size_t i = 0; missing.s == NULL && i < select->more.n; i++)
		missing = missing_in(&s, select->more.items[i]);
	for (size_t i = 0; missing.s == NULL && i < select->beside.n; i++)
		missing = column_refused(&s, select->beside.items[i]);
	for (size_t i = 0; missing.s == NULL && i < select->named.n; i++)
		if (!select_names_output(select, select->named.items[i]->name))
			missing = select_has_star(select) ? missing_in(&s, select->named.items[i]) : column_refused(&s, select->named.items[i]);
	for (size_t i = 0; missing.s == NULL && i < select->sets.n; i++)
		missing = column_refused(&s, select->sets.items[i].value);
	if (missing.s == NULL)
		missing = column_refused(&s, select->where);
	if (missing.s == NULL)
		missing = column_refused(&s, select->having);
	if (missing.s == NULL && !select->values)
		missing = column_refused(&s, select->limit);
	if (missing.s == NULL && !select->values)
		missing = column_refused(&s, select->offset);
	return missing;
}
