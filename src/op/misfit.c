#include "base/buf.h"
#include "op/callee.h"
#include "op/failure.h"
#include "op/misplaced.h"
#include "op/operators.h"

/* Expressions that the server refuses where they stand: parse analysis of CHECKs, predicates, policies, generated columns. */

bool
is_system_column(struct str name)
{
	return str_in_words(name, "tableoid ctid xmin xmax cmin cmax");
}

struct str
expr_system_column(const struct relation *r, const struct expr *e)
{
	struct str found = STR_NONE;

	if (e == NULL || e->kind == EXPR_SUBQUERY)
		return STR_NONE;
	if (e->kind == EXPR_COLUMN && is_system_column(e->name) && catalog_find_column(r, e->name) == NULL)
		return e->name;
	for (size_t i = 0; found.s == NULL && i < e->nargs; i++)
		found = expr_system_column(r, e->args[i]);
	return found;
}

/* t.f may be a call of f(t); the name of the table is a whole row. */
static struct str
column_misfit(const struct facts *f, const struct relation *r, const struct expr *e)
{
	bool qualified = e->schema.s != NULL;

	if (r->kind == RELATION_FOREIGN || r->kind == RELATION_UNKNOWN || is_system_column(e->name) || !lacks_column(f, r, e->name))
		return STR_NONE;
	if (qualified ? !str_eq(e->schema, r->name) || catalog_functions(f->catalog, STR_NONE, e->name) != NULL ||
	    volatile_builtin(e->name) != VOLATILITY_UNKNOWN : str_eq(e->name, r->name))
		return STR_NONE;
	return str_printf(f->arena, "column \"%.*s\" does not exist", STR_ARG(e->name));
}

/* ---- operators ---- */

static struct type
operand(const struct facts *f, const struct relation *r, const struct expr *e)
{
	if (e->kind == EXPR_NULL || (e->kind == EXPR_CONST && !type_known(e->type)))
		return (struct type){ .name = STR("?"), .builtin = true };
	return type_below_domains(f->catalog, expr_plain_type(f->catalog, r, e));
}

static struct str
type_words(const struct facts *f, struct type t)
{
	t.nmods = 0;
	t.mod_text = STR_NONE;
	return str_is(t.name, "?") ? STR("unknown") : type_format(f->arena, t);
}

static struct str
pair_misfit(const struct facts *f, const struct relation *r, struct str schema, struct str name, const struct expr *left, const struct expr *right)
{
	struct type a = operand(f, r, left), b = operand(f, r, right);

	if (operator_exists(f->catalog, name, a, b) != NO)
		return STR_NONE;
	return str_printf(f->arena, "operator does not exist: %.*s %.*s%s%.*s %.*s", STR_ARG(type_words(f, a)), STR_ARG(schema), schema.s != NULL ? "." : "",
	    STR_ARG(name), STR_ARG(type_words(f, b)));
}

/* Of = ANY (array) the operands are its elements (make_scalar_array_op()). */
static bool
may_be_any(const struct facts *f, const struct relation *r, const struct expr *e, struct str name)
{
	return name.s == e->name.s && operand(f, r, e->args[1]).dims > 0;
}

static struct str
element_misfit(const struct facts *f, const struct relation *r, const struct expr *e)
{
	struct expr element = { .kind = EXPR_CAST, .type = operand(f, r, e->args[1]) };

	element.type.dims = 0;
	return e->nargs != 2 || operand(f, r, e->args[0]).dims > 0 ? STR_NONE : pair_misfit(f, r, e->schema, e->name, e->args[0], &element);
}

