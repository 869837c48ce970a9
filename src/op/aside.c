#include <string.h>

#include "op/aside.h"
#include "op/constraint.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/lower.h"

static bool
has_delete_trigger(const struct relation *r)
{
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && (r->triggers.items[i]->events & ON_DELETE))
			return true;
	return false;
}

/* heap_truncate_check_FKs(): the table itself may reference it */
static bool
is_referenced(const struct relation *r)
{
	for (size_t i = 0; i < r->referenced_by.n; i++)
		if (!r->referenced_by.items[i]->dropped && r->referenced_by.items[i]->table != r)
			return true;
	return false;
}

static bool
can_truncate(const struct op *op)
{
	return is_kind(op, "delete") && is_known(op->table) && dml_deletes_all(op) && !is_referenced(op->table) && !has_delete_trigger(op->table);
}

static bool
makes_unique(const struct facts *f)
{
	if (is_kind(f->op, "create_index"))
		return field_find(f->op->kind, STR("unique"))->get(f).yes;
	return is_kind(f->op, "add_unique") || is_kind(f->op, "add_primary_key");
}

static bool
drops_unique(const struct op *other, const struct op *op)
{
	const struct constraint *k = other->constraint;
	const struct relation *i = other->index;

	if (other->table != op->table)
		return false;
	if (is_kind(other, "drop_constraint"))
		return k != NULL && (k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY);
	return is_kind(other, "drop_index") && i != NULL && i->index != NULL && i->index->unique;
}

static bool
adds_column_of(const struct op *other, const struct op *op)
{
	if (!is_kind(other, "add_column") || other->table != op->table)
		return false;
	if (is_kind(op, "create_index"))
		return index_op_uses_column(op, other->column_name);
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);
	return str_in(other->column_name, k->columns.items, k->columns.n) || str_in(other->column_name, k->include.items, k->include.n);
}

/* The index is built first; before this migration it cannot be where the migration makes what it is built on. */
static struct value
unique_advice(const struct facts *f)
{
	const char *taken = !is_kind(f->op, "create_index") || index_op_fits_constraint(f->op) ? "; a constraint takes the new index over by USING INDEX" : "";
	bool later = script_earlier(f->op, adds_column_of);

	return value_text(str_printf(f->arena, "-- 1. in a migration %s this one: CREATE UNIQUE INDEX CONCURRENTLY, under a name of its own\n"
	    "-- 2. %s: drop what was unique before%s. Dropped first, the old one would leave the table without either",
	    later ? "behind" : "before", later ? "only behind that, not here" : "here", taken));
}

/* LOCK TABLE still holds what it has locked. */
static bool
is_behind_lock_table(const struct facts *f)
{
	const struct script *script = f->op->script;

	for (size_t i = 0; f->session->open == YES && script != NULL && i < script->ops.n; i++)
		for (size_t k = 0; is_kind(script->ops.items[i], "lock_table") && k < f->session->locks.n; k++)
			if (f->session->locks.items[k].barrier_statement == script->ops.items[i]->number)
				return true;
	return false;
}

static bool
of_same_columns(const struct constraint *k, const struct new_constraint *added)
{
	for (size_t i = 0; i < k->columns.n; i++)
		if (!str_in(k->columns.items[i], added->columns.items, added->columns.n))
			return false;
	return k->columns.n == added->columns.n;
}

static bool
drops_twin(const struct op *other, const struct op *op)
{
	const struct new_constraint *added = OP_DATA(op, struct new_constraint);
	const struct constraint *k = other->constraint;

	if (!is_kind(other, "drop_constraint") || other->table != op->table)
		return false;
	return constraint_op_drops(other, added->chosen) || (k != NULL && k->kind == CONSTRAINT_FOREIGN_KEY && added->kind == CONSTRAINT_FOREIGN_KEY &&
	    of_same_columns(k, added));
}

/* ATAddForeignKeyConstraint(): of a partitioned table it could not be NOT VALID before 18 */
static bool
can_be_not_valid(const struct facts *f)
{
	return is_kind(f->op, "add_check") || f->pg_version >= 18 || f->op->table->kind != RELATION_PARTITIONED;
}

static bool
takes_place_of_dropped(const struct facts *f)
{
	bool validates = is_kind(f->op, "add_foreign_key") || is_kind(f->op, "add_check");

	return validates && script_earlier(f->op, drops_twin);
}

static struct value
not_valid_advice(const struct facts *f)
{
	if (!can_be_not_valid(f))
		return value_text(STR("-- it stays beside the DROP: in a transaction of its own it would leave the table without the constraint until then"));
	return value_text(str_printf(f->arena, "-- 1. here: this statement with NOT VALID, beside the DROP, so that the table is never without the constraint\n"
	    "-- 2. in a migration %s: VALIDATE CONSTRAINT", f->unit != NULL && f->unit->together ? "that is deployed later" : "or transaction of its own"));
}

struct value
aside_get_advice(const struct facts *f)
{
	if (can_truncate(f->op))
		return value_text(str_printf(f->arena, "-- instead of the DELETE, as nothing in these files references the table and no trigger of it fires, and TRUNCATE works through no rows:\n"
		    "-- TRUNCATE %.*s;", STR_ARG(relation_words(f->arena, f->catalog, f->op->table))));
	if (makes_unique(f) && script_earlier(f->op, drops_unique))
		return unique_advice(f);
	if (takes_place_of_dropped(f))
		return not_valid_advice(f);
	return value_text(str_printf(f->arena, "%s-- %sput this statement into a migration %s", is_behind_lock_table(f) ?
	    "-- it stays behind LOCK TABLE where that keeps out rows which this would miss, or fail for: there, SET lock_timeout\n" : "",
	    is_behind_lock_table(f) ? "otherwise " : "",
	    f->unit != NULL && f->unit->together ? "that is deployed later: this runner puts all that is pending into one transaction" : "or transaction of its own"));
}
