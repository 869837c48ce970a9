#include "base/buf.h"
#include "catalog/spell.h"
#include "op/depend.h"
#include "op/column_def.h"
#include "op/constraint.h"
#include "op/copied.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/key_drops.h"
#include "op/lower.h"
#include "op/order.h"
#include "op/other_key.h"
#include "op/rename.h"
#include "op/shortened.h"
#include "op/swap.h"
#include "op/typed.h"
#include "op/unread_drop.h"
#include "op/view_text.h"

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	struct op *op = lower_add(l, kind);

	op->column_name = lower_text(l, cmd->name);
	op->part_if_exists = cmd->missing_ok;
	op->cascade = cmd->behavior == DROP_CASCADE;
	op->spans[SPAN_COLUMN] = locate_name(l->statement, l->action, op->column_name);
}

static bool
was_dropped(const struct relation *r, struct str name)
{
	for (size_t i = 0; i < r->columns.n; i++)
		if (r->columns.items[i]->dropped && str_eq(r->columns.items[i]->name, name))
			return true;
	return false;
}

static void
bind(struct op *op, struct catalog *c)
{
	op->table = catalog_relation(c, op->target, op->target_kind);
	op->column = catalog_find_column(op->table, op->column_name);
	op->noop = op->column == NULL && op->part_if_exists && (!op->table->assumed || was_dropped(op->table, op->column_name));
	op->may_be_missing = op->column == NULL && op->part_if_exists && !op->noop;
	if (!op->noop)
		op->column = catalog_column(c, op->table, op->column_name);
}

bool
index_holds(const struct index *index, struct str column)
{
	for (size_t i = 0; i < index->columns.n; i++)
		if ((index->columns.items[i].name.s != NULL && str_eq(index->columns.items[i].name, column)) ||
		    expr_mentions_column(index->columns.items[i].expr, column))
			return true;
	return str_in(column, index->include.items, index->include.n) || expr_mentions_column(index->predicate, column);
}

/* ATExecDropColumn(): with ONLY the children keep the column, as their own. Its constraints go; a foreign key among them locks the other table too (RemoveConstraintById). */
static void
lock_tree(struct effects *e, struct relation *r, struct str column, bool only)
{
	effects_lock(e, r, ACCESS_EXCLUSIVE);
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->references != NULL && str_in(column, k->columns.items, k->columns.n))
			effects_lock_tree(e, k->references, ACCESS_EXCLUSIVE, false);
	}
	for (size_t i = 0; i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		if (str_in(column, k->reference_columns.items, k->reference_columns.n))
			effects_lock(e, k->table, ACCESS_EXCLUSIVE);
	}
	for (size_t i = 0; i < r->indexes.n; i++)
		if (index_holds(r->indexes.items[i]->index, column))
			effects_lock(e, r->indexes.items[i], ACCESS_EXCLUSIVE);
	if (only)
		effects_lock_children(e, r, ACCESS_EXCLUSIVE);
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		lock_tree(e, r->partitions.items[i], column, false);
}

static void
lock_view(struct effects *e, struct relation *view)
{
	effects_lock(e, view, ACCESS_EXCLUSIVE);
	for (size_t i = 0; i < view->indexes.n; i++)
		effects_lock(e, view->indexes.items[i], ACCESS_EXCLUSIVE);
}

static void
lock_views(struct effects *e, const struct catalog *c, struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->dependents.n; i++)
		if (!r->dependents.items[i]->dropped && view_uses_column(c, r->dependents.items[i], r, column) != NO)
			lock_view(e, r->dependents.items[i]);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	if (op->noop)
		effects_lock(e, op->table, ACCESS_EXCLUSIVE);
	else
		lock_tree(e, op->table, op->column_name, op->only);
	for (size_t i = 0; typed_table(op, i) != NULL; i++)
		lock_tree(e, typed_table(op, i), op->column_name, false);
	if (op->column != NULL && op->column->sequence != NULL)
		effects_lock(e, op->column->sequence, ACCESS_EXCLUSIVE);
	if (op->cascade && !op->noop)
		lock_views(e, f->catalog, op->table, op->column_name);
}

/* A column that a child has by itself stays there. */
/* attinhcount */
static bool
other_parent_has(const struct relation *child, const struct relation *parent, struct str column)
{
	for (size_t i = 0; i < child->parents.n; i++)
		if (child->parents.items[i] != parent && catalog_find_column(child->parents.items[i], column) != NULL)
			return true;
	return false;
}

