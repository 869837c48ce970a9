#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/each_partition.h"
#include "op/partition_parts.h"
#include "op/failure.h"
#include "op/operators.h"
#include "op/order.h"

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	(void)lower_constraint(l, kind, node);
}

/* The referenced columns: as written, or the primary key's. */
static const struct str *
referenced_columns(const struct op *op, size_t *n)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	*n = k->reference_columns.n;
	if (*n > 0)
		return k->reference_columns.items;
	for (size_t i = 0; i < op->references->constraints.n; i++) {
		const struct constraint *key = op->references->constraints.items[i];
		if (key->kind == CONSTRAINT_PRIMARY_KEY) {
			*n = key->columns.n;
			return key->columns.items;
		}
	}
	return NULL;
}

static const struct constraint *
pending(const struct facts *f, struct constraint *k)
{
	const struct new_constraint *from = OP_DATA(f->op, struct new_constraint);

	*k = (struct constraint){ .table = f->op->table, .kind = CONSTRAINT_FOREIGN_KEY, .references = f->op->references, .on_delete = from->on_delete,
		.on_update = from->on_update, .match = from->match, .deferrable = from->deferrable, .initially_deferred = from->initially_deferred };
	k->columns.items = from->columns.items;
	k->columns.n = from->columns.n;
	k->reference_columns.items = (struct str *)(uintptr_t)referenced_columns(f->op, &k->reference_columns.n);
	return k;
}

/* tryAttachPartitionForeignKey() */
bool
foreign_key_is_taken_over(const struct facts *f, const struct relation *partition)
{
	struct constraint k;
	const struct constraint *own = partition == f->op->table || !catalog_is_below(partition, f->op->table) ? NULL
	    : partition_own_foreign_key(f->catalog, partition, pending(f, &k));

	return own != NULL && own->valid == YES;
}

/* The validating query (RI_Initial_Check) reads both tables; the planner opens all their indexes. */
static void
scan(const struct facts *f, struct effects *e, struct relation *r, enum tri scans)
{
	if (scans == NO || foreign_key_is_taken_over(f, r))
		return;
	if (r->kind != RELATION_PARTITIONED) {
		struct relation_effect *entry = effects_lock(e, r, ACCESS_SHARE);
		entry->scan = tri_or(entry->scan, scans);
	}
	/* the partitions are checked, one by one */
	for (size_t i = 0; r->kind != RELATION_PARTITIONED && i < r->indexes.n; i++)
		effects_lock(e, r->indexes.items[i], ACCESS_SHARE);
	for (size_t i = 0; i < r->partitions.n; i++)
		if (r->partitions.items[i]->is_partition)
			scan(f, e, r->partitions.items[i], scans);
}

static bool
has_unchecked(const struct facts *f, const struct relation *r)
{
	for (size_t i = 0; i < r->partitions.n; i++)
		if (r->partitions.items[i]->is_partition && has_unchecked(f, r->partitions.items[i]))
			return true;
	return r->partitions.n == 0 && !foreign_key_is_taken_over(f, r);
}

/* The triggers of a partition's own foreign key go (DropForeignKeyConstraintTriggers). */
static bool
takes_one_over(const struct facts *f, const struct relation *r)
{
	bool any = foreign_key_is_taken_over(f, r);

	for (size_t i = 0; i < r->partitions.n; i++)
		any = any || takes_one_over(f, r->partitions.items[i]);
	return any;
}

static enum tri
scans(const struct op *op, const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	if (relation_is_partitioned(op->table) == YES && op->table->partitions.n > 0 && !has_unchecked(f, op->table))
		return NO;

	/* transformFKConstraints(): CREATE TABLE, or a new column without default: nothing to check */
	return tri_of(!k->not_valid && !k->creating && !k->column_is_null);
}

/* Without rows to look for, the executor does not come to the other side of the join. */
static enum tri
scans_referenced(const struct op *op, const struct facts *f)
{
	return tri_and(scans(op, f), relation_is_small(f->catalog, op->table) == YES ? UNKNOWN : YES);
}

