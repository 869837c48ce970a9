#include "base/buf.h"
#include "op/failure.h"
#include "op/locked_tables.h"
#include "op/lower.h"
#include "op/order.h"

/*
 * Relations others can see on which the transaction holds a lock that stops writes, this operation's included. A partition
 * counts with the table it belongs to.
 */
static bool
is_locked_table(const struct facts *f, const struct held_lock *h)
{
	const struct relation *r = h->relation;
	bool is_table = r->kind == RELATION_TABLE || r->kind == RELATION_PARTITIONED || r->kind == RELATION_FOREIGN || r->kind == RELATION_UNKNOWN;

	return h->lock >= SHARE && is_table && !r->doubted && !r->is_partition && !relation_new_in_change(f->catalog, r) &&
	    !relation_new_in_transaction(f->catalog, r);
}

static struct locked_tables *
by_statement(struct arena *arena, struct locked_list *list, const struct held_lock *h)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].statement == h->barrier_statement)
			return &list->items[i];
	struct locked_tables *made = vec_push(arena, list);
	*made = (struct locked_tables){ h->barrier, h->barrier_statement, 0, STR("") };
	return made;
}

struct locked_list
locked_tables(const struct facts *f)
{
	struct locked_list list = { 0 };

	for (size_t i = 0; f->session->open == YES && i < f->session->locks.n; i++) {
		const struct held_lock *h = &f->session->locks.items[i];
		if (!is_locked_table(f, h))
			continue;
		struct locked_tables *t = by_statement(f->arena, &list, h);
		t->names = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(t->names), t->n++ > 0 ? ", " : "",
		    STR_ARG(relation_committed_words(f->arena, f->catalog, h->relation)));
	}
	return list;
}

struct value
locked_tables_get_count(const struct facts *f)
{
	struct locked_list list = locked_tables(f);
	size_t n = 0;

	for (size_t i = 0; i < list.n; i++)
		n += list.items[i].n;
	return value_number((int64_t)n);
}

struct value
locked_tables_get_all_sure(const struct facts *f)
{
	for (size_t i = 0; f->session->open == YES && i < f->session->locks.n; i++) {
		const struct held_lock *h = &f->session->locks.items[i];
		if (is_locked_table(f, h) && h->barrier_if.s != NULL)
			return value_unknown_because(str_printf(f->arena, "it depends on \"%.*s\" whether %.*s is locked", STR_ARG(h->barrier_if),
			    STR_ARG(relation_committed_words(f->arena, f->catalog, h->relation))));
	}
	return value_bool(true);
}

struct value
locked_tables_get_names(const struct facts *f)
{
	struct locked_list list = locked_tables(f);
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < list.n; i++)
		buf_item(&b, ", ", list.items[i].names);
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

/* Those that cannot be read, separated by commas; *readable: there are others. */
static struct str
unreadable_ones(const struct facts *f, bool *readable)
{
	struct buf b = BUF(f->arena);

	*readable = false;
	for (size_t i = 0; f->session->open == YES && i < f->session->locks.n; i++) {
		const struct held_lock *h = &f->session->locks.items[i];
		if (is_locked_table(f, h) && h->lock == ACCESS_EXCLUSIVE)
			buf_item(&b, ", ", relation_committed_words(f->arena, f->catalog, h->relation));
		else if (is_locked_table(f, h))
			*readable = true;
	}
	return b.n > 0 ? buf_text(&b) : STR("");
}

struct value
locked_tables_get_work(const struct facts *f)
{
	bool readable, any = unreadable_ones(f, &readable).n > 0;

	return value_text(any && !readable ? STR("reads and writes of") : STR("writes to"));
}

struct value
locked_tables_get_unreadable(const struct facts *f)
{
	bool readable;
	struct str names = unreadable_ones(f, &readable);

	return value_text(names.n > 0 && readable ? str_printf(f->arena, "; reads, too, of %.*s", STR_ARG(names)) : STR(""));
}

/* ---- which statement locks which ---- */

