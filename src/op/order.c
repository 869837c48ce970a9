#include "op/order.h"

#include "base/buf.h"
#include "op/code.h"
#include "op/column_def.h"
#include "op/constraint.h"
#include "op/dml.h"
#include "op/done.h"
#include "op/extension.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/rename.h"
#include "op/retype.h"
#include "op/swap.h"
#include "op/trigger.h"

/* ---- what goes along ---- */

void
order_choose(struct range *r, const struct op *op)
{
	for (size_t i = r->from; i < r->to; i++)
		r->chosen[i] = r->chosen[i] || r->script->ops.items[i]->statement == op->statement;
}

static bool
is_tied_to_chosen(const struct facts *f, const struct range *r, size_t i)
{
	for (size_t k = r->from; k < r->to; k++) {
		const struct op *op = r->script->ops.items[i], *chosen = r->script->ops.items[k];
		if (r->chosen[k] && chosen->statement != op->statement && (i < k ? op_is_tied(f, op, chosen) : op_is_tied(f, chosen, op)))
			return true;
	}
	return false;
}

static void
begin_choice(struct arena *arena, const struct facts *f, struct range *r)
{
	r->chosen = NEW_ARRAY(arena, bool, r->to);
	order_choose(r, f->op);
}

void
order_push(struct arena *arena, struct ops *ops, const struct op *op)
{
	if (ops->n == 0 || vec_last(ops)[0]->statement != op->statement)
		*vec_push(arena, ops) = op;
}

static struct ops
chosen_statements(struct arena *arena, const struct facts *f, const struct range *r, size_t from, size_t to)
{
	struct ops ops = { 0 };

	for (size_t i = from; i < to; i++) {
		const struct op *op = r->script->ops.items[i];
		if (r->chosen[i] && op->statement != f->op->statement)
			order_push(arena, &ops, op);
	}
	return ops;
}

static bool
ends_transaction(const struct op *op)
{
	return is_kind(op, "commit") || is_kind(op, "rollback") || is_kind(op, "prepare_transaction");
}

static bool
holds_as_strong(const struct facts *f, const struct op *op, enum lock lock)
{
	for (size_t i = 0; op->number < f->op->number && i < f->session->locks.n; i++) {
		const struct held_lock *h = &f->session->locks.items[i];
		if (h->statement == op->number && h->lock >= lock && op_is_held_besides(f, h))
			return true;
	}
	return false;
}

/* false: there is no such range of statements of the file, or it is too long. */
static bool
find_range(const struct facts *f, enum lock lock, struct range *r)
{
	const struct script *script = f->op->script;
	size_t n = script == NULL || f->inside != NULL ? 0 : script->ops.n;

	*r = (struct range){ .script = script, .from = n, .self = n };
	for (size_t i = 0; i < n && r->self == n; i++) {
		const struct op *op = script->ops.items[i];
		if (op->statement == f->op->statement)
			r->self = i;
		else if (r->from == n && holds_as_strong(f, op, lock))
			r->from = i;
	}
	for (r->to = r->self; r->to < n && !ends_transaction(script->ops.items[r->to]);)
		r->to++;
	return r->from < r->self && r->self < n && r->to - r->from <= MOST_OPS;
}

/* ---- in words ---- */

unsigned
order_line(const struct op *op)
{
	struct place at = place_in_file((struct place){ op->statement->source, op->statement->span });

	return source_position(at.source, at.span.off).line;
}

enum { MOST_LINES = 6 };

/* "line 3 of x.sql": it stands in another file than the statement under way. */
static struct str
line_of_file(struct arena *arena, const struct op *op)
{
	const struct catalog *c = op->script->catalog;
	struct str file = statement_file(op->statement);
	bool here = c != NULL && c->statement.source != NULL && str_eq(place_in_file(c->statement).source->path, file);

	return here ? str_printf(arena, "line %u", order_line(op)) : str_printf(arena, "line %u of %.*s", order_line(op), STR_ARG(file_name(file)));
}

static struct str
lines_of_files(struct arena *arena, const struct ops *ops)
{
	struct buf b = BUF(arena);
	struct str_list said = { 0 };
	size_t i = 0;

	for (; i < ops->n && said.n < MOST_LINES; i++) {
		struct str line = line_of_file(arena, ops->items[i]);
		if (str_in(line, said.items, said.n))
			continue;
		*vec_push(arena, &said) = line;
		buf_item(&b, ", ", line);
	}
	if (i < ops->n)
		buf_printf(&b, " and those behind them");
	return buf_text(&b);
}

struct str
order_lines(struct arena *arena, const struct ops *ops)
{
	struct buf b = BUF(arena);
	unsigned lines[MOST_LINES];
	size_t n = 0, i = 0;

	if (ops->n > 0 && source_of_files(ops->items[0]->statement->source))
		return lines_of_files(arena, ops);
	for (; i < ops->n && n < MOST_LINES; i++)
		if (n == 0 || order_line(ops->items[i]) != lines[n - 1])
			lines[n++] = order_line(ops->items[i]);
	buf_printf(&b, n == 1 ? "line " : "lines ");
	for (size_t k = 0; k < n; k++)
		buf_printf(&b, "%s%u", k == 0 ? "" : k + 1 == n && i == ops->n ? " and " : ", ", lines[k]);
	if (i < ops->n)
		buf_printf(&b, " and those behind them");
	return buf_text(&b);
}

/* ---- what would be seen in between ---- */

static bool
only_adds(const struct op *op)
{
	static const char *const kinds[] = { "add_column", "create_table", "create_table_as", "create_view", "create_materialized_view", "create_function", "create_enum",
		"create_domain", "create_composite_type", "create_range_type", "create_sequence", "create_schema", "create_extension", "add_enum_value", "create_index",
		"comment", "grant", "set_default", "drop_not_null", "insert", NULL };

	return op->leader != NULL || op_is_among(op, kinds);
}

static bool
adds_only(const struct range *r, const struct facts *f)
{
	for (size_t i = r->from; i < r->self; i++)
		if (r->chosen[i] && r->script->ops.items[i]->statement != f->op->statement && !only_adds(r->script->ops.items[i]))
			return false;
	return true;
}

/* What one takes away, the other makes again, on the same table or of the same name. */
static const struct pair {
	const char *takes, *gives;
	bool name;                      /* of the same name, not only of the same table */
} pairs[] = {
	{ "drop_trigger", "create_trigger", false }, { "disable_trigger", "enable_trigger", false }, { "disable_trigger_all", "enable_trigger_all", false },
	{ "disable_trigger_user", "enable_trigger_user", false }, { "disable_trigger", "enable_always_trigger", false }, { "drop_constraint", "add_check", false },
	{ "drop_constraint", "add_foreign_key", false }, { "drop_constraint", "add_unique", false }, { "drop_constraint", "add_primary_key", false },
	{ "drop_constraint", "add_exclusion", false }, { "drop_constraint", "create_index", false }, { "drop_index", "create_index", false },
	{ "drop_index", "add_unique", false }, { "drop_policy", "create_policy", false }, { "disable_row_security", "enable_row_security", false },
	{ "drop_rule", "create_rule", false }, { "drop_not_null", "set_not_null", true }, { "drop_default", "set_default", true },
	{ "drop_column", "add_column", true }, { "rename_column", "add_column", true }, { "drop_column", "rename_column", true },
	{ "rename_table", "create_table", true }, { "drop_table", "create_table", true }, { "drop_table", "rename_table", true },
	{ "rename_table", "create_table_as", true }, { "rename_table", "create_view", true }, { "drop_view", "create_view", true },
	{ "drop_table", "create_table_as", true }, { "drop_materialized_view", "create_materialized_view", true }, { "drop_function", "create_function", true },
	{ "drop_table", "create_view", true },
};

/* The name that is missing behind it, or there again. */
static struct str
name_gone(const struct op *op)
{
	const struct rename *r = str_starts(str_of(op->kind->name), "rename_") ? OP_DATA(op, struct rename) : NULL;

	return op->column_name.s != NULL ? op->column_name : r != NULL && r->old_name.s != NULL ? r->old_name : op->target.name;
}