/* transformAExprIn(), transformAExprBetween(), make_distinct_op(): one comparison for each. */
static struct str
test_misfit(const struct facts *f, const struct relation *r, const struct expr *e)
{
	struct str name = str_is(e->name, "BETWEEN") || str_is(e->name, "NOT BETWEEN") ? STR(">=")
	    : str_is(e->name, "IS DISTINCT FROM") || str_is(e->name, "IS NOT DISTINCT FROM") ? STR("=") : e->name;
	struct str reason = STR_NONE;

	if (e->schema.s != NULL && !str_is(e->schema, "pg_catalog"))
		return STR_NONE;
	if (name.n > 0 && e->nargs > 1 && may_be_any(f, r, e, name))
		return element_misfit(f, r, e);
	for (size_t i = 1; name.n > 0 && reason.s == NULL && i < e->nargs; i++)
		reason = pair_misfit(f, r, e->schema, name, e->args[0], e->args[i]);
	return reason;
}

/* ParseFuncOrColumn() */
static struct str
call_misfit(const struct facts *f, const struct relation *r, const struct expr *e)
{
	struct type *given = NEW_ARRAY(f->arena, struct type, e->nargs);
	struct buf b = BUF(f->arena);
	bool rejected = false;

	for (size_t i = 0; i < e->nargs; i++) {
		given[i] = operand(f, r, expr_argument(e, i));
		rejected = rejected || function_rejects(f->catalog, e, i, given[i]);
		buf_item(&b, ", ", type_known(given[i]) ? type_words(f, given[i]) : STR("..."));
	}
	/* what is stored was told when it was made, whatever the search_path is now */
	if (!rejected)
		return is_kind(f->op, "alter_column_type") || f->inside != NULL ? STR_NONE : callee_missing(f->arena, f->catalog, e, given);
	return str_printf(f->arena, "function %.*s%s%.*s(%.*s) does not exist", STR_ARG(e->schema), e->schema.s != NULL ? "." : "",
	    STR_ARG(e->name), STR_ARG(buf_text(&b)));
}

/* ---- choices ---- */

static char
category(struct type t)
{
	static const struct { char letter; const char *names; } of[] = { { 'B', "bool" }, { 'N', "int2 int4 int8 numeric float4 float8 money oid" },
		{ 'S', "text varchar bpchar name" }, { 'D', "date timestamp timestamptz time timetz" }, { 'T', "interval" }, { 'I', "inet cidr" },
		{ 'U', "uuid json jsonb bytea macaddr xml tsvector" }, { 'V', "bit varbit" } };
	struct str list, one;

	for (size_t i = 0; t.builtin && i < sizeof of / sizeof of[0]; i++)
		for (list = str_of(of[i].names); str_cut(&list, ' ', &one);)
			if (str_eq(one, t.name))
				return t.dims > 0 ? 'A' : of[i].letter;
	return 0;
}

/* Those of a kind whose types have nothing in common. */
static bool
is_of_many_kinds(char category)
{
	return category == 'U' || category == 'A' || category == 'V';
}

static bool
is_of_day(struct type t)
{
	return str_in_words(t.name, "time timetz");
}

enum tri
types_match(struct type a, struct type b)
{
	char x = category(a), y = category(b);

	if (x == 0 || y == 0)
		return UNKNOWN;
	if (x != y || (x == 'D' && is_of_day(a) != is_of_day(b)))
		return NO;
	return !is_of_many_kinds(x) || type_same_base(a, b) ? YES : x == 'U' ? NO : UNKNOWN;
}

static const char *
choice_word(const struct expr *e)
{
	if (e->kind == EXPR_OTHER)
		return str_is(e->name, "array") ? "ARRAY" : NULL;
	if (str_is(e->name, "case"))
		return "CASE";
	return str_is(e->name, "coalesce") ? "COALESCE" : str_is(e->name, "greatest") ? "GREATEST" : str_is(e->name, "least") ? "LEAST" : NULL;
}