/* Partitions get the foreign key, too. Since 18 ATPrepCmd() locks inheritance children, which do not. */
static void
lock_heirs(const struct facts *f, struct effects *e, struct relation *r)
{
	effects_lock(e, r, SHARE_ROW_EXCLUSIVE);
	for (size_t i = 0; !f->op->only && i < r->partitions.n; i++)
		if (f->pg_version >= 18 || r->partitions.items[i]->is_partition)
			lock_heirs(f, e, r->partitions.items[i]);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	if (!k->creating)
		lock_heirs(f, e, op->table);
	if (op->references != op->table || !k->creating)
		effects_lock_tree(e, op->references, takes_one_over(f, op->table) ? ACCESS_EXCLUSIVE : SHARE_ROW_EXCLUSIVE, false);
	partition_lock_key_index(e, f, op->references, k->reference_columns.items, k->reference_columns.n);
	scan(f, e, op->table, scans(op, f));
	scan(f, e, op->references, scans_referenced(op, f));
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	struct constraint *k = apply_constraint(op, c);

	(void)session;
	for (size_t i = 0; i < op->table->partitions.n; i++)
		if (op->table->partitions.items[i]->is_partition)
			partition_take_foreign_key(c, op->table->partitions.items[i], k);
}

static struct value
get_indexed(const struct facts *f)
{
	struct constraint k;

	return value_tri(foreign_key_is_covered(pending(f, &k), NULL));
}

static bool
indexes_it(const struct op *other, const struct op *op)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	return k->columns.n > 0 && index_op_leads_with(other, k->columns.items[0]) && op_names_same(other, op);
}

/* On a way back, which leaves what was there before, it stays as it was. */
static bool
lacks_index(const struct facts *f)
{
	struct value indexed = get_indexed(f);

	return !(f->unit != NULL && f->unit->down) && indexed.state == VALUE_KNOWN && !indexed.yes && relation_is_partitioned(f->op->table) == NO && !script_later(f->op, indexes_it);
}

static struct str
index_on_key(const struct facts *f, const char *concurrently)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);

	bool chunks = f->op->table->is_hypertable && concurrently[0] != '\0';

	return str_printf(f->arena, "CREATE INDEX %s%.*s ON %.*s (%.*s)%s;", chunks ? "" : concurrently,
	    STR_ARG(sql_ident(f->arena, advised_index(f, f->op->table, k->columns.items, k->columns.n))), STR_ARG(words(f, f->op->table)),
	    STR_ARG(ident_list(f->arena, k->columns.items, k->columns.n)), chunks ? " WITH (timescaledb.transaction_per_chunk)" : "");
}

/* Nobody waits for a table that this migration makes: nothing uses it before. */
static bool
is_made_here(const struct facts *f)
{
	return relation_new_in_migration(f->catalog, f->op->table) || relation_new_in_transaction(f->catalog, f->op->table);
}

static bool
has_column_retyped_here(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);

	for (size_t i = 0; i < k->columns.n; i++) {
		const struct column *c = catalog_find_column(f->op->table, k->columns.items[i]);
		if (c != NULL && c->retyped.migration == f->catalog->now.migration)
			return true;
	}
	return false;
}

static bool
has_columns_of(const struct new_constraint *k, const struct constraint *old)
{
	for (size_t i = 0; i < k->columns.n; i++)
		if (!str_in(k->columns.items[i], old->columns.items, old->columns.n))
			return false;
	return k->columns.n == old->columns.n;
}

/* Of a foreign key of these columns. */
static const struct op *
drop_before(const struct facts *f, const struct op *at)
{
	const struct script *script = at->script;

	for (size_t i = 0; script != NULL && i < script->ops.n && script->ops.items[i] != at; i++) {
		const struct op *drop = script->ops.items[i];
		const struct constraint *old = is_kind(drop, "drop_constraint") && drop->table == f->op->table ? drop->constraint : NULL;
		if (old != NULL && old->kind == CONSTRAINT_FOREIGN_KEY && has_columns_of(OP_DATA(f->op, struct new_constraint), old))
			return drop;
	}
	return NULL;
}

