#include "op/tie.h"

#include "op/column_def.h"
#include "op/constraint.h"
#include "op/dml.h"
#include "op/extension.h"
#include "op/failure.h"
#include "op/freed.h"
#include "op/lower.h"
#include "op/order.h"
#include "op/rename.h"
#include "op/swap.h"
#include "sql/ident.h"

bool
op_is_among(const struct op *op, const char *const *kinds)
{
	return str_among(str_of(op->kind->name), kinds);
}

bool
op_writes_rows(const struct op *op)
{
	static const char *const kinds[] = { "insert", "update", "delete", "merge", "copy", "truncate", NULL };

	return op_is_among(op, kinds) && (!is_kind(op, "copy") || OP_DATA(op, struct dml)->copy_from);
}

/* ---- what a statement names ---- */

/* Not in a comment. */
static bool
token_has_word(const struct statement *s, struct span span, struct str name)
{
	if (sql_find_word(source_text(s->source, span), name, 0) == (size_t)-1)
		return false;
	for (size_t i = 0; i < s->ntokens; i++) {
		struct span at = span_of(s->tokens[i].off, s->tokens[i].off + s->tokens[i].len);
		if (at.off >= span.off && at.off < span.off + span.len && sql_find_word(source_text(s->source, at), name, 0) != (size_t)-1)
			return true;
	}
	return false;
}

/* As an identifier, or in a literal such as 's'::regclass. */
bool
op_span_mentions(const struct statement *s, struct span span, struct str name)
{
	return name.n > 0 && (locate_name(s, span, name).len > 0 || token_has_word(s, span, name));
}

bool
op_mentions(const struct op *op, struct str name)
{
	return op_span_mentions(op->statement, op->statement->span, name);
}

const struct relation *
order_table(const struct facts *f, const struct op *op)
{
	return op->table != NULL || op->target.name.s == NULL ? op->table : catalog_find_relation(f->catalog, op->target);
}

bool
op_touches(const struct facts *f, const struct op *op, const struct relation *r)
{
	const struct relation *own = order_table(f, op);

	if (r == NULL || own == r)
		return r != NULL;
	return (own != NULL && (belongs_to(own, r) || belongs_to(r, own))) || op_mentions(op, r->name) ||
	    (op == f->op && effects_find(f->effects, r) != NULL);
}

bool
op_is_constraint(const struct op *op)
{
	return op->kind->node == T_Constraint;
}

bool
op_is_of_column(const struct op *op)
{
	return op->column_name.s != NULL && !op_is_constraint(op);
}

/* What it makes, drops or gives another name; the last of them is followed by STR_NONE. */
struct names {
	struct str items[4];
};

bool
op_makes_or_drops_target(const struct op *op)
{
	static const char *const of_table[] = { "create_index", "create_trigger", "drop_trigger", "create_policy", "drop_policy", "create_rule", "drop_rule",
		"drop_column", "drop_constraint", "drop_not_null", "drop_default", "drop_identity", "drop_expression", "drop_inherit", NULL };
	struct str kind = str_of(op->kind->name);

	return (str_starts(kind, "create_") || str_starts(kind, "drop_") || str_is(kind, "add_enum_value")) && !op_is_among(op, of_table);
}

static struct names
names_of(const struct op *op)
{
	const struct new_constraint *k = op_is_constraint(op) ? OP_DATA(op, struct new_constraint) : NULL;
	struct names names = { 0 };
	size_t n = 0;

	if (k != NULL)
		names.items[n++] = k->chosen.s != NULL ? k->chosen : k->name;
	else if (str_starts(str_of(op->kind->name), "rename_")) {
		const struct rename *rename = OP_DATA(op, struct rename);
		names.items[n++] = rename->new_name;
		names.items[n++] = rename->old_name.s != NULL ? rename->old_name : op->target.name;
	} else if (op_is_of_column(op))
		names.items[n++] = op->column_name;
	else if (op_makes_or_drops_target(op))
		names.items[n++] = op->target.name;
	return names;
}

/* One that gives rows or columns without naming them: SELECT *, INSERT without a list, LIKE. */
bool
op_takes_all_columns(const struct op *op)
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

	return (makes || op_is_constraint(op) || op->kind->node == T_AlterTableStmt) && own != r && (own == NULL || (!belongs_to(own, r) && !belongs_to(r, own)));
}

bool
op_names_column(const struct facts *f, const struct op *op, const struct relation *r, struct str name)
{
	if (is_kind(op, "add_foreign_key") && is_known(r))
		return key_names_column(f, op, r, name);
	return !is_about_other_table(f, op, r) && op_mentions(op, name);
}

