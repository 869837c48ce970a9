#include "op/lower.h"

struct payload {
	char identity;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	struct op *op = lower_add(l, kind);

	op->column_name = lower_text(l, cmd->name);
	op->if_exists = cmd->missing_ok;
	op->spans[SPAN_COLUMN] = locate_name(l->statement, l->action, op->column_name);
	if (cmd->def != NULL && IsA(cmd->def, Constraint))
		OP_DATA(op, struct payload)->identity = ((const Constraint *)cmd->def)->generated_when;
}

static void
add_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
	effects_create(e, op->table->schema, catalog_choose_name((struct catalog *)(uintptr_t)f->catalog, op->table,
	    &op->column_name, 1, "seq", false));
}

static void
change_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
	if (op->column != NULL && op->column->sequence != NULL && op->kind->subtype == AT_DropIdentity)
		effects_lock(e, op->column->sequence, ACCESS_EXCLUSIVE);
}

static void
add_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct relation *sequence;
	struct str name;

	(void)session;
	if (op->column == NULL)
		return;
	name = catalog_choose_name(c, op->table, &op->column_name, 1, "seq", false);
	sequence = catalog_add_relation(c, op->table->schema, name, RELATION_SEQUENCE);
	sequence->owner = op->table;
	sequence->owner_column = op->column_name;
	catalog_set(c, &op->column->sequence, sequence);
	catalog_set(c, &op->column->identity, OP_DATA(op, struct payload)->identity);
}

static void
drop_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->column == NULL)
		return;
	catalog_set(c, &op->column->identity, 0);
	if (op->column->sequence != NULL)
		catalog_drop_relation(c, op->column->sequence);
	catalog_set(c, &op->column->sequence, NULL);
}

#define KIND(kind_name, kind_doc, kind_subtype, kind_pass, effects_function, apply_function) \
	{ .name = kind_name, .doc = kind_doc, .node = T_AlterTableStmt, .subtype = kind_subtype, \
	    .has = HAS_TABLE | HAS_COLUMN, .pass = kind_pass, .size = sizeof(struct payload), .lower = lower, \
	    .effects = effects_function, .apply = apply_function }

const struct op_kind op_kinds_column_identity[] = {
	KIND("add_identity", "ALTER TABLE ... ALTER COLUMN ... ADD GENERATED AS IDENTITY", AT_AddIdentity,
	    PASS_ADD_OTHER_CONSTRAINT, add_effects, add_apply),
	KIND("set_identity", "ALTER TABLE ... ALTER COLUMN ... SET GENERATED, RESTART", AT_SetIdentity, PASS_MISC, change_effects,
	    NULL),
	KIND("drop_identity", "ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY", AT_DropIdentity, PASS_DROP, change_effects,
	    drop_apply),
	{ .name = NULL }
};
