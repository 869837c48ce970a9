#include <string.h>

#include "check/replayer.h"

/* Operations that are tried for all findings of a file together, and bytes that the catalog keeps of that. */
enum { MOST_TRIED = 40000, MOST_KEPT = 64 << 20 };

/* What a catalog remembers besides what it can undo. */
struct moment {
	struct str default_schema;      /* which may be spelled out in what asks for the rehearsal */
	struct birth now;
	struct place statement;
	unsigned before;
	bool watched;
	unsigned unread[REACH_SCHEMA + 1], unnamed[REACH_SCHEMA + 1];
};

static struct moment
moment_of(const struct catalog *c)
{
	struct moment m = { .default_schema = c->default_schema, .now = c->now, .statement = c->statement, .before = c->before, .watched = c->watched };

	memcpy(m.unread, c->unread, sizeof m.unread);
	memcpy(m.unnamed, c->unnamed, sizeof m.unnamed);
	return m;
}

static void
go_back(struct catalog *c, const struct moment *m)
{
	c->default_schema = m->default_schema;
	c->now = m->now;
	c->statement = m->statement;
	c->before = m->before;
	c->watched = m->watched;
	memcpy(c->unread, m->unread, sizeof m->unread);
	memcpy(c->unnamed, m->unnamed, sizeof m->unnamed);
}

