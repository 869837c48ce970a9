#include "op/family.h"

#include "op/constraint.h"
#include "op/failure.h"
#include "op/operators.h"

/* ---- columns ---- */

static bool
has_column(const struct relation *r, struct str column)
{
	return is_known(r) && catalog_find_column(r, column) != NULL;
}

/* A parent that is not below the whole has the column, too: attinhcount is more than find_all_inheritors() counts there. */
static bool
comes_from_elsewhere(const struct relation *child, const struct relation *whole, struct str column)
{
	for (size_t i = 0; i < child->parents.n; i++)
		if (!catalog_is_below(child->parents.items[i], whole) && has_column(child->parents.items[i], column))
			return true;
	return false;
}

static const struct relation *
child_of_another(const struct relation *r, const struct relation *whole, struct str column)
{
	const struct relation *found = r != whole && comes_from_elsewhere(r, whole, column) ? r : NULL;

	for (size_t i = 0; found == NULL && i < r->partitions.n; i++)
		found = child_of_another(r->partitions.items[i], whole, column);
	return found;
}

/* renameatt_internal(), ATPrepAlterColumnType(): they look at all children before they change any */
static struct str
of_child(const struct facts *f)
{
	const struct op *op = f->op;
	bool renames = is_kind(op, "rename_column");
	const struct relation *child;

	if (op->only && op->table->partitions.n > 0)
		return str_printf(f->arena, renames ? "inherited column \"%.*s\" must be renamed in child tables too"
		    : "type of inherited column \"%.*s\" must be changed in child tables too", STR_ARG(op->column_name));
	child = op->only ? NULL : child_of_another(op->table, op->table, op->column_name);
	if (child == NULL)
		return STR_NONE;
	return renames ? str_printf(f->arena, "cannot rename inherited column \"%.*s\"", STR_ARG(op->column_name))
	    : str_printf(f->arena, "cannot alter inherited column \"%.*s\" of relation \"%.*s\"", STR_ARG(op->column_name), STR_ARG(child->name));
}

static bool
is_inherited(const struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->parents.n; i++)
		if (has_column(r->parents.items[i], column))
			return true;
	return false;
}

/* ATPrepDropExpression() */
static struct str
expression_of_family(const struct facts *f)
{
	const struct op *op = f->op;

	if (op->only && op->table->partitions.n > 0)
		return STR("ALTER TABLE / DROP EXPRESSION must be applied to child tables too");
	return is_inherited(op->table, op->column_name) ? STR("cannot drop generation expression from inherited column") : STR_NONE;
}

/* ATExecAddColumn() */
static struct str
new_column_of_family(const struct facts *f)
{
	const struct relation *r = f->op->table;

	if (r->is_partition)
		return STR("cannot add column to a partition");
	return f->op->only && r->partitions.n > 0 ? STR("column must be added to child tables too") : STR_NONE;
}

/* What has the column already passes it on no further. */
struct str
new_column_misfit(const struct facts *f, const struct relation *r, struct str column, struct type type)
{
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < r->partitions.n; i++) {
		const struct relation *child = r->partitions.items[i];
		const struct column *own = is_known(child) ? catalog_find_column(child, column) : NULL;
		if (own == NULL)
			reason = new_column_misfit(f, child, column, type);
		else if (type_is_same(f->catalog, own->type, type) == NO && !own->assumed && !own->born.doubtful)
			reason = str_printf(f->arena, "child table \"%.*s\" has different type for column \"%.*s\"", STR_ARG(child->name),
			    STR_ARG(column));
	}
	return reason;
}

/* ATExecDropColumn() */
static struct str
left_in_partitions(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return f->op->only && r->kind == RELATION_PARTITIONED && r->partitions.n > 0
	    ? STR("cannot drop column from only the partitioned table when partitions exist") : STR_NONE;
}

/* ATExecDropColumn(), renameatt_internal(), ATPrepAlterColumnType() */
struct str
column_of_family(const struct facts *f)
{
	const struct op *op = f->op;
	const char *verb = is_kind(op, "drop_column") ? "drop" : is_kind(op, "alter_column_type") ? "alter"
	    : is_kind(op, "rename_column") ? "rename" : NULL;

	if (!is_known(op->table) || op->noop)
		return STR_NONE;
	if (is_kind(op, "add_column"))
		return new_column_of_family(f);
	if (is_kind(op, "drop_expression"))
		return expression_of_family(f);
	if (verb == NULL)
		return STR_NONE;
	if (is_inherited(op->table, op->column_name))
		return str_printf(f->arena, "cannot %s inherited column \"%.*s\"", verb, STR_ARG(op->column_name));
	return is_kind(op, "drop_column") ? left_in_partitions(f) : of_child(f);
}

