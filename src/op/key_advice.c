#include "base/buf.h"
#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/failure.h"
#include "op/order.h"
#include "op/rename.h"

/* For advice on constraints and indexes: what is added first, and what stands in the way of the steps and goes in the same file. */

static struct str
name_of(const struct op *op)
{
	return OP_DATA(op, struct new_constraint)->chosen;
}

static unsigned
first_statement(const struct op *op)
{
	return op_of_file(op)->script->ops.items[0]->number;
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

struct str
name_beside(const struct facts *f, struct str wanted)
{
	struct str name = wanted, suffix = STR("new");

	for (unsigned i = 1; is_taken(f, name); i++) {
		name = catalog_object_name(f->arena, wanted, STR_NONE, suffix);
		suffix = str_printf(f->arena, "new%u", i);
	}
	return name;
}

struct value
get_index_beside(const struct facts *f)
{
	return value_text(sql_ident(f->arena, name_beside(f, name_of(f->op))));
}

static bool
adds_column_of(const struct op *other, const struct op *op)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	return other->statement == op->statement && is_kind(other, "add_column") && str_in(other->column_name, k->columns.items, k->columns.n);
}

/* DROP COLUMN of the same ALTER TABLE that makes room for the column that it adds; NULL: there is none. */
static const struct op *
dropped_for(const struct op *op, struct str column)
{
	const struct op *drop = NULL;
	bool adds = false;

	for (size_t i = 0; op->statement != NULL && i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other->statement != op->statement || !str_eq(other->column_name, column))
			continue;
		drop = is_kind(other, "drop_column") ? other : drop;
		adds = adds || is_kind(other, "add_column");
	}
	return adds ? drop : NULL;
}

/* The old column stays until the index is built, so the new one has another name. */
static struct str
name_first(const struct facts *f, struct str column)
{
	if (!(f->op->kind->has & HAS_INDEX) || dropped_for(f->op, column) == NULL)
		return sql_ident(f->arena, column);
	return sql_ident(f->arena, catalog_object_name(f->arena, column, STR_NONE, STR("new")));
}

/* What follows on the same line is no part of a comment then. */
static struct str
without_comments(const struct op *op, size_t from, size_t to)
{
	const struct script *script = op->script;
	struct buf b = BUF(script->arena);

	for (size_t i = 0; i < script->parsed.comments.n; i++) {
		struct span comment = script->parsed.comments.items[i].span;
		if (comment.off < from || comment.off >= to)
			continue;
		buf_str(&b, source_text(op->statement->source, span_of(from, comment.off)));
		from = comment.off + comment.len;
	}
	buf_str(&b, source_text(op->statement->source, span_of(from, to)));
	return str_trim(buf_text(&b));
}

/* ADD COLUMN as written, but for the constraint, if that stands there. */
static void
put_column(struct buf *b, const struct op *column, const struct facts *f)
{
	struct span all = column->spans[SPAN_ACTION], name = column->spans[SPAN_COLUMN], own = f->op->spans[SPAN_ACTION];
	const struct source *source = f->op->statement->source;
	size_t from = name.off + name.len, end = all.off + all.len;
	bool as_written = dropped_for(f->op, column->column_name) == NULL;

	buf_printf(b, "%.*s%.*s", STR_ARG(source_text(source, span_of(all.off, name.off))),
	    STR_ARG(as_written ? source_text(source, name) : name_first(f, column->column_name)));
	if (f->op->leader != column) {
		buf_str(b, source_text(source, span_of(from, end)));
		return;
	}
	struct str before = without_comments(f->op, from, own.off), behind = without_comments(f->op, own.off + own.len, end);
	buf_printf(b, " %.*s%s%.*s", STR_ARG(before), behind.n > 0 ? " " : "", STR_ARG(behind));
}