static struct str
name_back(const struct op *op)
{
	return str_starts(str_of(op->kind->name), "rename_") ? OP_DATA(op, struct rename)->new_name : op->column_name.s != NULL ? op->column_name : op->target.name;
}

static bool
indexes_column(const struct op *op, struct str column)
{
	const struct new_constraint *k = op_is_constraint(op) ? OP_DATA(op, struct new_constraint) : NULL;

	return k != NULL ? str_in(column, k->columns.items, k->columns.n) : index_op_uses_column(op, column);
}

static bool
has_column_of(const struct op *making, const struct constraint *old)
{
	for (size_t i = 0; i < old->columns.n; i++)
		if (indexes_column(making, old->columns.items[i]))
			return true;
	return false;
}

bool
order_may_stand_for(const struct op *making, const struct op *drop)
{
	const struct index *old = drop->index != NULL ? drop->index->index : NULL;
	const struct constraint *k = drop->constraint;

	if (is_kind(drop, "drop_constraint"))
		return k != NULL && (has_column_of(making, k) || (k->kind == CONSTRAINT_PRIMARY_KEY && is_kind(making, "add_primary_key")));
	for (size_t i = 0; old != NULL && i < old->columns.n; i++)
		if (old->columns.items[i].name.s == NULL || indexes_column(making, old->columns.items[i].name))
			return true;
	return old != NULL && index_op_makes(making, drop->index->name);
}

static bool
is_of_index_table(const struct facts *f, const struct op *drop, const struct op *create)
{
	return drop->index != NULL && drop->index->index != NULL && drop->index->index->table == order_table(f, create);
}

static bool
keeps_apart(enum constraint_kind kind)
{
	return kind == CONSTRAINT_UNIQUE || kind == CONSTRAINT_PRIMARY_KEY || kind == CONSTRAINT_EXCLUSION;
}

/* A CHECK stands for no index, and a foreign key for none of other columns. */
static bool
are_other_constraints(const struct op *taking, const struct op *giving)
{
	const struct constraint *old = is_kind(taking, "drop_constraint") ? taking->constraint : NULL;

	if (old == NULL)
		return false;
	if (is_kind(giving, "add_foreign_key"))
		return old->kind != CONSTRAINT_FOREIGN_KEY || !has_column_of(giving, old);
	if (is_kind(giving, "add_check"))
		return old->kind != CONSTRAINT_CHECK;
	return !keeps_apart(old->kind) || (is_kind(giving, "create_index") && !order_may_stand_for(giving, taking));
}

static bool
gives_back(const struct facts *f, const struct op *taking, const struct op *giving)
{
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		if (!is_kind(taking, pairs[i].takes) || !is_kind(giving, pairs[i].gives) || are_other_constraints(taking, giving))
			continue;
		bool same = is_kind(taking, "drop_index") ? is_of_index_table(f, taking, giving) && order_may_stand_for(giving, taking) : op_touches(f, giving, order_table(f, taking));
		if (pairs[i].name ? str_eq(name_gone(taking), name_back(giving)) : same)
			return true;
	}
	return false;
}

/* A table or column that is there again, but has no rows or values until the statement has run. */
static bool
is_filled_by(const struct facts *f, const struct op *maker)
{
	static const char *const kinds[] = { "create_table", "add_column", NULL };

	return op_is_among(maker, kinds) && op_writes_rows(f->op) && op_touches(f, f->op, order_table(f, maker)) &&
	    (maker->column_name.s == NULL || op_mentions(f->op, maker->column_name));
}

static void
find_gap(const struct facts *f, const struct range *r, struct order *order)
{
	for (size_t i = r->from; i < r->self && order->taken == NULL; i++)
		for (size_t k = i + 1; k < r->to && order->taken == NULL; k++) {
			const struct op *taking = r->script->ops.items[i], *giving = r->script->ops.items[k];
			bool waits = k < r->self ? is_filled_by(f, giving) : r->chosen[k];
			if (!taking->noop && waits && gives_back(f, taking, giving)) {
				order->taken = taking;
				order->given_back = giving;
			}
		}
}

static const struct op *
find_retyped(const struct facts *f, const struct range *r)
{
	for (size_t i = r->from; i < r->self; i++) {
		const struct op *op = r->script->ops.items[i];
		if (is_kind(op, "alter_column_type") && op_writes_rows(f->op) && op->table == f->op->table && op_mentions(f->op, op->column_name) && retype_converts(op))
			return op;
	}
	return NULL;
}

/* Nothing stands between the two that it needs and that does not go along. */
static bool
follows_freely(const struct facts *f, const struct range *r, size_t i)
{
	for (size_t k = r->self; k < i; k++)
		if (!r->chosen[k] && op_is_tied(f, r->script->ops.items[k], r->script->ops.items[i]))
			return false;
	return true;
}

/* What needs the statement is chosen: of it, those before all others that change rows, as it does. */
static void
keep_alike(const struct facts *f, struct range *r)
{
	bool alike = op_writes_rows(f->op);

	for (size_t i = r->self; i < r->to; i++) {
		const struct op *op = r->script->ops.items[i];
		if (!r->chosen[i] || op->statement == f->op->statement)
			continue;
		alike = alike && op_writes_rows(op) && !is_kind(op, "truncate") && follows_freely(f, r, i);
		r->chosen[i] = alike;
	}
}

static void
choose_needing(const struct facts *f, struct range *r)
{
	begin_choice(f->arena, f, r);
	for (size_t i = r->self; i < r->to; i++)
		if (!r->chosen[i] && is_tied_to_chosen(f, r, i))
			order_choose(r, r->script->ops.items[i]);
}

static void
find_needs(const struct facts *f, struct range *r, enum lock lock, struct order *order)
{
	for (size_t i = r->self; i-- > r->from;)
		if (!r->chosen[i] && is_tied_to_chosen(f, r, i))
			order_choose(r, r->script->ops.items[i]);
	order->needs = chosen_statements(f->arena, f, r, r->from, r->self);
	order->adds_only = adds_only(r, f);
	for (size_t i = r->from; i < r->self; i++) {
		const struct op *op = r->script->ops.items[i];
		if (!r->chosen[i] && holds_as_strong(f, op, lock))
			order_push(f->arena, &order->free_locks, op);
	}
}

static void
find_needed_by(const struct facts *f, struct range *r, struct order *order)
{
	choose_needing(f, r);
	find_gap(f, r, order);
	order->needed_by = chosen_statements(f->arena, f, r, r->self, r->to);
	keep_alike(f, r);
	order->alike = chosen_statements(f->arena, f, r, r->self, r->to);
	order->needed_by.items += order->alike.n;
	order->needed_by.n -= order->alike.n;
	order->needed_by.cap -= order->alike.n;
}

/* ---- a transaction of its own ---- */

static bool
is_frame(const struct op *op)
{
	return op_is_transaction(op) || ((is_kind(op, "set_parameter") || is_kind(op, "set_config")) && op_is_timeout(op));
}

/* `self`: behind all of them for an operation that is no statement of the file. */
static void
locate_transaction(const struct facts *f, struct range *r)
{
	const struct script *script = f->op->script;
	size_t n = script == NULL || f->inside != NULL ? 0 : script->ops.n;

	*r = (struct range){ .script = script, .self = n };
	for (size_t i = 0; i < n && r->self == n; i++) {
		if (script->ops.items[i]->statement == f->op->statement)
			r->self = i;
		else if (ends_transaction(script->ops.items[i]))
			r->from = i + 1;
	}
	for (r->to = r->self; r->to < n && !ends_transaction(script->ops.items[r->to]);)
		r->to++;
}

static bool
find_transaction(const struct facts *f, struct range *r)
{
	locate_transaction(f, r);
	return r->script != NULL && r->self < r->script->ops.n && r->to - r->from <= MOST_OPS;
}