/* Without CASCADE the server refuses to drop it while a view needs it. */
static void
drop_in_tree(struct catalog *c, struct relation *r, struct str name, const struct op *op)
{
	struct column *column = catalog_find_column(r, name);

	if (column == NULL)
		return;
	if (op->cascade)
		column_drop_users(c, r, name);
	catalog_drop_column(c, r, column);
	for (size_t i = 0; i < r->partitions.n; i++) {
		struct relation *child = r->partitions.items[i];
		struct column *copy = catalog_find_column(child, name);
		if (copy == NULL || !(child->is_partition || copy->inherited) || other_parent_has(child, r, name))
			continue;
		if (op->only)
			catalog_set(c, &copy->inherited, false);
		else
			drop_in_tree(c, child, name, op);
	}
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->noop)
		return;
	drop_in_tree(c, op->table, op->column_name, op);
	for (size_t i = 0; typed_table(op, i) != NULL; i++)
		drop_in_tree(c, typed_table(op, i), op->column_name, op);
}

/* ---- facts ---- */

static struct value
get_if_exists(const struct facts *f)
{
	return value_bool(f->op->part_if_exists);
}

static struct value
get_cascade(const struct facts *f)
{
	return value_bool(f->op->cascade);
}

const char *
constraint_word(enum constraint_kind kind)
{
	switch (kind) {
	case CONSTRAINT_PRIMARY_KEY:
		return "primary key";
	case CONSTRAINT_UNIQUE:
		return "unique constraint";
	case CONSTRAINT_FOREIGN_KEY:
		return "foreign key";
	case CONSTRAINT_EXCLUSION:
		return "exclusion constraint";
	default:
		return "CHECK";
	}
}

static bool
adds_constraint(const struct op *other, const struct op *op, struct str name)
{
	return strncmp(other->kind->name, "add_", 4) == 0 && (other->kind->has & HAS_CONSTRAINT) && op_names_same(other, op) &&
	    str_eq(OP_DATA(other, struct new_constraint)->name, name);
}

static bool
creates_index(const struct op *other, const struct op *op, struct str name)
{
	return index_op_makes(other, name) && op_names_same(other, op);
}

/* Those that hold the column and at least so many of them; shared ones may come back in the transaction. */
static bool
constraint_goes(const struct facts *f, const struct constraint *k, size_t least)
{
	return k->kind != CONSTRAINT_NOT_NULL && k->columns.n >= least && str_in(f->op->column_name, k->columns.items, k->columns.n) &&
	    (least == 1 || !script_makes_again(f, k->name, adds_constraint));
}

static void
list_constraints(struct buf *b, const struct facts *f, bool keys, size_t least)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if ((k->kind != CONSTRAINT_CHECK) == keys && constraint_goes(f, k, least))
			buf_printf(b, "%s%s %.*s", b->n > 0 ? ", " : "", constraint_word(k->kind), STR_ARG(k->name));
	}
}

static size_t
columns_held(const struct relation *r, const struct index *index)
{
	size_t n = 0;

	for (size_t i = 0; i < r->columns.n; i++)
		n += index_holds(index, r->columns.items[i]->name);
	return n;
}

static bool
index_goes(const struct facts *f, const struct relation *i, size_t least)
{
	return i->index->constraint == NULL && index_holds(i->index, f->op->column_name) && columns_held(f->op->table, i->index) >= least &&
	    (least == 1 || !script_makes_again(f, i->name, creates_index));
}

/* What holds at least so many columns. */
static struct value
drops(const struct facts *f, size_t least)
{
	struct buf b = BUF(f->arena);
	const struct relation *r = f->op->table;

	list_constraints(&b, f, true, least);
	for (size_t i = 0; i < r->indexes.n; i++)
		if (index_goes(f, r->indexes.items[i], least))
			buf_printf(&b, "%sindex %.*s", b.n > 0 ? ", " : "", STR_ARG(r->indexes.items[i]->name));
	list_constraints(&b, f, false, least);
	if (b.n > 0)
		return value_text(buf_text(&b));
	return r->assumed ? value_unknown() : value_absent();
}

static struct value
column_parts(const struct facts *f)
{
	return drops(f, 1);
}

static struct value
get_drops_shared(const struct facts *f)
{
	return drops(f, 2);
}

/* Known, unless all of them may be gone by then. */
static struct value
get_drops_from_others(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct value any = value_bool(false);

	for (size_t i = 0; i < r->indexes.n && !any.yes; i++)
		if (index_goes(f, r->indexes.items[i], 2))
			any = unread_drop_spares(f, "index", &r->indexes.items[i]->born);
	for (size_t i = 0; i < r->constraints.n && !any.yes; i++)
		if (constraint_goes(f, r->constraints.items[i], 2))
			any = unread_drop_spares(f, "constraint", &r->constraints.items[i]->born);
	return any;
}

static bool
check_goes(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->constraints.n; i++)
		if (r->constraints.items[i]->kind == CONSTRAINT_CHECK && constraint_goes(f, r->constraints.items[i], 2))
			return true;
	return false;
}

