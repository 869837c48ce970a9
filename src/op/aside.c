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
		return value_text(STR("-- 1. in a migration before this one: CREATE UNIQUE INDEX CONCURRENTLY, under a name of its own\n"
		    "-- 2. here: drop what was unique before; a constraint takes the new index over by USING INDEX. Dropped first, the old one would leave the table without either"));
	if (takes_place_of_dropped(f))
		return not_valid_advice(f);
	if (f->unit != NULL && f->unit->together)
		return value_text(STR("-- put this statement into a migration that is deployed later: this runner puts all that is pending into one transaction"));
	return value_text(STR("-- put this statement into a migration or transaction of its own"));
}
