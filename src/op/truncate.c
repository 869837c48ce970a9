#include "base/buf.h"
#include "op/batch.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/order.h"

/* TRUNCATE: an operation per table. */

struct payload {
	bool restart_identity;
	bool with_others;               /* the statement names more tables */
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const TruncateStmt *st = node;
	const ListCell *cell;

	foreach (cell, st->relations) {
		const RangeVar *r = lfirst(cell);
		struct op *op = lower_add(l, kind);
		op->target = lower_range_var(l, r);
		op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
		op->only = !r->inh;
		op->cascade = st->behavior == DROP_CASCADE;
		OP_DATA(op, struct payload)->restart_identity = st->restart_seqs;
		OP_DATA(op, struct payload)->with_others = list_length(st->relations) > 1;
	}
}

/* Storage that the open transaction made is emptied in place (ExecuteTruncateGuts); all indexes are built anew. */
static void
truncate_storage(const struct facts *f, struct effects *e, struct relation *r)
{
	bool own = r->born.transaction != 0 && r->born.transaction == f->catalog->now.transaction;
	struct relation_effect *entry = effects_lock(e, r, ACCESS_EXCLUSIVE);
	enum tri indexed = r->indexes.n > 0 ? YES : r->assumed ? UNKNOWN : NO;

	if (r->kind == RELATION_PARTITIONED)
		return;
	entry->rewrite = tri_of(!own);
	entry->scan = entry->rebuild = indexed;
	for (size_t i = 0; i < r->indexes.n; i++) {
		struct relation_effect *index = effects_lock(e, r->indexes.items[i], ACCESS_EXCLUSIVE);
		index->rewrite = tri_of(!own);
		index->rebuild = YES;
	}
}

/* ResetSequence() makes new storage */
static void
restart_sequences(struct effects *e, const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		struct relation *sequence = r->columns.items[i]->dropped ? NULL : r->columns.items[i]->sequence;
		if (sequence != NULL && !sequence->dropped)
			effects_lock(e, sequence, ACCESS_EXCLUSIVE)->rewrite = YES;
	}
}

VEC_TYPE(emptied_list, struct relation *);

static bool
is_listed(const struct emptied_list *list, const struct relation *r)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i] == r)
			return true;
	return false;
}

/* ExecuteTruncate(): children too unless ONLY; with CASCADE whatever references a truncated table, and so on */
static void
list_emptied(struct arena *arena, struct emptied_list *list, const struct op *op, struct relation *r, bool only)
{
	if (r->dropped || is_listed(list, r))
		return;
	*vec_push(arena, list) = r;
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		list_emptied(arena, list, op, r->partitions.items[i], false);
	for (size_t i = 0; op->cascade && i < r->referenced_by.n; i++)
		list_emptied(arena, list, op, r->referenced_by.items[i]->table, false);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	struct emptied_list list = { 0 };

	list_emptied(f->arena, &list, op, op->table, op->only);
	for (size_t i = 0; i < list.n; i++) {
		truncate_storage(f, e, list.items[i]);
		if (OP_DATA(op, struct payload)->restart_identity)
			restart_sequences(e, list.items[i]);
	}
}

/* By all operations of the statement. */
static struct emptied_list
all_emptied(const struct facts *f)
{
	struct emptied_list list = { 0 };
	const struct op *op = f->op;

	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		struct relation *r = other->statement == op->statement ? catalog_find_relation(f->catalog, other->target) : NULL;
		if (r != NULL)
			list_emptied(f->arena, &list, other, r, other->only);
	}
	return list;
}

/* heap_truncate_check_FKs(): whether there are rows or not */
static struct str
refused(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct emptied_list list = all_emptied(f);

	for (size_t i = 0; !f->op->cascade && i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		if (!is_listed(&list, k->table) && !k->table->dropped && !k->assumed && !k->born.doubtful &&
		    !relation_unread_since(f->catalog, k->table, k->born, REACH_SCHEMA))
			return str_printf(f->arena, "cannot truncate a table referenced in a foreign key constraint: %.*s of %.*s references %.*s",
			    STR_ARG(k->name), STR_ARG(relation_words(f->arena, f->catalog, k->table)), STR_ARG(relation_words(f->arena, f->catalog, r)));
	}
	return STR_NONE;
}