static bool
index_or_key_goes(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	list_constraints(&b, f, true, 2);
	for (size_t i = 0; b.n == 0 && i < r->indexes.n; i++)
		if (index_goes(f, r->indexes.items[i], 2))
			return true;
	return b.n > 0;
}

/* For advice: how what must stay is made without a long lock. */
static struct value
get_builds_first(const struct facts *f)
{
	static const char check[] = "-- first add the CHECK that must stay NOT VALID, and VALIDATE it in a transaction of its own";
	static const char index[] = "-- first build what must stay without the column, CONCURRENTLY";

	if (!check_goes(f))
		return value_text(STR(index));
	return value_text(index_or_key_goes(f) ? str_printf(f->arena, "%s\n%s", index, check) : STR(check));
}

static struct value
get_in_primary_key(const struct facts *f)
{
	const struct constraint *k = relation_primary_key(f->op->table);

	if (k != NULL)
		return value_bool(str_in(f->op->column_name, k->columns.items, k->columns.n));
	return value_tri(f->op->table->assumed ? UNKNOWN : NO);
}

static struct value
get_drops_key(const struct facts *f)
{
	struct value in_key = get_in_primary_key(f);

	return value_bool(in_key.state == VALUE_KNOWN && in_key.yes);
}

static bool
has_default(const struct column *column)
{
	return column->default_expr != NULL || column->sequence != NULL || column->identity != 0 || column->generated != 0;
}

static bool
in_replica_identity(const struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->indexes.n; i++)
		if (r->indexes.items[i]->index->identity && index_holds(r->indexes.items[i]->index, column))
			return true;
	return false;
}

struct next_key {
	const struct op *of;
	const struct new_constraint *key;       /* NULL: the file makes none */
};

/* Of columns that are there already. */
static bool
adds_next_key(const struct op *later, void *arg)
{
	struct next_key *next = arg;
	const struct new_constraint *k = is_kind(later, "add_primary_key") && op_names_same(later, next->of) ? OP_DATA(later, struct new_constraint) : NULL;

	if (k == NULL || k->using_index.n > 0 || k->columns.n == 0)
		return false;
	for (size_t i = 0; i < k->columns.n; i++)
		if (str_eq(k->columns.items[i], next->of->column_name) || catalog_find_column(next->of->table, k->columns.items[i]) == NULL)
			return false;
	next->key = k;
	return true;
}

static struct str
put_key_elsewhere(const struct facts *f, const struct constraint *key, struct str table, struct str drop)
{
	struct str index = sql_ident(f->arena, catalog_object_name(f->arena, key->table->name, STR_NONE, STR("new_pkey")));
	struct next_key next = { f->op, NULL };
	bool found = script_find_later(f->op, adds_next_key, &next);
	struct str name = found && next.key->name.n > 0 ? next.key->name : key->name;
	struct str place = STR("");
	struct str columns = found ? ident_list(f->arena, next.key->columns.items, next.key->columns.n) : STR("...");

	if (found)
		place = str_printf(f->arena, "; it takes the place of ADD PRIMARY KEY (%.*s)", STR_ARG(columns));
	return str_printf(f->arena, "-- it is in the primary key, so the table needs another one first%.*s\n"
	    "CREATE UNIQUE INDEX CONCURRENTLY %.*s ON %.*s (%.*s);\n"
	    "ALTER TABLE %.*s DROP CONSTRAINT %.*s, ADD CONSTRAINT %.*s PRIMARY KEY USING INDEX %.*s, %.*s;", STR_ARG(place),
	    STR_ARG(index), STR_ARG(table), STR_ARG(columns), STR_ARG(table), STR_ARG(sql_ident(f->arena, key->name)), STR_ARG(sql_ident(f->arena, name)),
	    STR_ARG(index), STR_ARG(drop));
}

/* ATExecDropNotNull(): what it refuses has to give way first. */
static struct str
accept_null(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct constraint *key = relation_primary_key(r);
	struct str table = relation_words(f->arena, f->catalog, r);
	struct str drop = str_printf(f->arena, "ALTER COLUMN %.*s DROP NOT NULL", STR_ARG(sql_ident(f->arena, f->op->column_name)));

	if (key != NULL && str_in(f->op->column_name, key->columns.items, key->columns.n))
		return put_key_elsewhere(f, key, table, drop);
	if (in_replica_identity(r, f->op->column_name))
		return str_printf(f->arena, "-- it is in the replica identity, so the table needs another one first\n"
		    "ALTER TABLE %.*s REPLICA IDENTITY USING INDEX ...;\nALTER TABLE %.*s %.*s;", STR_ARG(table), STR_ARG(table), STR_ARG(drop));
	return str_printf(f->arena, "ALTER TABLE %.*s %.*s;", STR_ARG(table), STR_ARG(drop));
}

