#include "op/constraint.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/order.h"

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

/* ---- what the server refuses ---- */

/* ATPrepSetNotNull() before 18: the partitions may have it already */
static bool
partitions_lack_it(const struct facts *f, const struct relation *r)
{
	for (size_t i = 0; i < r->partitions.n; i++) {
		const struct column *column = is_known(r->partitions.items[i]) ? catalog_find_column(r->partitions.items[i], f->op->column_name) : NULL;
		if (f->pg_version >= 18 || (column != NULL && column->not_null == NO))
			return true;
	}
	return false;
}

/* ATExecSetNotNull() */
static struct str
set_refused(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct constraint *k = is_known(r) ? catalog_find_not_null(r, f->op->column_name) : NULL;

	if (!is_known(r) || (k == NULL && is_not_null(r, f->op->column_name)))
		return STR_NONE;
	if (k != NULL)
		return !k->no_inherit || f->op->only ? STR_NONE
		    : str_printf(f->arena, "cannot change NO INHERIT status of NOT NULL constraint \"%.*s\" on relation \"%.*s\"",
		    STR_ARG(k->name), STR_ARG(r->name));
	return f->op->only && r->kind == RELATION_PARTITIONED && partitions_lack_it(f, r) ? STR("constraint must be added to child tables too")
	    : STR_NONE;
}

/* ATPrepDropNotNull(), ATExecDropNotNull(): before 18 inheritance children may lose it */
static struct str
drop_refused_before_18(const struct facts *f)
{
	const struct relation *r = f->op->table, *whole = relation_whole(r);

	if (f->op->only && r->kind == RELATION_PARTITIONED && r->partitions.n > 0)
		return STR("cannot remove constraint from only the partitioned table when partitions exist");
	return !is_known(whole) || !is_not_null(whole, f->op->column_name) ? STR_NONE
	    : str_printf(f->arena, "column \"%.*s\" is marked NOT NULL in parent table", STR_ARG(f->op->column_name));
}

/* dropconstraint_internal() */
static struct str
drop_refused(const struct facts *f)
{
	const struct constraint *k = is_known(f->op->table) ? catalog_find_not_null(f->op->table, f->op->column_name) : NULL;

	if (is_known(f->op->table) && f->pg_version < 18)
		return drop_refused_before_18(f);
	return k == NULL || k->assumed || k->inherited == 0 ? STR_NONE
	    : str_printf(f->arena, "cannot drop inherited constraint \"%.*s\" of relation \"%.*s\"", STR_ARG(k->name),
	    STR_ARG(f->op->table->name));
}

/* ---- facts ---- */

static struct value
get_proven(const struct facts *f)
{
	return value_tri(relation_proves_not_null(f->op->table, f->op->column_name));
}

static size_t
others_of_statement(const struct op *op)
{
	size_t n = 0;

	for (size_t i = 0; op->statement != NULL && i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		n += other->statement == op->statement && other != op && is_kind(other, op->kind->name) && !other->noop;
	}
	return n;
}

/* In words, what makes the column's default again what it is, when the column is added with the value of that UPDATE instead; empty: nothing has to. */
static struct str
default_back(const struct facts *f, const struct op *fill)
{
	const struct dml *p = OP_DATA(fill, struct dml);
	const struct column *column = f->op->column;
	size_t i = 0;

	while (i < p->columns.n && !str_eq(p->columns.items[i], f->op->column_name))
		i++;
	if (column == NULL || column->default_expr == NULL)
		return STR(" and DROP DEFAULT behind it");
	return i < p->values.n && p->values.items[i] != NULL && str_eq(p->values.items[i]->text, column->default_expr->text) ? STR("")
	    : str_printf(f->arena, " and SET DEFAULT %.*s behind it", STR_ARG(column->default_expr->text));
}

static bool
makes_key_of_it(const struct op *other, const struct op *op)
{
	return is_kind(other, "add_primary_key") && !other->noop && op_names_same(other, op) &&
	    str_in(op->column_name, OP_DATA(other, struct new_constraint)->columns.items, OP_DATA(other, struct new_constraint)->columns.n);
}

/* Foreign keys of later statements that point at the key. */
static struct str
references_behind(const struct facts *f, size_t key)
{
	const struct script *script = f->op->script;
	struct ops ops = { 0 };

	for (size_t i = key + 1; i < script->ops.n; i++)
		if (script->ops.items[i]->statement != script->ops.items[key]->statement && op_builds_on(f, script->ops.items[key], script->ops.items[i]))
			order_push(f->arena, &ops, script->ops.items[i]);
	return ops.n == 0 ? STR("") : str_printf(f->arena, ",\n--   and behind it what points at it: %.*s", STR_ARG(order_lines(f->arena, &ops)));
}

