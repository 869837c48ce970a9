#include <stdlib.h>

#include "op/dml.h"
#include "op/failure.h"
#include "op/shortened.h"
#include "sql/locate.h"

/* How long the strings of a column are at most. */

static bool
is_length_of(const struct expr *e, struct str column)
{
	return e->kind == EXPR_FUNCTION && e->nargs == 1 && e->args[0]->kind == EXPR_COLUMN && str_eq(e->args[0]->name, column) &&
	    (str_is(e->name, "length") || str_is(e->name, "char_length") || str_is(e->name, "character_length"));
}

static int64_t
number_of(struct arena *arena, const struct expr *e)
{
	return e->kind == EXPR_CONST && type_known(e->type) ? strtoll(str_c(arena, e->name), NULL, 10) : -1;
}

/* The number that the length is compared with: "length(column) > 100", or "100 < length(column)". -1: it is something else. */
static int64_t
compared_with(const struct facts *f, const struct expr *e, struct str column, const char *operator, const char *turned_operator)
{
	bool turned;

	if (e->kind != EXPR_OPERATOR || e->nargs != 2 || str_is(e->name, "<>"))
		return -1;
	turned = is_length_of(e->args[1], column);
	if (!str_starts(e->name, turned ? turned_operator : operator) || !is_length_of(e->args[turned], column))
		return -1;
	return number_of(f->arena, e->args[!turned]);
}

/* Every longer value meets the condition. */
static bool
finds_longer(const struct facts *f, const struct expr *e, struct str column, int64_t length)
{
	int64_t limit = compared_with(f, e, column, ">", "<");

	if (limit >= 0)
		return limit - (e->name.n == 2) <= length;
	for (size_t i = 0; e->kind == EXPR_OR && i < e->nargs; i++)
		if (finds_longer(f, e->args[i], column, length))
			return true;
	return false;
}

/* No longer value does. */
static bool
forbids_longer(const struct facts *f, const struct expr *e, struct str column, int64_t length)
{
	int64_t limit = compared_with(f, e, column, "<", ">");

	if (limit >= 0)
		return limit - (e->name.n == 1) <= length;
	for (size_t i = 0; e->kind == EXPR_AND && i < e->nargs; i++)
		if (forbids_longer(f, e->args[i], column, length))
			return true;
	return false;
}

static bool
is_checked(const struct facts *f, struct str column, int64_t length)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_CHECK && !k->dropped && k->enforced && k->valid == YES && k->check != NULL && forbids_longer(f, k->check, column, length))
			return true;
	}
	return false;
}

static bool
cuts(const struct op *op)
{
	static const char *const cutters[] = { "left (", "substr (", "substring (" };
	const struct statement *st = op->statement;

	for (size_t i = 0; i < sizeof cutters / sizeof *cutters; i++)
		if (locate_tokens(st, st->span, cutters[i]).len > 0)
			return true;
	return false;
}

static bool
shortens(const struct facts *f, const struct op *op, struct str column, int64_t length)
{
	const struct dml *p = OP_DATA(op, struct dml);
	bool deletes = is_kind(op, "delete"), updates = is_kind(op, "update");

	if ((!deletes && !updates) || p->joins || (updates && !str_in(column, p->columns.items, p->columns.n)))
		return false;
	return p->where == NULL ? updates && cuts(op) : finds_longer(f, p->where, column, length);
}

static bool
writes(const struct op *op)
{
	return is_kind(op, "update") || is_kind(op, "insert") || is_kind(op, "copy") || is_kind(op, "merge");
}

bool
column_is_shortened(const struct facts *f, struct str column, int64_t length)
{
	struct op *const *ops = f->op->script->ops.items;
	size_t i = 0;

	if (f->op->table == NULL || is_checked(f, column, length))
		return f->op->table != NULL;
	while (ops[i] != f->op)
		i++;
	while (f->session->open != NO && i-- > 0) {
		if (ops[i]->table != f->op->table || ops[i]->statement == f->op->statement)
			continue;
		if (shortens(f, ops[i], column, length))
			return true;
		if (writes(ops[i]))
			return false;
	}
	return false;
}