/* ---- CHECK constraints ---- */

/* The name is taken by another constraint: what merges is of the same kind, says the same, and is passed on as well. */
static struct str
merge_misfit(const struct facts *f, const struct constraint *there)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	struct str table = words(f, there->table);

	if (there->assumed || there->born.doubtful)
		return STR_NONE;
	if ((there->kind != CONSTRAINT_CHECK && there->kind != CONSTRAINT_NOT_NULL) || expr_differs(there->check, k->check))
		return str_printf(f->arena, "constraint \"%.*s\" for relation \"%.*s\" already exists", STR_ARG(there->name), STR_ARG(table));
	if (there->kind != CONSTRAINT_CHECK)
		return STR_NONE;
	if (there->no_inherit)
		return str_printf(f->arena, "constraint \"%.*s\" conflicts with non-inherited constraint on relation \"%.*s\"",
		    STR_ARG(there->name), STR_ARG(table));
	if (there->inherited > 0 && k->no_inherit)
		return str_printf(f->arena, "constraint \"%.*s\" conflicts with inherited constraint on relation \"%.*s\"", STR_ARG(there->name),
		    STR_ARG(table));
	return there->valid != NO || !there->enforced || k->not_valid || k->not_enforced ? STR_NONE
	    : str_printf(f->arena, "constraint \"%.*s\" conflicts with NOT VALID constraint on relation \"%.*s\"", STR_ARG(there->name),
	    STR_ARG(table));
}

static struct str
misfit_below(const struct facts *f, const struct relation *r, struct str name)
{
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < r->partitions.n; i++) {
		const struct relation *child = r->partitions.items[i];
		const struct constraint *there = is_known(child) ? catalog_find_constraint(child, name) : NULL;
		/* what merges goes no further down */
		reason = there != NULL ? merge_misfit(f, there) : misfit_below(f, child, name);
	}
	return reason;
}

struct str
check_misfit(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	const struct constraint *there = k->name.s == NULL ? NULL : catalog_find_constraint(f->op->table, k->name);

	if (k->name.s == NULL || !is_known(f->op->table))
		return STR_NONE;
	if (there != NULL)
		return there->kind == CONSTRAINT_CHECK && there->inherited > 0 ? merge_misfit(f, there) : STR_NONE;
	return f->op->only || k->no_inherit ? STR_NONE : misfit_below(f, f->op->table, k->name);
}

/* ---- tables ---- */

static struct str
column_misfit(const struct facts *f, const struct column *column, const struct column *own, const struct relation *child)
{
	if (own == NULL)
		return str_printf(f->arena, "child table is missing column \"%.*s\"", STR_ARG(column->name));
	if (type_is_same(f->catalog, column->type, own->type) == NO)
		return str_printf(f->arena, "child table \"%.*s\" has different type for column \"%.*s\"", STR_ARG(child->name),
		    STR_ARG(column->name));
	if (column->generated != 0 && own->generated == 0 && !own->assumed)
		return str_printf(f->arena, "column \"%.*s\" in child table must be a generated column", STR_ARG(column->name));
	/* MergeAttributesIntoExisting(), since 16 */
	if (f->pg_version >= 16 && column->generated == 0 && own->generated != 0 && !column->assumed)
		return str_printf(f->arena, "column \"%.*s\" in child table must not be a generated column", STR_ARG(column->name));
	return STR_NONE;
}

/* heir NULL: the child has no constraint of that name. */
static struct str
heir_misfit(const struct facts *f, const struct constraint *k, const struct constraint *heir, const struct relation *child)
{
	struct str table = words(f, child);

	if (heir == NULL)
		return str_printf(f->arena, "child table is missing constraint \"%.*s\"", STR_ARG(k->name));
	if (expr_differs(k->check, heir->check))
		return str_printf(f->arena, "child table \"%.*s\" has different definition for check constraint \"%.*s\"", STR_ARG(table),
		    STR_ARG(k->name));
	if (heir->no_inherit)
		return str_printf(f->arena, "constraint \"%.*s\" conflicts with non-inherited constraint on child table \"%.*s\"",
		    STR_ARG(k->name), STR_ARG(table));
	if (k->valid == YES && heir->enforced && heir->valid == NO)
		return str_printf(f->arena, "constraint \"%.*s\" conflicts with NOT VALID constraint on child table \"%.*s\"", STR_ARG(k->name),
		    STR_ARG(table));
	return !k->enforced || heir->enforced ? STR_NONE
	    : str_printf(f->arena, "constraint \"%.*s\" conflicts with NOT ENFORCED constraint on child table \"%.*s\"", STR_ARG(k->name),
	    STR_ARG(table));
}