static bool
statement_locks(const struct facts *f, unsigned statement, const struct held_lock *h)
{
	const struct op *end = f->op;
	bool locks = h->barrier_statement == statement;

	for (size_t i = 0; !locks && end->script != NULL && i < end->script->ops.n; i++)
		locks = end->script->ops.items[i]->number == statement && op_stops_writes(f, end->script->ops.items[i], h->relation);
	return locks;
}

/* With those that an earlier one has locked already. */
static struct locked_tables
all_tables_of(const struct facts *f, const struct locked_tables *t)
{
	struct locked_tables all = { t->place, t->statement, 0, STR("") };

	for (size_t i = 0; i < f->session->locks.n; i++) {
		const struct held_lock *h = &f->session->locks.items[i];
		if (is_locked_table(f, h) && statement_locks(f, t->statement, h))
			all.names = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all.names), all.n++ > 0 ? ", " : "",
			    STR_ARG(relation_committed_words(f->arena, f->catalog, h->relation)));
	}
	return all;
}

static bool
part_locks(const struct facts *f, const struct ops *part, const struct held_lock *h)
{
	for (size_t i = 0; i < part->n; i++)
		if (statement_locks(f, part->items[i]->number, h))
			return true;
	return false;
}

static bool
locks_all(const struct facts *f, const struct ops *part)
{
	for (size_t i = 0; i < f->session->locks.n; i++)
		if (is_locked_table(f, &f->session->locks.items[i]) && !part_locks(f, part, &f->session->locks.items[i]))
			return false;
	return true;
}

/* A part of the transaction that locks as many as all of it; NULL: none. */
static const struct ops *
part_with_all(const struct facts *f, const struct cuts *cuts)
{
	for (size_t i = 0; i < cuts->list.n; i++)
		if (locks_all(f, &cuts->list.items[i]))
			return &cuts->list.items[i];
	return NULL;
}

/* ---- what makes them fewer ---- */

static size_t
count_ops(const struct op *op, unsigned statement, const char *kind)
{
	size_t n = 0;

	for (size_t i = 0; op->script != NULL && i < op->script->ops.n; i++)
		n += op->script->ops.items[i]->number == statement && (kind == NULL || is_kind(op->script->ops.items[i], kind));
	return n;
}

/* What a statement does that locks more tables than one, and how it is done with fewer at a time; the first that fits. */
static const struct way {
	const char *kind;
	const char *also;               /* that the statement does, too; NULL: nothing */
	size_t least;                   /* how often it does it */
	const char *words;
} ways[] = {
	{ "create_table", "add_foreign_key", 1, "create the new table without foreign keys, then add each in a transaction of its own: there are no rows to check" },
	{ "drop_table", NULL, 2, "drop one table in each transaction, and before it its foreign keys and those that reference it, each in one of its own" },
	{ "drop_table", NULL, 1, "before it, drop the foreign keys of the table and those that reference it, each in a transaction of its own" },
	{ "drop_column", NULL, 1, "before it, drop the foreign keys on what is dropped and those that reference it, each in a transaction of its own" },
	{ "alter_column_type", NULL, 1, "before it, drop the foreign keys on the column and those that reference it, each in a transaction of its own;\n"
	    "--   behind it, add them again NOT VALID, each in a transaction of its own, and validate them in later ones;\n"
	    "--   or fill a new column of that type beside the old one, and put it in its place" },
	{ "add_foreign_key", NULL, 2, "add one foreign key in each transaction" },
	{ "drop_constraint", NULL, 2, "drop one constraint in each transaction" },
	{ "drop_constraint", NULL, 1, "before it, drop the foreign keys that reference the key, each in a transaction of its own" },
	{ "truncate", NULL, 2, "TRUNCATE one table in each transaction; only tables that foreign keys link have to go together" },
	{ "lock_table", NULL, 2, "LOCK TABLE of those that have to stand still, and of no other" },
};

