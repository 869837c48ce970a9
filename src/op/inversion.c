#include "op/inversion.h"

#include "op/failure.h"
#include "op/lower.h"
#include "op/order.h"

static bool
references_held(const struct facts *f, const struct relation *r, const struct relation *held_one)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		/* no writer knows a key of this transaction */
		if (k->kind == CONSTRAINT_FOREIGN_KEY && k->references == held_one && !k->dropped && k->born.transaction != f->catalog->now.transaction)
			return held_one != r && !relation_new_in_transaction(f->catalog, r);
	}
	return false;
}

static bool
was_held(const struct facts *f, const struct relation *r)
{
	const struct held_lock *h = session_holds(f->session, r);

	return h != NULL && h->lock >= SHARE && h->statement != f->op->number;
}

/*
 * A writer of the referencing table locks that first and then, for the key, a row of the other one (RI_FKey_check); this transaction
 * comes the other way. LOCK_NONE stops at locks that ROW SHARE does not wait for.
 */
struct inversion
inversion_of(const struct facts *f)
{
	for (size_t i = 0; f->session->open == YES && i < f->effects->list.n; i++) {
		const struct relation_effect *e = &f->effects->list.items[i];
		if (!op_is_shared(f, e) || e->lock < SHARE || was_held(f, e->relation))
			continue;
		for (size_t k = 0; k < f->session->locks.n; k++) {
			const struct held_lock *h = &f->session->locks.items[k];
			if (h->lock >= EXCLUSIVE && h->statement != f->op->number && !relation_new_in_transaction(f->catalog, h->relation) &&
			    references_held(f, e->relation, h->relation))
				return (struct inversion){ e, h, h->place };
		}
	}
	return (struct inversion){ .locking = NULL };
}

struct value
inversion_get_is_there(const struct facts *f)
{
	return value_bool(inversion_of(f).locking != NULL);
}

struct value
inversion_get_referenced(const struct facts *f)
{
	struct inversion i = inversion_of(f);

	return i.held == NULL ? value_absent() : value_text(op_both_names(f, i.held->relation));
}

struct value
inversion_get_referencing(const struct facts *f)
{
	struct inversion i = inversion_of(f);

	return i.locking == NULL ? value_absent() : value_text(op_both_names(f, i.locking->relation));
}

/* ---- what avoids it ---- */

/* The statement of the file that took the lock, or runs the code that did. */
static const struct op *
holder_of(const struct facts *f, const struct inversion *i)
{
	const struct script *script = op_of_file(f->op)->script;
	const struct op *holder = NULL;

	for (size_t k = 0; script != NULL && k < script->ops.n; k++) {
		const struct op *op = script->ops.items[k];
		if (op->number > 0 && op->number <= i->held->statement)
			holder = op;
	}
	return holder;
}

static bool
locks_referenced(const struct facts *f, const struct op *op, const struct inversion *i)
{
	const struct op *holder = holder_of(f, i);

	return (holder != NULL && op->statement == holder->statement) || op->table == i->held->relation || op->references == i->held->relation;
}

/* Earlier statements that lock the referenced table and cannot be parted from this one. */
static struct ops
inseparable(const struct facts *f, const struct inversion *i, const struct ties *ties)
{
	struct ops ops = { 0 };

	for (size_t k = 0; k < ties->together.n; k++)
		if (ties->together.items[k]->number < f->op->number && locks_referenced(f, ties->together.items[k], i))
			*vec_push(f->arena, &ops) = ties->together.items[k];
	return ops;
}

/* Others that point at the table which is held, and that a statement from here on locks: the same would happen with them. */
static struct str
others_referencing(const struct facts *f, const struct inversion *i)
{
	const struct relation *held = i->held->relation, *last = NULL;
	struct buf b = BUF(f->arena);

	for (size_t k = 0; k < held->referenced_by.n; k++) {
		const struct relation *r = held->referenced_by.items[k]->table;
		if (r == held || r == i->locking->relation || r == last || held->referenced_by.items[k]->dropped || was_held(f, r) ||
		    relation_new_in_transaction(f->catalog, r) || order_locking_too(f, r).n == 0)
			continue;
		last = r;
		buf_item(&b, ", ", relation_committed_words(f->arena, f->catalog, r));
	}
	return buf_text(&b);
}