/* select_common_type(): types of one category only */
static struct str
choice_misfit(const struct facts *f, const struct relation *r, const struct expr *e)
{
	struct type first = { .name = STR_NONE };

	if (e->nargs == 2 && str_is(e->name, "nullif"))
		return pair_misfit(f, r, STR_NONE, STR("="), e->args[0], e->args[1]);
	for (size_t i = str_is(e->name, "case"); choice_word(e) != NULL && i < e->nargs; i++) {
		struct type t = operand(f, r, e->args[i]);
		if (category(t) == 0)
			continue;
		if (type_known(first) && types_match(first, t) == NO)
			return str_printf(f->arena, "%s types %.*s and %.*s cannot be matched", choice_word(e), STR_ARG(type_words(f, first)), STR_ARG(type_words(f, t)));
		first = t;
	}
	return STR_NONE;
}

/* ---- fields and collations ---- */

static bool
is_own_row(const struct facts *f, const struct relation *r, const struct expr *e)
{
	return r != NULL && e->kind == EXPR_COLUMN && e->schema.s == NULL && str_eq(e->name, r->name) && lacks_column(f, r, e->name);
}

/* ParseFuncOrColumn(): (x).f may be a call of f(x), too */
static struct str
field_misfit(const struct facts *f, const struct relation *r, const struct expr *e)
{
	struct type t = is_own_row(f, r, e->args[0]) ? type_make(r->schema, r->name, NULL, 0, 0) : operand(f, r, e->args[0]);
	const struct relation *row = type_row(f->catalog, t);

	if (catalog_functions(f->catalog, STR_NONE, e->schema) != NULL || volatile_builtin(e->schema) != VOLATILITY_UNKNOWN || str_is(t.name, "?"))
		return STR_NONE;
	if (row != NULL)
		return !lacks_column(f, row, e->schema) || is_system_column(e->schema) ? STR_NONE
		    : str_printf(f->arena, "column \"%.*s\" not found in data type %.*s", STR_ARG(e->schema), STR_ARG(type_words(f, t)));
	return t.dims > 0 || !type_is_covered(t) ? STR_NONE
	    : str_printf(f->arena, "column notation .%.*s applied to type %.*s, which is not a composite type", STR_ARG(e->schema), STR_ARG(type_words(f, t)));
}

static struct str
other_misfit(const struct facts *f, const struct relation *r, const struct expr *e)
{
	struct str missing = collation_missing(f, e->qualifier, e->schema);

	if (missing.s != NULL)
		return missing;
	if (e->nargs == 1 && str_is(e->name, "collate"))
		return collation_misfit(f, operand(f, r, e->args[0]), str_is(operand(f, r, e->args[0]).name, "?") ? STR_NONE : e->schema);
	return e->nargs == 1 && str_is(e->name, ".") ? field_misfit(f, r, e) : STR_NONE;
}

/* ---- conditions ---- */

static struct str boolean_misfit(const struct facts *, const struct relation *, const struct expr *, const char *clause);

/* transformCaseExpr(): CASE a WHEN b compares, CASE WHEN b does not. */
static struct str
case_misfit(const struct facts *f, const struct relation *r, const struct expr *conditions)
{
	bool compares = str_is(conditions->name, "case");
	struct str reason = STR_NONE;

	for (size_t i = compares; reason.s == NULL && i < conditions->nargs; i++)
		reason = compares ? pair_misfit(f, r, STR_NONE, STR("="), conditions->args[0], conditions->args[i])
		    : boolean_misfit(f, r, conditions->args[i], "CASE/WHEN");
	return reason;
}

/* coerce_to_boolean() */
static struct str
boolean_misfit(const struct facts *f, const struct relation *r, const struct expr *e, const char *clause)
{
	struct type t = operand(f, r, e);

	return !type_known(t) || !t.builtin || str_is(t.name, "?") || (t.dims == 0 && str_is(t.name, "bool")) ? STR_NONE
	    : str_printf(f->arena, "argument of %s must be type boolean, not type %.*s", clause, STR_ARG(type_words(f, t)));
}

static const char *
word_of(struct arena *arena, const struct expr *e)
{
	return e->kind == EXPR_AND ? "AND" : e->kind == EXPR_OR ? "OR" : e->kind == EXPR_NOT ? "NOT"
	    : e->kind == EXPR_TEST && e->nargs == 1 && str_starts(e->name, "IS ") ? str_c(arena, e->name) : NULL;
}

