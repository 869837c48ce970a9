#include "op/failure.h"
#include "op/operators.h"
#include "op/retype.h"

/*
 * A column gets another type: ATPostAlterTypeParse() takes the conditions over it as they are deparsed, where each literal and each
 * operand has the type that the operator took of it. What is written of it here was measured on 15 and 18.
 */

struct stored {
	const struct facts *facts;
	const struct relation *relation;        /* as it was */
};

static bool
is_one_of(struct type t, const char *names)
{
	return t.builtin && t.dims == 0 && str_in_words(t.name, names);
}

static struct type
builtin(const char *name)
{
	return type_make(STR_NONE, str_of(name), NULL, 0, 0);
}

static struct type
type_of(const struct stored *s, const struct expr *e)
{
	if (e->kind == EXPR_NULL || (e->kind == EXPR_CONST && !type_known(e->type)))
		return (struct type){ .name = STR("?"), .builtin = true };
	return type_below_domains(s->facts->catalog, expr_plain_type(s->facts->catalog, s->relation, e));
}

/* ---- what an operator takes ---- */

static struct type
common_number(struct type a, struct type b)
{
	if (is_one_of(a, "float4 float8") || is_one_of(b, "float4 float8"))
		return is_one_of(a, "float4 float8") && is_one_of(b, "float4 float8") ? a : builtin("float8");
	return is_one_of(a, "numeric") || is_one_of(b, "numeric") ? builtin("numeric") : a;
}

static bool
numbers_as(struct type *a, struct type *b)
{
	struct type t = common_number(*a, *b);

	if (!is_one_of(*a, "int2 int4 int8 numeric float4 float8") || !is_one_of(*b, "int2 int4 int8 numeric float4 float8"))
		return false;
	if (is_one_of(t, "numeric"))
		*a = *b = t;
	if (is_one_of(t, "float4 float8")) {
		*a = is_one_of(*a, "float4 float8") ? *a : t;
		*b = is_one_of(*b, "float4 float8") ? *b : builtin("float8");
	}
	return true;
}

/* There are no operators for varchar. */
static struct type
text_as(struct type t)
{
	return is_one_of(t, "varchar") ? builtin("text") : t;
}

/* false: not known. */
static bool
texts_as(struct type *a, struct type *b)
{
	bool chars = is_one_of(*a, "bpchar") || is_one_of(*b, "bpchar");

	if (!is_one_of(*a, "text varchar bpchar name") || !is_one_of(*b, "text varchar bpchar name") || (chars && !str_eq(a->name, b->name)))
		return false;
	*a = text_as(*a);
	*b = text_as(*b);
	return true;
}

/* LIKE and the like take texts on their right. */
static bool
is_pattern(struct str name)
{
	return str_find(name, STR("~")) != (size_t)-1;
}

static bool
is_moment(struct type t)
{
	return is_one_of(t, "date timestamp timestamptz");
}

static bool
operands_as(struct str name, struct type *a, struct type *b)
{
	bool compares = str_is(name, "=") || str_is(name, "<>") || str_is(name, "!=") || str_is(name, "<") || str_is(name, ">") ||
	    str_is(name, "<=") || str_is(name, ">=");
	bool counts = str_is(name, "+") || str_is(name, "-") || str_is(name, "*") || str_is(name, "/");

	if (is_pattern(name) && is_one_of(*b, "?"))
		*b = builtin("text");
	if (is_pattern(name))
		return is_one_of(*a, "text varchar") && texts_as(a, b);
	if (!compares && !counts)
		return false;
	if (is_one_of(*a, "?"))
		*a = *b;
	if (is_one_of(*b, "?"))
		*b = *a;
	if (counts || numbers_as(a, b))
		return numbers_as(a, b);
	return texts_as(a, b) || (is_moment(*a) && is_moment(*b)) ||
	    (type_same_base(*a, *b) && is_one_of(*a, "bool uuid jsonb bytea time timetz interval bit varbit inet macaddr money"));
}

/* ---- as it is stored ---- */

static struct expr *store(const struct stored *, const struct expr *);

