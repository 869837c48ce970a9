#include "op/lower.h"
#include "op/operators.h"
#include "op/swap.h"

struct payload {
	struct expr *expr;              /* NULL: DROP EXPRESSION */
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	struct op *op = lower_add(l, kind);

	op->column_name = lower_text(l, cmd->name);
	op->part_if_exists = cmd->missing_ok;
	op->spans[SPAN_COLUMN] = locate_name(l->statement, l->action, op->column_name);
	OP_DATA(op, struct payload)->expr = lower_table_expr(l, cmd->def);
	if (cmd->def != NULL)
		op->spans[SPAN_DEFAULT] = locate_parens(l->statement, l->action.off);
}

static enum tri
is_stored(const struct relation *r, struct str name)
{
	const struct column *column = catalog_find_column(r, name);

	if (column == NULL || (column->assumed && column->generated == 0))
		return UNKNOWN;
	return tri_of(column->generated == 's');
}

/* ATExecSetExpression(): a stored column is computed anew; a virtual one (18) is only checked for NOT NULL */
static void
lock_tree(const struct op *op, const struct facts *f, struct effects *e, struct relation *r)
{
	enum tri stored = f->pg_version < 18 ? YES : is_stored(r, op->column_name);
	const struct column *column = catalog_find_column(r, op->column_name);
	struct relation_effect *entry = effects_lock(e, r, ACCESS_EXCLUSIVE);

	if (stored != YES && column != NULL && r->kind != RELATION_PARTITIONED)
		entry->scan = tri_or(entry->scan, column->not_null);
	effects_rewrite_table(e, r, stored);
	for (size_t i = 0; !op->only && i < r->partitions.n; i++)
		lock_tree(op, f, e, r->partitions.items[i]);
}

static void
set_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	lock_tree(op, f, e, op->table);
}

static void
drop_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
}

static void
set_in_tree(struct catalog *c, struct relation *r, struct str name, const struct expr *expr, bool only)
{
	struct column *column = catalog_column(c, r, name);

	if (column != NULL) {
		catalog_set(c, &column->default_expr, expr);
		if (expr == NULL)
			catalog_set(c, &column->generated, 0);
	}
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		set_in_tree(c, r->partitions.items[i], name, expr, false);
}

static void
set_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	set_in_tree(c, op->table, op->column_name, OP_DATA(op, struct payload)->expr, op->only);
}

/* IF EXISTS on a column that is not generated leaves its default alone. */
static void
drop_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->column != NULL && (op->column->generated != 0 || op->column->assumed))
		set_in_tree(c, op->table, op->column_name, NULL, op->only);
}

static struct str
refused(const struct facts *f)
{
	const struct column *column = f->op->column;

	return generation_misfit(f, f->op->table, f->op->column_name, column == NULL ? (struct type){ .name = STR_NONE } : column->type,
	    OP_DATA(f->op, struct payload)->expr);
}

/* ---- facts ---- */

static struct value
get_expression(const struct facts *f)
{
	const struct expr *expr = OP_DATA(f->op, struct payload)->expr;

	return expr == NULL ? value_absent() : value_text(expr->text);
}

static struct value
get_stored(const struct facts *f)
{
	return value_tri(is_stored(f->op->table, f->op->column_name));
}

static struct value
get_if_exists(const struct facts *f)
{
	return value_bool(f->op->part_if_exists);
}

static const struct field set_fields[] = {
	{ "expression", FIELD_TEXT, "the new generation expression", get_expression },
	{ "is_stored", FIELD_BOOL, "the column is STORED, so every row is written anew; not VIRTUAL (18)", get_stored },
	COPY_FIELD,
	BACKFILL_FIELDS,
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field drop_fields[] = {
	{ "is_stored", FIELD_BOOL, "the column is STORED; a VIRTUAL one cannot drop its expression", get_stored },
	{ "if_exists", FIELD_BOOL, "IF EXISTS is given", get_if_exists },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_column_expression[] = {
	{ .name = "set_expression", .doc = "ALTER TABLE ... ALTER COLUMN ... SET EXPRESSION (17)", .node = T_AlterTableStmt,
	    .subtype = AT_SetExpression, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_SET_EXPRESSION,
	    .size = sizeof(struct payload), .fields = set_fields, .lower = lower, .effects = set_effects,
	    .refused = refused, .apply = set_apply },
	{ .name = "drop_expression", .doc = "ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION", .node = T_AlterTableStmt,
	    .subtype = AT_DropExpression, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_DROP, .size = sizeof(struct payload),
	    .fields = drop_fields, .lower = lower, .effects = drop_effects, .apply = drop_apply },
	{ .name = NULL }
};