/* The statement of the file that has dropped a foreign key of these columns; NULL: none. */
static const struct op *
drop_of_replaced(const struct facts *f)
{
	const struct op *self = op_of_file(f->op), *drop = key_is_written_in_file(f) ? drop_before(f, f->op) : NULL;

	return drop != NULL || self == f->op || !key_is_written_in_file(f) ? drop : drop_before(f, self);
}

/*
 * Then the key stays where it is, beside what drops the one that it replaces. A runner that wraps every file says itself when to build by hand,
 * where it replaces none.
 */
static bool
index_can_come_before(const struct facts *f)
{
	unsigned renamed = f->op->table == NULL ? 0 : f->op->table->former.transaction;

	bool alone = f->inside == NULL && f->unit != NULL && !f->unit->wraps;

	return f->op->statement != NULL && f->unit != NULL && !f->unit->down && (alone || drop_of_replaced(f) != NULL) &&
	    f->op->table->replaced.migration != f->catalog->now.migration && (renamed == 0 || renamed != f->catalog->now.transaction) && !key_has_column_of_file(f) && !has_column_retyped_here(f);
}

static struct str
this_one(const struct facts *f, const char *migration)
{
	const struct op *drop = drop_of_replaced(f);

	return drop == NULL || drop->statement == f->op->statement ? str_printf(f->arena, "%s migration: this one, with", migration)
	    : str_printf(f->arena, "%s migration: this one, where line %u drops the key that it replaces, with", migration, order_line(drop));
}

/* Where a block is cut otherwise: empty, or a comment. */
static struct str
stays_in_block(const struct facts *f)
{
	return f->inside == NULL || drop_of_replaced(f) == NULL ? STR("") : str_printf(f->arena, "-- %.*s", STR_ARG(this_one(f, "in this")));
}

/* The statement of the file that adds the key's only column, which is NULL in every row; NULL: none. */
static const struct op *
addition_of_empty_column(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	struct ops needs = order_build_needs(f);
	const struct op *found = NULL;

	if (k->columns.n != 1 || column_is_unfilled(f->catalog, f->op->table, k->columns.items[0]) != YES)
		return NULL;
	for (size_t i = 0; i < needs.n; i++)
		if (is_kind(needs.items[i], "add_column") && str_eq(needs.items[i]->column_name, k->columns.items[0]))
			found = needs.items[i];
	return found;
}

/* It asks of the rows what the one asked that was there. */
static bool
asks_same(const struct facts *f, const struct constraint *old)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	size_t n;
	const struct str *theirs = referenced_columns(f->op, &n);

	return old != NULL && old->kind == CONSTRAINT_FOREIGN_KEY && old->table == f->op->table && old->references == f->op->references && old->parent == NULL &&
	    old->valid == YES && old->enforced && !k->not_enforced && !old->assumed && old->on_delete == k->on_delete && old->on_update == k->on_update &&
	    old->match == k->match && old->period == k->period && theirs != NULL && str_same(old->columns.items, old->columns.n, k->columns.items, k->columns.n) &&
	    str_same(old->reference_columns.items, old->reference_columns.n, theirs, n) &&
	    str_same(old->set_columns.items, old->set_columns.n, k->set_columns.items, k->set_columns.n);
}

/* The key may be out of the way for it. */
static bool
needs_no_key(const struct facts *f, const struct op *op)
{
	bool keys = is_kind(op, "drop_constraint") || is_kind(op, "add_foreign_key") || is_kind(op, "set_parameter") || is_kind(op, "comment");

	return !keys && (op->table == NULL || op->table == f->op->table || op->table == f->op->references);
}