/* Where one constraint says the name of another, a column has it, too, unless they share it. */
static bool
mentions_constraint(const struct op *op, struct str name)
{
	return op_is_constraint(op) ? str_eq(names_of(op).items[0], name) : op_mentions(op, name);
}

bool
op_drops_code(const struct op *op)
{
	return is_kind(op, "drop_function") || is_kind(op, "drop_procedure") || is_kind(op, "drop_routine");
}

static bool
drops_code_named(const struct op *op, void *name)
{
	return op_drops_code(op) && str_eq(op->target.name, *(const struct str *)name);
}

bool
op_keeps_code(const struct facts *f)
{
	const struct inside *in = f->inside;

	while (in != NULL && in->depth > 1)
		in = in->outer;
	if (in == NULL || in->function.s == NULL || str_starts_nocase(source_text(in->defined.source, in->defined.span), "pg_temp."))
		return false;
	struct str name = in->function;
	return !script_find_later(f->op, drops_code_named, &name);
}

/* Its body names what is there when it runs: what is gone by then can be there still. */
bool
op_makes_code(const struct op *op)
{
	static const char *const kinds[] = { "create_function", "create_procedure", NULL };

	return op_is_among(op, kinds);
}

/* Where NEW and OLD are rows of the table, which need not be named. */
bool
op_is_code_of_trigger(const struct facts *f, const struct op *op, const struct relation *r)
{
	for (size_t i = 0; op_makes_code(op) && r != NULL && i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && str_eq(r->triggers.items[i]->function, op->target.name))
			return true;
	for (size_t i = 0; op_makes_code(op) && r != NULL && op->script != NULL && i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (is_kind(other, "create_trigger") && order_table(f, other) == r && op_mentions(other, op->target.name))
			return true;
	}
	return false;
}

bool
op_names_what_changes(const struct facts *f, const struct op *op, const struct op *change)
{
	bool column = op_is_of_column(change) || is_kind(change, "rename_column");
	const struct relation *r = order_table(f, change);
	struct names names = names_of(change);
	bool constraint = op_is_constraint(change) || is_kind(change, "drop_constraint");

	if ((column || constraint) && !op_touches(f, op, r) && !op_is_code_of_trigger(f, op, r))
		return false;
	for (size_t i = 0; names.items[i].s != NULL; i++) {
		struct str name = names.items[i];
		if (column ? op_names_column(f, op, r, name) : (constraint ? mentions_constraint(op, name) : op_mentions(op, name)) || index_op_makes(op, name))
			return true;
	}
	return changes_columns(change) && op_takes_all_columns(op) && !is_about_other_table(f, op, r);
}

/* ---- what a statement does with rows ---- */

bool
op_reads_rows(const struct op *op)
{
	static const char *const kinds[] = { "select", "create_table_as", "create_materialized_view", "refresh_matview", NULL };

	return op_writes_rows(op) || is_kind(op, "copy") || op_is_among(op, kinds);
}

/* It passes or not, fires or not, is built of what the rows are. */
static bool
depends_on_rows(const struct op *op)
{
	static const char *const kinds[] = { "add_check", "add_foreign_key", "add_unique", "add_primary_key", "add_exclusion", "add_not_null", "set_not_null",
		"alter_column_type", "create_index", "validate_constraint", "create_trigger", "drop_trigger", "enable_trigger", "enable_trigger_all",
		"enable_trigger_user", "enable_always_trigger", "enable_replica_trigger", "disable_trigger", "disable_trigger_all", "disable_trigger_user",
		"attach_partition", "detach_partition", "set_expression", "drop_expression", "lock_table", "analyze", NULL };

	return op_reads_rows(op) || op_is_among(op, kinds);
}

/* It would refuse, change or follow what a row is given. */
bool
op_stands_in_the_way_of_rows(const struct op *op)
{
	static const char *const kinds[] = { "drop_constraint", "drop_not_null", "drop_index", "set_default", "drop_default", "create_trigger", "drop_trigger",
		"enable_trigger", "enable_trigger_all", "enable_trigger_user", "enable_always_trigger", "enable_replica_trigger", "disable_trigger", "disable_trigger_all",
		"disable_trigger_user", "create_rule", "drop_rule", "enable_rule", "disable_rule", "force_row_security", "no_force_row_security", "add_identity",
		"drop_identity", "set_identity", "alter_constraint", NULL };

	return op_is_among(op, kinds);
}

static bool
infers_key(const struct op *op)
{
	return (is_kind(op, "insert") || is_kind(op, "merge")) && OP_DATA(op, struct dml)->on_conflict;
}

