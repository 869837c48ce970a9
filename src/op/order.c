#include "op/order.h"

#include "base/buf.h"
#include "op/column_def.h"
#include "op/constraint.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/freed.h"
#include "op/lower.h"
#include "op/rename.h"
#include "op/retype.h"
#include "op/swap.h"
#include "sql/ident.h"

static bool
is_among(const struct op *op, const char *const *kinds)
{
	return str_among(str_of(op->kind->name), kinds);
}

bool
op_writes_rows(const struct op *op)
{
	static const char *const kinds[] = { "insert", "update", "delete", "merge", "copy", "truncate", NULL };

	return is_among(op, kinds) && (!is_kind(op, "copy") || OP_DATA(op, struct dml)->copy_from);
}

/* ---- what a statement names ---- */

/* As an identifier, or in a literal such as 's'::regclass. */
static bool
span_mentions(const struct statement *s, struct span span, struct str name)
{
	return name.n > 0 && (locate_name(s, span, name).len > 0 || sql_find_word(source_text(s->source, span), name, 0) != (size_t)-1);
}

static bool
mentions(const struct op *op, struct str name)
{
	return span_mentions(op->statement, op->statement->span, name);
}

const struct relation *
order_table(const struct facts *f, const struct op *op)
{
	return op->table != NULL || op->target.name.s == NULL ? op->table : catalog_find_relation(f->catalog, op->target);
}

static bool
touches(const struct facts *f, const struct op *op, const struct relation *r)
{
	const struct relation *own = order_table(f, op);

	if (r == NULL || own == r)
		return r != NULL;
	return (own != NULL && (belongs_to(own, r) || belongs_to(r, own))) || mentions(op, r->name) ||
	    (op == f->op && effects_find(f->effects, r) != NULL);
}

static bool
is_constraint(const struct op *op)
{
	return op->kind->node == T_Constraint;
}

static bool
is_of_column(const struct op *op)
{
	return op->column_name.s != NULL && !is_constraint(op);
}

/* What it makes, drops or gives another name; the last of them is followed by STR_NONE. */
struct names {
	struct str items[4];
};

static bool
makes_or_drops_target(const struct op *op)
{
	static const char *const of_table[] = { "create_index", "create_trigger", "drop_trigger", "create_policy", "drop_policy", "create_rule", "drop_rule",
		"drop_column", "drop_constraint", "drop_not_null", "drop_default", "drop_identity", "drop_expression", "drop_inherit", NULL };
	struct str kind = str_of(op->kind->name);

	return (str_starts(kind, "create_") || str_starts(kind, "drop_") || str_is(kind, "add_enum_value")) && !is_among(op, of_table);
}

static struct names
names_of(const struct op *op)
{
	const struct new_constraint *k = is_constraint(op) ? OP_DATA(op, struct new_constraint) : NULL;
	struct names names = { 0 };
	size_t n = 0;

	if (k != NULL)
		names.items[n++] = k->chosen.s != NULL ? k->chosen : k->name;
	else if (str_starts(str_of(op->kind->name), "rename_")) {
		const struct rename *rename = OP_DATA(op, struct rename);
		names.items[n++] = rename->new_name;
		names.items[n++] = rename->old_name.s != NULL ? rename->old_name : op->target.name;
	} else if (is_of_column(op))
		names.items[n++] = op->column_name;
	else if (makes_or_drops_target(op))
		names.items[n++] = op->target.name;
	return names;
}

/* One that gives rows or columns without naming them: SELECT *, INSERT without a list, LIKE. */
static bool
takes_all_columns(const struct op *op)
{
	struct str text = source_text(op->statement->source, op->statement->span);

	if (is_kind(op, "create_table"))
		return create_table_takes_columns(op);
	return str_find_char(text, '*') != (size_t)-1 || (is_kind(op, "insert") && !OP_DATA(op, struct dml)->columns_given);
}

static bool
changes_columns(const struct op *op)
{
	return is_kind(op, "add_column") || is_kind(op, "drop_column") || is_kind(op, "rename_column");
}

/* Of the columns of the table, which of its own may be called the same. */
static bool
key_names_column(const struct facts *f, const struct op *op, const struct relation *r, struct str name)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);
	const struct constraint *primary = k->reference_columns.n == 0 ? relation_primary_key(r) : NULL;

	if (order_table(f, op) == r && str_in(name, k->columns.items, k->columns.n))
		return true;
	return catalog_find_relation(f->catalog, op->reference) == r && (str_in(name, k->reference_columns.items, k->reference_columns.n) ||
	    (primary != NULL && str_in(name, primary->columns.items, primary->columns.n)));
}

/* Its clauses can name columns of no other table than the one they stand in; a foreign key does, and is an operation of its own. */
static bool
is_about_other_table(const struct facts *f, const struct op *op, const struct relation *r)
{
	const struct relation *own = order_table(f, op);
	bool makes = is_kind(op, "create_table") && !create_table_takes_columns(op);

	return (makes || is_constraint(op) || op->kind->node == T_AlterTableStmt) && own != r && (own == NULL || (!belongs_to(own, r) && !belongs_to(r, own)));
}

static bool
names_column(const struct facts *f, const struct op *op, const struct relation *r, struct str name)
{
	if (is_kind(op, "add_foreign_key") && is_known(r))
		return key_names_column(f, op, r, name);
	return !is_about_other_table(f, op, r) && mentions(op, name);
}

/* Where one constraint says the name of another, a column has it, too, unless they share it. */
static bool
mentions_constraint(const struct op *op, struct str name)
{
	return is_constraint(op) ? str_eq(names_of(op).items[0], name) : mentions(op, name);
}

static bool
drops_code(const struct op *op)
{
	return is_kind(op, "drop_function") || is_kind(op, "drop_procedure") || is_kind(op, "drop_routine");
}

/* Its body names what is there when it runs: what is gone by then can be there still. */
static bool
makes_code(const struct op *op)
{
	static const char *const kinds[] = { "create_function", "create_procedure", NULL };

	return is_among(op, kinds);
}

/* Where NEW and OLD are rows of the table, which need not be named. */
static bool
is_code_of_trigger(const struct facts *f, const struct op *op, const struct relation *r)
{
	for (size_t i = 0; makes_code(op) && r != NULL && i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && str_eq(r->triggers.items[i]->function, op->target.name))
			return true;
	for (size_t i = 0; makes_code(op) && r != NULL && op->script != NULL && i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (is_kind(other, "create_trigger") && order_table(f, other) == r && mentions(other, op->target.name))
			return true;
	}
	return false;
}

