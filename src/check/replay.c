#include <string.h>

#include "check/check.h"

/* One history under way. */
struct replayer {
	struct run *run;
	struct history *history;
	struct catalog *catalog;
	struct session *session;
	struct unit unit;
	struct effects statement_effects;
	const struct statement *statement;      /* under way */
	const struct tenant_design *tenant;
	unsigned number;                        /* of that statement in the whole run */
};

static struct facts
facts_of(struct replayer *r, struct op *op, const struct effects *e)
{
	return (struct facts){ .op = op, .effects = e, .catalog = r->catalog, .session = r->session, .unit = &r->unit,
		.pg_version = r->run->config->pg_version, .tenant = r->tenant, .arena = r->run->arena };
}

static bool
is_shared(const struct catalog *c, const struct relation_effect *e)
{
	return e->relation != NULL && !e->created && e->relation->index == NULL && !relation_new_in_transaction(c, e->relation) &&
	    !relation_new_in_change(c, e->relation);
}

/* Queues behind whoever uses the table, and everyone else behind it, for as long as it takes. */
static bool
waits_unguarded(const struct replayer *r, const struct effects *e)
{
	const struct setting *timeout = &r->session->settings[SETTING_LOCK_TIMEOUT];

	if (timeout->known == YES && timeout->value > 0)
		return false;
	for (size_t i = 0; i < e->list.n; i++)
		if (e->list.items[i].lock >= SHARE && is_shared(r->catalog, &e->list.items[i]))
			return true;
	return false;
}

static void
hold_locks(struct replayer *r, const struct op *op, const struct effects *e)
{
	struct place place = { op->statement->source, op->statement->span };

	for (size_t i = 0; i < e->list.n; i++)
		if (e->list.items[i].relation != NULL)
			session_hold(r->session, e->list.items[i].relation, e->list.items[i].lock, place, op->number);
}

static void
judge(struct replayer *r, const struct facts *f)
{
	if (!r->unit.reported)
		return;
	if (r->run->visitor.op != NULL)
		r->run->visitor.op(r->run->visitor.arg, f);
	if (r->run->rules != NULL && !f->op->noop)
		rules_run(r->run->rules, f, r->run->diags);
}

/* By the same facts that rules see. */
static bool
works_long_under_lock(const struct facts *f)
{
	struct value holds = field_find(NULL, STR("tx.holds"))->get(f), is_long = field_find(NULL, STR("is_long"))->get(f);

	return holds.lock >= ACCESS_EXCLUSIVE && is_long.state == VALUE_KNOWN && is_long.yes;
}

static void
count_wait(struct session *s)
{
	if (s->settings[SETTING_LOCK_TIMEOUT].known == YES)
		s->waits++;
	else
		s->waits_unsaid++;
}

static void
run_op(struct replayer *r, struct op *op)
{
	struct effects e = { .arena = r->run->arena };
	struct facts f;

	op->number = r->number;
	if (op->leader != NULL && op->leader->noop)
		return;
	op_bind(op, r->catalog);
	f = facts_of(r, op, &e);
	op_effects(&f, &e);
	hold_locks(r, op, &e);
	judge(r, &f);
	if (r->unit.reported && waits_unguarded(r, &e))
		count_wait(r->session);
	r->session->long_work += works_long_under_lock(&f);
	effects_merge(&r->statement_effects, &e);
	op_apply(op, r->catalog, r->session);
}

static void
end_statement(struct replayer *r, struct op *last)
{
	struct facts f;

	if (r->statement == NULL)
		return;
	f = facts_of(r, last, &r->statement_effects);
	if (r->unit.reported && r->run->visitor.statement != NULL)
		r->run->visitor.statement(r->run->visitor.arg, &f, r->statement);
	memset(&r->statement_effects, 0, sizeof r->statement_effects);
	r->statement_effects.arena = r->run->arena;
	r->statement = NULL;
}

static void
begin_statement(struct replayer *r, const struct statement *statement)
{
	session_statement(r->session);
	r->statement = statement;
	r->catalog->now.statement = ++r->number;
}

static void
run_synthetic(struct replayer *r, const char *kind, struct op *op)
{
	struct effects none = { .arena = r->run->arena };
	struct facts f;

	op->kind = op_kind_find(str_of(kind));
	f = facts_of(r, op, &none);
	judge(r, &f);
}

static void
end_migration(struct replayer *r, const struct script *script)
{
	struct op end = { .number = r->number };
	const struct span *last = script->parsed.spans.n > 0 ? vec_last(&script->parsed.spans) : NULL;

	end.at = (struct place){ script->source, last == NULL ? (struct span){ 0, 0 } : *last };
	if (r->session->explicit_block && r->session->begin.source != NULL)
		end.at = r->session->begin;
	run_synthetic(r, "end_of_migration", &end);
	(void)session_end(r->session);
}

/* Each file is a session of its own, and temporary relations end with it. */
static void
drop_temporary(struct catalog *c, size_t first)
{
	for (size_t i = first; i < c->all.n; i++)
		if (c->all.items[i]->persistence == 't')
			catalog_drop_relation(c, c->all.items[i]);
}