static struct expr *
as_type(const struct stored *s, struct expr *e, struct type type)
{
	struct expr *cast;

	if (type_same_base(expr_plain_type(s->facts->catalog, s->relation, e), type))
		return e;
	cast = NEW(s->facts->arena, struct expr);
	cast->kind = EXPR_CAST;
	cast->type = type;
	cast->nargs = 1;
	cast->args = NEW_ARRAY(s->facts->arena, struct expr *, 1);
	cast->args[0] = e;
	return cast;
}

/* The first argument with each other; false: it is not known what the server made of them. */
static bool
store_operands(const struct stored *s, struct expr *e)
{
	bool between = str_is(e->name, "BETWEEN") || str_is(e->name, "NOT BETWEEN"), distinct = str_ends(e->name, "DISTINCT FROM");
	struct str name = between ? STR(">=") : distinct ? STR("=") : e->name;
	struct type first = { .name = STR_NONE };

	for (size_t i = 1; i < e->nargs; i++) {
		struct type a = type_of(s, e->args[0]), b = type_of(s, e->args[i]);
		if (!operands_as(name, &a, &b) || (i > 1 && !type_same_base(a, first)))
			return false;
		first = a;
		e->args[i] = as_type(s, e->args[i], b);
	}
	if (e->nargs > 1)
		e->args[0] = as_type(s, e->args[0], first);
	return e->nargs > 1;
}

static bool
has_operands(const struct expr *e)
{
	return (e->kind == EXPR_OPERATOR && e->nargs == 2) || (e->kind == EXPR_TEST && e->name.n > 0 && e->nargs > 1);
}

/* No function casts these by itself. */
static bool
is_taken_as_is(const struct stored *s, const struct expr *e)
{
	return is_one_of(type_of(s, e), "text bool json jsonb bytea uuid timestamptz");
}

/* What nothing is said about. */
static const struct expr other = { .kind = EXPR_OTHER };

static struct expr *
store(const struct stored *s, const struct expr *e)
{
	struct expr *copy = NEW(s->facts->arena, struct expr);

	*copy = *e;
	copy->args = NEW_ARRAY(s->facts->arena, struct expr *, e->nargs);
	for (size_t i = 0; i < e->nargs; i++)
		copy->args[i] = store(s, e->kind != EXPR_FUNCTION || is_taken_as_is(s, e->args[i]) ? e->args[i] : &other);
	if (e->kind == EXPR_CHOICE || e->kind == EXPR_SUBQUERY || e->kind == EXPR_OTHER || (has_operands(e) && !store_operands(s, copy)))
		*copy = other;
	return copy;
}

/* ---- over a column of another type ---- */

/* The operation of the same statement that gives a column of the table another type; NULL: none. */
static const struct op *
retypes(const struct facts *f, struct str column, bool before)
{
	const struct script *script = f->op->script;
	bool passed = false;

	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		passed = passed || op == f->op;
		if (op->statement == f->op->statement && passed != before && type_known(retype_of(op)) && str_eq(op->column_name, column))
			return op;
	}
	return NULL;
}

/* Another column that the statement has given another type: what is over both was looked at then. */
static bool
mentions_retyped(const struct facts *f, const struct expr *e)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && expr_mentions_column(e, r->columns.items[i]->name) && retypes(f, r->columns.items[i]->name, true) != NULL)
			return true;
	return false;
}

/* As the statement leaves it. */
static struct type
type_then(const struct facts *f, const struct relation *r, const struct column *column)
{
	const struct op *op = r == f->op->table ? retypes(f, column->name, false) : NULL;

	return op == NULL ? column->type : retype_of(op);
}

static struct relation *
retyped_table(const struct facts *f)
{
	struct relation *copy = NEW(f->arena, struct relation);

	*copy = *f->op->table;
	copy->columns.items = NEW_ARRAY(f->arena, struct column *, copy->columns.n);
	for (size_t i = 0; i < copy->columns.n; i++) {
		const struct column *from = f->op->table->columns.items[i];
		struct column *column = copy->columns.items[i] = NEW(f->arena, struct column);
		*column = *from;
		if (!from->dropped)
			column->type = type_then(f, f->op->table, from);
	}
	return copy;
}

static struct str
misfit(const struct facts *f, const struct relation *retyped, const struct expr *e, const char *clause)
{
	const struct stored s = { f, f->op->table };

	if (e == NULL || !expr_mentions_column(e, f->op->column_name) || mentions_retyped(f, e))
		return STR_NONE;
	return clause == NULL ? expr_misfit(f, retyped, store(&s, e)) : condition_misfit(f, retyped, store(&s, e), clause);
}

