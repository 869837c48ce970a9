#include "op/lower.h"

struct payload {
	struct expr *expr;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	struct op *op = lower_add(l, kind);

	op->column_name = lower_text(l, cmd->name);
	op->if_exists = cmd->missing_ok;
	op->spans[SPAN_COLUMN] = locate_name(l->statement, l->action, op->column_name);
	if (cmd->subtype == AT_SetExpression)
		OP_DATA(op, struct payload)->expr = lower_expr(l, cmd->def);
}

/* ATExecSetExpression(): a stored column is computed anew for every row; a virtual one (18) is not stored. */
static void
set_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	enum tri stored = op->column == NULL || op->column->assumed ? UNKNOWN : tri_of(op->column->generated == 's');

	(void)f;
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
	effects_rewrite_table(e, op->table, stored);
	for (size_t i = 0; i < op->table->partitions.n; i++)
		effects_rewrite_table(e, op->table->partitions.items[i], stored);
}

static void
drop_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
}

static void
set_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->column != NULL)
		catalog_set(c, &op->column->default_expr, OP_DATA(op, struct payload)->expr);
}

static void
drop_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->column == NULL)
		return;
	catalog_set(c, &op->column->generated, 0);
	catalog_set(c, &op->column->default_expr, NULL);
}

const struct op_kind op_kinds_column_expression[] = {
	{ .name = "set_expression", .doc = "ALTER TABLE ... ALTER COLUMN ... SET EXPRESSION (17)", .node = T_AlterTableStmt,
	    .subtype = AT_SetExpression, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_SET_EXPRESSION,
	    .size = sizeof(struct payload), .lower = lower, .effects = set_effects, .apply = set_apply },
	{ .name = "drop_expression", .doc = "ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION", .node = T_AlterTableStmt,
	    .subtype = AT_DropExpression, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_DROP, .size = sizeof(struct payload),
	    .lower = lower, .effects = drop_effects, .apply = drop_apply },
	{ .name = NULL }
};