bool
op_makes_key(const struct op *op)
{
	return is_kind(op, "add_unique") || is_kind(op, "add_primary_key") || is_kind(op, "create_index");
}

/* An UPDATE of no column of the foreign key, on either side. */
static bool
is_key_of_others(const struct facts *f, const struct op *first, const struct op *second)
{
	const struct str_list *set = is_kind(second, "add_foreign_key") ? op_set_columns(first) : NULL;

	for (size_t i = 0; set != NULL && i < set->n; i++)
		if (op_names_column(f, second, order_table(f, first), set->items[i]))
			return false;
	return set != NULL && set->n > 0;
}

bool
op_shares_rows(const struct facts *f, const struct op *first, const struct op *second)
{
	const struct relation *a = order_table(f, first), *b = order_table(f, second);

	if (op_writes_rows(first) && depends_on_rows(second) && op_touches(f, second, a) && !is_key_of_others(f, first, second))
		return true;
	if (!op_writes_rows(second) && !(infers_key(first) && (is_kind(second, "drop_index") || is_kind(second, "drop_constraint"))))
		return false;
	return (op_reads_rows(first) || infers_key(first) || op_stands_in_the_way_of_rows(first) || (infers_key(second) && op_makes_key(first))) && op_touches(f, first, b);
}

/* The columns as they are named in the table; of a key that nobody knows, all. */
static bool
sets_any(const struct op *op, const struct str *columns, size_t n)
{
	const struct str_list *set = op_set_columns(op);

	for (size_t i = 0; set != NULL && i < n; i++)
		if (str_in(columns[i], set->items, set->n))
			return true;
	return is_kind(op, "update") && n == 0;
}

static bool
takes_rows(const struct op *op)
{
	return is_kind(op, "delete") || is_kind(op, "truncate");
}

static bool
gives_rows(const struct op *op)
{
	return is_kind(op, "insert") || is_kind(op, "copy");
}

static bool
keeps_order_of(const struct constraint *k, const struct op *first, const struct relation *a, const struct op *second, const struct relation *b)
{
	bool deletes = k->on_delete == 'a' || k->on_delete == 'r', updates = k->on_update == 'a' || k->on_update == 'r';

	if (k->kind != CONSTRAINT_FOREIGN_KEY || k->dropped || !k->enforced)
		return false;
	if (k->table == a && k->references == b)
		return (takes_rows(first) || sets_any(first, k->columns.items, k->columns.n)) &&
		    ((deletes && takes_rows(second)) || (updates && sets_any(second, k->reference_columns.items, k->reference_columns.n)));
	return k->table == b && k->references == a && (gives_rows(first) || sets_any(first, k->reference_columns.items, k->reference_columns.n)) &&
	    (gives_rows(second) || sets_any(second, k->columns.items, k->columns.n));
}

bool
op_keeps_key_order(const struct facts *f, const struct op *first, const struct op *second)
{
	const struct relation *a = order_table(f, first), *b = order_table(f, second);

	if (a == NULL || b == NULL || a == b || !op_writes_rows(first) || !op_writes_rows(second))
		return false;
	for (size_t i = 0; i < a->constraints.n; i++)
		if (keeps_order_of(a->constraints.items[i], first, a, second, b))
			return true;
	for (size_t i = 0; i < b->constraints.n; i++)
		if (keeps_order_of(b->constraints.items[i], first, a, second, b))
			return true;
	return false;
}

/* ---- what a statement does with a table as a whole ---- */

static bool
changes_whole(const struct op *op)
{
	static const char *const kinds[] = { "attach_partition", "detach_partition", "add_inherit", "drop_inherit", "set_schema", "set_logged", "set_unlogged",
		"set_tablespace", "set_access_method", "cluster", "distribute_table", "lock_table", NULL };

	return op_is_among(op, kinds);
}

/* Only the order matters: a foreign key stands on a key; NOT NULL, a key and a partition are spared their scan by a CHECK. */
bool
op_builds_on(const struct facts *f, const struct op *first, const struct op *second)
{
	static const char *const on_check[] = { "set_not_null", "add_not_null", "add_primary_key", "attach_partition", NULL };

	const struct relation *r = order_table(f, first);

	if (op_makes_key(first) && is_kind(second, "add_foreign_key"))
		return r != NULL && catalog_find_relation(f->catalog, second->reference) == r;
	return (is_kind(first, "add_check") || is_kind(first, "validate_constraint")) && op_is_among(second, on_check) && op_touches(f, second, r);
}

bool
op_shares_whole(const struct facts *f, const struct op *first, const struct op *second)
{
	const struct relation *r = order_table(f, first);

	return changes_whole(first) && op_touches(f, second, r);
}