/* What the outermost code runs, or may; where that is not all known, or other code runs besides, what calls it is still of unknown effect. */
static void
push_run(const struct facts *f, const struct op *caller, struct script *of)
{
	const struct inside *in = f->inside;
	struct code_call another;

	while (in->depth > 1)
		in = in->outer;
	const struct code_ops *ops = code_list(in->code, in->arguments);
	if (ops->unread || !op_is_opaque(f, caller) || op_calls(caller, f->catalog, 1, &another))
		*vec_push(f->arena, &of->ops) = (struct op *)(uintptr_t)caller;
	*vec_push(f->arena, &of->ops) = (struct op *)(uintptr_t)f->op;
	for (size_t i = 0; i < ops->list.n; i++)
		*vec_push(f->arena, &of->ops) = ops->list.items[i].op;
}

/* What the call runs in the place of it. */
static bool
find_called(const struct facts *f, struct range *r)
{
	const struct op *caller = op_of_file(f->op);
	struct script *with = NEW(f->arena, struct script);
	struct facts called = *f;

	called.op = caller;
	called.inside = NULL;
	if (caller->statement == NULL || !find_transaction(&called, r))
		return false;
	size_t behind = r->self + 1;
	while (behind < r->to && r->script->ops.items[behind]->statement == caller->statement)
		behind++;
	for (size_t i = 0; i < r->self; i++)
		*vec_push(f->arena, &with->ops) = r->script->ops.items[i];
	push_run(f, caller, with);
	r->own = with->ops.n - r->self;
	for (size_t i = behind; i < r->to; i++)
		*vec_push(f->arena, &with->ops) = r->script->ops.items[i];
	r->script = with;
	r->to = with->ops.n;
	return r->to - r->from <= MOST_OPS;
}

static bool
stands_in_code(const struct facts *f)
{
	return f->inside != NULL && !f->inside->stands_for_condition;
}

/* Of the statement, or of the one that runs it. */
static bool
find_transaction_of_file(const struct facts *f, struct range *r)
{
	return stands_in_code(f) ? find_called(f, r) : find_transaction(f, r);
}

static bool
is_own(const struct facts *f, const struct range *r, size_t i)
{
	return r->own > 0 ? i >= r->self && i < r->self + r->own : r->script->ops.items[i]->statement == f->op->statement;
}

/* What a trigger or rule does for rows from here on, the other does for those that are there. */
static bool
completes(const struct facts *f, const struct op *first, const struct op *second)
{
	return op_stands_in_the_way_of_rows(first) && op_reads_rows(second) && op_touches(f, second, order_table(f, first));
}

/* In between no row is visible, or all are. */
static bool
both_decide_on_rows(const struct facts *f, const struct op *first, const struct op *second)
{
	static const char *const kinds[] = { "create_policy", "alter_policy", "drop_policy", "enable_row_security", "disable_row_security", "force_row_security",
		"no_force_row_security", NULL };

	return op_is_among(first, kinds) && op_is_among(second, kinds) && op_touches(f, second, order_table(f, first));
}

/* It looks at the rows as they are by then, also when their transaction has ended. */
static bool
only_checks_rows(const struct op *first, const struct op *second)
{
	static const char *const kinds[] = { "add_check", "add_foreign_key", "add_unique", "add_primary_key", "add_exclusion", "add_not_null", "set_not_null",
		"validate_constraint", "create_index", "analyze", NULL };

	return op_writes_rows(first) && op_is_among(second, kinds);
}

static bool
belongs_together(const struct facts *f, const struct range *r, const struct op *first, const struct op *second)
{
	bool shares = op_shares_rows(f, first, second) && !(r->cut && only_checks_rows(first, second));

	return completes(f, first, second) || completes(f, second, first) || op_is_opaque(f, first) || op_is_opaque(f, second) || shares ||
	    op_shares_whole(f, first, second) || gives_back(f, first, second) || both_decide_on_rows(f, first, second);
}

/* Where IF EXISTS finds something after all, it does what it says. */
static bool
is_counted(const struct op *op)
{
	return (!op->noop || op->if_exists || op->part_if_exists) && !is_frame(op);
}

/* What nobody knows ties itself to the statement that is asked about, not all others to each other. */
static bool
belongs_to_chosen(const struct facts *f, const struct range *r, size_t i)
{
	const struct op *op = r->script->ops.items[i];

	for (size_t k = r->from; k < r->to; k++) {
		const struct op *chosen = r->script->ops.items[k];
		bool asked = is_own(f, r, k);
		if (!r->chosen[k] || (!asked && (op_is_opaque(f, op) || op_is_opaque(f, chosen))))
			continue;
		if (i < k ? belongs_together(f, r, op, chosen) : belongs_together(f, r, chosen, op))
			return true;
	}
	return false;
}

static bool
choose_belonging(const struct facts *f, struct range *r)
{
	bool more = false;

	for (size_t i = r->from; i < r->to; i++) {
		if (r->chosen[i] || !is_counted(r->script->ops.items[i]) || !belongs_to_chosen(f, r, i))
			continue;
		order_choose(r, r->script->ops.items[i]);
		more = true;
	}
	return more;
}

/* `reached`: from what is chosen, each keeping its order with the one before (forward) or behind it. */
static void
reach(const struct facts *f, const struct range *r, bool forward, bool *reached)
{
	for (size_t n = 0; n < r->to - r->from; n++) {
		size_t i = forward ? r->from + n : r->to - 1 - n;
		const struct op *op = r->script->ops.items[i];
		bool known = is_counted(op) && !op_is_opaque(f, op);
		reached[i] = r->chosen[i];
		for (size_t k = forward ? r->from : i + 1; known && !reached[i] && k < (forward ? i : r->to); k++) {
			const struct op *other = r->script->ops.items[k];
			reached[i] = reached[k] && !op_is_opaque(f, other) && (forward ? op_is_tied(f, other, op) : op_is_tied(f, op, other));
		}
	}
}

/* What has to come behind one of those that are chosen and before another. */
static bool
choose_between(const struct facts *f, struct range *r)
{
	bool *behind = NEW_ARRAY(f->arena, bool, r->to), *before = NEW_ARRAY(f->arena, bool, r->to), more = false;

	reach(f, r, true, behind);
	reach(f, r, false, before);
	for (size_t i = r->from; i < r->to; i++) {
		if (r->chosen[i] || !behind[i] || !before[i])
			continue;
		order_choose(r, r->script->ops.items[i]);
		more = true;
	}
	return more;
}

static size_t
count_chosen(const struct range *r)
{
	size_t n = 0;

	for (size_t i = r->from; i < r->to; i++)
		n += r->chosen[i] && (i == r->from || r->script->ops.items[i]->statement != r->script->ops.items[i - 1]->statement);
	return n;
}

static void
choose_together(const struct facts *f, struct range *r)
{
	bool more = true;

	while (more) {
		while (choose_belonging(f, r))
			;
		more = count_chosen(r) > 1 && choose_between(f, r);
	}
}

static bool
is_ordered_with_chosen(const struct facts *f, const struct range *r, size_t i, bool before)
{
	const struct op *op = r->script->ops.items[i];

	for (size_t k = before ? i + 1 : r->from; k < (before ? r->to : i); k++) {
		const struct op *chosen = r->script->ops.items[k];
		if (r->chosen[k] && !op_is_opaque(f, op) && (!op_is_opaque(f, chosen) || is_own(f, r, k)) &&
		    (before ? op_is_tied(f, op, chosen) : op_is_tied(f, chosen, op)))
			return true;
	}
	return false;
}

struct ties
order_ties(const struct facts *f, const struct ops *more)
{
	const struct statement *counted = NULL;
	struct ties ties = { 0 };
	struct range r;

	ties.known = find_transaction_of_file(f, &r);
	if (!ties.known)
		return ties;
	r.chosen = NEW_ARRAY(f->arena, bool, r.to);
	for (size_t i = r.from; i < r.to; i++)
		r.chosen[i] = is_own(f, &r, i) || order_holds(more, r.script->ops.items[i]);
	choose_together(f, &r);
	for (size_t i = r.from; i < r.to; i++) {
		const struct op *other = r.script->ops.items[i];
		if (is_own(f, &r, i) || order_holds(more, other) || !is_counted(other))
			continue;
		ties.others += other->statement != counted;
		counted = other->statement;
		if (r.chosen[i])
			order_push(f->arena, &ties.together, other);
		else if (is_ordered_with_chosen(f, &r, i, true))
			order_push(f->arena, &ties.before, other);
		else if (is_ordered_with_chosen(f, &r, i, false))
			order_push(f->arena, &ties.behind, other);
	}
	return ties;
}

