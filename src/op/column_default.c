#include "op/lower.h"

struct payload {
	struct expr *default_expr;      /* NULL: DROP DEFAULT */
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	struct op *op;

	if (cmd->def == NULL)
		kind = op_kind_find(STR("drop_default"));
	op = lower_add(l, kind);
	op->column_name = lower_text(l, cmd->name);
	op->spans[SPAN_COLUMN] = locate_name(l->statement, l->action, op->column_name);
	op->spans[SPAN_DEFAULT] = locate_keywords(l->statement, l->action, "default");
	OP_DATA(op, struct payload)->default_expr = lower_expr(l, cmd->def);
}

/* AlterTableGetLockLevel(): AccessExclusiveLock */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
}

static void
set_in_tree(struct catalog *c, struct relation *r, const struct op *op)
{
	struct column *column = catalog_column(c, r, op->column_name);

	if (column != NULL)
		catalog_set(c, &column->default_expr, OP_DATA(op, struct payload)->default_expr);
	for (size_t i = 0; !op->only && i < r->partitions.n; i++)
		set_in_tree(c, r->partitions.items[i], op);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	set_in_tree(c, op->table, op);
}

static struct value
get_default(const struct facts *f)
{
	const struct expr *e = OP_DATA(f->op, struct payload)->default_expr;

	return e == NULL ? value_absent() : value_text(e->text);
}

static struct value
get_old_default(const struct facts *f)
{
	const struct column *c = f->op->column;

	if (c == NULL || c->assumed)
		return value_unknown();
	return c->default_expr == NULL ? value_absent() : value_text(c->default_expr->text);
}

static const struct field fields[] = {
	{ "new_default", FIELD_TEXT, "the default it gets; absent: none", get_default },
	{ "old_default", FIELD_TEXT, "the default it has now; absent: none", get_old_default },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_column_default[] = {
	{ .name = "set_default", .doc = "ALTER TABLE ... ALTER COLUMN ... SET DEFAULT", .node = T_AlterTableStmt,
	    .subtype = AT_ColumnDefault, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_ADD_OTHER_CONSTRAINT,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .effects = effects, .apply = apply },
	{ .name = "drop_default", .doc = "ALTER TABLE ... ALTER COLUMN ... DROP DEFAULT", .has = HAS_TABLE | HAS_COLUMN,
	    .pass = PASS_DROP, .size = sizeof(struct payload), .fields = fields, .lower = lower, .effects = effects,
	    .apply = apply },
	{ .name = NULL }
};