static bool
names_what_changes(const struct facts *f, const struct op *op, const struct op *change)
{
	bool column = is_of_column(change) || is_kind(change, "rename_column");
	const struct relation *r = order_table(f, change);
	struct names names = names_of(change);
	bool constraint = is_constraint(change) || is_kind(change, "drop_constraint");

	if ((column || constraint) && !touches(f, op, r) && !is_code_of_trigger(f, op, r))
		return false;
	for (size_t i = 0; names.items[i].s != NULL; i++) {
		struct str name = names.items[i];
		if (column ? names_column(f, op, r, name) : (constraint ? mentions_constraint(op, name) : mentions(op, name)) || index_op_makes(op, name))
			return true;
	}
	return changes_columns(change) && takes_all_columns(op) && !is_about_other_table(f, op, r);
}

/* ---- what a statement does with rows ---- */

static bool
reads_rows(const struct op *op)
{
	static const char *const kinds[] = { "select", "create_table_as", "create_materialized_view", "refresh_matview", NULL };

	return op_writes_rows(op) || is_kind(op, "copy") || is_among(op, kinds);
}

/* It passes or not, fires or not, is built of what the rows are. */
static bool
depends_on_rows(const struct op *op)
{
	static const char *const kinds[] = { "add_check", "add_foreign_key", "add_unique", "add_primary_key", "add_exclusion", "add_not_null", "set_not_null",
		"alter_column_type", "create_index", "validate_constraint", "create_trigger", "drop_trigger", "enable_trigger", "enable_trigger_all",
		"enable_trigger_user", "enable_always_trigger", "enable_replica_trigger", "disable_trigger", "disable_trigger_all", "disable_trigger_user",
		"attach_partition", "detach_partition", "set_expression", "drop_expression", "lock_table", "analyze", NULL };

	return reads_rows(op) || is_among(op, kinds);
}

/* It would refuse, change or follow what a row is given. */
static bool
stands_in_the_way_of_rows(const struct op *op)
{
	static const char *const kinds[] = { "drop_constraint", "drop_not_null", "drop_index", "set_default", "drop_default", "create_trigger", "drop_trigger",
		"enable_trigger", "enable_trigger_all", "enable_trigger_user", "enable_always_trigger", "enable_replica_trigger", "disable_trigger", "disable_trigger_all",
		"disable_trigger_user", "create_rule", "drop_rule", "enable_rule", "disable_rule", "force_row_security", "no_force_row_security", "add_identity",
		"drop_identity", "set_identity", "alter_constraint", NULL };

	return is_among(op, kinds);
}

static bool
infers_key(const struct op *op)
{
	return (is_kind(op, "insert") || is_kind(op, "merge")) && OP_DATA(op, struct dml)->on_conflict;
}

static bool
makes_key(const struct op *op)
{
	return is_kind(op, "add_unique") || is_kind(op, "add_primary_key") || is_kind(op, "create_index");
}

static bool
shares_rows(const struct facts *f, const struct op *first, const struct op *second)
{
	const struct relation *a = order_table(f, first), *b = order_table(f, second);

	if (op_writes_rows(first) && depends_on_rows(second) && touches(f, second, a))
		return true;
	if (!op_writes_rows(second) && !(infers_key(first) && (is_kind(second, "drop_index") || is_kind(second, "drop_constraint"))))
		return false;
	return (reads_rows(first) || infers_key(first) || stands_in_the_way_of_rows(first) || (infers_key(second) && makes_key(first))) && touches(f, first, b);
}

/* ---- what a statement does with a table as a whole ---- */

static bool
changes_whole(const struct op *op)
{
	static const char *const kinds[] = { "attach_partition", "detach_partition", "add_inherit", "drop_inherit", "set_schema", "set_logged", "set_unlogged",
		"set_tablespace", "set_access_method", "cluster", "distribute_table", "lock_table", NULL };

	return is_among(op, kinds);
}

/* Only the order matters: a foreign key stands on a key; NOT NULL, a key and a partition are spared their scan by a CHECK. */
static bool
builds_on(const struct facts *f, const struct op *first, const struct op *second)
{
	static const char *const on_check[] = { "set_not_null", "add_not_null", "add_primary_key", "attach_partition", NULL };

	const struct relation *r = order_table(f, first);

	if (makes_key(first) && is_kind(second, "add_foreign_key"))
		return r != NULL && catalog_find_relation(f->catalog, second->reference) == r;
	return (is_kind(first, "add_check") || is_kind(first, "validate_constraint")) && is_among(second, on_check) && touches(f, second, r);
}

static bool
shares_whole(const struct facts *f, const struct op *first, const struct op *second)
{
	const struct relation *r = order_table(f, first);

	return changes_whole(first) && touches(f, second, r);
}

/* ---- what nobody knows ---- */

static bool
is_timeout(const struct op *op)
{
	static const char *const names[] = { "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "transaction_timeout", "client_min_messages",
		"client_encoding", NULL };

	for (size_t i = 0; names[i] != NULL; i++)
		if (mentions(op, str_of(names[i])))
			return true;
	return false;
}

static bool
is_opaque(const struct facts *f, const struct op *op)
{
	static const char *const kinds[] = { "do_block", "call", "execute", "unreadable_code", "other", "drop_owned", "reassign_owned", "rename_schema",
		"import_foreign_schema", NULL };
	const struct query *q = is_kind(op, "select") && op->kind->query != NULL ? op->kind->query(op) : NULL;

	if (is_kind(op, "set_parameter") || is_kind(op, "set_config"))
		return !is_timeout(op);
	return is_among(op, kinds) || (q != NULL && query_calls_user_function(q, f->catalog) != NO);
}

/* A foreign key that goes before the type of one of its columns changes, which the other side may not fit. */
static bool
frees_type(const struct facts *f, const struct op *first, const struct op *second)
{
	const struct constraint *k = is_kind(first, "drop_constraint") ? first->constraint : NULL;

	if (k == NULL || k->kind != CONSTRAINT_FOREIGN_KEY || !is_kind(second, "alter_column_type"))
		return false;
	const struct relation *r = order_table(f, second);
	return (k->table == r && str_in(second->column_name, k->columns.items, k->columns.n)) ||
	    (k->references == r && str_in(second->column_name, k->reference_columns.items, k->reference_columns.n));
}

/* On what the other makes of the table: a trigger, policy or rule. */
static bool
remarks_on(const struct facts *f, const struct op *first, const struct op *second)
{
	struct str part = comment_op_part(second);

	return part.s != NULL && order_table(f, first) == order_table(f, second) && mentions(first, part);
}

static bool
is_tied(const struct facts *f, const struct op *first, const struct op *second)
{
	return frees_type(f, first, second) || remarks_on(f, first, second) || op_frees(f, first, second) || is_opaque(f, first) || is_opaque(f, second) || names_what_changes(f, second, first) || names_what_changes(f, first, second) ||
	    shares_rows(f, first, second) || shares_whole(f, first, second) || builds_on(f, first, second);
}

/* ---- what goes along ---- */

struct range {
	const struct script *script;
	size_t from, self, to;          /* places in its ops: of the first that holds the lock, of the statement, behind the last of the transaction */
	bool *chosen;
};