/* ResolveOpClass(); a class that is the default of the old type goes unsaid. */
static struct str
key_misfit(const struct facts *f, const struct index_column *k, struct str method, struct type to)
{
	if (k->name.s == NULL || !str_eq(k->name, f->op->column_name))
		return STR_NONE;
	if (k->opclass.n > 0)
		return str_ends(k->opclass, "_pattern_ops") || str_ends(k->opclass, "_path_ops") ? opclass_misfit(f, k->opclass, method, to) : STR_NONE;
	return type_has_opclass(f->catalog, to, method) != NO ? STR_NONE
	    : str_printf(f->arena, "data type %.*s has no default operator class for access method \"%.*s\"", STR_ARG(type_format(f->arena, to)),
	    STR_ARG(method));
}

static struct str
index_misfit(const struct facts *f, const struct relation *retyped, const struct relation *index, struct type to)
{
	struct str reason = misfit(f, retyped, index->index->predicate, "WHERE");

	for (size_t i = 0; reason.s == NULL && i < index->index->columns.n; i++) {
		reason = key_misfit(f, &index->index->columns.items[i], index->index->method, to);
		if (reason.s == NULL)
			reason = misfit(f, retyped, index->index->columns.items[i].expr, NULL);
	}
	return reason;
}

/* ---- foreign keys ---- */

static struct type
key_type(const struct facts *f, const struct relation *r, struct str name)
{
	const struct column *column = catalog_find_column(r, name);

	return column == NULL || column->assumed ? (struct type){ .name = STR_NONE } : type_then(f, r, column);
}

/* ATAddForeignKeyConstraint() */
static struct str
reference_misfit(const struct facts *f, const struct constraint *k)
{
	if (k->kind != CONSTRAINT_FOREIGN_KEY || k->dropped || k->assumed || k->born.doubtful || k->columns.n != k->reference_columns.n ||
	    !is_settled(f, k->table, REACH_SCHEMA) || !is_settled(f, k->references, REACH_SCHEMA))
		return STR_NONE;
	for (size_t i = 0; i < k->columns.n; i++) {
		struct type from = key_type(f, k->table, k->columns.items[i]), key = key_type(f, k->references, k->reference_columns.items[i]);
		bool touched = (k->table == f->op->table && str_eq(k->columns.items[i], f->op->column_name)) ||
		    (k->references == f->op->table && str_eq(k->reference_columns.items[i], f->op->column_name));
		if (touched && type_refers_to(f->catalog, from, key) == NO && !may_have_operators(f->catalog))
			return str_printf(f->arena, "foreign key constraint \"%.*s\" cannot be implemented: columns \"%.*s\" and \"%.*s\" are of incompatible types",
			    STR_ARG(k->name), STR_ARG(k->columns.items[i]), STR_ARG(k->reference_columns.items[i]));
	}
	return STR_NONE;
}

static struct str
references_misfit(const struct facts *f, const struct relation *r)
{
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < r->constraints.n; i++)
		reason = reference_misfit(f, r->constraints.items[i]);
	for (size_t i = 0; reason.s == NULL && i < r->referenced_by.n; i++)
		reason = reference_misfit(f, r->referenced_by.items[i]);
	return reason;
}

struct str
retyped_misfit(const struct facts *f, struct type to)
{
	const struct relation *r = f->op->table;
	const struct relation *retyped;
	struct str reason = STR_NONE;

	if (!is_settled(f, r, REACH_SCHEMA) || !type_known(f->op->column->type))
		return STR_NONE;
	retyped = retyped_table(f);
	for (size_t i = 0; reason.s == NULL && i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_CHECK && !k->dropped && !k->assumed && !k->born.doubtful && !k->respelled)
			reason = misfit(f, retyped, k->check, "CHECK");
	}
	for (size_t i = 0; reason.s == NULL && i < r->indexes.n; i++) {
		const struct relation *index = r->indexes.items[i];
		if (!index->dropped && !index->assumed && !index->born.doubtful && !index->index->respelled)
			reason = index_misfit(f, retyped, index, to);
	}
	return reason.s != NULL ? reason : references_misfit(f, r);
}