/* The DROP of one in whose place it comes with other properties; NULL: none, or something between the two may need that there is none. */
static const struct op *
drop_of_same(const struct facts *f)
{
	const struct script *script = f->op->script;
	const struct op *found = NULL;

	for (size_t i = 0; script != NULL && f->inside == NULL && script->ops.items[i] != f->op; i++) {
		const struct op *op = script->ops.items[i];
		if (is_kind(op, "drop_constraint") && !op->noop && asks_same(f, op->constraint))
			found = op;
		else if (needs_no_key(f, op))
			found = NULL;
	}
	return found;
}

struct str
foreign_key_altered(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	const struct op *drop = is_kind(f->op, "add_foreign_key") ? drop_of_same(f) : NULL;
	struct buf b = BUF(f->arena);

	if (drop == NULL)
		return STR("");
	struct str table = relation_words(f->arena, f->catalog, f->op->table), name = sql_ident(f->arena, k->chosen);
	if (!str_eq(drop->constraint->name, k->chosen))
		buf_printf(&b, " ALTER TABLE %.*s RENAME CONSTRAINT %.*s TO %.*s;", STR_ARG(table), STR_ARG(sql_ident(f->arena, drop->constraint->name)), STR_ARG(name));
	if (drop->constraint->deferrable != k->deferrable || drop->constraint->initially_deferred != k->initially_deferred)
		buf_printf(&b, " ALTER TABLE %.*s ALTER CONSTRAINT %.*s %s;", STR_ARG(table), STR_ARG(name),
		    !k->deferrable ? "NOT DEFERRABLE" : k->initially_deferred ? "DEFERRABLE INITIALLY DEFERRED" : "DEFERRABLE INITIALLY IMMEDIATE");
	return b.n == 0 ? STR("") : str_printf(f->arena, "-- or, with no check of rows, instead of this and of the DROP CONSTRAINT in line %u:%.*s else:\n",
	    order_line(drop), STR_ARG(buf_text(&b)));
}

/* transformFKConstraints(): the clause of a column without a default needs no check. */
static struct str
clause_note(const struct facts *f)
{
	const struct op *add = addition_of_empty_column(f);
	struct str altered = foreign_key_altered(f);

	if (altered.n > 0)
		return altered;
	return add == NULL ? STR("") : str_printf(f->arena, "-- or, with no check of rows, as REFERENCES in the ADD COLUMN of line %u: the column is NULL in all of them; else:\n",
	    order_line(add));
}

static struct str
parts_first(const struct facts *f)
{
	struct str columns = get_column_first(f).text, file;
	bool before = columns.n == 0 && index_can_come_before(f);
	const char *between = columns.n > 0 ? "\n" : "", *next = columns.n > 0 ? "next migration " : "";

	if (!lacks_index(f))
		return columns.n == 0 ? stays_in_block(f) : columns;
	file = later_file_indexing(f, f->op->table, OP_DATA(f->op, struct new_constraint)->columns.items[0]);
	if (file.s != NULL)
		return str_printf(f->arena, "%.*s%s-- the index on the key comes with %.*s", STR_ARG(columns), between, STR_ARG(file));
	if (is_made_here(f))
		return str_printf(f->arena, "%.*s%s%.*s", STR_ARG(columns), between, STR_ARG(index_on_key(f, "")));
	return str_printf(f->arena, "%.*s%s-- %s(no transaction)%.*s%.*s\n%.*s\n-- %.*s", STR_ARG(columns), between, next, STR_ARG(key_build_behind(f)),
	    STR_ARG(before ? lock_timeout_off_before(f) : get_lock_timeout_off(f).text), STR_ARG(index_on_key(f, "CONCURRENTLY ")),
	    STR_ARG(before ? this_one(f, "next") : STR("next migration")));
}

static struct value
get_parts_first(const struct facts *f)
{
	struct str parts = parts_first(f), note = clause_note(f);

	return value_text(note.n == 0 ? parts : str_printf(f->arena, "%.*s%.*s", STR_ARG(parts.n > 0 ? note : str_slice(note, 0, note.n - 1)), STR_ARG(parts)));
}