static void
choose_statement(struct range *r, const struct op *op)
{
	for (size_t i = r->from; i < r->to; i++)
		r->chosen[i] = r->chosen[i] || r->script->ops.items[i]->statement == op->statement;
}

static bool
is_tied_to_chosen(const struct facts *f, const struct range *r, size_t i)
{
	for (size_t k = r->from; k < r->to; k++) {
		const struct op *op = r->script->ops.items[i], *chosen = r->script->ops.items[k];
		if (r->chosen[k] && chosen->statement != op->statement && (i < k ? is_tied(f, op, chosen) : is_tied(f, chosen, op)))
			return true;
	}
	return false;
}

static void
begin_choice(struct arena *arena, const struct facts *f, struct range *r)
{
	r->chosen = NEW_ARRAY(arena, bool, r->to);
	choose_statement(r, f->op);
}

static void
push_statement(struct arena *arena, struct ops *ops, const struct op *op)
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
			push_statement(arena, &ops, op);
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

enum { MOST_OPS = 400 };         /* every two are compared */

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

enum { MOST_LINES = 6, MOST_PUT_OFF = 12 };

static struct str
lines_up_to(struct arena *arena, const struct ops *ops, size_t most)
{
	struct buf b = BUF(arena);
	unsigned lines[MOST_PUT_OFF];
	size_t n = 0, i = 0;

	for (; i < ops->n && n < most; i++)
		if (n == 0 || order_line(ops->items[i]) != lines[n - 1])
			lines[n++] = order_line(ops->items[i]);
	buf_printf(&b, n == 1 ? "line " : "lines ");
	for (size_t k = 0; k < n; k++)
		buf_printf(&b, "%s%u", k == 0 ? "" : k + 1 == n && i == ops->n ? " and " : ", ", lines[k]);
	if (i < ops->n)
		buf_printf(&b, " and those behind them");
	return buf_text(&b);
}

struct str
order_lines(struct arena *arena, const struct ops *ops)
{
	return lines_up_to(arena, ops, MOST_LINES);
}

/* ---- what would be seen in between ---- */

static bool
only_adds(const struct op *op)
{
	static const char *const kinds[] = { "add_column", "create_table", "create_table_as", "create_view", "create_materialized_view", "create_function", "create_enum",
		"create_domain", "create_composite_type", "create_range_type", "create_sequence", "create_schema", "create_extension", "add_enum_value", "create_index",
		"comment", "grant", "set_default", "drop_not_null", "insert", NULL };

	return op->leader != NULL || is_among(op, kinds);
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
is_of_index_table(const struct facts *f, const struct op *drop, const struct op *create)
{
	return drop->index != NULL && drop->index->index != NULL && drop->index->index->table == order_table(f, create);
}

/* Two foreign keys of one table. */
static bool
are_other_keys(const struct op *drop, const struct op *add)
{
	const struct constraint *old = is_kind(drop, "drop_constraint") ? drop->constraint : NULL;
	const struct new_constraint *new = is_kind(add, "add_foreign_key") ? OP_DATA(add, struct new_constraint) : NULL;

	if (old == NULL || old->kind != CONSTRAINT_FOREIGN_KEY)
		return false;
	if (new == NULL)
		return true;
	for (size_t i = 0; i < new->columns.n; i++)
		if (str_in(new->columns.items[i], old->columns.items, old->columns.n))
			return false;
	return true;
}

static bool
gives_back(const struct facts *f, const struct op *taking, const struct op *giving)
{
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		if (!is_kind(taking, pairs[i].takes) || !is_kind(giving, pairs[i].gives) || are_other_keys(taking, giving))
			continue;
		bool same = is_kind(taking, "drop_index") ? is_of_index_table(f, taking, giving) : touches(f, giving, order_table(f, taking));
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

	return is_among(maker, kinds) && op_writes_rows(f->op) && touches(f, f->op, order_table(f, maker)) &&
	    (maker->column_name.s == NULL || mentions(f->op, maker->column_name));
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
		if (is_kind(op, "alter_column_type") && op_writes_rows(f->op) && op->table == f->op->table && mentions(f->op, op->column_name) && retype_converts(op))
			return op;
	}
	return NULL;
}

/* Nothing stands between the two that it needs and that does not go along. */
static bool
follows_freely(const struct facts *f, const struct range *r, size_t i)
{
	for (size_t k = r->self; k < i; k++)
		if (!r->chosen[k] && is_tied(f, r->script->ops.items[k], r->script->ops.items[i]))
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
			choose_statement(r, r->script->ops.items[i]);
}