static void
run_script(struct replayer *r, const struct script *script)
{
	size_t first = r->catalog->all.n;

	session_start(r->session, r->unit.tx, script->parsed.statements);
	for (size_t i = 0; i < script->ops.n; i++) {
		struct op *op = script->ops.items[i];
		if (op->statement != r->statement) {
			end_statement(r, i > 0 ? script->ops.items[i - 1] : op);
			begin_statement(r, op->statement);
		}
		run_op(r, op);
	}
	if (script->ops.n > 0)
		end_statement(r, *vec_last(&script->ops));
	end_migration(r, script);
	drop_temporary(r->catalog, first);
}

static void
describe_unit(struct replayer *r, size_t i, const struct script *script)
{
	const struct migration *m = &r->history->migrations.items[i];
	bool reported = r->history->reported.items[i];

	r->unit = (struct unit){ .version = m->version, .name = m->name, .path = m->up.source->path, .tx = m->up.tx,
		.reported = reported, .ordinal = (unsigned)i + 1, .statements = script->parsed.statements };
	r->catalog->now.migration = (unsigned)i + 1;
	r->catalog->now.changed = r->history->selected && reported;
}

/* What single files say about a history that did not start with them: only reported files complain. */
static void
run_migration(struct replayer *r, size_t i)
{
	const struct migration *m = &r->history->migrations.items[i];
	bool reported = r->history->reported.items[i];
	struct diags unheard = { .arena = r->run->arena };
	struct script *script;

	if (m->up.source == NULL)
		return;
	script = NEW(r->run->arena, struct script);
	lower_source(r->run->arena, m->up.source, m->up.span, reported ? r->run->diags : &unheard, script);
	describe_unit(r, i, script);
	run_script(r, script);
	if (!reported)
		return;
	*vec_push(r->run->arena, &r->run->scripts) = script;
	r->run->tally.files++;
	r->run->tally.statements += script->parsed.statements;
}

/* ---- the end state ---- */

static bool
born_reported(const struct replayer *r, const struct birth *born)
{
	return born->migration > 0 && r->history->reported.items[born->migration - 1];
}

static void
judge_constraint(struct replayer *r, struct constraint *k)
{
	struct op op = { .table = k->table, .constraint = k, .references = k->references, .at = k->born.place };

	if (k->columns.n == 1)
		op.column_name = k->columns.items[0];
	if (k->kind == CONSTRAINT_FOREIGN_KEY)
		run_synthetic(r, "final_foreign_key", &op);
	run_synthetic(r, "final_constraint", &op);
}

static void
judge_column(struct replayer *r, struct relation *t, struct column *column)
{
	struct op op = { .table = t, .column = column, .column_name = column->name, .at = column->born.place };

	run_synthetic(r, "final_column", &op);
}

static void
judge_index(struct replayer *r, struct relation *t, struct relation *index)
{
	struct op op = { .table = t, .index = index, .at = index->born.place };

	if (index->index->constraint == NULL)
		run_synthetic(r, "final_index", &op);
}

/* What was added to a table, perhaps one that other files created. */
static void
judge_parts(struct replayer *r, struct relation *t)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (born_reported(r, &t->constraints.items[i]->born))
			judge_constraint(r, t->constraints.items[i]);
	for (size_t i = 0; i < t->columns.n; i++)
		if (!t->columns.items[i]->dropped && born_reported(r, &t->columns.items[i]->born))
			judge_column(r, t, t->columns.items[i]);
	for (size_t i = 0; i < t->indexes.n; i++)
		if (born_reported(r, &t->indexes.items[i]->born))
			judge_index(r, t, t->indexes.items[i]);
	for (size_t i = 0; i < t->policies.n; i++) {
		const struct policy *p = t->policies.items[i];
		struct op op = { .table = t, .policy = p, .at = p->born.place };
		if (!p->dropped && born_reported(r, &p->born))
			run_synthetic(r, "final_policy", &op);
	}
}

static void
judge_relation(struct replayer *r, struct relation *t)
{
	struct op op = { .table = t, .at = t->born.place };

	judge_parts(r, t);
	if ((t->kind == RELATION_TABLE || t->kind == RELATION_PARTITIONED) && born_reported(r, &t->born))
		run_synthetic(r, "final_table", &op);
}

static void
judge_end_state(struct replayer *r)
{
	r->unit.reported = true;
	r->tenant = tenant_find(r->run->arena, r->catalog, &r->run->config->tenant);
	if (r->run->visitor.end != NULL)
		r->run->visitor.end(r->run->visitor.arg, r->history, r->tenant);
	for (size_t i = 0; i < r->catalog->all.n; i++)
		if (!r->catalog->all.items[i]->dropped && r->catalog->all.items[i]->index == NULL)
			judge_relation(r, r->catalog->all.items[i]);
}

void
replay(struct run *run, struct history *history)
{
	struct replayer r = { .run = run, .history = history };

	r.catalog = catalog_new(run->arena, run->config->schema);
	r.session = session_new(run->arena, r.catalog);
	r.statement_effects.arena = run->arena;
	memcpy(r.session->defaults, run->config->session, sizeof r.session->defaults);
	r.tenant = tenant_configured(run->arena, &run->config->tenant);
	for (size_t i = 0; i < history->migrations.n; i++)
		run_migration(&r, i);
	judge_end_state(&r);
}