/* The lock of TRUNCATE keeps everyone else out until the transaction ends. */
static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	struct emptied_list list = { 0 };

	list_emptied(c->arena, &list, op, op->table, op->only);
	for (size_t i = 0; i < list.n; i++) {
		catalog_remove_rows(c, list.items[i], true, session->open == YES);
		catalog_note_triggers(c, list.items[i], ON_TRUNCATE);
	}
}

/* ---- facts ---- */

static struct value
get_restart_identity(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->restart_identity);
}

static struct value
get_with_others(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->with_others);
}

static struct value
get_cascade(const struct facts *f)
{
	return value_bool(f->op->cascade);
}

/* No file makes it, or code that could not be read may have made foreign keys to it. */
static bool
may_be_referenced(const struct facts *f, const struct relation *r)
{
	bool made = r->born.statement > 0 && !r->born.doubtful;

	return r->assumed && (!made || relation_unread_since(f->catalog, r, r->born, REACH_SCHEMA));
}

static struct value
get_is_referenced(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->referenced_by.n; i++)
		if (r->referenced_by.items[i]->table != r)
			return value_bool(true);
	return may_be_referenced(f, r) ? value_unknown() : value_bool(false);
}

/* The tables emptied besides the one that is named. */
static struct value
get_also_emptied(const struct facts *f)
{
	struct str all = STR_NONE;

	for (size_t i = 0; i < f->effects->list.n; i++) {
		const struct relation *r = f->effects->list.items[i].relation;
		if (r == NULL || r == f->op->table || r->index != NULL || r->kind == RELATION_SEQUENCE)
			continue;
		all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), all.n > 0 ? ", " : "",
		    STR_ARG(relation_words(f->arena, f->catalog, r)));
	}
	return value_text(all.n > 0 ? all : STR_NONE);
}

static bool
is_named(const struct facts *f, const struct relation *r)
{
	const struct op *op = f->op;

	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		if (other->statement == op->statement && catalog_find_relation(f->catalog, other->target) == r)
			return true;
	}
	return false;
}

/* A table whose rows the statement does not name, and that holds some. */
static bool
loses_unnamed(const struct facts *f, const struct relation *r)
{
	if (r == NULL || r == f->op->table || r->index != NULL || r->kind == RELATION_SEQUENCE)
		return false;
	for (const struct relation *at = r; at != NULL; at = relation_whole(at))
		if (is_named(f, at))
			return false;
	return relation_is_empty(f->catalog, r) != YES && relation_is_small(f->catalog, r) != YES;
}

/* The tables besides those that are named, but for what has been emptied before. */
static struct value
get_empties_more(const struct facts *f)
{
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < f->effects->list.n; i++) {
		const struct relation *r = f->effects->list.items[i].relation;
		if (loses_unnamed(f, r))
			buf_item(&b, ", ", relation_words(f->arena, f->catalog, r));
	}
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

static struct value
get_only_named(const struct facts *f)
{
	if (get_empties_more(f).state == VALUE_KNOWN)
		return value_bool(false);
	return may_be_referenced(f, f->op->table) ? value_unknown_because(STR("the files do not tell which foreign keys point at it")) : value_bool(true);
}

/* For messages: always says something. */
static struct value
get_empties(const struct facts *f)
{
	struct value also = get_empties_more(f);

	return also.state == VALUE_KNOWN ? also : value_text(STR("every table whose foreign keys point at it"));
}

static bool
fills(const struct op *later, const struct op *op)
{
	return (is_kind(later, "insert") || is_kind(later, "copy")) && op_names_same(later, op);
}

/* That keeps readers out of the table, too, whatever empties it; STR_NONE: nothing. */
static struct str
closed_by(const struct facts *f)
{
	const struct held_lock *h = session_holds(f->session, f->op->table);
	struct ops behind = order_closes_too(f);

	if (h != NULL && h->lock == ACCESS_EXCLUSIVE && h->statement != f->op->number)
		return str_printf(f->arena, "line %u", source_position(place_in_file(h->place).source, place_in_file(h->place).span.off).line);
	return behind.n > 0 ? order_lines(f->arena, &behind) : STR_NONE;
}