static bool
makes_view(const struct op *op)
{
	return is_kind(op, "create_view") || is_kind(op, "create_materialized_view");
}

static bool
drops_view(const struct op *op)
{
	return (is_kind(op, "drop_view") || is_kind(op, "drop_materialized_view")) && !op->cascade;
}

/* Between the two nothing else that stays may need the view gone. */
static bool
is_in_nobodys_way(const struct range *r, const struct op *waiting, size_t from, size_t to)
{
	static const char *const kinds[] = { "drop_column", "drop_table", "alter_column_type", "drop_view", "drop_materialized_view", "drop_function", NULL };

	for (size_t i = from + 1; i < to; i++) {
		const struct op *other = r->script->ops.items[i];
		if (!r->chosen[i] && other != waiting && op_is_among(other, kinds) && op_mentions(r->script->ops.items[to], other->target.name))
			return false;
	}
	return true;
}

/* A view that is made again behind is not taken away before. */
static void
choose_view_drops(struct range *r, const struct op *waiting)
{
	for (size_t i = r->to; i-- > r->from;)
		for (size_t k = i; k-- > r->from && r->chosen[i] && makes_view(r->script->ops.items[i]);)
			if (drops_view(r->script->ops.items[k]) && op_names_same(r->script->ops.items[k], r->script->ops.items[i]) && is_in_nobodys_way(r, waiting, k, i))
				order_choose(r, r->script->ops.items[k]);
}

/* Of a function or view that is chosen, the DROP, on either side: in between there would be none of its name. */
void
order_choose_code_drops(struct range *r, const struct op *waiting)
{
	choose_view_drops(r, waiting);
	for (size_t i = r->from; i < r->to; i++)
		for (size_t k = r->from; k < r->to && op_drops_code(r->script->ops.items[i]); k++)
			if (r->chosen[k] && op_makes_code(r->script->ops.items[k]) && op_names_same(r->script->ops.items[k], r->script->ops.items[i]))
				order_choose(r, r->script->ops.items[i]);
}

struct ops
order_tied_behind(const struct facts *f)
{
	struct ops tied = { 0 };
	struct range r;

	if (!find_transaction(f, &r))
		return tied;
	for (size_t i = r.self; i < r.to; i++) {
		const struct op *other = r.script->ops.items[i];
		if (other->statement != f->op->statement && is_counted(other) && op_is_tied(f, f->op, other))
			order_push(f->arena, &tied, other);
	}
	return tied;
}

static bool
has_to_follow_chosen(const struct facts *f, const struct range *r, size_t i)
{
	const struct op *op = r->script->ops.items[i];

	if (i < r->self && op_writes_rows(op) && op_touches(f, op, f->op->table))
		return false;
	for (size_t k = r->from; k < i; k++)
		if (r->chosen[k] && r->script->ops.items[k]->statement != op->statement && order_has_to_follow(f, r->script->ops.items[k], op))
			return true;
	return false;
}

struct ops
order_with_following(const struct facts *f, const struct ops *first)
{
	struct range r;

	if (!find_transaction(f, &r))
		return (struct ops){ 0 };
	r.chosen = NEW_ARRAY(f->arena, bool, r.to);
	for (size_t i = 0; i < first->n; i++)
		order_choose(&r, first->items[i]);
	for (size_t i = r.from; i < r.to; i++) {
		const struct op *other = r.script->ops.items[i];
		if (!r.chosen[i] && other->statement != f->op->statement && is_counted(other) && has_to_follow_chosen(f, &r, i))
			order_choose(&r, other);
	}
	order_choose_code_drops(&r, f->op);
	return chosen_statements(f->arena, f, &r, r.from, r.to);
}

/* ---- the parts of a transaction ---- */

enum { MOST_OPS_CUT = 150, NO_PART = -1 };

static const struct op *
op_of_number(const struct range *r, unsigned number)
{
	for (size_t i = r->from; i < r->to; i++)
		if (r->script->ops.items[i]->number == number)
			return r->script->ops.items[i];
	return NULL;
}

/* Marks the statement and what belongs to it as the next part, unless it is in one. */
static bool
mark_part(const struct facts *f, struct range *r, const struct op *op, int next, int *part)
{
	for (size_t i = r->from; i < r->to; i++)
		if (r->script->ops.items[i] == op && part[i] != NO_PART)
			return false;
	r->chosen = NEW_ARRAY(f->arena, bool, r->to);
	order_choose(r, op);
	choose_together(f, r);
	for (size_t i = r->from; i < r->to; i++)
		if (r->chosen[i])
			part[i] = next;
	return true;
}

/* `waits[k * n + i]`: something of the part k comes behind something of the part i, or of what comes behind that. */
static bool *
find_waits(const struct facts *f, struct range *r, const int *part, int n)
{
	bool *waits = NEW_ARRAY(f->arena, bool, (size_t)n * (size_t)n + 1), *reached = NEW_ARRAY(f->arena, bool, r->to + 1);

	r->chosen = NEW_ARRAY(f->arena, bool, r->to + 1);
	for (int i = 0; i < n; i++) {
		for (size_t k = r->from; k < r->to; k++)
			r->chosen[k] = part[k] == i;
		reach(f, r, true, reached);
		for (size_t k = r->from; k < r->to; k++)
			if (reached[k] && part[k] != NO_PART && part[k] != i)
				waits[part[k] * n + i] = true;
	}
	return waits;
}

static bool
has_to_wait(const bool *waits, int number, int n, const bool *done)
{
	for (int i = 0; i < n; i++)
		if (!done[i] && waits[number * n + i])
			return true;
	return false;
}

static int
next_part(const bool *waits, int n, const bool *done)
{
	int first = n;

	for (int i = n; i-- > 0;)
		if (!done[i] && !has_to_wait(waits, i, n, done))
			first = i;
	for (int i = 0; first == n; i++)
		if (!done[i])
			first = i;
	return first;
}

static struct ops
statements_of_part(const struct facts *f, const struct range *r, const int *part, int number)
{
	struct ops ops = { 0 };

	for (size_t i = r->from; i < r->to; i++)
		if (part[i] == number)
			order_push(f->arena, &ops, r->script->ops.items[i]);
	return ops;
}

static struct ops_list
parts_in_order(const struct facts *f, struct range *r, const int *part, int n)
{
	bool *done = NEW_ARRAY(f->arena, bool, (size_t)n + 1), *waits = find_waits(f, r, part, n);
	struct ops_list list = { 0 };

	for (int left = n; left > 0; left--) {
		int next = next_part(waits, n, done);
		done[next] = true;
		*vec_push(f->arena, &list) = statements_of_part(f, r, part, next);
	}
	return list;
}

/* Also of those that lock nothing: a plan of the transaction names all of it. */
static int
mark_parts(const struct facts *f, struct range *r, int *part)
{
	int found = 0;

	for (size_t i = r->from; i < r->to; i++)
		if (is_counted(r->script->ops.items[i]) && !op_is_opaque(f, r->script->ops.items[i]))
			found += mark_part(f, r, r->script->ops.items[i], found, part);
	return found;
}

