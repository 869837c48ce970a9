#include <stdlib.h>

#include "op/dml.h"
#include "op/failure.h"
#include "op/rename.h"
#include "op/shortened.h"
#include "sql/locate.h"

/* What no row of a column holds: strings that are longer, one value of an enum, or any value. */
struct gone {
	struct str column;              /* as it is called in front of the statement at hand */
	int64_t length;
	struct str label;               /* STR_NONE: the longer ones, or all */
	bool all;
};

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

/* A cast that keeps every label. */
static const struct expr *
below_casts(const struct expr *e)
{
	while (e->kind == EXPR_CAST && e->nargs == 1 && e->type.nmods == 0 && e->type.dims == 0 &&
	    (!e->type.builtin || str_is(e->type.name, "text") || str_is(e->type.name, "varchar")))
		e = e->args[0];
	return e;
}

/* "column = 'a'", "column IN ('a', 'b')". An array is spelled as one string, and may as well belong to ALL. */
static enum tri
equals(const struct expr *e, const struct gone *g)
{
	const struct expr *first = e->nargs < 2 ? NULL : below_casts(e->args[0]);
	bool turned = first != NULL && e->kind == EXPR_OPERATOR && first->kind == EXPR_CONST, found = false;

	if (first == NULL || (e->kind == EXPR_OPERATOR && e->nargs != 2))
		return UNKNOWN;
	for (size_t i = 0; i < e->nargs; i++) {
		const struct expr *arg = below_casts(e->args[i]);
		if (i == turned && (arg->kind != EXPR_COLUMN || !str_eq(arg->name, g->column)))
			return UNKNOWN;
		if (i == turned)
			continue;
		if (arg->kind != EXPR_CONST || (e->kind == EXPR_TEST && str_starts(arg->name, "{")))
			return UNKNOWN;
		found = found || str_eq(arg->name, g->label);
	}
	return tri_of(found);
}

/* Whether a row with that value meets the condition. */
static enum tri
meets(const struct expr *e, const struct gone *g)
{
	enum tri all = e->kind == EXPR_AND ? YES : NO;

	switch (e->kind) {
	case EXPR_AND:
	case EXPR_OR:
		for (size_t i = 0; i < e->nargs; i++)
			all = e->kind == EXPR_AND ? tri_and(all, meets(e->args[i], g)) : tri_or(all, meets(e->args[i], g));
		return all;
	case EXPR_NOT:
		return e->nargs == 1 ? tri_not(meets(e->args[0], g)) : UNKNOWN;
	case EXPR_OPERATOR:
	case EXPR_TEST:
		return str_is(e->name, "=") ? equals(e, g) : str_is(e->name, "<>") ? tri_not(equals(e, g)) : UNKNOWN;
	default:
		return UNKNOWN;
	}
}

static bool
finds(const struct facts *f, const struct expr *e, const struct gone *g)
{
	if (g->all)
		return str_eq_nocase(e->text, str_printf(f->arena, "%.*s IS NOT NULL", STR_ARG(sql_ident(f->arena, g->column))));
	return g->label.s != NULL ? meets(e, g) == YES : finds_longer(f, e, g->column, g->length);
}

static bool
forbids(const struct facts *f, const struct constraint *k, const struct gone *g)
{
	if (k == NULL || k->kind != CONSTRAINT_CHECK || !k->enforced || k->valid != YES || k->check == NULL)
		return false;
	return g->label.s != NULL ? meets(k->check, g) == NO : forbids_longer(f, k->check, g->column, g->length);
}

static bool
is_checked(const struct facts *f, const struct gone *g)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->constraints.n; i++)
		if (!r->constraints.items[i]->dropped && forbids(f, r->constraints.items[i], g))
			return true;
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

/* UPDATE gives the column one other value. */
static bool
sets_other(const struct dml *p, const struct gone *g)
{
	bool found = false;

	for (size_t i = 0; i < p->values.n && i < p->columns.n; i++) {
		const struct expr *e = p->values.items[i];
		if (!str_eq(p->columns.items[i], g->column))
			continue;
		found = e != NULL && (expr_is_null(e) || (!g->all && below_casts(e)->kind == EXPR_CONST && !str_eq(below_casts(e)->name, g->label)));
	}
	return found;
}