static struct value
get_reference_columns(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);

	return k->reference_columns.n == 0 ? value_absent()
	    : value_text(ident_list(f->arena, k->reference_columns.items, k->reference_columns.n));
}

static struct value
get_on_delete(const struct facts *f)
{
	switch (OP_DATA(f->op, struct new_constraint)->on_delete) {
	case 'r':
		return value_text(STR("restrict"));
	case 'c':
		return value_text(STR("cascade"));
	case 'n':
		return value_text(STR("set null"));
	case 'd':
		return value_text(STR("set default"));
	default:
		return value_text(STR("no action"));
	}
}

static struct value
get_self(const struct facts *f)
{
	return value_bool(f->op->table == f->op->references);
}

static struct type
column_type(const struct relation *r, struct str name)
{
	const struct column *c = catalog_find_column(r, name);

	return c == NULL ? (struct type){ .name = STR_NONE } : c->type;
}

static struct value
get_types_match(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	size_t n;
	const struct str *theirs = referenced_columns(f->op, &n);

	if (theirs == NULL || n != k->columns.n)
		return value_unknown();
	for (size_t i = 0; i < n; i++) {
		struct type a = column_type(f->op->table, k->columns.items[i]);
		struct type b = column_type(f->op->references, theirs[i]);
		if (!type_known(a) || !type_known(b))
			return value_unknown();
		if (!type_same_base(a, b))
			return value_bool(false);
	}
	return value_bool(true);
}

static bool
has_columns(const struct str_list *list, const struct str *columns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!str_in(columns[i], list->items, list->n))
			return false;
	return list->n == n;
}

/* A key of the same CREATE TABLE may come later, or of what it is made after. */
static bool
gets_key(const struct op *op, const struct str *columns, size_t n)
{
	static const char *const copying[] = { "like", "partition of" };

	for (size_t i = 0; i < sizeof copying / sizeof copying[0]; i++)
		if (locate_keywords(op->statement, op->statement->span, copying[i]).len > 0)
			return true;
	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other->statement == op->statement && (is_kind(other, "add_primary_key") || is_kind(other, "add_unique")) &&
		    has_columns(&OP_DATA(other, struct new_constraint)->columns, columns, n))
			return true;
	}
	return false;
}

static bool
may_get_key(const struct facts *f)
{
	const struct relation *r = f->op->references;
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);

	return r->unread.source != NULL || !is_settled(f, r, REACH_SCHEMA) ||
	    (r == f->op->table && k->creating && gets_key(f->op, k->reference_columns.items, k->reference_columns.n));
}

/* transformFkeyCheckAttrs() */
static struct str
key_misfit(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	const struct relation *r = f->op->references;
	const struct str *columns = k->reference_columns.items;
	size_t n = k->reference_columns.n;

	if (!is_known(r))
		return STR_NONE;
	if (r->kind != RELATION_TABLE && r->kind != RELATION_PARTITIONED && r->kind != RELATION_UNKNOWN)
		return str_printf(f->arena, "referenced relation \"%.*s\" is not a table", STR_ARG(r->name));
	for (size_t i = 1; i < n; i++)
		if (str_in(columns[i], columns, i))
			return STR("foreign key referenced-columns list must not contain duplicates");
	return n == 0 || may_get_key(f) || relation_find_key(r, columns, n) != NULL ? STR_NONE
	    : str_printf(f->arena, "there is no unique constraint matching given keys for referenced table \"%.*s\"", STR_ARG(r->name));
}

