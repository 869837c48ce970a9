#include <string.h>

#include "check/replayer.h"

/* Operations that are tried for all findings of a file together. */
enum { MOST_TRIED = 20000 };

/* What a catalog remembers besides what it can undo. */
struct moment {
	size_t mark;
	struct birth now;
	struct place statement;
	unsigned before;
	bool watched;
	unsigned unread[REACH_SCHEMA + 1], unnamed[REACH_SCHEMA + 1];
};

static struct moment
moment_of(const struct catalog *c)
{
	struct moment m = { .mark = catalog_mark(c), .now = c->now, .statement = c->statement, .before = c->before, .watched = c->watched };

	memcpy(m.unread, c->unread, sizeof m.unread);
	memcpy(m.unnamed, c->unnamed, sizeof m.unnamed);
	return m;
}

static void
go_back(struct catalog *c, const struct moment *m)
{
	catalog_undo(c, m->mark);
	c->now = m->now;
	c->statement = m->statement;
	c->before = m->before;
	c->watched = m->watched;
	memcpy(c->unread, m->unread, sizeof m->unread);
	memcpy(c->unnamed, m->unnamed, sizeof m->unnamed);
}

/* A replayer of the same place that keeps to itself. */
static struct replayer
understudy(const struct replayer *r, struct run *run, struct diags *unheard, struct session *session)
{
	struct replayer u = *r;

	*unheard = (struct diags){ .arena = r->run->arena };
	*run = *r->run;
	run->rules = NULL;
	memset(&run->visitor, 0, sizeof run->visitor);
	run->diags = unheard;
	*session = *r->session;
	memset(&session->locks, 0, sizeof session->locks);
	memset(&session->savepoints, 0, sizeof session->savepoints);
	memset(session->changes, 0, sizeof session->changes);
	u.run = run;
	u.heard = unheard;
	u.session = session;
	u.watch = NULL;
	u.rehearsing = true;
	return u;
}

/* Operations and what they hold, as they were lowered: binding writes into both. */
static void
keep(struct replayer *r)
{
	struct diags unheard = { .arena = r->run->arena };
	struct script *script = NEW(r->run->arena, struct script);

	lower_source(r->run->arena, r->script->source, r->script_span, &unheard, script);
	r->rehearsed = script;
	r->kept = NEW_ARRAY(r->run->arena, struct kept, script->ops.n);
	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		r->kept[i] = (struct kept){ *op, arena_alloc(r->run->arena, op->kind->size) };
		if (op->data != NULL && op->kind->size > 0)
			memcpy(r->kept[i].data, op->data, op->kind->size);
	}
}

static void
restore(const struct replayer *r, size_t from)
{
	for (size_t i = from; i < r->rehearsed->ops.n; i++) {
		struct op *op = r->rehearsed->ops.items[i];
		*op = r->kept[i].op;
		if (op->data != NULL && op->kind->size > 0)
			memcpy(op->data, r->kept[i].data, op->kind->size);
	}
}

static void
run_instead(struct replayer *u, struct str text)
{
	struct source *source = source_new(u->run->arena, STR("advice"), text);
	struct script *script = NEW(u->run->arena, struct script);
	const struct statement *statement = NULL;

	lower_source(u->run->arena, source, span_of(0, source->text.n), u->run->diags, script);
	for (size_t i = 0; i < script->ops.n; i++) {
		struct op *op = script->ops.items[i];
		if (op->statement != statement)
			replay_begin(u, op->statement);
		statement = op->statement;
		if (!op_is_transaction(op))
			(void)replay_op(u, op);
	}
}

/* Why operations fail from that one on, when it and others are left out for another text (NULL: they are not). */
static void
try(const struct replayer *r, size_t from, const struct str *instead, const bool *left_out, struct str *reasons)
{
	struct moment moment = moment_of(r->catalog);
	const struct statement *statement = r->rehearsed->ops.items[from]->statement;
	struct run run;
	struct diags unheard;
	struct session session;
	struct replayer u = understudy(r, &run, &unheard, &session);

	restore(r, from);
	r->catalog->watched = false;
	/* with and without are compared: what code that may have run has made of the schema is the same in both */
	memset(r->catalog->unread, 0, sizeof r->catalog->unread);
	memset(r->catalog->unnamed, 0, sizeof r->catalog->unnamed);
	if (instead != NULL)
		run_instead(&u, *instead);
	for (size_t i = from; i < r->rehearsed->ops.n; i++) {
		struct op *op = r->rehearsed->ops.items[i];
		if (op->statement != statement) {
			u.statement_effects = (struct effects){ .arena = run.arena };
			replay_begin(&u, op->statement);
		}
		statement = op->statement;
		if (op_is_transaction(op) || (instead != NULL && left_out[i]))
			continue;
		if (replay_op(&u, op) == LEFT_OUT)
			reasons[i] = op->failure;
	}
	go_back(r->catalog, &moment);
}

static size_t
index_of(const struct script *script, const struct op *op)
{
	size_t i = 0;

	while (i < script->ops.n && script->ops.items[i] != op)
		i++;
	return i;
}

static bool
any(const struct str *reasons, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (reasons[i].s != NULL)
			return true;
	return false;
}

/* Of the script, by their places in it: the operation, what follows it, and those that go along. */
static const bool *
mark_left_out(const struct replayer *r, const struct op *op, const struct ops *along)
{
	bool *marks = NEW_ARRAY(r->run->arena, bool, r->script->ops.n);

	for (size_t i = 0; i < r->script->ops.n; i++) {
		const struct op *other = r->script->ops.items[i];
		marks[i] = other == op || other->leader == op;
		for (size_t k = 0; !marks[i] && k < along->n; k++)
			marks[i] = other == along->items[k] || other->leader == along->items[k];
	}
	return marks;
}

bool
rehearse_without(void *replayer, const struct op *op, const struct ops *along, struct str instead, struct failing_ops *failing)
{
	struct replayer *r = replayer;
	size_t n = r->script->ops.n, at = r->tried < MOST_TRIED ? index_of(r->script, op) : n;
	struct str *without, *with;
	const bool *left_out;

	if (at == n || r->tried + 2 * (n - at) > MOST_TRIED)
		return false;
	if (r->rehearsed == NULL)
		keep(r);
	if (r->rehearsed->ops.n != n)
		return false;
	without = NEW_ARRAY(r->run->arena, struct str, n);
	with = NEW_ARRAY(r->run->arena, struct str, n);
	r->tried += n - at;
	left_out = mark_left_out(r, op, along);
	try(r, at, &instead, left_out, without);
	if (any(without, n)) {
		r->tried += n - at;
		try(r, at, NULL, left_out, with);
	}
	for (size_t i = at; i < n; i++)
		if (without[i].s != NULL && with[i].s == NULL && !left_out[i])
			*vec_push(r->run->arena, failing) = (struct failing_op){ r->script->ops.items[i], without[i] };
	return true;
}