struct value
get_column_first(const struct facts *f)
{
	const struct op *op = f->op, *drop;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; op->statement != NULL && i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (!adds_column_of(other, op))
			continue;
		drop = op->kind->has & HAS_INDEX ? NULL : dropped_for(op, other->column_name);
		if (b.n == 0)
			buf_printf(&b, "ALTER TABLE %.*s ", STR_ARG(relation_words(f->arena, f->catalog, op->table)));
		else
			buf_str(&b, STR(", "));
		if (drop != NULL)
			buf_printf(&b, "%.*s, ", STR_ARG(source_text(op->statement->source, drop->spans[SPAN_ACTION])));
		put_column(&b, other, f);
	}
	if (b.n > 0)
		buf_char(&b, ';');
	return value_text(b.n > 0 ? buf_text(&b) : STR(""));
}

struct value
get_index_columns(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < k->columns.n; i++)
		buf_item(&b, ", ", name_first(f, k->columns.items[i]));
	return value_text(buf_text(&b));
}

struct str
key_index_options(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	struct buf b = BUF(f->arena);

	if (k->include.n > 0)
		buf_printf(&b, " INCLUDE (%.*s)", STR_ARG(ident_list(f->arena, k->include.items, k->include.n)));
	if (k->nulls_not_distinct)
		buf_str(&b, STR(" NULLS NOT DISTINCT"));
	return b.n > 0 ? buf_text(&b) : STR("");
}

struct value
get_index_options(const struct facts *f)
{
	return value_text(key_index_options(f));
}

const char *
key_deferral(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);

	return k->initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : k->deferrable ? " DEFERRABLE" : "";
}

struct value
get_using_beside(const struct facts *f)
{
	return value_text(str_printf(f->arena, "USING INDEX %.*s%s", STR_ARG(get_index_beside(f).text), key_deferral(f)));
}

bool
key_is_written_in_file(const struct facts *f)
{
	return f->inside == NULL || (f->inside->depth == 1 && f->inside->function.s == NULL && !f->inside->stands_for_condition);
}

bool
key_has_column_of_file(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	unsigned now = f->catalog->now.migration;

	for (size_t i = 0; i < k->columns.n; i++) {
		const struct column *c = catalog_find_column(f->op->table, k->columns.items[i]);
		if (c != NULL && now > 0 && (c->born.migration == now || c->named.migration == now))
			return true;
	}
	return false;
}

struct str
key_build_behind(const struct facts *f)
{
	struct str behind = order_build_behind(f);

	return behind.n > 0 || !key_has_column_of_file(f) || get_column_first(f).text.n > 0 ? behind
	    : STR("\n-- behind the statements above it that add or rename its columns: they go into a migration before this one");
}

/* index_create(): an index that no deferrable constraint owns is indimmediate. */
struct value
get_build_begins(const struct facts *f)
{
	struct str first = get_column_first(f).text, off = get_lock_timeout_off(f).text, behind = key_build_behind(f);
	const char *at_once = key_deferral(f)[0] == '\0' ? ""
	    : "\n-- until the next migration it is checked row by row, and UPDATEs that swap or shift values fail: where the code has such, it stops for both";

	return value_text(str_printf(f->arena, "%.*s%s(no transaction)%.*s%s%.*s", STR_ARG(first), first.n > 0 ? "\n-- next migration " : "-- ", STR_ARG(behind), at_once,
	    STR_ARG(off)));
}

/* There is one primary key, and one constraint of a name. */
static bool
is_replaced(const struct constraint *k, const struct op *op)
{
	return k != NULL && ((k->kind == CONSTRAINT_PRIMARY_KEY && is_kind(op, "add_primary_key")) || str_eq(k->name, name_of(op)));
}

static bool
drops_with_column(const struct op *other, const struct op *op, const struct catalog *c)
{
	for (size_t i = 0; is_kind(other, "drop_column") && i < c->all.n; i++) {
		const struct relation *r = c->all.items[i];
		const struct constraint *k = r->index != NULL ? r->index->constraint : NULL;
		if (r->dropped && r->ended == op->number && k != NULL && r->index->table == op->table && is_replaced(k, op) &&
		    str_in(other->column_name, k->columns.items, k->columns.n))
			return true;
	}
	return false;
}

