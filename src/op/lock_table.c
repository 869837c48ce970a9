#include "op/lower.h"

/* LOCK TABLE: an operation per table. */

struct payload {
	enum lock mode;
	bool nowait;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const LockStmt *st = node;
	const ListCell *cell;

	foreach (cell, st->relations) {
		const RangeVar *r = lfirst(cell);
		struct op *op = lower_add(l, kind);
		op->target = lower_range_var(l, r);
		op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
		op->only = !r->inh;
		/* enum lock numbers the modes as lockdefs.h does */
		OP_DATA(op, struct payload)->mode = (enum lock)st->mode;
		OP_DATA(op, struct payload)->nowait = st->nowait;
	}
}

/* LockViewRecurse() */
static void
lock_view(struct effects *e, const struct relation *view, enum lock mode, int depth)
{
	for (size_t i = 0; depth > 0 && i < view->reads.n; i++) {
		effects_lock_tree(e, view->reads.items[i], mode, false);
		if (view->reads.items[i]->kind == RELATION_VIEW)
			lock_view(e, view->reads.items[i], mode, depth - 1);
	}
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	enum lock mode = OP_DATA(op, struct payload)->mode;

	(void)f;
	effects_lock_tree(e, op->table, mode, op->only);
	if (op->table->kind == RELATION_VIEW)
		lock_view(e, op->table, mode, 64);
}

static struct value
get_mode(const struct facts *f)
{
	return value_lock(OP_DATA(f->op, struct payload)->mode);
}

static struct value
get_nowait(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->nowait);
}

/* The statement behind it, and those LOCK TABLE that stand beside it. */
static const struct op *
next_statement(const struct op *op)
{
	bool later = false;

	for (size_t i = 0; i < op->script->ops.n; later = later || op->script->ops.items[i] == op, i++)
		if (later && op->script->ops.items[i]->kind != op->kind)
			return op->script->ops.items[i];
	return NULL;
}

/* What LOCK TABLE leaves is the catalog that the statement finds. */
static struct value
get_taken_anyway(const struct facts *f)
{
	const struct op *next = next_statement(f->op);
	struct effects effects = { .arena = f->arena };
	struct facts then = *f;
	const struct relation_effect *e;
	struct op bound;

	if (op_lock_held(f, f->op->table) >= OP_DATA(f->op, struct payload)->mode)
		return value_bool(true);
	if (next == NULL || next->target.name.s == NULL || catalog_find_relation(f->catalog, next->target) != f->op->table)
		return value_bool(false);
	bound = *next;
	op_bind(&bound, (struct catalog *)(uintptr_t)f->catalog);
	then.op = &bound;
	then.effects = &effects;
	op_effects(&then, &effects);
	e = effects_find(&effects, f->op->table);
	return value_bool(e != NULL && e->lock >= OP_DATA(f->op, struct payload)->mode);
}

static const struct field fields[] = {
	{ "mode", FIELD_LOCK, "the lock that is asked for", get_mode },
	{ "taken_anyway", FIELD_BOOL, "an earlier statement of the transaction holds no weaker lock on the table, or the next one takes one", get_taken_anyway },
	{ "nowait", FIELD_BOOL, "NOWAIT is given", get_nowait },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_lock_table[] = {
	{ .name = "lock_table", .doc = "LOCK TABLE", .node = T_LockStmt, .subtype = -1, .has = HAS_TABLE,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .effects = effects },
	{ .name = NULL }
};