struct cuts
order_cuts(const struct facts *f, const unsigned *numbers, size_t n)
{
	struct cuts cuts = { 0 };
	struct range r;

	locate_transaction(f, &r);
	if (r.script == NULL || r.to - r.from > MOST_OPS_CUT)
		return cuts;
	r.cut = true;
	int *part = NEW_ARRAY(f->arena, int, r.to + 1);
	for (size_t i = 0; i < r.to; i++)
		part[i] = NO_PART;
	for (size_t i = 0; i < n; i++) {
		const struct op *op = op_of_number(&r, numbers[i]);
		if (op == NULL || op_is_opaque(f, op))
			return cuts;
	}
	for (size_t i = r.from; i < r.to; i++)
		if (is_counted(r.script->ops.items[i]) && op_is_opaque(f, r.script->ops.items[i]))
			order_push(f->arena, &cuts.opaque, r.script->ops.items[i]);
	cuts.list = parts_in_order(f, &r, part, mark_parts(f, &r, part));
	cuts.known = true;
	return cuts;
}

static void
put_lines(struct arena *arena, struct buf *b, const char *words, const struct ops *ops)
{
	if (ops->n > 0)
		buf_printf(b, "%s %.*s", words, STR_ARG(order_lines(arena, ops)));
}

/* Whoever writes runs it, with all that it needs. */
static bool
is_met_by_rows(const struct op *op)
{
	static const char *const kinds[] = { "create_trigger", "create_policy", "alter_policy", "enable_row_security", "force_row_security", NULL };

	return op_is_among(op, kinds);
}

/* Where the runner and the file begin none, a statement has one to itself, in which the code runs that it calls. */
static bool
has_own_transaction(const struct session *s)
{
	return s->open == NO || (s->implicit && s->mode == TX_NONE);
}

struct ops
order_locking_too(const struct facts *f, const struct relation *r)
{
	struct ops ops = { 0 };
	struct range range;

	if (!find_transaction_of_file(f, &range))
		return ops;
	for (size_t i = range.self; i < range.to; i++)
		if (!is_own(f, &range, i) && op_stops_writes(f, range.script->ops.items[i], r))
			order_push(f->arena, &ops, range.script->ops.items[i]);
	return ops;
}

/* Those and what fails, of the file, when the plan is followed; in their order. */
static struct ops
with_refused(const struct facts *f, const struct plan *plan, const struct ops *known)
{
	const struct script *script = f->op->script;
	struct refused refused = { 0 };
	struct ops all = { 0 };

	if (f->rehearsal == NULL || f->inside != NULL || f->op->failure.s != NULL || !f->rehearsal->follow(f->rehearsal->replayer, f->op, plan, &refused))
		return *known;
	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		bool chosen = order_holds(known, op);
		for (size_t k = 0; k < refused.ops.n && op->statement != f->op->statement; k++)
			chosen = chosen || refused.ops.items[k].op == op;
		if (chosen)
			order_push(f->arena, &all, op);
	}
	/* of other changesets */
	for (size_t i = 0; i < known->n; i++)
		if (known->items[i]->script != script)
			order_push(f->arena, &all, known->items[i]);
	return all;
}

/* What fails when the statement, with the others that leave, comes behind all of the file: in front of that it stays. */
static void
add_needing(const struct facts *f, const struct ops *more, struct ties *ties)
{
	const struct script *script = f->op->script;
	struct plan plan = { .now = STR(""), .later = STR(""), .behind = { more->items, more->n, more->n } };

	for (size_t i = 0; i < script->ops.n; i++)
		if (script->ops.items[i]->statement == f->op->statement)
			*vec_push(f->arena, &plan.behind) = script->ops.items[i];
	if (ties->together.n == 0)
		ties->behind = with_refused(f, &plan, &ties->behind);
}

struct str
order_apart_with(const struct facts *f, const struct ops *more)
{
	struct ties ties = order_ties(f, more);
	struct buf b = BUF(f->arena);

	if (ties.known)
		add_needing(f, more, &ties);

	if (has_own_transaction(f->session) || (ties.known && ties.others == 0 && more->n == 0))
		return STR("alone in its transaction, as it is");
	if (stands_in_code(f))
		buf_printf(&b, "with the whole of line %u, ", order_line(op_of_file(f->op)));
	if (more->n > 0)
		buf_printf(&b, "and %.*s, ", STR_ARG(order_lines(f->arena, more)));
	buf_printf(&b, "in a transaction of %s own", more->n > 0 ? "their" : "its");
	put_lines(f->arena, &b, ", together with", &ties.together);
	put_lines(f->arena, &b, ", behind", &ties.before);
	put_lines(f->arena, &b, ties.before.n > 0 ? " and before" : ", before", &ties.behind);
	return buf_text(&b);
}

struct str
order_apart(const struct facts *f)
{
	return order_apart_with(f, &(struct ops){ 0 });
}

/* On the table that its transaction makes, where no one waits for it and no row is there yet. */
static bool
is_done_at_once(const struct facts *f, const struct op *other)
{
	static const char *const kinds[] = { "create_index", "comment", "grant", NULL };
	const struct relation *r = f->op->table;

	return op_is_among(other, kinds) && r != NULL && relation_new_in_transaction(f->catalog, r) && order_table(f, other) == r;
}

/* Nothing of its transaction keeps others waiting while it waits, and nothing behind it keeps its locks. */
static bool
ends_transaction_alone(const struct facts *f)
{
	struct range r;

	if ((f->unit != NULL && f->unit->together) || op_held_besides(f) != NULL || !find_transaction_of_file(f, &r))
		return false;
	for (size_t i = r.self; i < r.to; i++) {
		const struct op *other = r.script->ops.items[i];
		if (!is_own(f, &r, i) && is_counted(other) && !is_done_at_once(f, other))
			return false;
	}
	return true;
}

struct value
order_get_own_transaction(const struct facts *f)
{
	struct ties ties = order_ties(f, &(struct ops){ 0 });
	bool alone = has_own_transaction(f->session) || (ties.known && ties.others == 0);

	if (!alone && ties.together.n > 0)
		return value_text(str_printf(f->arena, "where it stands, as %.*s may belong with it, but with nothing in its transaction that takes long",
		    STR_ARG(order_lines(f->arena, &ties.together))));
	if (!alone && ties.others > 0 && ends_transaction_alone(f))
		return value_text(STR("where it stands: nothing behind it keeps its lock"));
	if (alone || !is_met_by_rows(f->op))
		return value_text(order_apart(f));
	return value_text(str_printf(f->arena, "%.*s, if rows may meet it while the rest of the file is not there", STR_ARG(order_apart(f))));
}

/* ---- batches ---- */

/* NULL: all. */
const struct str_list *
op_set_columns(const struct op *op)
{
	return is_kind(op, "update") ? &OP_DATA(op, struct dml)->columns : NULL;
}

/* Of a table, or a column without values, that its own statement makes. */
static bool
has_no_rows_to_check(const struct op *op)
{
	const struct new_constraint *k = op_is_constraint(op) ? OP_DATA(op, struct new_constraint) : NULL;

	return k != NULL && (k->creating || (k->column_is_null && is_kind(op, "add_foreign_key")));
}

/* It passes or not for what the rows are given; NULL: whichever rows are left. */
bool
op_checks_rows_of(const struct facts *f, const struct op *op, const struct relation *r, const struct str_list *columns)
{
	static const char *const kinds[] = { "set_not_null", "add_not_null", "add_check", "add_foreign_key", "add_unique", "add_primary_key", "add_exclusion",
		"validate_constraint", "alter_column_type", "attach_partition", NULL };
	bool unique = is_kind(op, "create_index") && index_op_fits_constraint(op);

	if ((!op_is_among(op, kinds) && !unique) || !op_touches(f, op, r) || has_no_rows_to_check(op))
		return false;
	for (size_t i = 0; columns != NULL && i < columns->n; i++)
		if (op_mentions(op, columns->items[i]))
			return true;
	return columns == NULL || is_kind(op, "validate_constraint") || is_kind(op, "attach_partition");
}

static void
put_ops(struct arena *arena, struct buf *b, const char *words, const struct ops *ops)
{
	if (ops->n > 0)
		buf_item(b, "; ", str_printf(arena, "%s: %.*s", words, STR_ARG(order_lines(arena, ops))));
}