/* ATAddForeignKeyConstraint() */
static struct str
refused(const struct facts *f)
{
	struct str misfit;
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	size_t n;
	const struct str *theirs = referenced_columns(f->op, &n);

	for (size_t i = 0; i < k->columns.n; i++)
		if (lacks_column(f, f->op->table, k->columns.items[i]))
			return str_printf(f->arena, "column \"%.*s\" referenced in foreign key constraint does not exist", STR_ARG(k->columns.items[i]));
	for (size_t i = 0; i < k->reference_columns.n; i++)
		if (lacks_column(f, f->op->references, k->reference_columns.items[i]))
			return str_printf(f->arena, "column \"%.*s\" referenced in foreign key constraint does not exist",
			    STR_ARG(k->reference_columns.items[i]));
	for (size_t i = 0; i < k->set_columns.n; i++)
		if (k->columns.n > 0 && !str_in(k->set_columns.items[i], k->columns.items, k->columns.n))
			return str_printf(f->arena, "column \"%.*s\" referenced in ON DELETE SET action must be part of foreign key",
			    STR_ARG(k->set_columns.items[i]));
	if (f->op->only && !k->creating && is_known(f->op->table) && f->op->table->kind == RELATION_PARTITIONED)
		return str_printf(f->arena, "cannot use ONLY for foreign key on partitioned table \"%.*s\" referencing relation \"%.*s\"",
		    STR_ARG(f->op->table->name), STR_ARG(f->op->references->name));
	misfit = key_misfit(f);
	if (misfit.s != NULL)
		return misfit;
	if (is_known(f->op->table) && is_known(f->op->references) && f->op->table->persistence == 'p' && f->op->references->persistence == 'u')
		return STR("constraints on permanent tables may reference only permanent tables");
	if (!is_settled(f, f->op->table, REACH_SCHEMA) || !is_settled(f, f->op->references, REACH_SCHEMA))
		return STR_NONE;
	for (size_t i = 0; theirs != NULL && n == k->columns.n && i < n; i++)
		if (type_refers_to(f->catalog, column_type(f->op->table, k->columns.items[i]),
		    column_type(f->op->references, theirs[i])) == NO)
			return str_printf(f->arena, "foreign key constraint \"%.*s\" cannot be implemented: columns \"%.*s\" and \"%.*s\" are of "
			    "incompatible types", STR_ARG(k->chosen), STR_ARG(k->columns.items[i]), STR_ARG(theirs[i]));
	return STR_NONE;
}

/* A placeholder without a value may stand for any type, the other one, too. */
static bool
is_told(const struct facts *f, struct type t)
{
	return type_known(t) && !map_has(&f->catalog->stand_ins, t.name);
}

static bool
is_text(struct type t)
{
	return t.dims == 0 && t.builtin && (str_is(t.name, "text") || str_is(t.name, "varchar"));
}

/* text and varchar are compared by the same operator. */
static struct value
get_mismatch(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	size_t n;
	const struct str *theirs = referenced_columns(f->op, &n);

	if (catalog_is_translated(f->catalog))
		return value_absent();
	for (size_t i = 0; theirs != NULL && n == k->columns.n && i < n; i++) {
		struct type a = column_type(f->op->table, k->columns.items[i]);
		struct type b = column_type(f->op->references, theirs[i]);
		if (is_told(f, a) && is_told(f, b) && !type_same_base(a, b) && !(is_text(a) && is_text(b)))
			return value_text(str_printf(f->arena, "%.*s (%.*s) with %.*s (%.*s)",
			    STR_ARG(sql_ident(f->arena, k->columns.items[i])), STR_ARG(type_format(f->arena, a)),
			    STR_ARG(sql_ident(f->arena, theirs[i])), STR_ARG(type_format(f->arena, b))));
	}
	return value_absent();
}

/* 0: no integer */
static int
integer_size(struct type t)
{
	bool plain = t.builtin && t.dims == 0;

	return !plain ? 0 : str_is(t.name, "int2") ? 2 : str_is(t.name, "int4") ? 4 : str_is(t.name, "int8") ? 8 : 0;
}

static struct value
get_holds_every_key(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	size_t n;
	const struct str *theirs = referenced_columns(f->op, &n);
	bool holds = get_mismatch(f).state == VALUE_KNOWN;

	for (size_t i = 0; holds && i < n; i++) {
		struct type a = column_type(f->op->table, k->columns.items[i]), b = column_type(f->op->references, theirs[i]);
		holds = type_same_base(a, b) || (is_text(a) && is_text(b)) || (integer_size(b) > 0 && integer_size(a) > integer_size(b));
	}
	return value_bool(holds);
}

