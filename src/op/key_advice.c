#include "base/buf.h"
#include "op/constraint.h"
#include "op/failure.h"

/* What stands in the way of a constraint that is added in steps, or of an index that is built beforehand, and goes in the same file. */

static struct str
name_of(const struct op *op)
{
	return OP_DATA(op, struct new_constraint)->chosen;
}

static unsigned
first_statement(const struct op *op)
{
	while (op->script->caller != NULL)
		op = op->script->caller;
	return op->script->ops.items[0]->number;
}

/* Of a table that nobody knows. */
static bool
drops_unknown(const struct op *other, const struct op *op, struct str name)
{
	return op->table->assumed && other->constraint == NULL && op_names_same(other, op) && constraint_op_drops(other, name);
}

static bool
is_taken(const struct facts *f, struct str name)
{
	const struct op *op = f->op;
	unsigned first = first_statement(op);

	for (size_t i = 0; i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		if (str_eq(r->name, name) && str_eq(r->schema, op->table->schema) && (!r->dropped || r->ended >= first))
			return true;
	}
	for (size_t i = 0; op->script->ops.items[i] != op; i++)
		if (drops_unknown(op->script->ops.items[i], op, name))
			return true;
	return false;
}

struct value
get_index_beside(const struct facts *f)
{
	struct str name = name_of(f->op), suffix = STR("new");

	for (unsigned i = 1; is_taken(f, name); i++) {
		name = catalog_object_name(f->arena, name_of(f->op), STR_NONE, suffix);
		suffix = str_printf(f->arena, "new%u", i);
	}
	return value_text(sql_ident(f->arena, name));
}

/* There is one primary key, and one constraint of a name. */
static bool
is_replaced(const struct constraint *k, const struct op *op)
{
	return k != NULL && ((k->kind == CONSTRAINT_PRIMARY_KEY && is_kind(op, "add_primary_key")) || str_eq(k->name, name_of(op)));
}

static bool
holds_column(const struct constraint *k, struct str column)
{
	for (size_t i = 0; i < k->columns.n; i++)
		if (str_eq(k->columns.items[i], column))
			return true;
	return false;
}

static bool
drops_with_column(const struct op *other, const struct op *op, const struct catalog *c)
{
	for (size_t i = 0; is_kind(other, "drop_column") && i < c->all.n; i++) {
		const struct relation *r = c->all.items[i];
		if (r->dropped && r->ended == op->number && r->index != NULL && r->index->table == op->table &&
		    is_replaced(r->index->constraint, op) && holds_column(r->index->constraint, other->column_name))
			return true;
	}
	return false;
}

static bool
makes_room(const struct op *other, const struct op *op, const struct catalog *c)
{
	if (other->statement != op->statement)
		return false;
	return (is_kind(other, "drop_constraint") && is_replaced(other->constraint, op)) || drops_unknown(other, op, name_of(op)) ||
	    drops_with_column(other, op, c);
}

struct value
get_adds(const struct facts *f)
{
	const struct op *op = f->op;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; op->statement != NULL && op->script->ops.items[i] != op; i++) {
		const struct op *other = op->script->ops.items[i];
		if (makes_room(other, op, f->catalog))
			buf_printf(&b, "%.*s, ", STR_ARG(source_text(other->statement->source, other->spans[SPAN_ACTION])));
	}
	buf_c(&b, "ADD");
	return value_text(buf_text(&b));
}