/* A row that is pointed at need not be. */
static bool
only_points_at(const struct facts *f, const struct op *other)
{
	return is_kind(f->op, "delete") && is_kind(other, "add_foreign_key") && order_table(f, other) != f->op->table;
}

bool
op_checks_rows(const struct facts *f, const struct op *other)
{
	if (only_points_at(f, other))
		return false;
	return op_checks_rows_of(f, other, f->op->table, op_set_columns(f->op)) || op_keeps_key_order(f, f->op, other);
}

/* Of those behind the statement in its transaction that work on its table. */
static struct ops
behind_on_table(const struct facts *f, bool (*is)(const struct facts *, const struct op *))
{
	struct ops ops = { 0 };
	struct range r;

	if (f->session->open == NO || !find_transaction(f, &r))
		return ops;
	for (size_t i = r.self + 1; i < r.to; i++) {
		const struct op *other = r.script->ops.items[i];
		if (other->statement != f->op->statement && !other->noop && order_table(f, other) == f->op->table && is(f, other))
			order_push(f->arena, &ops, other);
	}
	return ops;
}

static bool
wants_no_rows(const struct facts *f, const struct op *op)
{
	bool for_any_row = is_kind(op, "add_column") && added_column(op)->not_null && column_def_is_null(added_column(op));

	return for_any_row || (op_checks_rows(f, op) && !is_kind(op, "alter_column_type"));
}

struct ops
order_wants_empty(const struct facts *f)
{
	return behind_on_table(f, wants_no_rows);
}

static bool
keeps_readers_out(const struct facts *f, const struct op *op)
{
	(void)f;
	return op_alter_lock(op) == ACCESS_EXCLUSIVE;
}

struct ops
order_closes_too(const struct facts *f)
{
	return behind_on_table(f, keeps_readers_out);
}

/* An earlier change of rows that the statement reads again. */
bool
op_gives_what_is_read(const struct facts *f, const struct op *other, const struct op *reader)
{
	const struct str_list *set = op_set_columns(other);

	if (!op_writes_rows(other) || !op_touches(f, reader, order_table(f, other)))
		return false;
	for (size_t i = 0; set != NULL && i < set->n; i++)
		if (op_mentions(reader, set->items[i]))
			return true;
	return set == NULL;
}

static bool
expr_mentions_any(const struct expr *e, const struct str_list *columns)
{
	for (size_t i = 0; e != NULL && i < columns->n; i++)
		if (expr_mentions_column(e, columns->items[i]))
			return true;
	return false;
}

/* A change of rows that the UPDATE gives other values: its condition is true, or what it writes is the same, before that or behind it only. */
static bool
reads_what_is_set(const struct facts *f, const struct op *other)
{
	const struct dml *p = is_kind(f->op, "update") ? OP_DATA(f->op, struct dml) : NULL, *q = is_kind(other, "update") || is_kind(other, "delete") ? OP_DATA(other, struct dml) : NULL;
	bool reads = false;

	if (p == NULL || other->noop)
		return false;
	if (q == NULL || order_table(f, other) != f->op->table)
		return is_kind(other, "insert") && order_table(f, other) != f->op->table && op_gives_what_is_read(f, f->op, other);
	for (size_t i = 0; !reads && i < q->values.n; i++)
		reads = expr_mentions_any(q->values.items[i], &p->columns);
	return reads || (expr_mentions_any(q->where, &p->columns) && !done_rows_fail(p, f->op->table, q));
}

/* Rows that come while the batches run have to get the value by themselves. */
static bool
gives_new_rows(const struct op *other, const struct op *op)
{
	const struct dml *p = OP_DATA(op, struct dml);

	if (!is_kind(op, "update") || !is_kind(other, "set_default") || other->noop || !op_names_same(other, op) || p->values.n != p->columns.n)
		return false;
	for (size_t i = 0; i < p->columns.n; i++)
		if (str_eq(p->columns.items[i], other->column_name))
			return p->values.items[i] != NULL && !expr_mentions_column(p->values.items[i], other->column_name);
	return false;
}

/* By their default, or by a trigger that the file makes for that. */
static bool
gives_values(const struct op *other, const struct op *op)
{
	const struct str_list *set = op_set_columns(op);
	bool gives = gives_new_rows(other, op);

	for (size_t i = 0; !gives && set != NULL && op_names_same(other, op) && i < set->n; i++)
		gives = trigger_op_gives(other, set->items[i]);
	return gives;
}

static bool
has_other_clauses(const struct range *r, size_t i)
{
	const struct op *const *ops = (const struct op *const *)r->script->ops.items;

	return (i > 0 && ops[i - 1]->statement == ops[i]->statement) || (i + 1 < r->script->ops.n && ops[i + 1]->statement == ops[i]->statement);
}

struct default_search {
	const struct op *op, *found;
};

/* Whichever lack the value: of some only, a default would give it to others that come. */
static bool
changes_any_row(const struct op *op)
{
	const struct dml *p = is_kind(op, "update") ? OP_DATA(op, struct dml) : NULL;

	return p != NULL && (p->where == NULL || (p->where->kind == EXPR_IS_NULL && expr_mentions_any(p->where, &p->columns)));
}

static bool
is_default_for(const struct op *later, void *arg)
{
	struct default_search *s = arg;

	if (changes_any_row(s->op) && gives_new_rows(later, s->op))
		s->found = later;
	return s->found != NULL;
}

/* "DEFAULT of line 5": a clause that has to leave its statement, or one of a file that follows. */
static struct str
defaults_elsewhere(const struct facts *f, const struct ops *clauses)
{
	struct default_search s = { f->op, NULL };
	const struct str word[] = { f->op->target.name, STR("default") };

	if (clauses->n > 0)
		return str_printf(f->arena, "DEFAULT of %.*s", STR_ARG(order_lines(f->arena, clauses)));
	if (!later_file_has(f, word, 2, is_default_for, &s))
		return STR("");
	return str_printf(f->arena, "DEFAULT of %.*s", STR_ARG(file_name(statement_file(s.found->statement))));
}

bool
order_holds(const struct ops *ops, const struct op *op)
{
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->statement == op->statement)
			return true;
	return false;
}

static void
insert_statement(struct arena *arena, struct ops *ops, const struct op *op)
{
	size_t at = ops->n;

	if (order_holds(ops, op))
		return;
	*vec_push(arena, ops) = op;
	for (; at > 0 && ops->items[at - 1]->statement->span.off > op->statement->span.off; at--)
		ops->items[at] = ops->items[at - 1];
	ops->items[at] = op;
}

/* Behind the statement, or in that of the default: ALTER TYPE may not be able to convert what would be the default by then. */
static bool
is_retyped_before(const struct range *r, const struct op *set)
{
	bool behind = false;

	for (size_t i = r->self; i < r->script->ops.n; i++) {
		const struct op *other = r->script->ops.items[i];
		behind = behind || other == set;
		if (behind && other->statement != set->statement)
			return false;
		if (is_kind(other, "alter_column_type") && op_names_same(other, set) && str_eq(other->column_name, set->column_name))
			return true;
	}
	return false;
}

/* SET DEFAULT behind the statement, which comes before the first batch, with what it names. */
static struct str
find_defaults(const struct facts *f, const struct range *r, struct ops *earlier)
{
	struct ops clauses = { 0 };
	bool found = false;

	for (size_t i = r->self + 1; i < r->script->ops.n; i++) {
		const struct op *other = r->script->ops.items[i];
		if (!gives_values(other, f->op) || is_retyped_before(r, other))
			continue;
		found = true;
		for (size_t k = r->from; k < i; k++)
			if (r->script->ops.items[k]->statement != other->statement && r->script->ops.items[k]->statement != f->op->statement && !op_is_of_column(r->script->ops.items[k]) &&
			    op_names_what_changes(f, other, r->script->ops.items[k]))
				insert_statement(f->arena, earlier, r->script->ops.items[k]);
		insert_statement(f->arena, has_other_clauses(r, i) ? &clauses : earlier, other);
	}
	return found && clauses.n == 0 ? STR("") : defaults_elsewhere(f, &clauses);
}

