#include "op/firing.h"

/* What a condition may come out as. */
enum { MAYBE_TRUE = 1, MAYBE_FALSE = 2, MAYBE_NULL = 4, MAYBE_ANY = 7 };

static bool
is_listed(const struct op *op, struct str column)
{
	const struct dml *p = OP_DATA(op, struct dml);

	return str_in(column, p->columns.items, p->columns.n);
}

/* ExecGetAllUpdatedCols(): generated columns follow those that they are made from. */
static bool
is_set(const struct op *op, struct str name)
{
	const struct column *c = catalog_find_column(op->table, name);
	const struct dml *p = OP_DATA(op, struct dml);
	bool set = is_listed(op, name);

	for (size_t i = 0; !set && c != NULL && c->generated != 0 && c->default_expr != NULL && i < p->columns.n; i++)
		set = expr_mentions_column(c->default_expr, p->columns.items[i]);
	return set;
}

/* ---- WHEN ---- */

/* BEFORE triggers may give it another value, too; then one of those fires. */
static bool
is_kept(const struct op *op, struct str name)
{
	const struct column *c = catalog_find_column(op->table, name);

	return c != NULL && c->generated == 0 && !is_listed(op, name);
}

static bool
are_versions(const struct expr *a, const struct expr *b)
{
	return a->schema.s != NULL && b->schema.s != NULL &&
	    ((str_is(a->schema, "old") && str_is(b->schema, "new")) || (str_is(a->schema, "new") && str_is(b->schema, "old")));
}

static bool
is_function_of_arguments(const struct expr *e)
{
	switch (e->kind) {
	case EXPR_CONST: case EXPR_NULL: case EXPR_CAST: case EXPR_OPERATOR: return true;
	case EXPR_FUNCTION: return expr_volatility(e, NULL, NULL) == IMMUTABLE;
	case EXPR_CHOICE: return !str_is(e->name, "case");
	case EXPR_OTHER: return str_is(e->name, "row");
	default: return false;
	}
}

/* The same, but that the one is of the row before and the other of the row after. */
static bool
is_same(const struct op *op, const struct expr *a, const struct expr *b)
{
	if (a->kind != b->kind || a->nargs != b->nargs || !str_eq(a->name, b->name))
		return false;
	if (a->kind == EXPR_COLUMN)
		return are_versions(a, b) && is_kept(op, a->name);
	if (!is_function_of_arguments(a) || !str_eq(a->schema, b->schema) || (a->kind == EXPR_CAST && !type_eq(a->type, b->type)))
		return false;
	for (size_t i = 0; i < a->nargs; i++)
		if (!is_same(op, a->args[i], b->args[i]))
			return false;
	return true;
}

static unsigned
compared(const struct op *op, const struct expr *e)
{
	static const char *const unequal[] = { "<>", "!=", "<", ">" };

	if (e->nargs != 2 || !is_same(op, e->args[0], e->args[1]))
		return MAYBE_ANY;
	if (e->kind == EXPR_TEST)
		return str_is(e->name, "IS DISTINCT FROM") ? MAYBE_FALSE : str_is(e->name, "IS NOT DISTINCT FROM") ? MAYBE_TRUE : MAYBE_ANY;
	for (size_t i = 0; i < sizeof unequal / sizeof *unequal; i++)
		if (str_is(e->name, unequal[i]))
			return MAYBE_FALSE | MAYBE_NULL;
	return str_is(e->name, "=") ? MAYBE_TRUE | MAYBE_NULL : MAYBE_ANY;
}

static unsigned
negated(unsigned a)
{
	return (a & MAYBE_TRUE ? MAYBE_FALSE : 0u) | (a & MAYBE_FALSE ? MAYBE_TRUE : 0u) | (a & MAYBE_NULL);
}

static unsigned
both(unsigned a, unsigned b)
{
	unsigned passes = MAYBE_TRUE | MAYBE_NULL;

	return (a & b & MAYBE_TRUE) | ((a | b) & MAYBE_FALSE) | ((a & passes) != 0 && (b & passes) != 0 ? (a | b) & MAYBE_NULL : 0u);
}

static unsigned
outcomes(const struct op *op, const struct expr *e)
{
	unsigned all = MAYBE_TRUE;

	switch (e->kind) {
	case EXPR_CONST:
		return !str_is(e->type.name, "bool") ? MAYBE_ANY : str_is(e->name, "true") ? MAYBE_TRUE : MAYBE_FALSE;
	case EXPR_NOT:
		return negated(outcomes(op, e->args[0]));
	case EXPR_AND:
		for (size_t i = 0; i < e->nargs; i++)
			all = both(all, outcomes(op, e->args[i]));
		return all;
	case EXPR_OR:
		for (size_t i = 0; i < e->nargs; i++)
			all = both(all, negated(outcomes(op, e->args[i])));
		return negated(all);
	case EXPR_OPERATOR: case EXPR_TEST:
		return compared(op, e);
	default:
		return MAYBE_ANY;
	}
}

/* ---- triggers ---- */

static bool
is_of_set_column(const struct op *op, const struct trigger *t)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (is_set(op, t->columns.items[i]))
			return true;
	return t->columns.n == 0;
}

/* TriggerEnabled() */
static bool
fires(const struct op *op, const struct trigger *t)
{
	bool deletes = OP_DATA(op, struct dml)->deletes;

	if (t->dropped || !t->row || !(t->events & (deletes ? ON_DELETE : ON_UPDATE)) || str_is(t->state, "disabled") || str_is(t->state, "replica"))
		return false;
	return (deletes || is_of_set_column(op, t)) && (t->when == NULL || (outcomes(op, t->when) & MAYBE_TRUE));
}

const struct trigger *
firing_first(const struct op *op)
{
	const struct trigger *first = NULL;

	for (size_t i = 0; i < op->table->triggers.n; i++) {
		const struct trigger *t = op->table->triggers.items[i];
		if (fires(op, t) && (first == NULL || str_cmp(t->name, first->name) < 0))
			first = t;
	}
	return first;
}