/* "kind <> 'direct' OR value IS NOT NULL"; STR_NONE: no CHECK speaks of a value that the column must have. */
static struct str
check_wanting(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; r != NULL && i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		struct buf b = BUF(f->arena);
		if (k->kind != CONSTRAINT_CHECK || k->dropped || !str_in(f->op->column_name, k->columns.items, k->columns.n))
			continue;
		spell_constraint(&b, f->catalog, k);
		if (str_find(buf_text(&b), STR("IS NOT NULL")) != (size_t)-1)
			return sql_ident(f->arena, k->name);
	}
	return STR_NONE;
}

static struct value
get_makes_optional(const struct facts *f)
{
	const struct column *column = f->op->column;
	struct str check = check_wanting(f);

	if (column != NULL && !has_default(column) && column->not_null != YES && check.s != NULL)
		return value_text(str_printf(f->arena, "-- CHECK %.*s may want a value of it: then that goes first, ALTER TABLE %.*s DROP CONSTRAINT %.*s;", STR_ARG(check),
		    STR_ARG(relation_words(f->arena, f->catalog, f->op->table)), STR_ARG(check)));

	if (f->op->table->kind == RELATION_COMPOSITE)
		return value_text(STR("-- nothing is needed, it accepts NULL"));
	if (column != NULL && has_default(column))
		return value_text(STR("-- nothing is needed, it gets a value by itself"));
	if (column != NULL && column->not_null == NO)
		return value_text(STR("-- nothing is needed, it accepts NULL"));
	if (column != NULL && column->not_null == YES)
		return value_text(accept_null(f));
	return value_text(str_printf(f->arena, "-- if it %sis NOT NULL without a default\n%.*s", f->op->may_be_missing ? "is there, and " : "", STR_ARG(accept_null(f))));
}

static struct value
get_name_returns(const struct facts *f)
{
	return script_value(f->op, script_column_name_returns(f->op));
}

/* What takes the name of the column where that has not gone; the search ends where the name is free all the same. */
struct taker {
	const struct facts *facts;
	const struct op *found;
	struct str_list users;          /* later files that name the one it gives the name to, */
	bool rest;                      /* and the one that gives it, in another statement */
};

static bool
frees_name(const struct op *later, const struct op *op)
{
	return op_names_same(later, op) && (is_kind(later, "drop_table") || is_kind(later, "rename_table") || is_kind(later, "set_schema") ||
	    (is_kind(later, "drop_column") && str_eq(later->column_name, op->column_name)));
}

static bool
ends_search(const struct op *later, void *arg)
{
	struct taker *t = arg;

	if (column_op_takes_name(later, t->facts->op))
		t->found = later;
	return t->found != NULL || frees_name(later, t->facts->op);
}

/* The new column. A comment on another object may hold the word. */
static bool
names_column_again(const struct taker *t, const struct op *later)
{
	const struct relation *r = t->facts->op->table;
	struct str column = t->facts->op->column_name;

	if (is_kind(later, "comment"))
		return order_table(t->facts, later) == r && str_eq(later->column_name, column);
	return op_touches(t->facts, later, r) && op_names_column(t->facts, later, r, column);
}

static void
add_user(struct taker *t, const struct op *later)
{
	const struct op *user = op_of_file(later), *taker = op_of_file(t->found);
	struct str file = statement_file(user->statement);

	if (user->script == taker->script)
		t->rest = t->rest || user->statement != taker->statement;
	else if (!str_in(file, t->users.items, t->users.n))
		*vec_push(t->facts->arena, &t->users) = file;
}

static bool
gives_name_away(const struct op *later, const struct op *op)
{
	return is_kind(later, "rename_column") && op_names_same(later, op) && str_eq(OP_DATA(later, struct rename)->old_name, op->column_name);
}

/* In files that follow: what takes the name, and behind that what names the one which has it then. */
static bool
ends_use(const struct op *later, void *arg)
{
	struct taker *t = arg;

	if (t->found == NULL) {
		t->found = column_op_takes_name(later, t->facts->op) ? later : NULL;
		return t->found == NULL && frees_name(later, t->facts->op);
	}
	if (names_column_again(t, later))
		add_user(t, later);
	return frees_name(later, t->facts->op) || gives_name_away(later, t->facts->op);
}

/* With more of them waiting is the shorter way. */
enum { MOST_USERS = 3 };

/* "the rest of that file, V4.sql and V5.sql" */
static struct str
user_words(const struct taker *t)
{
	struct buf b = BUF(t->facts->arena);

	if (t->rest)
		buf_c(&b, "the rest of that file");
	for (size_t i = 0; i < t->users.n; i++)
		buf_printf(&b, "%s%.*s", b.n == 0 ? "" : i + 1 < t->users.n ? ", " : " and ", STR_ARG(file_name(t->users.items[i])));
	return buf_text(&b);
}

