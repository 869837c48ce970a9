#include "op/lower.h"

/* ADD table_constraint: the constraint's own kind takes it. A key USING INDEX arrives here too. */
static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	const Constraint *c = (const Constraint *)cmd->def;

	(void)kind;
	lower_node(l, T_Constraint, (int)c->contype, c);
}

const struct op_kind op_kinds_add_constraint[] = {
	{ .name = "add_constraint", .doc = "ALTER TABLE ... ADD table_constraint; becomes add_check, add_foreign_key, add_unique, "
	    "add_primary_key, add_exclusion or add_not_null", .node = T_AlterTableStmt, .subtype = AT_AddConstraint,
	    .lower = lower },
	{ .name = NULL }
};