static const char *
way_with_fewer(const struct op *op, unsigned statement)
{
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (count_ops(op, statement, ways[i].kind) >= ways[i].least && (ways[i].also == NULL || count_ops(op, statement, ways[i].also) > 0))
			return ways[i].words;
	return NULL;
}

/* A statement that adds or drops one foreign key locks two, and cannot do with less; a table that is new is locked for nobody. */
static bool
needs_a_way(const struct facts *f, const struct locked_tables *t, bool alone)
{
	bool makes = count_ops(f->op, t->statement, "create_table") > 0 && count_ops(f->op, t->statement, "add_foreign_key") > 0;

	return t->n > 2 || (t->n == 2 && (alone || makes));
}

static void
put_way(const struct facts *f, struct buf *b, const struct locked_tables *t, bool alone)
{
	struct locked_tables all = all_tables_of(f, t);
	const char *way = way_with_fewer(f->op, t->statement);

	if (!needs_a_way(f, &all, alone) || count_ops(f->op, t->statement, NULL) == 0 || (way == NULL && !alone && all.n <= 2))
		return;
	buf_item(b, "\n", str_printf(f->arena, "-- where one statement locks %.*s: %s", STR_ARG(all.names),
	    way != NULL ? way : "nothing makes them fewer; SET lock_timeout, and try again until it gets them all"));
}

/* Of a part that locks all. */
static bool
has_way(const struct facts *f, const struct locked_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct locked_tables all = all_tables_of(f, &list->items[i]);
		if (needs_a_way(f, &all, false) && way_with_fewer(f->op, all.statement) != NULL)
			return true;
	}
	return false;
}

static bool
is_foreign_key(const struct op *op)
{
	return is_kind(op, "add_foreign_key") || (is_kind(op, "drop_constraint") && op->constraint != NULL && op->constraint->kind == CONSTRAINT_FOREIGN_KEY);
}

/* It adds or drops foreign keys, and nothing that locks more for other reasons. */
static bool
is_about_keys(const struct op *end, unsigned statement)
{
	size_t keys = 0, others = 0;

	for (size_t i = 0; end->script != NULL && i < end->script->ops.n; i++) {
		const struct op *op = end->script->ops.items[i];
		keys += op->number == statement && is_foreign_key(op);
		others += op->number == statement && !is_foreign_key(op) && !is_kind(op, "add_column");
	}
	return keys > 0 && others == 0;
}

/* Such a statement locks two of the tables, also where others have locked them before. */
static bool
has_foreign_keys(const struct op *end)
{
	for (size_t i = 0; end->script != NULL && i < end->script->ops.n; i++)
		if (is_foreign_key(end->script->ops.items[i]))
			return true;
	return false;
}

static const char *
unit_of(const struct facts *f, const struct locked_list *list)
{
	bool one_each = !has_foreign_keys(f->op), keys = true;

	for (size_t i = 0; i < list->n; i++) {
		one_each = one_each && list->items[i].n == 1;
		keys = keys && is_about_keys(f->op, list->items[i].statement);
	}
	return keys ? "foreign key" : one_each ? "table" : "statement";
}

/* In between, a trigger would be missing, or rows be seen half changed. */
static bool
belongs_together(const struct op *end)
{
	static const char *const kinds[] = { "create_trigger", "drop_trigger", "insert", "update", "delete", "merge", NULL };

	for (size_t i = 0; end->script != NULL && i < end->script->ops.n; i++)
		if (str_among(str_of(end->script->ops.items[i]->kind->name), kinds))
			return true;
	return false;
}

static struct cuts
cuts_of(const struct facts *f, const struct locked_list *list)
{
	unsigned *numbers = NEW_ARRAY(f->arena, unsigned, list->n + 1);

	for (size_t i = 0; i < list->n; i++)
		numbers[i] = list->items[i].statement;
	return order_cuts(f, numbers, list->n);
}

static bool
are_statements(const struct cuts *cuts)
{
	for (size_t i = 0; i < cuts->list.n; i++)
		if (cuts->list.items[i].n > 1)
			return false;
	return true;
}