/* What else has to say the name that the new column gets. */
static struct str
new_name_words(const struct facts *f, const struct taker *t)
{
	size_t n = t->users.n + t->rest;
	struct str name = sql_ident(f->arena, catalog_object_name(f->arena, f->op->column_name, STR_NONE, STR("new")));

	if (n == 0)
		return str_printf(f->arena, "let it add %.*s, and the new code use that, or wait until this one has gone, too", STR_ARG(name));
	if (t->users.n > MOST_USERS)
		return STR("as many files behind that name it, too, it waits until this one has gone");
	return str_printf(f->arena, "let it add %.*s, and the new code use that, as %.*s, which %s the column, %s to, or wait until this one has gone, too",
	    STR_ARG(name), STR_ARG(user_words(t)), n > 1 ? "name" : "names", n > 1 ? "have" : "has");
}

static struct str
taker_words(const struct facts *f, const struct op *taker, bool here)
{
	if (!here)
		return file_name(statement_file(taker->statement));
	return taker->statement == f->op->statement ? STR("this statement") : str_printf(f->arena, "line %u", order_line(taker));
}

struct str
column_name_taken(const struct facts *f)
{
	const struct str words[] = { f->op->target.name, f->op->column_name };
	struct taker t = { .facts = f };
	bool ended = script_find_later(f->op, ends_search, &t), here = t.found != NULL;
	struct str name = sql_ident(f->arena, f->op->column_name);

	if (here || !ended)
		(void)later_file_has(f, words, 2, ends_use, &t);
	if (t.found == NULL)
		return STR("");
	struct str by = taker_words(f, t.found, here);
	if (!is_kind(t.found, "add_column"))
		return str_printf(f->arena, "-- %.*s gives the name to %.*s, and has to wait until this one has gone, too\n", STR_ARG(by),
		    STR_ARG(sql_ident(f->arena, t.found->column_name)));
	return str_printf(f->arena, "-- %.*s adds %.*s again, which has no room beside this one: %.*s\n", STR_ARG(by), STR_ARG(name),
	    STR_ARG(new_name_words(f, &t)));
}

/* A DROP COLUMN that waits for a later release stands in the way of what takes the name. */
static struct value
get_name_taken(const struct facts *f)
{
	return value_text(column_name_taken(f));
}

static enum tri
generated(const struct facts *f)
{
	const struct column *column = f->op->column;

	return column == NULL || column->assumed ? UNKNOWN : tri_of(column->generated != 0);
}

static struct value
get_is_generated(const struct facts *f)
{
	return value_tri(generated(f));
}

static bool
is_generated(const struct facts *f)
{
	return f->op->column != NULL && f->op->column->generated != 0;
}

static bool
deletes_all(const struct op *earlier, const struct op *op)
{
	return is_kind(earlier, "delete") && earlier->table == op->table && dml_deletes_all(earlier);
}

/* By TRUNCATE, or by a DELETE in this transaction, behind which only rows can be that others have put in until the table was locked. */
static bool
is_emptied(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return relation_is_empty(f->catalog, r) == YES || (r->emptied.when.transaction != 0 && r->emptied.when.transaction == f->catalog->now.transaction &&
	    relation_has_few_rows(f->catalog, r) == YES && script_earlier(f->op, deletes_all));
}

/* ATRewriteTable(): ADD COLUMN ... NOT NULL without a default passes for no row */
static bool
needs_no_rows(const struct op *other, const struct op *op, struct str column)
{
	const struct column_def *d = is_kind(other, "add_column") && op_names_same(other, op) ? added_column(other) : NULL;

	return d != NULL && d->not_null && column_def_is_null(d) && d->type.builtin && (!other->if_not_exists || str_eq(d->name, column));
}

static bool
passed_without_rows(const struct op *earlier, const struct op *op)
{
	return earlier->script == op->script && needs_no_rows(earlier, op, STR_NONE);
}

static bool
fills_or_ends(const struct op *earlier, const struct op *op)
{
	static const char *const ends[] = { "commit", "rollback", "rollback_to_savepoint", "prepare_transaction", NULL }, *const fills[] = { "insert", "copy", "merge", NULL };
	struct str kind = str_of(earlier->kind->name);

	return str_among(kind, ends) || (str_among(kind, fills) && op_names_same(earlier, op));
}

/* Emptied before; or else the transaction fails, and nothing of it stays. */
static bool
holds_nothing(const struct facts *f)
{
	bool passed = f->inside == NULL && f->session->open == YES && script_earlier(f->op, passed_without_rows) && !script_earlier(f->op, fills_or_ends);

	return is_emptied(f) || passed || (f->op->script != NULL && column_is_emptied(f, f->op->column_name)) || script_makes_again(f, f->op->column_name, needs_no_rows);
}