/* A replayer of the same place that keeps to itself. */
static struct replayer
understudy(const struct replayer *r, struct arena *scratch, struct run *run, struct diags *unheard, struct session *session)
{
	struct replayer u = *r;

	*unheard = (struct diags){ .arena = scratch };
	*run = *r->run;
	run->arena = scratch;
	run->rules = NULL;
	memset(&run->visitor, 0, sizeof run->visitor);
	run->diags = unheard;
	*session = *r->session;
	session->arena = scratch;
	memset(&session->locks, 0, sizeof session->locks);
	memset(&session->savepoints, 0, sizeof session->savepoints);
	memset(session->changes, 0, sizeof session->changes);
	u.run = run;
	u.heard = unheard;
	u.session = session;
	u.watch = NULL;
	u.statement_effects = (struct effects){ .arena = scratch };
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

/* One way to go through the file from a statement on. */
struct trial {
	const struct plan *plan;        /* NULL: as the file is */
	size_t from;                    /* the first operation of the statement */
	const bool *taken, *behind;     /* by their places in the script: what does not run where it stands, and what runs behind the plan */
	struct str *reasons;            /* why operations fail */
	struct refused *refused;        /* the same of the plan */
	struct arena *arena;            /* for what the catalog may keep */
};

static void
run_text(struct replayer *u, const struct trial *t, struct str text)
{
	struct source *source = source_new(t->arena, STR("advice"), text);
	struct script *script = NEW(t->arena, struct script);
	const struct statement *statement = NULL;
	struct diags unheard = { .arena = t->arena };
	struct refused *refused = t->refused;

	lower_source(t->arena, source, span_of(0, source->text.n), &unheard, script);
	for (size_t i = 0; i < script->ops.n; i++) {
		struct op *op = script->ops.items[i];
		if (op->statement != statement)
			replay_begin(u, op->statement);
		statement = op->statement;
		if (op_is_transaction(op) || replay_op(u, op) != LEFT_OUT || refused->reason.s != NULL)
			continue;
		refused->statement = source_text(statement->source, statement->span);
		refused->reason = str_copy(t->arena, op->failure);
	}
}

static void
run_op(struct replayer *u, const struct trial *t, size_t i)
{
	struct op *op = u->rehearsed->ops.items[i];

	if (i == t->from || u->rehearsed->ops.items[i - 1]->statement != op->statement || u->statement != op->statement) {
		u->statement_effects = (struct effects){ .arena = u->run->arena };
		replay_begin(u, op->statement);
	}
	if (!op_is_transaction(op) && replay_op(u, op) == LEFT_OUT)
		t->reasons[i] = str_copy(t->arena, op->failure);
}

/* Behind the operation: the first of another statement. */
static size_t
end_of_statement(const struct script *script, size_t from)
{
	size_t i = from;

	while (i < script->ops.n && script->ops.items[i]->statement == script->ops.items[from]->statement)
		i++;
	return i;
}

static void
run_trial(struct replayer *u, const struct trial *t)
{
	size_t n = u->rehearsed->ops.n, kept = t->plan != NULL && t->plan->kept_first ? end_of_statement(u->rehearsed, t->from) : t->from;

	for (size_t i = t->from; i < n; i++) {
		if (i == kept && t->plan != NULL)
			run_text(u, t, t->plan->now);
		if (t->plan == NULL || !t->taken[i])
			run_op(u, t, i);
	}
	if (t->plan == NULL)
		return;
	if (kept == n)
		run_text(u, t, t->plan->now);
	run_text(u, t, t->plan->later);
	for (size_t i = t->from; i < n; i++)
		if (t->behind[i])
			run_op(u, t, i);
}

static void
try(struct replayer *r, const struct trial *t)
{
	size_t used = r->run->arena->used;
	struct moment moment = moment_of(r->catalog);
	struct branch branch;
	struct arena scratch;
	struct run run;
	struct diags unheard;
	struct session session;
	struct replayer u;

	arena_init(&scratch, r->run->arena->oom, r->run->arena->oom_arg);
	u = understudy(r, &scratch, &run, &unheard, &session);
	catalog_branch(r->catalog, r->statement_mark, &branch);
	restore(r, t->from);
	r->catalog->default_schema = r->default_schema;
	r->catalog->watched = false;
	/* with and without are compared: what code that may have run has made of the schema is the same in both */
	memset(r->catalog->unread, 0, sizeof r->catalog->unread);
	memset(r->catalog->unnamed, 0, sizeof r->catalog->unnamed);
	run_trial(&u, t);
	catalog_rejoin(r->catalog, &branch);
	go_back(r->catalog, &moment);
	restore(r, t->from);
	arena_free(&scratch);
	r->tried += r->rehearsed->ops.n - t->from;
	r->tried_bytes += r->run->arena->used - used;
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

static bool
is_of(const struct op *op, const struct op *of)
{
	return op == of || op->leader == of;
}

static bool
is_among(const struct op *op, const struct ops *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (is_of(op, list->items[i]))
			return true;
	return false;
}

/* false: there is too much of the file to try it. */
static bool
may_try(struct replayer *r, size_t from)
{
	size_t n = r->script->ops.n;

	if (from == n || r->tried + 2 * (n - from) > MOST_TRIED || r->tried_bytes > MOST_KEPT)
		return false;
	if (r->rehearsed == NULL)
		keep(r);
	return r->rehearsed->ops.n == n;
}

bool
rehearse(void *replayer, const struct op *op, const struct plan *plan, struct refused *refused)
{
	struct replayer *r = replayer;
	size_t n = r->script->ops.n, from = index_of(r->script, op);
	struct trial t = { .plan = plan, .refused = refused, .arena = r->run->arena };
	struct str *with;
	bool *taken, *behind;

	while (from > 0 && from < n && r->script->ops.items[from - 1]->statement == op->statement)
		from--;
	if (!may_try(r, from))
		return false;
	t.from = from;
	t.reasons = NEW_ARRAY(r->run->arena, struct str, n);
	t.taken = taken = NEW_ARRAY(r->run->arena, bool, n);
	t.behind = behind = NEW_ARRAY(r->run->arena, bool, n);
	for (size_t i = from; i < n; i++) {
		const struct op *other = r->script->ops.items[i];
		behind[i] = is_among(other, &plan->behind);
		taken[i] = behind[i] || (!plan->stays && is_of(other, op_clause_of(op))) || is_among(other, &plan->left_out);
	}
	try(r, &t);
	with = NEW_ARRAY(r->run->arena, struct str, n);
	if (any(t.reasons, n) || refused->reason.s != NULL) {
		try(r, &(struct trial){ .from = from, .reasons = with, .arena = r->run->arena });
	}
	/* what replaces it need not do better */
	for (size_t i = from; i < n && r->script->ops.items[i]->statement == op->statement; i++)
		if (with[i].s != NULL)
			refused->reason = STR_NONE;
	for (int later = 0; later < 2; later++)
		for (size_t i = from; i < n; i++)
			if (behind[i] == later && t.reasons[i].s != NULL && with[i].s == NULL)
				*vec_push(r->run->arena, &refused->ops) = (struct failing_op){ r->script->ops.items[i], t.reasons[i] };
	return true;
}