static bool
removes(const struct facts *f, const struct op *op, const struct gone *g)
{
	const struct dml *p = OP_DATA(op, struct dml);
	bool deletes = is_kind(op, "delete"), updates = is_kind(op, "update");

	if ((!deletes && !updates) || p->joins || (op->only && op->table->partitions.n > 0) ||
	    (updates && !str_in(g->column, p->columns.items, p->columns.n)))
		return false;
	if (updates && (g->all || g->label.s != NULL) && !sets_other(p, g))
		return false;
	if (p->where == NULL || str_is_nocase(p->where->text, "true"))
		return updates && (g->all || g->label.s != NULL || cuts(op));
	return finds(f, p->where, g);
}

static bool
may_write(const struct op *op, const struct gone *g)
{
	const struct dml *p = OP_DATA(op, struct dml);

	if (is_kind(op, "update"))
		return str_in(g->column, p->columns.items, p->columns.n) && ((g->label.s == NULL && !g->all) || !sets_other(p, g));
	return is_kind(op, "insert") || is_kind(op, "copy") || is_kind(op, "merge");
}

/* What forbade it was dropped in this transaction, whose lock has kept writers out since. */
static bool
releases(const struct facts *f, const struct op *op, const struct gone *g, bool committed)
{
	return is_kind(op, "drop_constraint") && !committed && (op->statement == f->op->statement || f->session->open == YES) &&
	    forbids(f, op->constraint, g);
}

static bool
gives_name(const struct op *op, struct str column)
{
	return is_kind(op, "rename_column") && str_eq(OP_DATA(op, struct rename)->new_name, column);
}

static bool
is_gone(const struct facts *f, struct gone *g)
{
	struct op *const *ops = f->op->script->ops.items;
	bool committed = false;
	size_t i = 0;

	if (f->op->table == NULL || (!g->all && is_checked(f, g)))
		return f->op->table != NULL;
	while (ops[i] != f->op)
		i++;
	while (i-- > 0 && (f->session->open != NO || ops[i]->statement == f->op->statement)) {
		committed = committed || is_kind(ops[i], "commit");
		if (ops[i]->table != f->op->table || ops[i]->noop)
			continue;
		if (releases(f, ops[i], g, committed) || removes(f, ops[i], g))
			return true;
		if (may_write(ops[i], g))
			return false;
		if (gives_name(ops[i], g->column))
			g->column = OP_DATA(ops[i], struct rename)->old_name;
	}
	return false;
}

bool
column_is_shortened(const struct facts *f, struct str column, int64_t length)
{
	return is_gone(f, &(struct gone){ .column = column, .length = length, .label = STR_NONE });
}

bool
column_lacks_label(const struct facts *f, struct str column, struct str label)
{
	return is_gone(f, &(struct gone){ .column = column, .label = label });
}

bool
column_is_emptied(const struct facts *f, struct str column)
{
	return is_gone(f, &(struct gone){ .column = column, .label = STR_NONE, .all = true });
}

const struct op *
column_updated_before(const struct facts *f, struct str column)
{
	struct op *const *ops = f->op->script->ops.items;
	size_t i = 0;

	if (f->op->table == NULL || f->session->open == NO)
		return NULL;
	while (ops[i] != f->op)
		i++;
	while (i-- > 0 && !is_kind(ops[i], "commit")) {
		if (ops[i]->table != f->op->table || ops[i]->noop)
			continue;
		if (is_kind(ops[i], "update") && str_in(column, OP_DATA(ops[i], struct dml)->columns.items, OP_DATA(ops[i], struct dml)->columns.n))
			return ops[i];
		if (gives_name(ops[i], column))
			column = OP_DATA(ops[i], struct rename)->old_name;
	}
	return NULL;
}