/* Computed ones come back by themselves, and TRUNCATE has taken the others along. */
static struct value
get_loses_values(const struct facts *f)
{
	return value_tri(holds_nothing(f) ? NO : tri_not(generated(f)));
}

static bool
drops_copy(const struct op *later, void *arg)
{
	const struct op *op = arg;

	return is_kind(later, "drop_column") && !later->noop && op_names_same(later, op) && str_eq(later->column_name, op->column->copy->name);
}

/* NULL: there is none, or it goes as well. */
static const struct column *
copy_of(const struct facts *f)
{
	const struct column *column = f->op->column;

	if (column == NULL || column->copy == NULL || !column->copy_tells || column->copy->dropped || birth_in_change(f->catalog, &column->copied))
		return NULL;
	if (script_find_later(f->op, drops_copy, (void *)(uintptr_t)f->op))
		return NULL;
	return column->copy;
}

static struct value
get_was_copied(const struct facts *f)
{
	return value_bool(copy_of(f) != NULL);
}

static struct value
get_copied_to(const struct facts *f)
{
	const struct column *copy = copy_of(f);

	return copy == NULL ? value_absent() : value_text(sql_ident(f->arena, copy->name));
}

static bool
moves_aside(const struct op *earlier, const struct op *op)
{
	const struct rename *name = is_kind(earlier, "rename_column") ? OP_DATA(earlier, struct rename) : NULL;

	return name != NULL && op_names_same(earlier, op) && str_eq(name->new_name, op->column_name) && str_eq(name->old_name, op->column->copy->name);
}

/* Where it is NULL there is nothing to copy. */
static bool
copies_all(const struct op *earlier, const struct op *op)
{
	const struct dml *p = is_kind(earlier, "update") ? OP_DATA(earlier, struct dml) : NULL;
	const struct expr *where = p == NULL ? NULL : p->where;
	size_t n = op->column_name.n;

	return p != NULL && earlier->table == op->table && !p->joins && str_in(op->column->copy->name, p->columns.items, p->columns.n) &&
	    (where == NULL || (str_eq(str_slice(where->text, 0, n), op->column_name) && str_is_nocase(str_slice(where->text, n, where->text.n), " IS NOT NULL")));
}

/* No code can say a name that it has for the time of the file. */
static struct value
get_moved_over(const struct facts *f)
{
	const struct op *op = f->op;

	return value_bool(op->column != NULL && op->column->copy != NULL && !op->column->copy->dropped && script_earlier(op, moves_aside) &&
	    script_earlier(op, copies_all));
}

/* An UPDATE within the table, or a query into another one. STR_NONE: neither. */
static struct str
copied_by(const struct facts *f)
{
	const struct column *column = f->op->column;
	bool within = column != NULL && column->copy != NULL && !column->copy->dropped && birth_in_change(f->catalog, &column->copied);

	return within ? STR("the file") : column_copier(f);
}

/* UPDATE of another column from it, or INSERT of what is read there into another table. */
static bool
works_with_values(const struct facts *f, const struct op *other)
{
	const struct dml *p = is_kind(other, "update") || is_kind(other, "insert") ? OP_DATA(other, struct dml) : NULL;
	bool elsewhere = p != NULL && other->table != f->op->table && op_touches(f, other, f->op->table);

	if (p == NULL || other->noop || other->statement == f->op->statement || !op_mentions(other, f->op->column_name))
		return false;
	return elsewhere || (is_kind(other, "update") && other->table == f->op->table && !str_in(f->op->column_name, p->columns.items, p->columns.n));
}

/* Of an INSERT no column is one of the table that it reads. */
static bool
sets_column(const struct facts *f, const struct op *op, struct str column)
{
	const struct str_list *set = op->table == f->op->table ? op_set_columns(op) : NULL;

	return set != NULL && str_in(column, set->items, set->n);
}

/* Other columns that the UPDATEs read and the file drops. */
static struct str
read_with_it(const struct facts *f, const struct ops *updates)
{
	const struct script *script = f->op->script;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; updates->n > 0 && i < script->ops.n; i++) {
		const struct op *drop = script->ops.items[i];
		bool reads = false;
		if (!is_kind(drop, "drop_column") || drop->noop || !op_names_same(drop, f->op) || str_eq(drop->column_name, f->op->column_name))
			continue;
		for (size_t k = 0; k < updates->n; k++)
			reads = reads || (op_mentions(updates->items[k], drop->column_name) && !sets_column(f, updates->items[k], drop->column_name));
		if (reads)
			buf_item(&b, ", ", sql_ident(f->arena, drop->column_name));
	}
	return buf_text(&b);
}