/* Before 18 a NOT NULL is no constraint. */
static struct str
not_null_misfit(const struct facts *f, const struct column *column, const struct relation *parent, const struct relation *child)
{
	const struct constraint *k = catalog_find_not_null(parent, column->name), *heir = catalog_find_not_null(child, column->name);
	const struct column *own = catalog_find_column(child, column->name);
	bool passes = f->pg_version < 18 ? column->not_null == YES : k != NULL && constraint_passes_down(k) && !k->assumed;

	if (!passes || own == NULL || relation_unread_since(f->catalog, child, child->born, REACH_SCHEMA))
		return STR_NONE;
	if (heir == NULL && own->not_null == NO)
		return str_printf(f->arena, "column \"%.*s\" in child table \"%.*s\" must be marked NOT NULL", STR_ARG(column->name),
		    STR_ARG(child->name));
	return heir == NULL || k == NULL ? STR_NONE : heir_misfit(f, k, heir, child);
}

static struct str
check_misfit_of(const struct facts *f, const struct constraint *k, const struct relation *child)
{
	const struct constraint *heir = constraint_heir(child, k);

	return k->kind != CONSTRAINT_CHECK || !constraint_passes_down(k) || k->dropped || k->assumed || k->born.doubtful ||
	    (heir == NULL && relation_unread_since(f->catalog, child, child->born, REACH_SCHEMA)) ? STR_NONE : heir_misfit(f, k, heir, child);
}

struct str
child_misfit(const struct facts *f, const struct relation *parent, const struct relation *child)
{
	struct str reason = STR_NONE;

	if (!is_known(parent) || !is_known(child))
		return STR_NONE;
	for (size_t i = 0; reason.s == NULL && i < parent->columns.n; i++) {
		const struct column *column = parent->columns.items[i];
		if (column->dropped)
			continue;
		reason = column_misfit(f, column, catalog_find_column(child, column->name), child);
		if (reason.s == NULL)
			reason = not_null_misfit(f, column, parent, child);
	}
	for (size_t i = 0; reason.s == NULL && i < parent->constraints.n; i++)
		reason = check_misfit_of(f, parent->constraints.items[i], child);
	return reason;
}

struct str
parent_misfit(const struct facts *f, const struct relation *parent)
{
	if (is_known(parent) && parent->kind != RELATION_TABLE && parent->kind != RELATION_PARTITIONED && parent->kind != RELATION_FOREIGN)
		return str_printf(f->arena, "inherited relation \"%.*s\" is not a table or foreign table", STR_ARG(parent->name));
	if (!is_known(parent) || (!parent->is_partition && parent->kind != RELATION_PARTITIONED))
		return STR_NONE;
	return str_printf(f->arena, "cannot inherit from %s \"%.*s\"", parent->is_partition ? "partition" : "partitioned table",
	    STR_ARG(parent->name));
}

struct str
parents_misfit(const struct facts *f, const struct relation *one, const struct relation *other)
{
	if (!is_known(one) || !is_known(other))
		return STR_NONE;
	for (size_t i = 0; i < other->columns.n; i++) {
		const struct column *column = other->columns.items[i], *first = column->dropped ? NULL : catalog_find_column(one, column->name);
		if (first != NULL && type_is_same(f->catalog, first->type, column->type) == NO)
			return str_printf(f->arena, "inherited column \"%.*s\" has a type conflict", STR_ARG(column->name));
	}
	for (size_t i = 0; i < other->constraints.n; i++) {
		const struct constraint *k = other->constraints.items[i], *first;
		first = k->kind == CONSTRAINT_CHECK && constraint_passes_down(k) ? constraint_heir(one, k) : NULL;
		if (first != NULL && constraint_passes_down(first) && expr_differs(first->check, k->check))
			return str_printf(f->arena, "check constraint name \"%.*s\" appears multiple times but with different expressions",
			    STR_ARG(k->name));
	}
	return STR_NONE;
}