static bool
replaces_column_of(const struct op *drop, const struct op *op)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	return str_in(drop->column_name, k->columns.items, k->columns.n) && dropped_for(op, drop->column_name) == drop;
}

/* Another key with some of its columns: the table would lack it while the index is built. */
static bool
is_old_key(const struct op *drop, const struct op *op)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);
	const struct constraint *old = is_kind(drop, "drop_constraint") ? drop->constraint : NULL;

	if (old == NULL || old->table != op->table || (old->kind != CONSTRAINT_UNIQUE && old->kind != CONSTRAINT_PRIMARY_KEY))
		return false;
	for (size_t i = 0; i < k->columns.n; i++)
		if (str_in(k->columns.items[i], old->columns.items, old->columns.n))
			return true;
	return false;
}

/* The statement that adds the other one cannot do so before it is gone. */
static bool
is_for_other_primary_key(const struct op *drop, const struct op *op)
{
	for (size_t i = 0; drop->constraint->kind == CONSTRAINT_PRIMARY_KEY && i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other != op && other->statement == op->statement && is_kind(other, "add_primary_key"))
			return true;
	}
	return false;
}

/* Of operations that need not be bound. */
static bool
takes_its_name(const struct op *other, const struct constraint *old)
{
	const struct new_constraint *k = op_is_constraint(other) ? OP_DATA(other, struct new_constraint) : NULL;
	bool renames = is_kind(other, "rename_constraint") || is_kind(other, "rename_index");

	if (other->noop)
		return false;
	if (k != NULL)
		return str_eq(k->name, old->name) && str_eq(other->target.name, old->table->name);
	return index_op_makes(other, old->name) || (renames && str_eq(OP_DATA(other, struct rename)->new_name, old->name));
}

/* Where the other one stands among the statements of the drop: the block that adds it, too. */
static const struct op *
stands_at(const struct op *op, const struct op *drop)
{
	return op->script == drop->script ? op : op_of_file(op);
}

/* Which cannot have it before the old one is gone. */
static bool
is_for_other_of_its_name(const struct op *drop, const struct op *op)
{
	const struct script *script = drop->script;

	for (size_t i = 0, behind = 0; i < script->ops.n; i++) {
		const struct op *other = script->ops.items[i] == stands_at(op, drop) ? op : script->ops.items[i];
		if (behind && takes_its_name(other, drop->constraint))
			return other != op;
		behind = behind || other == drop;
	}
	return false;
}

/* The one of its name, or else the first key that is added behind it. */
static bool
takes_old_key(const struct op *drop, const struct op *op)
{
	bool behind = false;

	if (!is_old_key(drop, op) || drop->noop || is_for_other_primary_key(drop, op) || is_for_other_of_its_name(drop, op))
		return false;
	for (size_t i = 0; drop->script->ops.items[i] != stands_at(op, drop); i++) {
		const struct op *other = drop->script->ops.items[i];
		behind = behind || other == drop;
		if (behind && (is_kind(other, "add_unique") || is_kind(other, "add_primary_key")) && is_old_key(drop, other))
			return false;
	}
	return true;
}

static bool
makes_room(const struct op *other, const struct op *op, const struct catalog *c)
{
	if (other->statement != op->statement)
		return false;
	if (takes_old_key(other, op))
		return true;
	if (is_kind(other, "drop_column") && (op->kind->has & HAS_INDEX) && replaces_column_of(other, op))
		return true;
	return (is_kind(other, "drop_constraint") && is_replaced(other->constraint, op)) || drops_unknown(other, op, name_of(op)) ||
	    drops_with_column(other, op, c);
}

/* The server refuses DROP NOT NULL as long as the column is in the primary key, which goes with this one. */
static bool
waits_for_room(const struct op *other, const struct op *op, const struct catalog *c)
{
	if (!is_kind(other, "drop_not_null") || other->statement != op->statement)
		return false;
	for (size_t i = 0; op->script->ops.items[i] != other; i++) {
		const struct op *drop = op->script->ops.items[i];
		const struct constraint *k = is_kind(drop, "drop_constraint") ? drop->constraint : NULL;
		if (k != NULL && k->kind == CONSTRAINT_PRIMARY_KEY && str_in(other->column_name, k->columns.items, k->columns.n) && makes_room(drop, op, c))
			return true;
	}
	return false;
}