static void
find_needs(const struct facts *f, struct range *r, enum lock lock, struct order *order)
{
	for (size_t i = r->self; i-- > r->from;)
		if (!r->chosen[i] && is_tied_to_chosen(f, r, i))
			choose_statement(r, r->script->ops.items[i]);
	order->needs = chosen_statements(f->arena, f, r, r->from, r->self);
	order->adds_only = adds_only(r, f);
	for (size_t i = r->from; i < r->self; i++) {
		const struct op *op = r->script->ops.items[i];
		if (!r->chosen[i] && holds_as_strong(f, op, lock))
			push_statement(f->arena, &order->free_locks, op);
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
	return op_is_transaction(op) || ((is_kind(op, "set_parameter") || is_kind(op, "set_config")) && is_timeout(op));
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

/* What a trigger or rule does for rows from here on, the other does for those that are there. */
static bool
completes(const struct facts *f, const struct op *first, const struct op *second)
{
	return stands_in_the_way_of_rows(first) && reads_rows(second) && touches(f, second, order_table(f, first));
}

/* In between no row is visible, or all are. */
static bool
both_decide_on_rows(const struct facts *f, const struct op *first, const struct op *second)
{
	static const char *const kinds[] = { "create_policy", "alter_policy", "drop_policy", "enable_row_security", "disable_row_security", "force_row_security",
		"no_force_row_security", NULL };

	return is_among(first, kinds) && is_among(second, kinds) && touches(f, second, order_table(f, first));
}

static bool
belongs_together(const struct facts *f, const struct op *first, const struct op *second)
{
	return completes(f, first, second) || completes(f, second, first) || is_opaque(f, first) || is_opaque(f, second) || shares_rows(f, first, second) ||
	    shares_whole(f, first, second) || gives_back(f, first, second) || both_decide_on_rows(f, first, second);
}

static bool
is_counted(const struct op *op)
{
	return !op->noop && !is_frame(op);
}

/* What nobody knows ties itself to the statement that is asked about, not all others to each other. */
static bool
belongs_to_chosen(const struct facts *f, const struct range *r, size_t i)
{
	const struct op *op = r->script->ops.items[i];

	for (size_t k = r->from; k < r->to; k++) {
		const struct op *chosen = r->script->ops.items[k];
		bool asked = chosen->statement == f->op->statement;
		if (!r->chosen[k] || (!asked && (is_opaque(f, op) || is_opaque(f, chosen))))
			continue;
		if (i < k ? belongs_together(f, op, chosen) : belongs_together(f, chosen, op))
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
		choose_statement(r, r->script->ops.items[i]);
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
		bool known = is_counted(op) && !is_opaque(f, op);
		reached[i] = r->chosen[i];
		for (size_t k = forward ? r->from : i + 1; known && !reached[i] && k < (forward ? i : r->to); k++) {
			const struct op *other = r->script->ops.items[k];
			reached[i] = reached[k] && !is_opaque(f, other) && (forward ? is_tied(f, other, op) : is_tied(f, op, other));
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
		choose_statement(r, r->script->ops.items[i]);
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
		if (r->chosen[k] && !is_opaque(f, op) && (!is_opaque(f, chosen) || chosen->statement == f->op->statement) &&
		    (before ? is_tied(f, op, chosen) : is_tied(f, chosen, op)))
			return true;
	}
	return false;
}

struct ties
order_ties(const struct facts *f)
{
	const struct statement *counted = NULL;
	struct ties ties = { 0 };
	struct range r;

	ties.known = find_transaction(f, &r);
	if (!ties.known)
		return ties;
	begin_choice(f->arena, f, &r);
	choose_together(f, &r);
	for (size_t i = r.from; i < r.to; i++) {
		const struct op *other = r.script->ops.items[i];
		if (other->statement == f->op->statement || !is_counted(other))
			continue;
		ties.others += other->statement != counted;
		counted = other->statement;
		if (r.chosen[i])
			push_statement(f->arena, &ties.together, other);
		else if (is_ordered_with_chosen(f, &r, i, true))
			push_statement(f->arena, &ties.before, other);
		else if (is_ordered_with_chosen(f, &r, i, false))
			push_statement(f->arena, &ties.behind, other);
	}
	return ties;
}

/* It names a function that is made only behind those that are chosen. */
static bool
names_chosen_code(const struct facts *f, const struct range *r, size_t i)
{
	for (size_t k = r->from; k < i; k++)
		if (r->chosen[k] && makes_code(r->script->ops.items[k]) && names_what_changes(f, r->script->ops.items[i], r->script->ops.items[k]))
			return true;
	return false;
}

/* Of a function that is chosen, the DROP, on either side: in between there would be none of its name. */
static void
choose_code_drops(struct range *r)
{
	for (size_t i = r->from; i < r->to; i++)
		for (size_t k = r->from; k < r->to && drops_code(r->script->ops.items[i]); k++)
			if (r->chosen[k] && makes_code(r->script->ops.items[k]) && op_names_same(r->script->ops.items[k], r->script->ops.items[i]))
				choose_statement(r, r->script->ops.items[i]);
}

struct ops
order_tied_behind(const struct facts *f)
{
	struct range r;

	if (!find_transaction(f, &r))
		return (struct ops){ 0 };
	r.chosen = NEW_ARRAY(f->arena, bool, r.to);
	for (size_t i = r.self; i < r.to; i++) {
		const struct op *other = r.script->ops.items[i];
		if (other->statement != f->op->statement && is_counted(other) && (is_tied(f, f->op, other) || names_chosen_code(f, &r, i)))
			choose_statement(&r, other);
	}
	choose_code_drops(&r);
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
	choose_statement(r, op);
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
			push_statement(f->arena, &ops, r->script->ops.items[i]);
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

struct cuts
order_cuts(const struct facts *f, const unsigned *numbers, size_t n)
{
	struct cuts cuts = { 0 };
	struct range r;
	int found = 0;

	locate_transaction(f, &r);
	if (r.script == NULL || r.to - r.from > MOST_OPS_CUT)
		return cuts;
	int *part = NEW_ARRAY(f->arena, int, r.to + 1);
	for (size_t i = 0; i < r.to; i++)
		part[i] = NO_PART;
	for (size_t i = 0; i < n; i++) {
		const struct op *op = op_of_number(&r, numbers[i]);
		if (op == NULL || is_opaque(f, op))
			return cuts;
		found += mark_part(f, &r, op, found, part);
	}
	for (size_t i = r.from; i < r.to; i++)
		if (is_counted(r.script->ops.items[i]) && is_opaque(f, r.script->ops.items[i]))
			push_statement(f->arena, &cuts.opaque, r.script->ops.items[i]);
	cuts.list = parts_in_order(f, &r, part, found);
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

	return is_among(op, kinds);
}

struct str
order_apart(const struct facts *f)
{
	struct ties ties = order_ties(f);
	struct buf b = BUF(f->arena);

	if (f->session->open == NO || (ties.known && ties.others == 0))
		return STR("alone in its transaction, as it is");
	buf_printf(&b, "in a transaction of its own");
	put_lines(f->arena, &b, ", together with", &ties.together);
	put_lines(f->arena, &b, ", behind", &ties.before);
	put_lines(f->arena, &b, ties.before.n > 0 ? " and before" : ", before", &ties.behind);
	return buf_text(&b);
}

struct value
order_get_own_transaction(const struct facts *f)
{
	struct ties ties = order_ties(f);

	if (f->session->open != NO && ties.together.n > 0)
		return value_text(str_printf(f->arena, "where it stands, as %.*s may belong with it, but with nothing in its transaction that takes long",
		    STR_ARG(order_lines(f->arena, &ties.together))));
	if (f->session->open == NO || (ties.known && ties.others == 0) || !is_met_by_rows(f->op))
		return value_text(order_apart(f));
	return value_text(str_printf(f->arena, "%.*s, if rows may meet it while the rest of the file is not there", STR_ARG(order_apart(f))));
}

/* ---- batches ---- */

/* NULL: all. */
static const struct str_list *
set_columns(const struct op *op)
{
	return is_kind(op, "update") ? &OP_DATA(op, struct dml)->columns : NULL;
}

/* It passes or not for what the rows are given; NULL: whichever rows are left. */
static bool
checks_rows_of(const struct facts *f, const struct op *op, const struct relation *r, const struct str_list *columns)
{
	static const char *const kinds[] = { "set_not_null", "add_not_null", "add_check", "add_foreign_key", "add_unique", "add_primary_key", "add_exclusion",
		"validate_constraint", "alter_column_type", "attach_partition", NULL };
	bool unique = is_kind(op, "create_index") && index_op_fits_constraint(op);

	if ((!is_among(op, kinds) && !unique) || !touches(f, op, r))
		return false;
	for (size_t i = 0; columns != NULL && i < columns->n; i++)
		if (mentions(op, columns->items[i]))
			return true;
	return columns == NULL || is_kind(op, "validate_constraint") || is_kind(op, "attach_partition");
}

static void
put_ops(struct arena *arena, struct buf *b, const char *words, const struct ops *ops)
{
	if (ops->n > 0)
		buf_item(b, "; ", str_printf(arena, "%s: %.*s", words, STR_ARG(order_lines(arena, ops))));
}

bool
op_checks_rows(const struct facts *f, const struct op *other)
{
	return checks_rows_of(f, other, f->op->table, set_columns(f->op));
}

static bool
fails_for_any_row(const struct op *op)
{
	return is_kind(op, "add_column") && added_column(op)->not_null && column_def_is_null(added_column(op));
}

struct ops
order_wants_empty(const struct facts *f)
{
	struct ops ops = { 0 };
	struct range r;

	if (f->session->open == NO || !find_transaction(f, &r))
		return ops;
	for (size_t i = r.self + 1; i < r.to; i++) {
		const struct op *other = r.script->ops.items[i];
		bool checks = op_checks_rows(f, other) && !is_kind(other, "alter_column_type");
		if (other->statement != f->op->statement && !other->noop && order_table(f, other) == f->op->table && (checks || fails_for_any_row(other)))
			push_statement(f->arena, &ops, other);
	}
	return ops;
}

/* An earlier change of rows that the statement reads again. */
static bool
gives_what_is_read(const struct facts *f, const struct op *other, const struct op *reader)
{
	const struct str_list *set = set_columns(other);

	if (!op_writes_rows(other) || !touches(f, reader, order_table(f, other)))
		return false;
	for (size_t i = 0; set != NULL && i < set->n; i++)
		if (mentions(reader, set->items[i]))
			return true;
	return set == NULL;
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

static bool
has_other_clauses(const struct range *r, size_t i)
{
	const struct op *const *ops = (const struct op *const *)r->script->ops.items;

	return (i > 0 && ops[i - 1]->statement == ops[i]->statement) || (i + 1 < r->script->ops.n && ops[i + 1]->statement == ops[i]->statement);
}

struct default_search {
	const struct op *op, *found;
};

static bool
is_default_for(const struct op *later, void *arg)
{
	struct default_search *s = arg;

	if (gives_new_rows(later, s->op))
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
	return str_printf(f->arena, "DEFAULT of %.*s", STR_ARG(file_name(s.found->statement->source->path)));
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

/* SET DEFAULT behind the statement, which comes before the first batch, with what it names. */
static struct str
find_defaults(const struct facts *f, const struct range *r, struct ops *earlier)
{
	struct ops clauses = { 0 };
	bool found = false;

	for (size_t i = r->self + 1; i < r->script->ops.n; i++) {
		const struct op *other = r->script->ops.items[i];
		if (!gives_new_rows(other, f->op))
			continue;
		found = true;
		for (size_t k = r->from; k < i; k++)
			if (r->script->ops.items[k]->statement != other->statement && r->script->ops.items[k]->statement != f->op->statement && !is_of_column(r->script->ops.items[k]) &&
			    names_what_changes(f, other, r->script->ops.items[k]))
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

	if (first.n > 0)
		buf_item(b, "; ", str_printf(f->arena, "committed before the first, at least: %.*s", STR_ARG(first)));
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
			push_statement(f->arena, &needing, order->needed_by.items[i]);
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
		return touches(f, op, f->op->table);
	for (size_t i = r->from; is_kind(op, "create_function") && i < r->self; i++) {
		const struct op *trigger = r->script->ops.items[i];
		if (is_kind(trigger, "create_trigger") && touches(f, trigger, f->op->table) && mentions(trigger, op->target.name))
			return true;
	}
	return false;
}

/* Until the batches have run, what took the place of the old column is empty. */
static bool
changes_places(const struct facts *f, const struct ops *earlier)
{
	for (size_t i = 0; i < earlier->n; i++)
		if (is_kind(earlier->items[i], "rename_column") && touches(f, earlier->items[i], f->op->table))
			return true;
	return false;
}

/* UPDATE t SET new = lower(old); ALTER TABLE t DROP COLUMN old */
static bool
loses_source(const struct facts *f, const struct op *other)
{
	const struct dml *p = OP_DATA(f->op, struct dml);
	bool loses = is_kind(other, "drop_column") || is_kind(other, "rename_column");

	if (!loses || !touches(f, other, f->op->table) || str_in(other->column_name, p->columns.items, p->columns.n))
		return false;
	for (size_t i = 0; i < p->values.n; i++)
		if (expr_mentions_column(p->values.items[i], other->column_name))
			return true;
	return false;
}

/* At once, it would have had the rows locked until the old place of the values goes. */
static void
put_lost_meanwhile(const struct facts *f, struct buf *b, const struct ops *later)
{
	struct ops losing = { 0 };

	for (size_t i = 0; is_kind(f->op, "update") && i < later->n; i++)
		if (loses_source(f, later->items[i]))
			push_statement(f->arena, &losing, later->items[i]);
	if (losing.n > 0)
		buf_printf(b, "\n-- rows that are new or changed behind their batch lack what it gives them, and %.*s would lose it: until then the code, or a trigger,\n"
		    "--   has to write both, or they are worked through once more in front of it, under its lock", STR_ARG(order_lines(f->arena, &losing)));
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
		push_statement(l->facts->arena, l->ops, later);
	return false;
}

/* They run at once behind this one, and would behind the batches, too. */
static void
add_losing_changesets(const struct facts *f, struct ops *later)
{
	if (is_kind(f->op, "update"))
		(void)later_changeset_has(f, f->op->target.name, note_losing, &(struct losing){ f, later });
}

struct str
order_lines_around(const struct facts *f)
{
	struct ops each = { 0 }, earlier = { 0 }, later = { 0 }, apart = { 0 };
	struct buf b = BUF(f->arena);
	struct str defaults;
	struct range r;

	if (!find_transaction(f, &r))
		return STR("");
	for (size_t i = r.from; i < r.to; i++) {
		const struct op *other = r.script->ops.items[i];
		bool sets = i < r.self && (is_kind(other, "set_parameter") || is_kind(other, "set_config")) && !is_timeout(other);
		bool gives = i < r.self && gives_what_is_read(f, other, f->op);
		bool checks = i > r.self && op_checks_rows(f, other);
		bool fires = i < r.self && serves_rows(f, &r, other);
		struct ops *ops = sets ? &each : i < r.self ? &earlier : &later;
		if (i > r.self && gives_new_rows(other, f->op))
			continue;
		if (other->statement != f->op->statement && !other->noop && (sets || gives || checks || fires || names_what_changes(f, f->op, other)))
			push_statement(f->arena, ops, other);
		else if (i > r.self && is_kind(other, "insert") && op_names_same(other, f->op))
			push_statement(f->arena, &apart, other);
	}
	add_losing_changesets(f, &later);
	put_ops(f->arena, &b, "in each of them", &each);
	defaults = find_defaults(f, &r, &earlier);
	put_first(f, &b, &earlier, defaults);
	put_ops(f->arena, &b, "behind the last, at least", &later);
	put_ops(f->arena, &b, "no longer at one time with", &apart);
	if (changes_places(f, &earlier))
		buf_item(&b, "; ", STR("until then nobody finds the values under the old name: code has to read and write both"));
	put_lost_meanwhile(f, &b, &later);
	return b.n == 0 ? STR("") : str_printf(f->arena, "\n-- %.*s", STR_ARG(buf_text(&b)));
}

/* ---- what an index is built behind ---- */

static bool
changes_what_is_indexed(const struct facts *f, const struct op *other, const struct relation *r)
{
	static const char *const kinds[] = { "add_column", "drop_column", "rename_column", "alter_column_type", NULL };

	if (is_kind(other, "create_function"))
		return mentions(f->op, other->target.name);
	if (order_table(f, other) != r)
		return false;
	return is_kind(other, "rename_table") || (is_among(other, kinds) && names_column(f, f->op, r, name_back(other)));
}

/* Rows that differ only behind it, or that are gone then. */
static bool
settles_rows(const struct facts *f, const struct op *other, const struct relation *r)
{
	static const char *const kinds[] = { "update", "delete", "merge", "truncate", NULL };
	const struct str_list *set = set_columns(other);

	if (!is_among(other, kinds) || order_table(f, other) != r)
		return false;
	for (size_t i = 0; set != NULL && i < set->n; i++)
		if (mentions(f->op, set->items[i]))
			return true;
	return set == NULL || set->n == 0;
}

static bool
builds_index(const struct op *op)
{
	return makes_key(op) || is_kind(op, "add_foreign_key");
}

struct ops
order_build_needs(const struct facts *f)
{
	bool unique = is_kind(f->op, "create_index") ? index_op_is_unique(f->op) : makes_key(f->op);
	const struct script *script = f->op->script;
	bool asked = builds_index(f->op) && script != NULL && f->inside == NULL && f->op->statement != NULL && is_known(f->op->table);
	size_t n = asked ? script->ops.n : 0;
	struct ops ops = { 0 };

	for (size_t i = 0; i < n && script->ops.items[i]->statement != f->op->statement; i++) {
		const struct op *other = script->ops.items[i];
		if (!other->noop && (changes_what_is_indexed(f, other, f->op->table) || (unique && settles_rows(f, other, f->op->table))))
			push_statement(f->arena, &ops, other);
	}
	return ops;
}

/* Which they may need in turn. */
static bool
has_others_before(const struct ops *ops)
{
	const struct op *last = ops->items[ops->n - 1];

	for (size_t i = 0; last->script->ops.items[i]->statement != last->statement; i++)
		if (!is_timeout(last->script->ops.items[i]) && !order_holds(ops, last->script->ops.items[i]))
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

/* ---- what is put off ---- */

static bool
makes_or_drops(const struct op *op)
{
	static const char *const kinds[] = { "add_column", "drop_column", "rename_column", "drop_constraint", "drop_index", NULL };

	return is_constraint(op) || is_among(op, kinds) || makes_or_drops_target(op);
}

/* The statement would have dropped it, and nothing else does before the other one. */
static bool
is_left(const struct facts *f, const struct constraint *k, const struct op *other)
{
	const struct op *op = f->op;
	bool goes = is_kind(op, "drop_table") || (is_kind(op, "drop_column") && str_in(op->column_name, k->columns.items, k->columns.n)) ||
	    (is_kind(op, "drop_constraint") && op->constraint == k);

	for (size_t i = 0; goes && op->script->ops.items[i] != other; i++) {
		const struct op *between = op->script->ops.items[i];
		goes = between == op || !is_kind(between, "drop_constraint") || order_table(f, between) != k->table || !mentions(between, k->name);
	}
	return goes;
}

/* DROP TABLE fails while a foreign key points at it. */
static bool
drops_what_it_references(const struct facts *f, const struct op *other)
{
	const struct relation *r = f->op->table, *dropped = is_kind(other, "drop_table") && !other->cascade ? order_table(f, other) : NULL;

	for (size_t i = 0; r != NULL && dropped != NULL && i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_FOREIGN_KEY && !k->dropped && k->references == dropped && is_left(f, k, other))
			return true;
	}
	return false;
}

static bool
wants_type(const struct facts *f, const struct op *other)
{
	static const char *const kinds[] = { "add_foreign_key", "set_default", "add_identity", "attach_partition", NULL };

	return is_kind(f->op, "alter_column_type") && is_among(other, kinds) && touches(f, other, f->op->table) && mentions(other, f->op->column_name);
}

bool
op_puts_off(struct str advice)
{
	static const char *const words[] = { "next migration", "later release", "when this migration has run" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find(advice, str_of(words[i])) != (size_t)-1)
			return true;
	return false;
}

/* Advice for what else is made leaves part of it where it stands: NOT VALID. */
static bool
waits_whole(const struct op *op)
{
	static const char *const kinds[] = { "drop_table", "drop_column", "drop_constraint", "drop_default", "drop_view", "drop_sequence", "drop_type", "drop_domain",
		"drop_function", "drop_procedure", "drop_routine", "drop_materialized_view", "drop_index", "set_expression", "add_column", "rename_column", "rename_table", "alter_column_type", "set_not_null", "add_primary_key", "add_unique", NULL };

	return is_among(op, kinds);
}

/* The server would not refuse it: code is looked into when it runs, rows are what they are, and all columns are those that are there. */
static bool
passes_anyway(const struct op *other)
{
	return other->kind->query != NULL || makes_code(other) || takes_all_columns(other) || strcmp(other->kind->name, "do_block") == 0;
}

/* What becomes of the rest of the file while the operation waits. */
struct waiting {
	bool rehearsed;
	struct failing_ops failing;
	struct str renames;             /* statements that free names which the rest takes; empty: none is needed */
	struct ops taking;              /* what takes them */
};

/* What of the advice is done where the operation stands. */
static struct str
done_now(struct str advice)
{
	struct str rest = advice, line;
	size_t n = 0;

	while (str_cut(&rest, '\n', &line) && !op_puts_off(line))
		n = (size_t)(line.s + line.n - advice.s);
	return str_slice(advice, 0, n);
}

static bool
says_word(struct str advice, struct str name)
{
	return name.n > 0 && sql_find_word(advice, name, 0) != (size_t)-1;
}

/* It stays with what waits: with a table all of it, with a column what holds it. */
static bool
index_stays(const struct op *op, const struct index *index)
{
	return is_kind(op, "drop_table") || (is_kind(op, "drop_column") && index_holds(index, op->column_name));
}

static bool
constraint_stays(const struct op *op, const struct constraint *k)
{
	return is_kind(op, "drop_column") && k->kind != CONSTRAINT_NOT_NULL && !k->dropped && str_in(op->column_name, k->columns.items, k->columns.n);
}

static bool
says_taken(struct arena *arena, struct str reason, const char *kind, struct str name)
{
	return str_starts(reason, str_c(arena, str_printf(arena, "%s \"%.*s\" ", kind, STR_ARG(name)))) && str_ends(reason, "already exists");
}

static struct str
old_name(struct arena *arena, struct str name)
{
	return sql_ident(arena, catalog_object_name(arena, name, STR_NONE, STR("old")));
}

/* What frees the name that the failing one wants; STR_NONE: it fails for something else, or the advice itself may drop what has the name. */
static struct str
rename_of_taken(const struct facts *f, struct str advice, struct str reason)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; r != NULL && i < r->indexes.n; i++) {
		struct str name = r->indexes.items[i]->name;
		if (index_stays(f->op, r->indexes.items[i]->index) && says_taken(f->arena, reason, "relation", name) && !says_word(advice, name))
			return str_printf(f->arena, "\nALTER INDEX %.*s RENAME TO %.*s;", STR_ARG(sql_ident(f->arena, name)), STR_ARG(old_name(f->arena, name)));
	}
	for (size_t i = 0; r != NULL && i < r->constraints.n; i++) {
		struct str name = r->constraints.items[i]->name;
		if (constraint_stays(f->op, r->constraints.items[i]) && says_taken(f->arena, reason, "constraint", name) && !says_word(advice, name))
			return str_printf(f->arena, "\nALTER TABLE %.*s RENAME CONSTRAINT %.*s TO %.*s;", STR_ARG(relation_words(f->arena, f->catalog, r)),
			    STR_ARG(sql_ident(f->arena, name)), STR_ARG(old_name(f->arena, name)));
	}
	return STR_NONE;
}

/* Of a column that waits, or of another one that gets its name and waits, too. */
static bool
may_wait_along(const struct facts *f, const struct op *failing)
{
	struct span clause = failing->spans[SPAN_ACTION];

	return is_kind(f->op, "drop_column") && span_mentions(failing->statement, clause.len > 0 ? clause : failing->statement->span, f->op->column_name);
}

/* What is kept, under another name or until later, keeps the names of its indexes and constraints. */
static bool
free_names(const struct facts *f, struct str advice, struct waiting *w)
{
	bool any = false;

	for (size_t i = 0; i < w->failing.n; i++) {
		const struct op *failing = w->failing.items[i].op;
		struct str rename = may_wait_along(f, failing) ? STR_NONE : rename_of_taken(f, advice, w->failing.items[i].reason);
		if (rename.s == NULL)
			continue;
		w->renames = str_printf(f->arena, "%.*s%.*s", STR_ARG(w->renames), STR_ARG(rename));
		push_statement(f->arena, &w->taking, failing);
		any = true;
	}
	return any;
}

enum { MOST_REHEARSALS = 4 };

static struct waiting
rehearse(const struct facts *f, struct str advice)
{
	struct waiting w = { .renames = STR("") };
	struct str now = done_now(advice);
	bool again = f->rehearsal != NULL && waits_whole(f->op) && !str_starts(advice, "-- instead of");

	for (size_t i = 0; again && i < MOST_REHEARSALS; i++) {
		struct str instead = str_printf(f->arena, "%.*s%.*s", STR_ARG(now), STR_ARG(w.renames));
		w.failing.n = 0;
		w.rehearsed = f->rehearsal->without(f->rehearsal->replayer, f->op, instead, &w.failing);
		again = w.rehearsed && free_names(f, advice, &w);
	}
	return w;
}

static bool
fails(const struct waiting *w, const struct op *op)
{
	for (size_t i = 0; i < w->failing.n; i++)
		if (w->failing.items[i].op == op)
			return true;
	return false;
}

/* The column is there, and has no values yet. */
static bool
wants_values(const struct facts *f, const struct op *other)
{
	struct str column = f->op->column_name;
	struct str_list filled = { &column, 1, 1 };

	return is_kind(f->op, "add_column") && checks_rows_of(f, other, f->op->table, &filled);
}

/* Behind the drop a query that names the column means one of another table, or one that a statement between makes. */
static bool
reads_another_of_name(const struct facts *f, const struct op *other)
{
	return is_kind(f->op, "drop_column") && other->kind->query != NULL && !takes_all_columns(other);
}

static bool
needs_done(const struct facts *f, const struct waiting *w, const struct op *other)
{
	bool by_name = makes_or_drops(f->op) && !is_kind(f->op, "drop_table");     /* whose advice gives its name away */

	if (w->rehearsed && (!passes_anyway(other) || reads_another_of_name(f, other)))
		by_name = false;
	if ((makes_code(other) || is_kind(other, "do_block")) && str_starts(str_of(f->op->kind->name), "drop_"))
		by_name = false;
	return fails(w, other) || wants_values(f, other) || (by_name && names_what_changes(f, other, f->op)) || drops_what_it_references(f, other) ||
	    wants_type(f, other) || builds_on(f, f->op, other) || (!w->rehearsed && op_frees(f, f->op, other));
}

static bool
changes_names(const struct op *op)
{
	return makes_or_drops(op) || str_starts(str_of(op->kind->name), "rename_");
}

/* What names those could not do so behind it. */
static bool
takes_names(const struct op *op)
{
	struct str kind = str_of(op->kind->name);

	return str_starts(kind, "drop_") || str_starts(kind, "rename_") || is_kind(op, "alter_column_type") || is_kind(op, "set_schema");
}

/* In code, as far as its words tell. */
static bool
changes_anything(const struct op *op)
{
	static const char *const words[] = { "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "ALTER", "CREATE", "DROP", "EXECUTE", "PERFORM", "insert", "update",
		"delete", "merge", "truncate", "alter", "create", "drop", "execute", "perform", NULL };
	struct str text = source_text(op->statement->source, op->statement->span);

	for (size_t i = 0; words[i] != NULL; i++)
		if (sql_find_word(text, str_of(words[i]), 0) != (size_t)-1)
			return true;
	return false;
}

static bool
fires_for_rows(const struct op *op)
{
	struct str kind = str_of(op->kind->name);

	return str_find(kind, STR("_trigger")) != (size_t)-1 || str_find(kind, STR("_rule")) != (size_t)-1;
}

static bool
needs_rows_of(const struct facts *f, const struct op *first, const struct op *second)
{
	const struct relation *r = order_table(f, first);

	return op_writes_rows(first) && (checks_rows_of(f, second, r, set_columns(first)) || (fires_for_rows(second) && touches(f, second, r)) ||
	    ((reads_rows(second) || is_opaque(f, second)) && gives_what_is_read(f, first, second)));
}

/* The first waits: so does the second, which would fail, or do something else, in front of it. Code does where it names what the first gives. */
static bool
has_to_follow(const struct facts *f, const struct waiting *w, const struct op *first, const struct op *second)
{
	const struct relation *r = order_table(f, second);
	bool by_name = !w->rehearsed || passes_anyway(second);

	if (is_opaque(f, first))
		return r != NULL && changes_anything(first) && mentions(first, r->name);
	return (by_name && changes_names(first) && names_what_changes(f, second, first)) || (takes_names(second) && names_what_changes(f, first, second)) ||
	    needs_rows_of(f, first, second) || shares_whole(f, first, second) || builds_on(f, first, second) || frees_type(f, first, second) ||
	    (by_name && op_frees(f, first, second));
}

/* What has to follow those that are chosen. */
static void
choose_following(const struct facts *f, const struct waiting *w, struct range *r)
{
	for (size_t i = r->from; i < r->to; i++) {
		const struct op *op = r->script->ops.items[i];
		for (size_t k = r->from; k < i && !r->chosen[i] && !op->noop && op->statement != f->op->statement; k++)
			if (r->chosen[k] && r->script->ops.items[k]->statement != op->statement && has_to_follow(f, w, r->script->ops.items[k], op))
				choose_statement(r, op);
	}
}

/* In a line that is no comment, where a word may be one of a sentence. */
static bool
uses_name(struct str advice, struct str name)
{
	struct str line;

	while (str_cut(&advice, '\n', &line))
		if (!str_starts(line, "--") && says_word(line, name))
			return true;
	return false;
}

static void
put_rename(const struct facts *f, struct buf *b, const struct op *other, struct str advice)
{
	bool table = is_kind(other, "rename_table"), column = is_kind(other, "rename_column");
	const struct rename *rename = table || column ? OP_DATA(other, struct rename) : NULL;
	struct str old = table ? other->target.name : column ? rename->old_name : STR_NONE;

	if (rename != NULL && order_table(f, other) == f->op->table && uses_name(advice, old) && !uses_name(advice, rename->new_name))
		buf_printf(b, "\n-- by then %.*s is called %.*s (line %u)", STR_ARG(sql_ident(f->arena, old)), STR_ARG(sql_ident(f->arena, rename->new_name)), order_line(other));
}

/* By its line, or as it stands. */
static bool
speaks_of(struct arena *arena, struct str advice, const struct op *op)
{
	struct str text = str_printf(arena, "%.*s;", STR_ARG(source_text(op->statement->source, op->statement->span)));

	return (str_find(advice, STR("line")) != (size_t)-1 && says_word(advice, str_printf(arena, "%u", order_line(op)))) ||
	    str_find(advice, text) != (size_t)-1;
}

static struct str
takes_lines(struct arena *arena, const struct ops *ops)
{
	return str_printf(arena, "%.*s take%s", STR_ARG(order_lines(arena, ops)), ops->n > 1 ? "" : "s");
}

/* It reads all rows as long as nothing proves that it need not. */
static void
put_repeated(const struct facts *f, struct buf *b, const struct op *other)
{
	if (is_kind(f->op, "set_not_null") && is_kind(other, "set_not_null") && str_eq(other->column_name, f->op->column_name) &&
	    order_table(f, other) == f->op->table)
		buf_printf(b, "\n-- line %u says it once more, and goes: it would read every row in its place", order_line(other));
}

static void
put_needing(const struct facts *f, struct buf *b, const struct ops *needing)
{
	if (needing->n > MOST_PUT_OFF)
		buf_printf(b, "\n-- %zu statements behind it need it done, or need one that does: split the file in front of this one, and put off all from here on", needing->n);
	else if (needing->n > 0)
		buf_printf(b, "\n-- what needs it done goes behind it, too: %.*s", STR_ARG(lines_up_to(f->arena, needing, MOST_PUT_OFF)));
}

/* Code in front of it whose body has the new name already. */
static bool
foresees_name(const struct facts *f, const struct op *other)
{
	const struct relation *r = f->op->table;

	return is_kind(f->op, "rename_column") && makes_code(other) && mentions(other, OP_DATA(f->op, struct rename)->new_name) &&
	    (touches(f, other, r) || is_code_of_trigger(f, other, r));
}

/* Those that need the operation done, and what has to follow these. */
static void
choose_put_off(const struct facts *f, const struct waiting *w, struct range *r)
{
	for (size_t i = r->self; i < r->to; i++) {
		const struct op *other = r->script->ops.items[i];
		if (other->statement != f->op->statement && !other->noop && needs_done(f, w, other))
			choose_statement(r, other);
	}
	for (size_t i = r->from; i < r->self; i++)
		if (foresees_name(f, r->script->ops.items[i]))
			choose_statement(r, r->script->ops.items[i]);
	choose_following(f, w, r);
	choose_code_drops(r);
}

struct renames {
	const struct facts *facts;
	struct buf *buf;
	struct str advice;
};

static bool
put_if_rename(const struct op *later, void *arg)
{
	struct renames *r = arg;

	put_rename(r->facts, r->buf, later, r->advice);
	return false;
}

struct str
op_behind_note(const struct facts *f, struct str advice)
{
	const struct script *script = f->op->script;
	struct waiting waiting = f->inside == NULL ? rehearse(f, advice) : (struct waiting){ .renames = STR("") };
	size_t n = script == NULL || f->inside != NULL ? 0 : script->ops.n;
	struct range r = { .script = script, .to = n };
	struct ops needing = { 0 };
	struct buf b = BUF(f->arena);

	while (r.self < n && script->ops.items[r.self++] != f->op)
		;
	n = n - r.self > MOST_OPS ? r.self + MOST_OPS : n;
	r.to = n;
	r.from = r.self > MOST_OPS ? r.self - MOST_OPS : 0;
	r.chosen = NEW_ARRAY(f->arena, bool, n + 1);
	choose_put_off(f, &waiting, &r);
	for (size_t i = r.from; i < n; i++) {
		const struct op *other = script->ops.items[i];
		if (other->statement == f->op->statement || other->noop)
			continue;
		if (i >= r.self) {
			put_rename(f, &b, other, advice);
			put_repeated(f, &b, other);
		}
		if (r.chosen[i] && !speaks_of(f->arena, advice, other))
			push_statement(f->arena, &needing, other);
	}
	/* the statements of a changeset behind a condition are scripts of their own */
	if (f->inside != NULL && f->inside->stands_for_condition)
		(void)script_find_later(f->op, put_if_rename, &(struct renames){ f, &b, advice });
	if (waiting.renames.n > 0)
		buf_printf(&b, "\n-- already in this file, as %.*s names that %s:%.*s", STR_ARG(takes_lines(f->arena, &waiting.taking)),
		    is_kind(f->op, "drop_table") ? "its indexes have" : "what goes with the column has", STR_ARG(waiting.renames));
	put_needing(f, &b, &needing);
	return b.n > 0 ? buf_text(&b) : STR("");
}