/* At once, its lock would have kept other rows from coming in between. */
static struct value
get_worked_again(const struct facts *f)
{
	const struct script *script = f->inside == NULL ? f->op->script : NULL;
	struct ops updates = { 0 }, found = { 0 }, taking = rows_pointed_at_taken_over(f);
	struct str others;

	for (size_t i = 0; script != NULL && script->ops.items[i] != f->op; i++) {
		bool works = works_with_values(f, script->ops.items[i]);
		if (works)
			order_push(f->arena, &updates, script->ops.items[i]);
		if (works || order_holds(&taking, script->ops.items[i]))
			order_push(f->arena, &found, script->ops.items[i]);
	}
	if (updates.n == 0)
		return value_text(STR(""));
	others = read_with_it(f, &updates);
	return value_text(str_printf(f->arena, "\n-- before it, in the same transaction, do what %.*s %s for the rows that old code has written in between, and for no others%s%.*s%s",
	    STR_ARG(order_lines(f->arena, &found)), found.n > 1 ? "do" : "does", others.n == 0 ? "" : ";\n--   that reads ", STR_ARG(others),
	    others.n == 0 ? "" : ", too: these columns go together"));
}

static struct value
get_loses(const struct facts *f)
{
	if (holds_nothing(f))
		return value_text(STR("makes code fail at once that still names the column"));
	if (script_column_name_returns(f->op))
		return value_text(STR("deletes its values; what a later statement puts in its place has them only where they are copied"));
	if (is_generated(f))
		return value_text(STR("takes away what it computes, and code that still names the column fails at once"));
	if (copied_by(f).s == NULL)
		return value_text(STR("deletes its values, and code that still names the column fails at once"));
	return value_text(str_printf(f->arena, "deletes what %.*s has not copied of its values, and code that still names the column fails at once", STR_ARG(copied_by(f))));
}

static struct value
get_loss(const struct facts *f)
{
	if (holds_nothing(f))
		return value_text(STR("not there any more once this commits"));
	if (is_generated(f))
		return value_text(STR("not computed any more once this commits"));
	if (copied_by(f).s == NULL)
		return value_text(STR("values cannot be read again once this commits"));
	return value_text(str_printf(f->arena, "what %.*s has not copied of its values cannot be read again once this commits", STR_ARG(copied_by(f))));
}

static struct value
get_way_to_values(const struct facts *f)
{
	if (holds_nothing(f))
		return value_text(STR("; no row has a value in it by then"));
	return value_text(is_generated(f) ? STR("") : STR("; only a backup brings values back that are not kept elsewhere"));
}

static struct value
get_aftermath(const struct facts *f)
{
	if (script_column_name_returns(f->op))
		return value_text(STR("Code of the old version goes on with the one that gets its name, whatever that holds."));
	return value_text(str_printf(f->arena, "Processes of the old version still name %.*s, often through a list of columns that an ORM cached at start, "
	    "and get \"column does not exist\".", STR_ARG(sql_ident(f->arena, f->op->column_name))));
}

static bool
adds_primary_key(const struct op *other, const struct op *op)
{
	return is_kind(other, "add_primary_key") && op_names_same(other, op);
}

static struct value
get_key_follows(const struct facts *f)
{
	return script_later_value(f->op, adds_primary_key);
}

static bool
locks_other(const struct facts *f, const struct constraint *k)
{
	const struct relation *other = k->references;

	return other != NULL && other != f->op->table && str_in(f->op->column_name, k->columns.items, k->columns.n) &&
	    !relation_new_in_change(f->catalog, other) && !script_drops_later(f, other) && op_lock_held(f, other) != ACCESS_EXCLUSIVE;
}

/* Tables that a foreign key on the column points at: they are locked too. */
static struct value
get_references(const struct facts *f)
{
	struct buf b = BUF(f->arena);
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->constraints.n; i++)
		if (locks_other(f, r->constraints.items[i]))
			buf_item(&b, ", ", relation_words(f->arena, f->catalog, r->constraints.items[i]->references));
	return b.n > 0 ? value_text(buf_text(&b)) : r->assumed ? value_unknown() : value_absent();
}

static struct value
get_foreign_key_drops(const struct facts *f)
{
	return get_key_drops(f, locks_other);
}

static struct value
get_locks_referenced(const struct facts *f)
{
	struct value references = get_references(f);

	return references.state == VALUE_UNKNOWN ? value_unknown() : value_bool(references.state == VALUE_KNOWN);
}

/* What a composite type holds is in the tables that have a column of it. */
static struct value
get_has_values(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct typedef_ *t = r->kind == RELATION_COMPOSITE ? catalog_find_type(f->catalog, r->schema, r->name) : NULL;

	if (r->kind == RELATION_COMPOSITE && r->assumed)
		return value_unknown();
	return value_bool(r->kind != RELATION_COMPOSITE || r->typed.n > 0 || (t != NULL && t->users.n > 0));
}