static bool
has_columns_of_file(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	unsigned now = f->catalog->now.migration;

	for (size_t i = 0; i < k->columns.n; i++) {
		const struct column *c = catalog_find_column(f->op->table, k->columns.items[i]);
		if (c == NULL || now == 0 || c->born.migration != now)
			return false;
	}
	return true;
}

/* Columns that the file makes can have another type without that a row is written again. */
static struct value
get_type_advice(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	size_t n;
	const struct str *theirs = referenced_columns(f->op, &n);
	struct buf own = BUF(f->arena);
	struct str either = str_printf(f->arena, "give the columns of %.*s the types of (%.*s) of %.*s, or leave both as they are", STR_ARG(words(f, f->op->references)),
	    STR_ARG(ident_list(f->arena, k->columns.items, k->columns.n)), STR_ARG(words(f, f->op->table)));

	if (get_mismatch(f).state != VALUE_KNOWN || !has_columns_of_file(f) || relation_new_in_migration(f->catalog, f->op->references))
		return value_text(str_printf(f->arena, "-- %.*s", STR_ARG(either)));
	for (size_t i = 0; i < n; i++)
		buf_item(&own, ", ", str_printf(f->arena, "%.*s %.*s", STR_ARG(sql_ident(f->arena, k->columns.items[i])),
		    STR_ARG(type_format(f->arena, column_type(f->op->references, theirs[i])))));
	return value_text(str_printf(f->arena, "-- where this file makes %s: %.*s\n-- or %.*s", k->columns.n > 1 ? "them" : "it", STR_ARG(buf_text(&own)), STR_ARG(either)));
}

static struct value
get_types_differ(const struct facts *f)
{
	return value_bool(get_mismatch(f).state == VALUE_KNOWN);
}

static struct value
get_nullable(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	enum tri nullable = NO;

	for (size_t i = 0; i < k->columns.n; i++) {
		const struct column *c = catalog_find_column(f->op->table, k->columns.items[i]);
		nullable = tri_or(nullable, c == NULL ? UNKNOWN : tri_not(c->not_null));
	}
	return value_tri(nullable);
}

/* A column that is not known most likely accepts NULL: SET NULL would have no point. */
static struct value
get_known_not_null(const struct facts *f)
{
	struct value nullable = get_nullable(f);

	return value_bool(nullable.state == VALUE_KNOWN && !nullable.yes);
}

static struct value
get_scans_any(const struct facts *f)
{
	return value_tri(scans(f->op, f));
}

static const char *
stops(const struct facts *f, const char *lock)
{
	static const char *const work[] = { "writes to", "reads and writes of" };

	return work[fact(f, lock).lock == ACCESS_EXCLUSIVE];
}

static struct value
get_stopped(const struct facts *f)
{
	if (f->op->table == NULL || f->op->references == NULL)
		return value_unknown();
	struct str own = words(f, f->op->table), other = words(f, f->op->references);
	const char *here = stops(f, "lock"), *there = stops(f, "references.lock");
	if (f->op->table == f->op->references || relation_new_in_transaction(f->catalog, f->op->references))
		return value_text(str_printf(f->arena, "%s %.*s", here, STR_ARG(own)));
	if (here == there)
		return value_text(str_printf(f->arena, "%s %.*s and %.*s", here, STR_ARG(own), STR_ARG(other)));
	return value_text(str_printf(f->arena, "%s %.*s and %s %.*s", here, STR_ARG(own), there, STR_ARG(other)));
}

static bool
points_there(const struct facts *f, const struct op *other)
{
	return is_kind(other, "add_foreign_key") && other->statement == f->op->statement && other != f->op &&
	    catalog_find_relation(f->catalog, other->reference) == f->op->references;
}

/* Its lock on the table is that of the first one of the statement. */
static struct value
get_reference_repeats(const struct facts *f)
{
	const struct script *script = f->op->script;

	for (size_t i = 0; script != NULL && i < script->ops.n && script->ops.items[i] != f->op; i++)
		if (points_there(f, script->ops.items[i]))
			return value_bool(true);
	return value_bool(false);
}

