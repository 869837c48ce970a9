#include "op/freed.h"

#include "op/depend.h"
#include "op/drop.h"
#include "op/failure.h"
#include "op/order.h"
#include "op/view_text.h"

static bool
drops_relation(const struct op *op)
{
	static const char *const kinds[] = { "drop_table", "drop_view", "drop_materialized_view", NULL };

	return str_among(str_of(op->kind->name), kinds);
}

/* All NULL: it drops nothing of that sort, or nothing that is known. */
static struct depended
dropped_by(const struct facts *f, const struct op *op)
{
	static const char *const of_types[] = { "drop_type", "drop_domain", NULL }, *const of_functions[] = { "drop_function", "drop_procedure", "drop_routine", NULL };
	struct depended on = { 0 };

	if (str_among(str_of(op->kind->name), of_types))
		on.type = catalog_find_type(f->catalog, op->target.schema, op->target.name);
	else if (str_among(str_of(op->kind->name), of_functions))
		on.function = drop_op_function(op, f->catalog);
	else if (drops_relation(op) || is_kind(op, "drop_sequence"))
		on.relation = order_table(f, op);
	return on;
}

/* NULL column: any. */
static bool
has_default_of(const struct facts *f, const struct relation *r, struct str column, const struct relation *sequence)
{
	for (size_t i = 0; i < r->columns.n; i++)
		if ((column.s == NULL || str_eq(r->columns.items[i]->name, column)) && draws_from(f->catalog, r->columns.items[i], sequence))
			return true;
	return false;
}

static bool
reads(const struct relation *view, const struct relation *r)
{
	for (size_t i = 0; i < r->dependents.n; i++)
		if (r->dependents.items[i] == view)
			return true;
	return false;
}

/* A view that shows the column. */
static bool
shows_column(const struct facts *f, const struct relation *view, const struct op *op)
{
	const struct relation *r = is_kind(op, "drop_column") || is_kind(op, "alter_column_type") ? order_table(f, op) : NULL;

	return r != NULL && reads(view, r) && view_uses_column(f->catalog, view, (struct relation *)(uintptr_t)r, op->column_name) != NO;
}

bool
op_frees(const struct facts *f, const struct op *first, const struct op *second)
{
	static const char *const of_columns[] = { "drop_column", "drop_default", "alter_column_type", NULL };
	bool column = str_among(str_of(first->kind->name), of_columns);
	struct depended on;

	if (!column && !drops_relation(first))
		return false;
	const struct relation *r = order_table(f, first);
	if (r == NULL || second->noop)
		return false;
	on = dropped_by(f, second);
	if (on.relation != NULL && (has_default_of(f, r, first->column_name, on.relation) || (!column && reads(r, on.relation))))
		return true;
	if (on.type != NULL || on.function != NULL || on.relation != NULL)
		return on.relation != r && depend_uses(f, &on, r, first->column_name);
	return !column && shows_column(f, r, second);
}
