#include "op/aside.h"

#include "base/buf.h"
#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/order.h"

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

/* ---- where it goes ---- */

/* A run of migrations, from the one whose lock it is about. */
static const char *
unit_before(const struct facts *f)
{
	if (f->unit != NULL && f->unit->down)
		return "a transaction before this one";
	return f->unit != NULL && f->unit->together ? "a migration that is deployed before this one (this runner puts all that is pending into one transaction)"
	    : "a migration or transaction before this one";
}

static const char *
unit_behind(const struct facts *f)
{
	if (f->unit != NULL && f->unit->down)
		return "a transaction behind this one";
	return f->unit != NULL && f->unit->together ? "a migration that is deployed later (this runner puts all that is pending into one transaction)"
	    : "a migration or transaction behind this one";
}

static bool
changes_rows(const struct op *op)
{
	return is_kind(op, "update") || is_kind(op, "delete");
}

/* How it is done there; NULL: as it is. */
static const char *
manner_there(const struct facts *f)
{
	bool whole = f->op->table == NULL || f->op->table->kind != RELATION_PARTITIONED;

	if (changes_rows(f->op))
		return "in batches that each commit";
	if (is_kind(f->op, "create_index") && whole)
		return runs_by_hand(f) ? "with CONCURRENTLY and by hand, as the runner puts every file into a transaction" : "with CONCURRENTLY and outside of a transaction";
	if ((is_kind(f->op, "add_unique") || is_kind(f->op, "add_primary_key")) && whole)
		return "as CREATE UNIQUE INDEX CONCURRENTLY, outside of a transaction, which ADD CONSTRAINT ... USING INDEX then takes over";
	return NULL;
}

static struct str
statement_there(const struct facts *f, const struct order *order)
{
	const char *manner = manner_there(f);
	struct buf b = BUF(f->arena);

	buf_printf(&b, "this statement");
	if (order->alike.n > 0)
		buf_printf(&b, ", with %.*s", STR_ARG(order_lines(f->arena, &order->alike)));
	if (manner != NULL)
		buf_printf(&b, ", %s", manner);
	return buf_text(&b);
}

/* ---- statements that need not wait for where they can go ---- */

static bool
drops_unique(const struct op *other, const struct op *op)
{
	const struct constraint *k = other->constraint;
	const struct relation *i = other->index;

	if (other->table != op->table || !order_may_stand_for(op, other))
		return false;
	if (is_kind(other, "drop_constraint"))
		return k != NULL && (k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY);
	return is_kind(other, "drop_index") && i != NULL && i->index != NULL && i->index->unique;
}

static bool
has_row_change(const struct ops *ops)
{
	for (size_t i = 0; i < ops->n; i++)
		if (op_writes_rows(ops->items[i]))
			return true;
	return false;
}

static bool
names_column(const struct ops *ops)
{
	for (size_t i = 0; i < ops->n; i++)
		if (is_kind(ops->items[i], "add_column") || is_kind(ops->items[i], "rename_column"))
			return true;
	return false;
}

/* ADD COLUMN and ADD UNIQUE of one ALTER TABLE. */
static bool
adds_column_itself(const struct op *op)
{
	const struct script *script = op->script;

	for (size_t i = 0; op_is_constraint(op) && script != NULL && i < script->ops.n; i++) {
		const struct op *other = script->ops.items[i];
		if (other->statement == op->statement && is_kind(other, "add_column") && !other->noop &&
		    str_in(other->column_name, OP_DATA(op, struct new_constraint)->columns.items, OP_DATA(op, struct new_constraint)->columns.n))
			return true;
	}
	return false;
}

/* It is built in the place of what this transaction drops. */
static bool
replaces_index(const struct facts *f, const struct order *order)
{
	bool drops = order->given_back != NULL && order->given_back->statement == f->op->statement;

	return !has_row_change(&order->needs) && ((makes_unique(f) && script_earlier(f->op, drops_unique)) || (is_kind(f->op, "create_index") && drops));
}