/* For messages: how many more keys of the statement do so. */
static struct value
get_like_others(const struct facts *f)
{
	const struct script *script = f->op->script;
	size_t n = 0;

	for (size_t i = 0; script != NULL && i < script->ops.n; i++)
		n += points_there(f, script->ops.items[i]);
	return value_text(n == 0 ? STR("") : str_printf(f->arena, ", as for %zu more foreign key%s of the statement", n, n == 1 ? "" : "s"));
}

/* ATAddForeignKeyConstraint(); in CREATE TABLE it is valid all the same */
static struct value
get_not_valid_usable(const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);

	return value_bool(!k->not_valid || k->creating || f->pg_version >= 18 || !is_known(f->op->table) || f->op->table->kind != RELATION_PARTITIONED);
}

static const struct field fields[] = {
	CONSTRAINT_FIELDS,
	{ "reference_repeats", FIELD_BOOL, "another foreign key of the statement before it points at the same table", get_reference_repeats },
	{ "like_others", FIELD_TEXT, "for messages: how many other ones of the statement point there, behind a comma; empty: none", get_like_others },
	{ "not_valid_usable", FIELD_BOOL, "the server takes it NOT VALID, if that is given: before 18 a partitioned table that is there has none such",
	    get_not_valid_usable },
	{ "partition_steps", FIELD_TEXT, "for advice on a partitioned table: the migrations that give it to the partitions first, or since 18 NOT VALID to the table", get_foreign_key_steps },
	{ "stopped_work", FIELD_TEXT, "for messages: what waits for it: writes, or reads and writes, of the table and of the referenced one", get_stopped },
	{ "parts_first", FIELD_TEXT, "for advice: column_first, and the migration that builds an index on the key columns where there is none and the file makes none, or the "
	    "file that does so later; empty: neither is needed", get_parts_first },
	{ "is_indexed", FIELD_BOOL, "an index whose leading columns are the key columns exists already", get_indexed },
	{ "reference_columns", FIELD_TEXT, "the referenced columns as written; absent: the primary key", get_reference_columns },
	{ "on_delete", FIELD_TEXT, "no action, restrict, cascade, set null or set default", get_on_delete },
	{ "self_reference", FIELD_BOOL, "the table references itself", get_self },
	{ "types_match", FIELD_BOOL, "key and referenced columns have the same types", get_types_match },
	{ "mismatch", FIELD_TEXT, "a key column that is compared with one of another type: \"user_id (integer) with id (bigint)\"; absent: none known, or types of other databases stand in the files, for which something exchanges words in them", get_mismatch },
	{ "type_advice", FIELD_TEXT, "for advice: which of the two tables gets the types of the other", get_type_advice },
	{ "types_differ", FIELD_BOOL, "there is one", get_types_differ },
	{ "holds_every_key", FIELD_BOOL, "there is one, and each column of another type is an integer wider than the one it points at", get_holds_every_key },
	{ "is_nullable", FIELD_BOOL, "a key column accepts NULL", get_nullable },
	{ "is_known_not_null", FIELD_BOOL, "all key columns are known to be NOT NULL", get_known_not_null },
	{ "validates", FIELD_BOOL, "existing rows are checked now", get_scans_any },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_add_foreign_key[] = {
	{ .name = "add_foreign_key", .doc = "ADD FOREIGN KEY, also REFERENCES inside CREATE TABLE and ADD COLUMN",
	    .node = T_Constraint, .subtype = CONSTR_FOREIGN, .has = HAS_TABLE | HAS_COLUMN | HAS_CONSTRAINT | HAS_REFERENCES,
	    .pass = PASS_ADD_OTHER_CONSTRAINT, .size = sizeof(struct new_constraint), .fields = fields, .lower = lower,
	    .bind = bind_constraint, .effects = effects, .refused = refused, .apply = apply },
	{ .name = NULL }
};