/* For what is filled again in the transaction. */
static struct value
delete_and_fill(const struct facts *f)
{
	struct str closed = closed_by(f), behind = batch_goes_behind(f);

	if (closed.s != NULL)
		return value_text(str_printf(f->arena, "-- it is filled again behind this. DELETE in its place would gain nothing: %.*s keeps readers out of it, too, until the transaction ends",
		    STR_ARG(closed)));
	if (batch_is_in_circle(f))
		return value_text(STR("-- it is filled again behind this. It stays: foreign keys lead from its table to others that are emptied and back, so that no DELETE can go first"));
	return value_text(str_printf(f->arena, "-- it is filled again behind this: DELETE in its place, in the same transaction%s%.*s; who reads does not wait for that,\n"
	    "--   and sees the old rows until both are committed", behind.n > 0 ? ", behind that of " : "", STR_ARG(behind)));
}

static struct value
get_delete_instead(const struct facts *f)
{
	struct ops wanting = order_wants_empty(f);

	if (wanting.n > 0)
		return value_text(str_printf(f->arena, "-- keep a copy. It stays: %.*s may fail for rows that come in between, which\n--   its lock keeps out until the transaction ends",
		    STR_ARG(order_lines(f->arena, &wanting))));
	if (f->session->open != NO && script_later(f->op, fills))
		return delete_and_fill(f);
	return value_text(str_printf(f->arena, "-- keep a copy; if all rows may go, in batches\n%.*s", STR_ARG(batch_delete(f))));
}

/* A partition goes with the table that it belongs to. */
static void
put_emptied(const struct facts *f, struct buf *b, const struct op *op)
{
	struct emptied_list list = { 0 };

	if (op->table == NULL)
		return;
	list_emptied(f->arena, &list, op, op->table, op->only);
	for (size_t i = 0; i < list.n; i++)
		if (list.items[i] == op->table || relation_whole(list.items[i]) == NULL)
			buf_item(b, ", ", str_printf(f->arena, "%s%.*s", op->only && list.items[i] == op->table ? "ONLY " : "",
			    STR_ARG(relation_words(f->arena, f->catalog, list.items[i]))));
}

static struct value
get_without_cascade(const struct facts *f)
{
	const struct op *op = f->op;
	struct buf b = BUF(f->arena);

	put_emptied(f, &b, op);
	for (size_t i = 0; i < op->script->ops.n; i++)
		if (op->script->ops.items[i]->statement == op->statement)
			put_emptied(f, &b, op->script->ops.items[i]);
	return value_text(str_printf(f->arena, "TRUNCATE %.*s%s;", STR_ARG(buf_text(&b)), OP_DATA(op, struct payload)->restart_identity ? " RESTART IDENTITY" : ""));
}

static const struct field fields[] = {
	{ "restart_identity", FIELD_BOOL, "RESTART IDENTITY is given", get_restart_identity },
	{ "with_others", FIELD_BOOL, "the statement names more than one table", get_with_others },
	{ "cascades", FIELD_BOOL, "CASCADE is given", get_cascade },
	{ "is_referenced", FIELD_BOOL, "a foreign key of another table points at it", get_is_referenced },
	{ "also_emptied", FIELD_TEXT, "partitions and, with CASCADE, referencing tables that lose their rows; absent: none", get_also_emptied },
	{ "only_named", FIELD_BOOL, "what references it, and so on, is named in the statement, too, or has been emptied before; or nothing does", get_only_named },
	{ "empties", FIELD_TEXT, "for messages: those that are not named and may hold rows; \"every table whose foreign keys point at it\" when none is known", get_empties },
	{ "without_cascade", FIELD_TEXT, "for advice: the statement with all tables that it empties, and without CASCADE", get_without_cascade },
	{ "delete_instead", FIELD_TEXT, "for advice: what deletes the rows while the table is read and written", get_delete_instead },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_truncate[] = {
	{ .name = "truncate", .doc = "TRUNCATE", .node = T_TruncateStmt, .subtype = -1, .has = HAS_TABLE,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .effects = effects, .refused = refused, .apply = apply },
	{ .name = NULL }
};