/* index_check_primary_key() and transformIndexConstraint() take it as it is. */
static bool
serves_as_key(const struct index *index, const struct new_constraint *k)
{
	if (!index->unique || index->predicate != NULL || index->constraint != NULL || index->valid != YES || !str_is(index->method, "btree") ||
	    index->columns.n != k->columns.n || index->include.n > 0 || k->include.n > 0 || index->nulls_not_distinct != k->nulls_not_distinct)
		return false;
	for (size_t i = 0; i < k->columns.n; i++) {
		const struct index_column *c = &index->columns.items[i];
		if (c->name.s == NULL || !str_eq(c->name, k->columns.items[i]) || c->descending || c->nulls_first || c->opclass.n > 0 || c->collation.n > 0)
			return false;
	}
	return true;
}

static struct str
freed_note(const struct facts *f)
{
	unsigned first = first_statement(f->op);

	for (size_t i = 0; i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		if (r->dropped && r->ended >= first && r->index != NULL && r->index->table == f->op->table &&
		    serves_as_key(r->index, OP_DATA(f->op, struct new_constraint))) {
			struct str name = sql_ident(f->arena, r->name);
			return str_printf(f->arena, "\n-- or build nothing: USING INDEX %.*s, instead of dropping that one before", STR_ARG(name));
		}
	}
	return STR("");
}

/* An index and a constraint's index have their names from one list: what has the name of the constraint goes before the constraint comes. */
struct value
get_name_freed(const struct facts *f)
{
	unsigned first = first_statement(f->op);

	for (size_t i = 0; i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		if (r->dropped && r->ended >= first && r->index != NULL && r->index->constraint == NULL && r->index->table == f->op->table &&
		    str_eq(r->name, name_of(f->op)))
			return value_text(str_printf(f->arena, "%.*s\n-- not before:\nDROP INDEX CONCURRENTLY IF EXISTS %.*s;",
			    STR_ARG(get_next_concurrently(f).text), STR_ARG(relation_words(f->arena, f->catalog, r))));
	}
	return value_text(STR(""));
}

static struct str
names_back(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < k->columns.n; i++)
		if (dropped_for(f->op, k->columns.items[i]) != NULL)
			buf_printf(&b, "\nALTER TABLE %.*s RENAME COLUMN %.*s TO %.*s;", STR_ARG(relation_words(f->arena, f->catalog, f->op->table)),
			    STR_ARG(name_first(f, k->columns.items[i])), STR_ARG(sql_ident(f->arena, k->columns.items[i])));
	return b.n > 0 ? buf_text(&b) : STR("");
}

static bool
drops_column_of(const struct op *other, const struct op *drop)
{
	const struct constraint *k = drop->constraint;

	return is_kind(other, "drop_column") && op_names_same(other, drop) && str_in(other->column_name, k->columns.items, k->columns.n);
}

static bool
names_column_of(const struct op *other, const struct op *drop)
{
	const struct constraint *k = drop->constraint;
	bool renames = is_kind(other, "rename_column");
	struct str name = renames ? OP_DATA(other, struct rename)->new_name : other->column_name;

	return (renames || is_kind(other, "add_column")) && op_names_same(other, drop) && str_in(name, k->columns.items, k->columns.n);
}

/* Statements between the two drop a column of the key and give its name to another one: they cannot wait. */
static bool
loses_column_between(const struct op *drop, const struct op *add)
{
	bool behind = false, lost = false;

	for (size_t i = 0; drop->script->ops.items[i] != stands_at(add, drop); i++) {
		const struct op *other = drop->script->ops.items[i];
		if (other->statement == add->statement)
			break;
		if (lost && names_column_of(other, drop))
			return true;
		lost = lost || (behind && drops_column_of(other, drop));
		behind = behind || other == drop;
	}
	return false;
}