static struct str
lines_and_defaults(const struct facts *f, const struct ops *earlier, struct str defaults)
{
	return str_printf(f->arena, "%.*s%s%.*s", STR_ARG(earlier->n > 0 ? order_lines(f->arena, earlier) : STR("")), earlier->n > 0 && defaults.n > 0 ? ", " : "",
	    STR_ARG(defaults));
}

static void
put_first(const struct facts *f, struct buf *b, const struct ops *earlier, struct str defaults)
{
	struct str first = lines_and_defaults(f, earlier, defaults);
	const struct op *last = earlier->n > 0 ? earlier->items[earlier->n - 1] : NULL;
	bool others = false;

	for (size_t i = 0; last != NULL && i < f->op->script->ops.n && f->op->script->ops.items[i] != last; i++)
		others = others || (is_counted(f->op->script->ops.items[i]) && !order_holds(earlier, f->op->script->ops.items[i]) && f->op->script->ops.items[i]->statement != f->op->statement);
	if (first.n > 0)
		buf_item(b, "; ", str_printf(f->arena, "committed before the first: %.*s%s", STR_ARG(first), others ? ", with what that needs" : ""));
}

/* A statement that only gives new rows the value does not need that the others have it. */
static void
find_defaults_first(const struct facts *f, const struct range *r, struct order *order)
{
	struct ops earlier = { 0 }, needing = { 0 };
	struct str defaults = find_defaults(f, r, &earlier);

	order->defaults = lines_and_defaults(f, &earlier, defaults);
	for (size_t i = 0; i < order->needed_by.n; i++)
		if (!order_holds(&earlier, order->needed_by.items[i]))
			order_push(f->arena, &needing, order->needed_by.items[i]);
	order->needed_by = needing;
}

struct order
order_of(const struct facts *f)
{
	const struct held_lock *held = op_held_besides(f);
	struct order order = { 0 };
	struct range r;

	if (held == NULL || !find_range(f, held->lock, &r))
		return order;
	order.known = true;
	order.retyped = find_retyped(f, &r);
	find_needed_by(f, &r, &order);
	find_needs(f, &r, held->lock, &order);
	if (is_kind(f->op, "update"))
		find_defaults_first(f, &r, &order);
	return order;
}

/* A trigger of the rows that change, or what one runs. */
static bool
serves_rows(const struct facts *f, const struct range *r, const struct op *op)
{
	if (is_kind(op, "create_trigger"))
		return op_touches(f, op, f->op->table) && trigger_op_fires_for(op, f->op);
	for (size_t i = r->from; is_kind(op, "create_function") && i < r->self; i++) {
		const struct op *trigger = r->script->ops.items[i];
		if (is_kind(trigger, "create_trigger") && op_mentions(trigger, op->target.name) && serves_rows(f, r, trigger))
			return true;
	}
	return false;
}

/* Until the batches have run, what took the place of the old column is empty. */
static bool
changes_places(const struct facts *f, const struct ops *earlier)
{
	for (size_t i = 0; i < earlier->n; i++)
		if (is_kind(earlier->items[i], "rename_column") && op_touches(f, earlier->items[i], f->op->table))
			return true;
	return false;
}

/* UPDATE t SET new = lower(old); ALTER TABLE t DROP COLUMN old */
static bool
loses_source(const struct facts *f, const struct op *other)
{
	const struct dml *p = OP_DATA(f->op, struct dml);
	bool loses = is_kind(other, "drop_column") || is_kind(other, "rename_column");

	if (!loses || !op_touches(f, other, f->op->table) || str_in(other->column_name, p->columns.items, p->columns.n))
		return false;
	for (size_t i = 0; i < p->values.n; i++)
		if (expr_mentions_column(p->values.items[i], other->column_name))
			return true;
	return false;
}

/* Of these statements, each with all of its clauses. */
static struct ops
clauses_that(const struct facts *f, const struct ops *statements, bool (*is)(const struct facts *, const struct op *))
{
	struct ops found = { 0 };

	for (size_t i = 0; i < statements->n; i++) {
		const struct op *first = statements->items[i];
		for (size_t k = 0; k < first->script->ops.n; k++)
			if (first->script->ops.items[k]->statement == first->statement && is(f, first->script->ops.items[k]))
				order_push(f->arena, &found, first->script->ops.items[k]);
	}
	return found;
}

/* At once, it would have had the rows locked until the old place of the values goes. */
static void
put_lost_meanwhile(const struct facts *f, struct buf *b, const struct ops *later)
{
	struct ops losing = { 0 };

	if (is_kind(f->op, "update"))
		losing = clauses_that(f, later, loses_source);
	if (losing.n > 0)
		buf_printf(b, "\n-- rows that are new or changed behind their batch lack what it gives them, and %.*s would lose it: until then the code, or a trigger,\n"
		    "--   has to write both, or they are worked through once more in front of it, under its lock", STR_ARG(order_lines(f->arena, &losing)));
}

/* New rows get a value of all the columns by themselves. */
static bool
has_defaults(const struct facts *f)
{
	const struct str_list *set = op_set_columns(f->op);
	size_t i = 0;

	while (set != NULL && i < set->n) {
		const struct column *column = f->op->table == NULL ? NULL : catalog_find_column(f->op->table, set->items[i]);
		if (column == NULL || (column->default_expr == NULL && column->identity == 0))
			break;
		i++;
	}
	return set != NULL && i == set->n;
}

/* At once, its lock would have kept other rows from coming in between. */
static void
put_failing_meanwhile(const struct facts *f, struct buf *b, const struct ops *later)
{
	struct ops failing = clauses_that(f, later, op_checks_rows);
	if (failing.n > 0 && is_kind(f->op, "delete"))
		buf_printf(b, "\n-- rows that come behind their batch it has not deleted, and then %.*s may fail: it runs once more in front of that, under its lock",
		    STR_ARG(order_lines(f->arena, &failing)));
	else if (failing.n > 0 && is_kind(f->op, "update"))
		buf_printf(b, "\n-- rows that are new or changed behind their batch have to be right by the code, a default or a trigger, or else %.*s may fail;\n"
		    "--   they can be worked through once more in front of that", STR_ARG(order_lines(f->arena, &failing)));
}

/* A key of several columns by which rows with the old value and those with the new one are different. */
static const struct relation *
key_over_set(const struct facts *f)
{
	const struct str_list *set = op_set_columns(f->op);
	const struct relation *r = f->op->table;

	for (size_t i = 0; r != NULL && set != NULL && i < r->indexes.n; i++) {
		const struct index *index = r->indexes.items[i]->index;
		for (size_t k = 0; index->unique && index->columns.n > 1 && k < set->n; k++)
			if (!r->indexes.items[i]->dropped && index_holds(index, set->items[k]))
				return r->indexes.items[i];
	}
	return NULL;
}

static void
put_kept_apart(const struct facts *f, struct buf *b)
{
	const struct relation *key = key_over_set(f);

	if (key != NULL)
		buf_printf(b, "\n-- until the last batch, old rows and new ones differ in %.*s by what it sets: one that comes a second time is not refused,\n"
		    "--   but its batch is: writers look for both values, or wait", STR_ARG(sql_ident(f->arena, key->name)));
}

struct losing {
	const struct facts *facts;
	struct ops *ops;
};

static bool
note_losing(const struct op *later, void *arg)
{
	struct losing *l = arg;

	if (loses_source(l->facts, later))
		order_push(l->facts->arena, l->ops, later);
	return false;
}

static bool
is_tied_to_any(const struct facts *f, const struct range *r, size_t i, const struct ops *statements)
{
	for (size_t k = r->self + 1; statements->n > 0 && k < i; k++) {
		const struct op *earlier = r->script->ops.items[k];
		if (earlier->statement != r->script->ops.items[i]->statement && order_holds(statements, earlier) && op_is_tied(f, earlier, r->script->ops.items[i]))
			return true;
	}
	return false;
}