static struct value
get_statement(const struct facts *f)
{
	bool composite = f->op->table->kind == RELATION_COMPOSITE;

	return value_text(str_printf(f->arena, "ALTER %s %.*s DROP %s %s%.*s%s", composite ? "TYPE" : "TABLE",
	    STR_ARG(relation_words(f->arena, f->catalog, f->op->table)), composite ? "ATTRIBUTE" : "COLUMN", f->op->may_be_missing ? "IF EXISTS " : "",
	    STR_ARG(sql_ident(f->arena, f->op->column_name)), f->op->cascade ? " CASCADE" : ""));
}

static struct value
get_key_instead(const struct facts *f)
{
	struct str drop = str_printf(f->arena, "DROP COLUMN %.*s", STR_ARG(sql_ident(f->arena, f->op->column_name)));

	return key_instead(f, drop, f->op->column_name);
}

static const struct field fields[] = {
	{ "if_exists", FIELD_BOOL, "IF EXISTS is given", get_if_exists },
	{ "cascade", FIELD_BOOL, "CASCADE is given", get_cascade },
	{ "drops_along", FIELD_TEXT, "indexes and constraints that go with the column; absent: none", column_parts },
	{ "drops_shared", FIELD_TEXT, "those of them that hold other columns, too, and that the transaction does not make again under their names; absent: none", get_drops_shared },
	{ "builds_first", FIELD_TEXT, "for advice: how what must stay of them is made without a long lock", get_builds_first },
	{ "drops_from_others", FIELD_BOOL, "one of these is there; code of the file that could not be read may have dropped it", get_drops_from_others },
	{ "has_values", FIELD_BOOL, "it is not an attribute of a composite type that no table is known to have a column of", get_has_values },
	{ "statement", FIELD_TEXT, "for advice: the statement, with CASCADE, and IF EXISTS where it may be missing", get_statement },
	{ "name_returns", FIELD_BOOL, "a later statement of the file adds a column of that name, or gives it to another one", get_name_returns },
	{ "name_taken", FIELD_TEXT, "for advice, before the steps: what takes the name later, in this file or one that follows, and what becomes of it; empty: nothing does",
	    get_name_taken },
	{ "is_generated", FIELD_BOOL, "its values are computed from the row's others", get_is_generated },
	{ "loses_values", FIELD_BOOL, "they are not computed from the row's others, and the open transaction has not emptied the table or the column before, nor adds a column later that only a table without rows takes", get_loses_values },
	{ "was_copied", FIELD_BOOL, "an UPDATE of an earlier migration has filled another column of the table from it, which is still there and from which its values can be read back", get_was_copied },
	{ "moved_over", FIELD_BOOL, "the file has given it this name before, another column has the one it had, and an UPDATE of the file fills that from it in every row", get_moved_over },
	{ "copied_to", FIELD_TEXT, "that column; absent: none", get_copied_to },
	{ "loses", FIELD_TEXT, "for messages: what dropping it does", get_loses },
	{ "worked_again", FIELD_TEXT, "for advice, behind the comment on a drop in a later release: the earlier UPDATEs of the file that take over its values, which rows lack that are written until then, with what takes over rows that it points at; empty: there are none",
	    get_worked_again },
	{ "loss", FIELD_TEXT, "for labels: what of it is gone", get_loss },
	{ "way_to_values", FIELD_TEXT, "for the reason, behind a sentence: what brings its values back, or that there are none; empty: they are computed", get_way_to_values },
	{ "aftermath", FIELD_TEXT, "for messages: a sentence on code that names it", get_aftermath },
	{ "key_instead", FIELD_TEXT, "for advice: the migrations in which another key takes the place of the primary key", get_key_instead },
	{ "key_follows", FIELD_BOOL, "a later operation of the file adds a primary key to the table", get_key_follows },
	{ "in_primary_key", FIELD_BOOL, "the column is part of the primary key", get_in_primary_key },
	{ "drops_primary_key", FIELD_BOOL, "it is known to be", get_drops_key },
	{ "makes_optional", FIELD_TEXT, "the statements, or a comment, after which inserts may leave the column out", get_makes_optional },
	{ "references", FIELD_TEXT, "tables a foreign key on the column points at, which are locked too, and were not before; absent: none",
	    get_references },
	{ "locks_referenced", FIELD_BOOL, "there are some: existing tables", get_locks_referenced },
	{ "foreign_key_drops", FIELD_TEXT, "for advice: behind SET lock_timeout, the migrations before this one that drop those foreign keys, table by table; empty: none", get_foreign_key_drops },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_drop_column[] = {
	{ .name = "drop_column", .doc = "ALTER TABLE ... DROP COLUMN", .node = T_AlterTableStmt, .subtype = AT_DropColumn,
	    .has = HAS_TABLE | HAS_COLUMN, .pass = PASS_DROP, .fields = fields, .lower = lower, .bind = bind,
	    .effects = effects, .apply = apply },
	{ .name = NULL }
};