/* Where it is dropped by a statement of its own, the one that adds the next primary key needs it gone, whatever else is added before or behind that. */
static bool
next_primary_key_needs(const struct facts *f, const struct op *drop)
{
	const struct script *script = drop->script;

	for (size_t i = 0, behind = 0; drop->constraint->kind == CONSTRAINT_PRIMARY_KEY && i < script->ops.n; i++) {
		const struct op *other = script->ops.items[i];
		if (behind && is_kind(other, "add_primary_key") && order_table(f, other) == f->op->table)
			return other != f->op;
		behind = behind || other == drop;
	}
	return false;
}

/* By a statement of its own. */
static bool
is_dropped_for(const struct facts *f, const struct op *drop)
{
	const struct op *op = f->op;

	return drop->statement != op->statement && is_kind(drop, "drop_constraint") && !drop->noop && drop->table == op->table &&
	    (is_replaced(drop->constraint, op) || takes_old_key(drop, op)) && !loses_column_between(drop, op) && !next_primary_key_needs(f, drop);
}

/* A condition may ask whether it is gone. */
static bool
moves_earlier_drops(const struct facts *f)
{
	return key_is_written_in_file(f) && (f->inside == NULL || f->inside->runs == YES);
}

/* The old key goes in the last step: a column of it that goes before that would take it along. */
static bool
goes_with_old_key(const struct facts *f, const struct op *other)
{
	const struct script *script = other->script;

	for (size_t i = 0; is_kind(other, "drop_column") && !other->noop && script->ops.items[i] != other; i++) {
		const struct op *drop = script->ops.items[i];
		bool known = is_kind(drop, "drop_constraint") && drop->constraint != NULL;
		bool moves = known && (drop->statement == f->op->statement ? makes_room(drop, f->op, f->catalog) : moves_earlier_drops(f) && is_dropped_for(f, drop));
		if (moves && drops_column_of(other, drop))
			return true;
	}
	return false;
}

struct value
get_adds(const struct facts *f)
{
	const struct op *op = f->op;
	struct buf b = BUF(f->arena);
	bool before = true;

	for (size_t i = 0; op->statement != NULL && i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		before = before && other != op;
		if (other->statement == op->statement &&
		    ((before && (makes_room(other, op, f->catalog) || waits_for_room(other, op, f->catalog))) || goes_with_old_key(f, other)))
			buf_printf(&b, "%.*s, ", STR_ARG(source_text(other->statement->source, other->spans[SPAN_ACTION])));
	}
	buf_c(&b, "ADD");
	return value_text(buf_text(&b));
}

/* The key that it takes the place of, and its columns: until the new one is there the table has none. */
static struct str
earlier_drop_note(const struct facts *f)
{
	const struct op *at = moves_earlier_drops(f) ? op_of_file(f->op) : f->op;
	struct buf b = BUF(f->arena);
	unsigned n = 0;

	for (size_t i = 0; at->script->ops.items[i] != at; i++) {
		const struct op *other = at->script->ops.items[i];
		struct str action = other->statement == NULL ? STR("") : source_text(other->statement->source, other->spans[SPAN_ACTION]);
		if (action.n == 0 || other->statement == f->op->statement || (n == 0 ? !is_dropped_for(f, other) : !goes_with_old_key(f, other)))
			continue;
		buf_printf(&b, "%s%.*s", n++ > 0 ? ", " : "\n-- and the earlier ", STR_ARG(action));
	}
	if (n > 0)
		buf_printf(&b, " move%s to the front of this ALTER TABLE: the old key stays while the index is built", n > 1 ? "" : "s");
	return b.n > 0 ? buf_text(&b) : STR("");
}

struct value
get_build_ends(const struct facts *f)
{
	return value_text(str_printf(f->arena, "%.*s%.*s%.*s", STR_ARG(names_back(f)), STR_ARG(earlier_drop_note(f)), STR_ARG(freed_note(f))));
}