/* Of those behind the statement, in order: the ones that go behind the batches, and what keeps its order with one of them. */
static struct ops
with_needing(const struct facts *f, const struct range *r, const struct ops *later)
{
	struct ops all = { 0 };

	for (size_t i = r->self + 1; i < r->to; i++) {
		const struct op *other = r->script->ops.items[i];
		bool asked = is_counted(other) && !is_own(f, r, i) && !gives_values(other, f->op) && !op_is_opaque(f, other);
		if (order_holds(later, other) || (asked && is_tied_to_any(f, r, i, &all)))
			order_push(f->arena, &all, other);
	}
	for (size_t i = 0; i < later->n; i++)
		if (!order_holds(&all, later->items[i]))
			order_push(f->arena, &all, later->items[i]);
	return all;
}

enum { MOST_TIMES = 4 };

/* The rest of the file runs without them, and what fails then goes along. */
static struct ops
with_failing(const struct facts *f, const struct range *r, struct ops later)
{
	struct plan plan = { .now = STR(""), .later = STR(""), .stays = true };
	size_t n = 0;

	for (size_t i = 0; i < MOST_TIMES && later.n > n; i++) {
		struct ops all;
		n = later.n;
		plan.behind = later;
		all = with_refused(f, &plan, &later);
		if (all.n > n)
			later = with_needing(f, r, &all);
	}
	return later;
}

/* They run at once behind this one, and would behind the batches, too. */
static void
add_losing_changesets(const struct facts *f, struct ops *later)
{
	if (is_kind(f->op, "update"))
		(void)later_changeset_has(f, f->op->target.name, note_losing, &(struct losing){ f, later });
}

/* It decides on what is written to the column from then on, not on what is read there. */
static bool
rules_other_writes(const struct facts *f, const struct op *other)
{
	static const char *const kinds[] = { "set_default", "drop_default", "set_not_null", "drop_not_null", NULL };
	const struct str_list *set = op_set_columns(f->op);

	return op_is_among(other, kinds) && (is_kind(f->op, "delete") || (set != NULL && set->n > 0 && !str_in(other->column_name, set->items, set->n)));
}

static bool
any_in(const struct str_list *some, const struct str *all, size_t n)
{
	for (size_t i = 0; i < some->n; i++)
		if (str_in(some->items[i], all, n))
			return true;
	return false;
}

/* DROP CONSTRAINT in front of the UPDATE: its new values may not have passed that. */
static bool
frees_columns(const struct facts *f, const struct op *other)
{
	const struct constraint *k = is_kind(other, "drop_constraint") ? other->constraint : NULL;
	const struct str_list *set = op_set_columns(f->op);

	if (k == NULL || set == NULL)
		return false;
	return (k->table == f->op->table && any_in(set, k->columns.items, k->columns.n)) ||
	    (k->kind == CONSTRAINT_FOREIGN_KEY && k->references == f->op->table && any_in(set, k->reference_columns.items, k->reference_columns.n));
}

struct str
order_lines_around(const struct facts *f)
{
	struct ops each = { 0 }, earlier = { 0 }, later = { 0 }, apart = { 0 };
	struct buf b = BUF(f->arena);
	bool given = false;
	struct str defaults;
	struct range r;

	if (!find_transaction(f, &r))
		return STR("");
	for (size_t i = r.from; i < r.to; i++) {
		const struct op *other = r.script->ops.items[i];
		bool sets = i < r.self && (is_kind(other, "set_parameter") || is_kind(other, "set_config")) && !op_is_timeout(other);
		bool gives = i < r.self && op_gives_what_is_read(f, other, f->op);
		bool checks = i > r.self && op_checks_rows(f, other);
		bool reads = i > r.self && reads_what_is_set(f, other);
		bool fires = i < r.self && serves_rows(f, &r, other);
		bool points = i < r.self && (op_keeps_key_order(f, other, f->op) || frees_columns(f, other));
		struct ops *ops = sets ? &each : i < r.self ? &earlier : &later;
		if (i > r.self && gives_values(other, f->op)) {
			given = true;
			continue;
		}
		if (other->statement != f->op->statement && !other->noop && (sets || gives || checks || reads || fires || points || (!rules_other_writes(f, other) && op_names_what_changes(f, f->op, other))))
			order_push(f->arena, ops, other);
		else if (i > r.self && is_kind(other, "insert") && op_names_same(other, f->op))
			order_push(f->arena, &apart, other);
	}
	add_losing_changesets(f, &later);
	later = with_failing(f, &r, with_needing(f, &r, &later));
	put_ops(f->arena, &b, "in each of them", &each);
	defaults = find_defaults(f, &r, &earlier);
	put_first(f, &b, &earlier, defaults);
	put_ops(f->arena, &b, "behind the last, at least", &later);
	put_ops(f->arena, &b, "no longer at one time with", &apart);
	if (changes_places(f, &earlier))
		buf_item(&b, "; ", STR("until then nobody finds the values under the old name: code has to read and write both"));
	put_lost_meanwhile(f, &b, &later);
	if (given || defaults.n > 0)
		put_kept_apart(f, &b);
	else if (!has_defaults(f))
		put_failing_meanwhile(f, &b, &later);
	return b.n == 0 ? STR("") : str_printf(f->arena, "\n-- %.*s", STR_ARG(buf_text(&b)));
}

/* ---- what an index is built behind ---- */

static bool
changes_what_is_indexed(const struct facts *f, const struct op *other, const struct relation *r)
{
	static const char *const kinds[] = { "add_column", "drop_column", "rename_column", "alter_column_type", NULL };

	if (is_kind(other, "create_function"))
		return op_mentions(f->op, other->target.name);
	if (is_kind(other, "create_extension"))
		return extension_op_serves(f->catalog, other, f->op);
	if (order_table(f, other) != r)
		return false;
	return is_kind(other, "rename_table") || (op_is_among(other, kinds) && op_names_column(f, f->op, r, name_back(other)));
}

/* Rows that differ only behind it, or that are gone then. */
static bool
settles_rows(const struct facts *f, const struct op *other, const struct relation *r)
{
	static const char *const kinds[] = { "update", "delete", "merge", "truncate", NULL };
	const struct str_list *set = op_set_columns(other);

	if (!op_is_among(other, kinds) || order_table(f, other) != r)
		return false;
	for (size_t i = 0; set != NULL && i < set->n; i++)
		if (op_mentions(f->op, set->items[i]))
			return true;
	return set == NULL || set->n == 0;
}

static bool
builds_index(const struct op *op)
{
	return op_makes_key(op) || is_kind(op, "add_foreign_key");
}

struct ops
order_build_needs(const struct facts *f)
{
	bool unique = is_kind(f->op, "create_index") ? index_op_is_unique(f->op) : op_makes_key(f->op);
	const struct script *script = f->op->script;
	bool asked = builds_index(f->op) && script != NULL && f->inside == NULL && f->op->statement != NULL && is_known(f->op->table);
	size_t n = asked ? script->ops.n : 0;
	struct ops ops = { 0 };

	for (size_t i = 0; i < n && script->ops.items[i]->statement != f->op->statement; i++) {
		const struct op *other = script->ops.items[i];
		if (!other->noop && (changes_what_is_indexed(f, other, f->op->table) || (unique && settles_rows(f, other, f->op->table))))
			order_push(f->arena, &ops, other);
	}
	return ops;
}

/* Which they may need in turn. */
static bool
has_others_before(const struct ops *ops)
{
	const struct op *last = ops->items[ops->n - 1];

	for (size_t i = 0; last->script->ops.items[i]->statement != last->statement; i++)
		if (!is_frame(last->script->ops.items[i]) && !order_holds(ops, last->script->ops.items[i]))
			return true;
	return false;
}

struct str
order_build_behind(const struct facts *f)
{
	struct ops needs = order_build_needs(f);

	if (needs.n == 0)
		return STR("");
	bool more = has_others_before(&needs);
	return str_printf(f->arena, "\n-- behind what it needs of this file, committed first: %.*s%s", STR_ARG(order_lines(f->arena, &needs)),
	    !more ? "" : needs.n > 1 ? ", with what they need" : ", with what it needs");
}