/*
 * Whatever the order, writers that go from the referenced table to the other one come from the other side. Both locks at once, and less
 * patience than the writer's session has before it looks for deadlocks: then it is never the writer that is ended (measured).
 */
static struct str
lock_both(const struct facts *f, const struct inversion *i)
{
	struct str referencing = relation_committed_words(f->arena, f->catalog, i->locking->relation);
	struct str referenced = relation_committed_words(f->arena, f->catalog, i->held->relation);
	struct str others = others_referencing(f, i);

	if (others.n > 0)
		return str_printf(f->arena, "LOCK TABLE %.*s, %.*s, %.*s IN %s MODE;", STR_ARG(referencing), STR_ARG(others), STR_ARG(referenced), lock_words(ACCESS_EXCLUSIVE));
	if (i->locking->lock == i->held->lock)
		return str_printf(f->arena, "LOCK TABLE %.*s, %.*s IN %s MODE;", STR_ARG(referencing), STR_ARG(referenced), lock_words(i->held->lock));
	return str_printf(f->arena, "LOCK TABLE %.*s IN %s MODE;\nLOCK TABLE %.*s IN %s MODE;", STR_ARG(referencing), lock_words(i->locking->lock),
	    STR_ARG(referenced), lock_words(i->held->lock));
}

/* Before all else in the transaction as it is; in a part of it the rename may have run. */
static void
put_name_by_then(const struct facts *f, struct buf *b, const struct relation *r)
{
	struct str known = relation_committed_words(f->arena, f->catalog, r), now = relation_words(f->arena, f->catalog, r);

	if (!str_eq(known, now))
		buf_printf(b, "\n-- %.*s in the place of %.*s, where the rename has run by then", STR_ARG(now), STR_ARG(known));
}

static struct value
both_at_once(const struct facts *f, const struct inversion *i, struct str why)
{
	struct buf b = BUF(f->arena);

	buf_printf(&b, "-- %.*s: before all else in it\nSET lock_timeout = '500ms';\n%.*s", STR_ARG(why), STR_ARG(lock_both(f, i)));
	put_name_by_then(f, &b, i->locking->relation);
	put_name_by_then(f, &b, i->held->relation);
	buf_printf(&b, "\n-- and all of it again when that fails: with less than deadlock_timeout (1s) it is the migration that gives way, not a writer");
	return value_text(buf_text(&b));
}

/* Statements that can be looked through, whether one of them locks what is not to be held. */
enum { FEW = 2 };

struct value
inversion_get_advice(const struct facts *f)
{
	struct inversion i = inversion_of(f);

	if (i.locking == NULL)
		return value_absent();
	struct ops too = order_locking_too(f, i.locking->relation);
	struct ties ties = order_ties(f, &too);
	const struct op *holder = holder_of(f, &i);
	if (is_kind(f->op, "lock_table") || (holder != NULL && is_kind(holder, "lock_table")))
		return both_at_once(f, &i, STR("both are locked at once, the referencing table first"));
	if (f->op->table == i.held->relation || (f->inside != NULL && holder == op_of_file(f->op)))
		return both_at_once(f, &i, STR("this statement locks the two in that order by itself, so that no cut helps"));
	if (!ties.known)
		return both_at_once(f, &i, STR("whether the transaction can be cut here is not known; where it cannot"));
	struct ops tied = inseparable(f, &i, &ties);
	if (tied.n == 0 && ties.together.n > FEW)
		tied = ties.together;
	if (tied.n > 0)
		return both_at_once(f, &i, str_printf(f->arena, "what belongs together, or may, stays in one transaction: this statement with %.*s",
		    STR_ARG(order_lines(f->arena, &tied))));
	if (too.n + ties.together.n > 0)
		return both_at_once(f, &i, str_printf(f->arena, "it stays one transaction, as with this statement others would have to leave it (%.*s)", STR_ARG(order_lines(f->arena, too.n > 0 ? &too : &ties.together))));
	return value_text(str_printf(f->arena, "-- this statement%s %.*s: %s for %.*s without holding %.*s", too.n > 0 && f->inside == NULL ? "" : ",",
	    STR_ARG(order_apart_with(f, &too)), too.n > 0 ? "they then wait" : "it then waits", STR_ARG(op_both_names(f, i.locking->relation)), STR_ARG(op_both_names(f, i.held->relation))));
}