/* The index is built first; before this migration it cannot be where the migration makes what it is built on. */
static struct value
index_advice(const struct facts *f, const struct order *order)
{
	const char *taken = !is_kind(f->op, "create_index") || index_op_fits_constraint(f->op) ? "; a constraint takes the new index over by USING INDEX" : "";
	bool later = names_column(&order->needs) || order_build_needs(f).n > 0 || adds_column_itself(f->op), unique = makes_unique(f);

	return value_text(str_printf(f->arena, "-- 1. in a migration %s this one: CREATE %sINDEX CONCURRENTLY, under a name of its own\n"
	    "-- 2. %s: drop what was %s before%s. Dropped first, the old one would leave the table without either",
	    later ? "behind" : "before", unique ? "UNIQUE " : "", later ? "only behind that, not here" : "here", unique ? "unique" : "there", unique ? taken : ""));
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
	return is_kind(f->op, "add_check") || (is_kind(f->op, "add_foreign_key") && (f->pg_version >= 18 || f->op->table->kind != RELATION_PARTITIONED));
}

static bool
takes_place_of_dropped(const struct facts *f)
{
	bool validates = is_kind(f->op, "add_foreign_key") || is_kind(f->op, "add_check");

	return validates && script_earlier(f->op, drops_twin);
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

/* It passes without a look at the rows where the constraint is valid. */
static bool
relies_on_rows(const struct op *op)
{
	return is_kind(op, "set_not_null") || is_kind(op, "add_not_null") || is_kind(op, "add_primary_key") || is_kind(op, "attach_partition");
}

/* It reads no rows, so that nothing has to move but the check of those that are there. */
static struct value
not_valid_advice(const struct facts *f, const struct order *order)
{
	const char *here = f->op->leader != NULL ? "this statement without it, and ALTER TABLE ... ADD CONSTRAINT ... NOT VALID" : "this statement with NOT VALID";
	struct ops relying = { 0 };
	struct buf b = BUF(f->arena);

	buf_str(&b, foreign_key_altered(f));
	buf_printf(&b, "-- 1. here: %s%s\n-- 2. in %s: VALIDATE CONSTRAINT", here,
	    takes_place_of_dropped(f) ? ", beside the DROP, so that the table is never without the constraint" : "", unit_behind(f));
	for (size_t i = 0; i < order->needed_by.n; i++)
		if (relies_on_rows(order->needed_by.items[i]))
			*vec_push(f->arena, &relying) = order->needed_by.items[i];
	if (relying.n > 0)
		buf_printf(&b, "\n-- 3. behind that, what relies on it: %.*s", STR_ARG(order_lines(f->arena, &relying)));
	return value_text(buf_text(&b));
}

/* ---- what may happen in between ---- */

/* Of a column only what the statement writes or reads. */
static bool
loses_rows(const struct facts *f, const struct op *other)
{
	if (is_kind(other, "drop_column") || is_kind(other, "rename_column"))
		return op_names_what_changes(f, f->op, other);
	return is_kind(other, "drop_table") || is_kind(other, "rename_table") || is_kind(other, "truncate");
}

/* While the lock was held nothing could be written between the statement and what relies on it. */
static void
put_meanwhile(struct buf *b, const struct facts *f, const struct order *order)
{
	struct ops losing = { 0 }, failing = { 0 };

	for (size_t i = 0; op_writes_rows(f->op) && i < order->needed_by.n; i++) {
		const struct op *other = order->needed_by.items[i];
		if (loses_rows(f, other))
			*vec_push(f->arena, &losing) = other;
		else if (op_checks_rows(f, other))
			*vec_push(f->arena, &failing) = other;
	}
	if (is_kind(f->op, "delete") && losing.n + failing.n > 0)
		buf_item(b, "\n", str_printf(f->arena, "-- rows that come meanwhile it has not deleted%s: it runs once more in front of %.*s, under its lock",
		    losing.n > 0 ? "" : ", and then that may fail", STR_ARG(order_lines(f->arena, losing.n > 0 ? &losing : &failing))));
	else if (losing.n > 0)
		buf_item(b, "\n", str_printf(f->arena, "-- what is written meanwhile is not in it and would be lost by %.*s: until then the code, or a trigger, has to write both,\n"
		    "--   or the rows that have come since are worked through once more in front of it, under its lock", STR_ARG(order_lines(f->arena, &losing))));
	else if (failing.n > 0 && order->defaults.n == 0)
		buf_item(b, "\n", str_printf(f->arena, "-- what is written meanwhile has to be right by the code, a default or a trigger, or else %.*s may fail;\n"
		    "--   rows that have come since can be worked through once more in front of it", STR_ARG(order_lines(f->arena, &failing))));
}

static void
put_unfilled(struct buf *b, const struct facts *f, const struct order *order)
{
	if (op_writes_rows(f->op) && order->needs.n > 0)
		buf_item(b, "\n", is_kind(f->op, "delete") ? STR("-- until it has run, the rows that it deletes are there: code that relies on their absence comes behind it")
		    : STR("-- until it has run, rows lack what it gives them: code that relies on that comes behind it"));
}

/* In front of the migration that says it, it would miss the rows that come until then. */
static void
put_defaults(struct buf *b, const struct facts *f, const struct order *order)
{
	if (order->defaults.n > 0)
		buf_item(b, "\n", str_printf(f->arena, "-- before this statement, and committed: %.*s; else rows that come in between lack its value", STR_ARG(order->defaults)));
}

/* ---- the advice ---- */

static struct value
alone(const struct facts *f, const struct order *order)
{
	struct buf b = BUF(f->arena);

	if (order->needed_by.n == 0) {
		buf_printf(&b, "-- put %.*s: into %s, or %s; as far as names tell, neither needs the other", STR_ARG(statement_there(f, order)), unit_before(f),
		    f->unit != NULL && f->unit->together ? "that comes later" : "behind it");
		put_defaults(&b, f, order);
		return value_text(buf_text(&b));
	}
	buf_printf(&b, "-- put %.*s: into %s; by its names it needs nothing that is done here, and %.*s may need it", STR_ARG(statement_there(f, order)), unit_before(f),
	    STR_ARG(order_lines(f->arena, &order->needed_by)));
	put_defaults(&b, f, order);
	put_meanwhile(&b, f, order);
	return value_text(buf_text(&b));
}

static struct value
behind_additions(const struct facts *f, const struct order *order)
{
	struct buf b = BUF(f->arena);

	if (order->needed_by.n == 0) {
		buf_printf(&b, "-- put %.*s: into %s", STR_ARG(statement_there(f, order)), unit_behind(f));
		put_unfilled(&b, f, order);
		return value_text(buf_text(&b));
	}
	buf_printf(&b, "-- 1. %.*s, with what stands before and is needed for that: in %s\n-- 2. behind that, %.*s\n-- 3. here, behind both: %.*s", STR_ARG(order_lines(f->arena, &order->needs)), unit_before(f),
	    STR_ARG(statement_there(f, order)), STR_ARG(order_lines(f->arena, &order->needed_by)));
	put_defaults(&b, f, order);
	put_meanwhile(&b, f, order);
	return value_text(buf_text(&b));
}

static struct value
behind_all(const struct facts *f, const struct order *order)
{
	struct buf b = BUF(f->arena);

	buf_printf(&b, "-- put %.*s: into %s", STR_ARG(statement_there(f, order)), unit_behind(f));
	if (order->needed_by.n > 0)
		buf_printf(&b, "\n-- and behind it, %.*s", STR_ARG(order_lines(f->arena, &order->needed_by)));
	put_unfilled(&b, f, order);
	put_meanwhile(&b, f, order);
	return value_text(buf_text(&b));
}

static struct str
why_neither(const struct facts *f, const struct order *order)
{
	if (order->retyped != NULL)
		return str_printf(f->arena, "between line %u and this statement everybody would see values of the new type that are not converted yet", order_line(order->retyped));
	if (order->given_back->number < f->op->number && order->given_back->number > 0)
		return str_printf(f->arena, "everybody would find what line %u makes empty until this statement has run", order_line(order->given_back));
	return str_printf(f->arena, "everybody would be without what line %u takes away until line %u gives it back", order_line(order->taken), order_line(order->given_back));
}

/* What makes the lock unnecessary, or moves the work out of it, though the statement stays; NULL: nothing known. */
static const char *
way_around(const struct order *order)
{
	if (order->retyped != NULL)
		return "fill a new column of that type beside the old one, in batches and in migrations before this one, with a trigger that keeps it up to date; here only the names change";
	if (is_kind(order->taken, "drop_trigger") || str_starts(str_of(order->taken->kind->name), "disable_trigger"))
		return "leave the trigger as it is, and let its function pass while a setting says so, as current_setting('app.migrating', true);\n"
		       "--      SET LOCAL of that locks nothing, and then the rows can go into a migration of their own, in batches";
	if (is_kind(order->given_back, "add_check"))
		return "in migrations before this one: a CHECK that takes the old values and the new, NOT VALID, in the place of the old one; then the rows, in batches;\n"
		       "--      here the new CHECK, NOT VALID, in the place of that, and VALIDATE CONSTRAINT in a later one";
	if (is_kind(order->given_back, "create_table") || is_kind(order->given_back, "add_column") || is_kind(order->given_back, "create_table_as"))
		return "fill it under another name in migrations before this one, in batches, with a trigger that keeps it up to date; here only the names change";
	return NULL;
}

static struct value
neither(const struct facts *f, const struct order *order)
{
	const char *around = way_around(order);
	struct buf b = BUF(f->arena);
	unsigned n = 0;

	buf_printf(&b, "-- not into a transaction of its own: %.*s. What is left, the best first:", STR_ARG(why_neither(f, order)));
	if (around != NULL)
		buf_printf(&b, "\n-- %u. %s", ++n, around);
	if (order->free_locks.n > 0)
		buf_printf(&b, "\n-- %u. here, with %.*s behind it instead of before: that is then locked for less long", ++n, STR_ARG(order_lines(f->arena, &order->free_locks)));
	buf_printf(&b, "\n-- %u. as it is, with lock_timeout, at a time at which nobody misses the table for as long as it takes on a copy of the data", ++n);
	return value_text(buf_text(&b));
}

/* Of what is no statement of the file nothing is known but that it works behind the lock. */
static struct value
unknown(const struct facts *f)
{
	return value_text(str_printf(f->arena, "-- it is not known here what it needs, and what needs it: if nothing else of this transaction needs it done, in %s;\n"
	    "-- otherwise where it stands, with lock_timeout, at a time at which nobody misses the table", unit_behind(f)));
}

/* What it needs may stand before the lock, too. */
static struct value
behind_earlier(const struct facts *f, const struct order *order)
{
	struct order with = *order;

	with.needs = order_build_needs(f);
	return with.needs.n == 0 ? alone(f, order) : behind_additions(f, &with);
}

static struct value
placed(const struct facts *f, const struct order *order)
{
	if (order->needs.n == 0)
		return behind_earlier(f, order);
	if (order->adds_only && (order->needed_by.n > 0 || order->taken == NULL))
		return behind_additions(f, order);
	return order->taken != NULL || order->retyped != NULL ? neither(f, order) : behind_all(f, order);
}

struct value
aside_get_advice(const struct facts *f)
{
	struct order order = order_of(f);

	if (can_truncate(f->op))
		return value_text(str_printf(f->arena, "-- instead of the DELETE, as nothing in these files references the table and no trigger of it fires, and TRUNCATE works through no rows:\n"
		    "-- TRUNCATE %.*s;", STR_ARG(relation_words(f->arena, f->catalog, f->op->table))));
	if (dml_changes_nothing(f))
		return value_text(STR("-- leave the UPDATE out: by the default that it was added with, every row has that value"));
	if (replaces_index(f, &order))
		return index_advice(f, &order);
	if (can_be_not_valid(f))
		return not_valid_advice(f, &order);
	if (takes_place_of_dropped(f))
		return value_text(STR("-- it stays beside the DROP: in a transaction of its own it would leave the table without the constraint until then"));
	if (!order.known)
		return unknown(f);
	if (is_behind_lock_table(f))
		return value_text(str_printf(f->arena, "-- it stays behind LOCK TABLE where that keeps out rows which this would miss, or fail for: there, SET lock_timeout\n"
		    "-- otherwise %s", &str_c(f->arena, alone(f, &order).text)[3]));
	return placed(f, &order);
}