/* index_check_primary_key(): it makes its columns NOT NULL by itself. */
static struct str
key_waits(const struct facts *f)
{
	const struct script *script = f->op->script;

	for (size_t i = 0; script != NULL && i < script->ops.n; i++)
		if (makes_key_of_it(script->ops.items[i], f->op))
			return str_printf(f->arena, "-- the primary key of line %u reads the rows for the same, and has to come behind the last of these steps%.*s",
			    order_line(script->ops.items[i]), STR_ARG(references_behind(f, i)));
	return STR("");
}

/* ATRewriteTable(): one scan is enough for all the clauses of a statement. */
static struct str
sooner_words(const struct facts *f)
{
	const struct op *fill = dml_fills_column(f);
	size_t others = others_of_statement(f->op);

	if (fill != NULL)
		return str_printf(f->arena, "-- best instead of this, of ADD COLUMN and of the UPDATE in line %u: ADD COLUMN ... NOT NULL DEFAULT with that value%.*s, "
		    "for which no row is read; else", order_line(fill), STR_ARG(default_back(f, fill)));
	if (others == 0)
		return key_waits(f);
	return str_printf(f->arena, "-- the other column%s that this statement makes NOT NULL (%zu) in the same steps, too: "
	    "one alone saves nothing, as one scan serves them all%s%.*s", others > 1 ? "s" : "", others, key_waits(f).n > 0 ? "\n" : "", STR_ARG(key_waits(f)));
}

static struct value
get_first(const struct facts *f)
{
	struct str sooner = sooner_words(f), fill = op_element_fill(f);

	return value_text(str_printf(f->arena, "%.*s%s%.*s", STR_ARG(sooner), sooner.n > 0 && fill.n > 0 ? "\n" : "", STR_ARG(fill)));
}

static struct value
get_names_column(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct new_constraint)->names_columns);
}

#define FIRST { "first", FIELD_TEXT, "for advice: that a default does it, or which columns go with it, then the step that fills it, where the file has that in one element with this; " \
	"empty: none of these", get_first }

static const struct field set_fields[] = {
	FIRST,
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

/* AddRelationNewConstraints(): the name of another one. The column of a clause has its NOT NULL already, under another name. */
static struct str
constraint_refused(const struct facts *f)
{
	const struct op *op = f->op;
	const struct relation *r = op->table;
	struct str name = OP_DATA(op, struct new_constraint)->name;
	const struct constraint *there = name.s == NULL || !is_known(r) ? NULL : catalog_find_constraint(r, name);
	const struct constraint *own = there == NULL ? NULL : catalog_find_not_null(r, op->column_name);

	if (there == NULL || there == own || there->assumed || there->born.doubtful || there->born.statement == op->number ||
	    (own != NULL && own->born.statement != op->number) || relation_unread_since(f->catalog, r, there->born, REACH_SCHEMA))
		return STR_NONE;
	return str_printf(f->arena, "constraint \"%.*s\" for relation \"%.*s\" already exists", STR_ARG(name), STR_ARG(r->name));
}

static const struct field constraint_fields[] = {
	CONSTRAINT_FIELDS,
	FIRST,
	{ "names_column", FIELD_BOOL, "the column is named behind NOT NULL (18); false: it is the one that this is written on", get_names_column },
	{ "is_proven", FIELD_BOOL, "NOT NULL itself or a valid CHECK already proves it, so nothing is read", get_proven },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_not_null[] = {
	{ .name = "set_not_null", .doc = "ALTER TABLE ... ALTER COLUMN ... SET NOT NULL", .node = T_AlterTableStmt,
	    .subtype = AT_SetNotNull, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_COLUMN_ATTRIBUTES, .fields = set_fields,
	    .lower = lower_column_action, .effects = set_effects, .refused = set_refused, .apply = set_apply },
	{ .name = "drop_not_null", .doc = "ALTER TABLE ... ALTER COLUMN ... DROP NOT NULL", .node = T_AlterTableStmt,
	    .subtype = AT_DropNotNull, .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_DROP, .lower = lower_column_action,
	    .effects = drop_effects, .refused = drop_refused, .apply = drop_apply },
	{ .name = "add_not_null", .doc = "ADD CONSTRAINT ... NOT NULL column (18)", .node = T_Constraint,
	    .subtype = CONSTR_NOTNULL, .has = HAS_TABLE | HAS_COLUMN | HAS_CONSTRAINT, .pass = PASS_ADD_CONSTRAINT,
	    .size = sizeof(struct new_constraint), .fields = constraint_fields, .lower = lower_constraint_node,
	    .bind = bind_constraint, .effects = constraint_effects, .refused = constraint_refused, .apply = constraint_apply },
	{ .name = NULL }
};
