#include "op/constraint.h"

/* ---- SET NOT NULL, DROP NOT NULL ---- */

static void
lower_column_action(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	struct op *op = lower_add(l, kind);

	op->column_name = lower_text(l, cmd->name);
	op->spans[SPAN_COLUMN] = locate_name(l->statement, l->action, op->column_name);
	op->spans[SPAN_KEYWORD] = locate_keywords(l->statement, l->action,
	    cmd->subtype == AT_SetNotNull ? "set not null" : "drop not null");
}

/* ATPrepSetNotNull(), ATExecSetNotNull() (18): nothing further is done to a column that is NOT NULL. Reads all rows unless NotNullImpliedByRelConstraints(), since 12 */
static enum tri
set_scans(const struct relation *r, struct str column)
{
	return tri_not(relation_proves_not_null(r, column));
}

static bool
is_not_null(const struct relation *r, struct str name)
{
	const struct column *column = catalog_find_column(r, name);

	return column != NULL && column->not_null == YES;
}

static void
scan_tree(struct effects *e, struct relation *r, struct str column, bool only)
{
	struct relation_effect *entry = effects_lock(e, r, ACCESS_EXCLUSIVE);

	if (r->kind != RELATION_PARTITIONED)
		entry->scan = tri_or(entry->scan, set_scans(r, column));
	for (size_t i = 0; !only && !is_not_null(r, column) && i < r->partitions.n; i++)
		scan_tree(e, r->partitions.items[i], column, false);
}

static void
set_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	scan_tree(e, op->table, op->column_name, op->only);
}

static void
drop_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
}

static void
unmark(struct catalog *c, struct relation *r, struct str name, bool only)
{
	struct column *column = catalog_column(c, r, name);

	if (column != NULL)
		catalog_set_not_null(c, r, column, NO, STR_NONE);
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		unmark(c, r->partitions.items[i], name, false);
}

static void
set_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	catalog_make_not_null(c, op->table, op->column_name, STR_NONE, op->only);
}

/* ATExecDropNotNull(): since 18 nothing is done where there is no constraint, to the children neither. */
static void
drop_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct constraint *k = catalog_find_not_null(op->table, op->column_name);

	(void)session;
	if (k != NULL && op->only)
		catalog_leave_to_children(c, k);
	if (k != NULL)
		catalog_drop_constraint(c, k);
	else if (c->pg_version < 18 || op->table->assumed)
		unmark(c, op->table, op->column_name, op->only);
}

static struct value
get_proven(const struct facts *f)
{
	return value_tri(relation_proves_not_null(f->op->table, f->op->column_name));
}

static const struct field set_fields[] = {
	{ "is_proven", FIELD_BOOL, "NOT NULL itself or a valid CHECK already proves it, so nothing is read", get_proven },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

/* ---- ADD CONSTRAINT ... NOT NULL (18) ---- */

static void
lower_constraint_node(struct lowering *l, const struct op_kind *kind, const void *node)
{
	(void)lower_constraint(l, kind, node);
}

static void
constraint_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	(void)f;
	if (k->creating)
		return;
	/* ATPrepCmd(): locks what could inherit it, NO INHERIT or not */
	if (k->not_valid || k->no_inherit)
		effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
	if (!k->not_valid)
		scan_tree(e, op->table, op->column_name, op->only || k->no_inherit);
}

/* On a new column it stands already: see apply_column_def(). */
static void
constraint_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);
	struct column *column;

	(void)session;
	op->constraint = catalog_find_not_null(op->table, op->column_name);
	if (op->constraint != NULL) {
		catalog_set(c, &op->constraint->name_given, true);
		catalog_set(c, &op->constraint->own, true);
		return;
	}
	(void)apply_constraint(op, c);
	column = k->not_valid ? NULL : catalog_column(c, op->table, op->column_name);
	if (column != NULL)
		catalog_set_not_null(c, op->table, column, YES, STR_NONE);
	for (size_t i = 0; !op->only && !k->no_inherit && i < op->table->partitions.n; i++)
		catalog_inherit_constraint(c, op->table->partitions.items[i], op->constraint);
}

static const struct field constraint_fields[] = {
	CONSTRAINT_FIELDS,
	{ "is_proven", FIELD_BOOL, "NOT NULL itself or a valid CHECK already proves it, so nothing is read", get_proven },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_not_null[] = {
	{ .name = "set_not_null", .doc = "ALTER TABLE ... ALTER COLUMN ... SET NOT NULL", .node = T_AlterTableStmt,
	    .subtype = AT_SetNotNull, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_COLUMN_ATTRIBUTES, .fields = set_fields,
	    .lower = lower_column_action, .effects = set_effects, .apply = set_apply },
	{ .name = "drop_not_null", .doc = "ALTER TABLE ... ALTER COLUMN ... DROP NOT NULL", .node = T_AlterTableStmt,
	    .subtype = AT_DropNotNull, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_DROP, .lower = lower_column_action,
	    .effects = drop_effects, .apply = drop_apply },
	{ .name = "add_not_null", .doc = "ADD CONSTRAINT ... NOT NULL column (18)", .node = T_Constraint,
	    .subtype = CONSTR_NOTNULL, .has = HAS_TABLE | HAS_COLUMN | HAS_CONSTRAINT, .pass = PASS_ADD_CONSTRAINT,
	    .size = sizeof(struct new_constraint), .fields = constraint_fields, .lower = lower_constraint_node,
	    .bind = bind_constraint, .effects = constraint_effects, .apply = constraint_apply },
	{ .name = NULL }
};
