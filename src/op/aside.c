#include <string.h>

#include "op/aside.h"
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

struct value
aside_get_advice(const struct facts *f)
{
	if (can_truncate(f->op))
		return value_text(str_printf(f->arena, "-- instead of the DELETE, as nothing in these files references the table and no trigger of it fires, and TRUNCATE works through no rows:\n"
		    "-- TRUNCATE %.*s;", STR_ARG(relation_words(f->arena, f->catalog, f->op->table))));
	if (makes_unique(f) && script_earlier(f->op, drops_unique))
		return value_text(STR("-- 1. in a migration before this one: CREATE UNIQUE INDEX CONCURRENTLY, under a name of its own\n"
		    "-- 2. here: drop what was unique before; a constraint takes the new index over by USING INDEX. Dropped first, the old one would leave the table without either"));
	if (f->unit != NULL && f->unit->together)
		return value_text(STR("-- put this statement into a migration that is deployed later: this runner puts all that is pending into one transaction"));
	return value_text(STR("-- put this statement into a migration or transaction of its own"));
}