struct str
expr_misfit(const struct facts *f, const struct relation *r, const struct expr *e)
{
	struct str reason = STR_NONE;

	if (e == NULL || (r != NULL && !is_known(r)))
		return STR_NONE;
	if (e->kind == EXPR_COLUMN)
		return r == NULL ? STR_NONE : column_misfit(f, r, e);
	for (size_t i = 0; reason.s == NULL && i + (e->kind == EXPR_SUBQUERY) < e->nargs; i++)
		reason = expr_misfit(f, r, e->args[i]);
	for (size_t i = 0; reason.s == NULL && word_of(f->arena, e) != NULL && i < e->nargs; i++)
		reason = boolean_misfit(f, r, e->args[i], word_of(f->arena, e));
	if (reason.s == NULL && (e->kind == EXPR_OPERATOR || e->kind == EXPR_TEST))
		reason = operator_missing(f, e->schema, e->name);
	if (reason.s == NULL && e->kind == EXPR_OPERATOR && e->nargs == 2 && (e->schema.s == NULL || str_is(e->schema, "pg_catalog")))
		reason = pair_misfit(f, r, e->schema, e->name, e->args[0], e->args[1]);
	if (reason.s == NULL && e->kind == EXPR_CHOICE && str_is(e->name, "case") && e->nargs > 0)
		reason = case_misfit(f, r, e->args[0]);
	if (reason.s == NULL && e->kind == EXPR_OTHER)
		reason = other_misfit(f, r, e);
	if (reason.s == NULL && (e->kind == EXPR_CHOICE || e->kind == EXPR_OTHER))
		reason = choice_misfit(f, r, e);
	if (reason.s == NULL && e->kind == EXPR_FUNCTION)
		reason = call_misfit(f, r, e);
	return reason.s == NULL && e->kind == EXPR_TEST ? test_misfit(f, r, e) : reason;
}

struct str
condition_misfit(const struct facts *f, const struct relation *r, const struct expr *e, const char *clause)
{
	struct str reason = expr_misfit(f, r, e);

	return reason.s != NULL || e == NULL || (r != NULL && !is_known(r)) ? reason : boolean_misfit(f, r, e, clause);
}

/* ---- generated columns ---- */

static bool
is_column_of(const struct relation *r, const struct expr *e)
{
	return e->kind == EXPR_COLUMN && (e->schema.s == NULL || str_eq(e->schema, r->name));
}

/* check_nested_generated_walker() */
static struct str
generated_in(const struct facts *f, const struct relation *r, struct str own, const struct expr *e)
{
	const struct column *column = is_column_of(r, e) ? catalog_find_column(r, e->name) : NULL;
	struct str found = STR_NONE;

	if (is_column_of(r, e) && (str_eq(e->name, own) || (column != NULL && column->generated != 0)))
		return e->name;
	for (size_t i = 0; found.s == NULL && i < e->nargs; i++)
		found = generated_in(f, r, own, e->args[i]);
	return found;
}

struct str
generation_misfit(const struct facts *f, const struct relation *r, struct str own, struct type type, const struct expr *e)
{
	struct str name, reason;

	reason = misplaced(f, e, "column generation expressions");
	if (reason.s != NULL || e == NULL || !is_known(r))
		return reason;
	name = generated_in(f, r, own, e);
	if (name.s != NULL)
		return str_printf(f->arena, "cannot use generated column \"%.*s\" in column generation expression", STR_ARG(name));
	name = expr_system_column(r, e);
	if (name.s != NULL && !str_is(name, "tableoid"))
		return str_printf(f->arena, "cannot use system column \"%.*s\" in column generation expression", STR_ARG(name));
	if (expr_is_mutable(f->catalog, r, e))
		return STR("generation expression is not immutable");
	reason = expr_misfit(f, r, e);
	return reason.s != NULL ? reason : generated_misfit(f, r, own, type, e);
}