/* ---- what nobody knows ---- */

bool
op_is_timeout(const struct op *op)
{
	static const char *const names[] = { "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "transaction_timeout", "client_min_messages",
		"client_encoding", NULL };

	for (size_t i = 0; names[i] != NULL; i++)
		if (op_mentions(op, str_of(names[i])))
			return true;
	return false;
}

bool
op_is_opaque(const struct facts *f, const struct op *op)
{
	static const char *const kinds[] = { "do_block", "call", "execute", "unreadable_code", "other", "drop_owned", "reassign_owned", "rename_schema",
		"import_foreign_schema", NULL };
	const struct query *q = is_kind(op, "select") && op->kind->query != NULL ? op->kind->query(op) : NULL;

	if (is_kind(op, "set_parameter") || is_kind(op, "set_config"))
		return !op_is_timeout(op);
	return op_is_among(op, kinds) || (q != NULL && query_calls_user_function(q, f->catalog) != NO);
}

/* A foreign key that goes before the type of one of its columns changes, which the other side may not fit. */
bool
op_frees_type(const struct facts *f, const struct op *first, const struct op *second)
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

	return part.s != NULL && order_table(f, first) == order_table(f, second) && op_mentions(first, part);
}

bool
op_is_tied(const struct facts *f, const struct op *first, const struct op *second)
{
	return op_frees_type(f, first, second) || extension_op_serves(f->catalog, first, second) || remarks_on(f, first, second) || op_frees(f, first, second) || op_is_opaque(f, first) || op_is_opaque(f, second) || op_names_what_changes(f, second, first) || op_names_what_changes(f, first, second) ||
	    op_shares_rows(f, first, second) || op_keeps_key_order(f, first, second) || op_shares_whole(f, first, second) || op_builds_on(f, first, second);
}

/* AlterTableGetLockLevel(); DETACH PARTITION without CONCURRENTLY, the only one that runs in a transaction. */
enum lock
op_alter_lock(const struct op *op)
{
	static const char *const renames[] = { "rename_table", "rename_column", "rename_constraint", NULL };
	static const char *const light[] = { "validate_constraint", "set_statistics", "set_column_options", "reset_column_options", "set_options", "reset_options",
		"cluster_on", "set_without_cluster", "attach_partition", NULL };
	static const char *const middle[] = { "add_foreign_key", "enable_trigger", "enable_trigger_all", "enable_trigger_user", "enable_always_trigger",
		"enable_replica_trigger", "disable_trigger", "disable_trigger_all", "disable_trigger_user", NULL };

	if (op->kind->node != T_AlterTableStmt && op->kind->node != T_Constraint && !op_is_among(op, renames))
		return LOCK_NONE;
	return op_is_among(op, light) ? SHARE_UPDATE_EXCLUSIVE : op_is_among(op, middle) ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE;
}

/* The table that a foreign key points at which it drops. Later statements of the file are not bound. */
static const struct relation *
referenced_by_dropped(const struct facts *f, const struct op *op)
{
	const struct relation *r = is_kind(op, "drop_constraint") ? order_table(f, op) : NULL;

	if (is_kind(op, "drop_constraint") && op->constraint != NULL)
		return op->constraint->references;
	for (size_t i = 0; r != NULL && i < r->constraints.n; i++)
		if (!r->constraints.items[i]->dropped && constraint_op_drops(op, r->constraints.items[i]->name))
			return r->constraints.items[i]->references;
	return NULL;
}

static const struct relation *
table_of_dropped_index(const struct facts *f, const struct op *op)
{
	const struct relation *index = !is_kind(op, "drop_index") ? NULL : op->index != NULL ? op->index : catalog_find_relation(f->catalog, op->target);

	return index == NULL || index->index == NULL ? NULL : index->index->table;
}

bool
op_stops_writes(const struct facts *f, const struct op *op, const struct relation *r)
{
	static const char *const others[] = { "create_trigger", "drop_trigger", "truncate", "create_index", "create_rule", "drop_rule", "create_policy",
		"alter_policy", "drop_policy", "drop_table", "drop_index", NULL };

	if (op->noop || (op_alter_lock(op) < SHARE_ROW_EXCLUSIVE && !op_is_among(op, others)))
		return false;
	if (is_kind(op, "add_foreign_key") && (op->references != NULL ? op->references : catalog_find_relation(f->catalog, op->reference)) == r)
		return true;
	return order_table(f, op) == r || referenced_by_dropped(f, op) == r || table_of_dropped_index(f, op) == r;
}