enum { MOST_PARTS = 8 };

static void
put_whole(const struct facts *f, struct buf *b, const struct ops *part, bool fewer)
{
	struct str lines = order_lines(f->arena, part);
	const char *many = part->n > 1 ? "" : "s";

	if (fewer)
		buf_item(b, "\n", str_printf(f->arena, "-- %.*s lock%s all of them%s: SET lock_timeout, and try again until it gets them,\n"
		    "--   or make them fewer:", STR_ARG(lines), many, part->n > 1 ? ", and belong together" : ""));
	else
		buf_item(b, "\n", str_printf(f->arena, "-- %.*s %s: SET lock_timeout, and try again until it gets all of them", STR_ARG(lines),
		    part->n > 1 ? "belong together as far as names tell; what can commit before the others makes them fewer, otherwise"
		    : "locks all of them, so that nothing makes them fewer"));
}

static void
put_parts(const struct facts *f, struct buf *b, const char *each, const struct cuts *cuts)
{
	buf_item(b, "\n", str_printf(f->arena, "-- %s per part, in this order: ", each));
	for (size_t i = 0; i < cuts->list.n; i++)
		buf_printf(b, "%s%.*s", i > 0 ? "; " : "", STR_ARG(order_lines(f->arena, &cuts->list.items[i])));
	buf_item(b, "\n", STR("-- where one has several lines, they belong together: SET lock_timeout, and try again until it gets all of them"));
}

static bool
stands_in_code(const struct facts *f, const struct locked_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (count_ops(f->op, list->items[i].statement, NULL) == 0)
			return true;
	return false;
}

static void
put_cut(const struct facts *f, struct buf *b, const char *each, const struct locked_list *list)
{
	struct cuts cuts = cuts_of(f, list);
	const struct ops *whole = cuts.known ? part_with_all(f, &cuts) : NULL;
	bool parts = whole == NULL && cuts.known && cuts.list.n <= MOST_PARTS;

	if (stands_in_code(f, list)) {
		buf_item(b, "\n", str_printf(f->arena, "-- %s per part whose statements need none of another part, in which the code is cut:\n"
		    "--   a foreign key locks both its tables, and a key goes behind the foreign keys that need it\n"
		    "-- where no such part is left, nothing makes them fewer: SET lock_timeout, and try again until it gets all of them", each));
		return;
	}
	if (whole != NULL)
		put_whole(f, b, whole, has_way(f, list));
	else if (parts && !are_statements(&cuts))
		put_parts(f, b, each, &cuts);
	else
		buf_item(b, "\n", str_printf(f->arena, "-- %s per %s, in the order of the lines", each, unit_of(f, list)));
	if (cuts.known && cuts.opaque.n > 0)
		buf_item(b, "\n", str_printf(f->arena, "-- with each what works on the same, which is not known of %.*s", STR_ARG(order_lines(f->arena, &cuts.opaque))));
	if (whole == NULL && !parts && (belongs_together(f->op) || (cuts.known && !are_statements(&cuts))))
		buf_item(b, "\n", STR("-- what must not be seen half done, as a trigger or policy in the place of another, rows that move, or a trigger and what is done for the rows before it, stays in one;\n"
		    "--   there, SET lock_timeout, and try again until it gets all of them"));
}

/* Statements of code are not among those of the script: what they lock is not said. */
struct value
locked_tables_get_advice(const struct facts *f)
{
	struct locked_list list = locked_tables(f);
	struct buf b = BUF(f->arena);
	const char *each = f->unit != NULL && f->unit->together && !f->unit->down ? "one migration" : "one migration, or one transaction,";

	if (list.n > 1)
		put_cut(f, &b, each, &list);
	for (size_t i = 0; i < list.n; i++)
		put_way(f, &b, &list.items[i], list.n == 1);
	return value_text(b.n > 0 ? buf_text(&b) : str_printf(f->arena, "-- %s per statement", each));
}
