#include <string.h>

#include "check/replayer.h"
#include "op/follow.h"
#include "text/suppress.h"

static struct facts
facts_of(struct replayer *r, struct op *op, const struct effects *e)
{
	return (struct facts){ .op = op, .effects = e, .catalog = r->catalog, .session = r->session, .unit = &r->unit,
		.rollback = r->rollback, .note = r->note, .inside = r->inside.depth > 0 ? &r->inside : NULL, .tenant = r->tenant, .pg_version = r->history->config->pg_version, .arena = r->run->arena,
		.rehearsal = r->script != NULL && r->inside.depth == 0 && !r->rehearsing ? &r->rehearsal : NULL };
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

	r->session->only_if = r->inside.depth > 0 && r->inside.runs != YES ? r->inside.doubt : r->unit.doubt;
	for (size_t i = 0; i < e->list.n; i++)
		if (e->list.items[i].relation != NULL)
			session_hold(r->session, e->list.items[i].relation, e->list.items[i].lock, place, op->number, op_finds_no_part(op));
}

/* Of folders that count each for themselves, one lacks what its own numbers tell. */
static void
show_gap(struct replayer *r, struct str path)
{
	const struct gap *gap = map_get(&r->gaps, r->history->by_folder ? home_of_file(path) : STR(""));

	r->catalog->gap = gap != NULL ? gap->statement : 0;
	r->catalog->gap_words = gap != NULL ? gap->words : STR_NONE;
}

static void judge(struct replayer *, const struct facts *);

static void
run_synthetic(struct replayer *r, const char *kind, struct op *op)
{
	struct effects none = { .arena = r->run->arena };
	struct facts f;

	op->kind = op_kind_find(str_of(kind));
	if (op->at.source != NULL)
		show_gap(r, op->at.source->path);
	f = facts_of(r, op, &none);
	judge(r, &f);
}

/* What IF NOT EXISTS leaves as it is, or IF EXISTS does not find. */
static void
judge_existing(struct replayer *r, const struct op *op)
{
	struct op existing = { .number = op->number, .table = op->table, .column = op->column, .difference = op->difference,
		.at = { op->statement->source, op->spans[SPAN_ACTION] } };

	if (op->noop && op->difference.s != NULL)
		run_synthetic(r, op->if_exists ? "if_exists" : "if_not_exists", &existing);
}

/* Of a file it is said once. */
static void
judge_remade(struct replayer *r, const struct op *op)
{
	struct op drop = { .number = op->number, .target = op->target, .at = { op->statement->source, op->statement->span } };

	if (op->remade && r->catalog->begins && !r->remade)
		run_synthetic(r, "first_drop", &drop);
	r->remade = r->remade || op->remade;
}

static void
judge(struct replayer *r, const struct facts *f)
{
	if (!r->unit.reported)
		return;
	if (r->run->visitor.op != NULL && !r->older && !r->unit.down)
		r->run->visitor.op(r->run->visitor.arg, f);
	if (r->run->rules != NULL && !f->op->noop)
		rules_run(r->run->rules, f, r->heard);
}

/* ATExecAddIndex(): each index is built by a pass of its own, whatever else the statement does. */
static bool
passes_rows(const struct relation_effect *x)
{
	return x->rewrite == YES || (x->scan == YES && x->rebuild != YES);
}

/*
 * Remembers which tables were kept from everyone while all their rows were worked through. What changes rows in between
 * stands in the way of one statement for all.
 */
static void
note_work(struct replayer *r, const struct effects *e)
{
	for (size_t i = 0; i < e->list.n; i++) {
		const struct relation_effect *x = &e->list.items[i];
		if (x->relation != NULL && x->lock == ACCESS_EXCLUSIVE && passes_rows(x) && !x->created)
			catalog_set(r->catalog, &x->relation->worked, r->catalog->now);
		else if (x->relation != NULL && x->lock == ROW_EXCLUSIVE)
			catalog_set(r->catalog, &x->relation->worked, (struct birth){ 0 });
	}
}

/* By the same facts that rules see. */
static void
count_long_work(struct session *s, const struct facts *f)
{
	struct value holds = field_find(NULL, STR("tx.holds"))->get(f), is_long = field_find(NULL, STR("is_long"))->get(f);
	bool known = is_long.state == VALUE_KNOWN && holds.state == VALUE_KNOWN;

	if ((holds.state == VALUE_KNOWN && holds.lock < ACCESS_EXCLUSIVE) || (is_long.state == VALUE_KNOWN && !is_long.yes))
		return;
	s->long_work += known;
	s->perhaps_long_work += !known;
}

static void
count_wait(struct session *s)
{
	if (s->settings[SETTING_LOCK_TIMEOUT].known == YES)
		s->waits++;
	else
		s->waits_unsaid++;
}

/* What may well fail behind it is a concurrent build, which waits for other sessions and sees their rows. */
static void
note_repeat(struct replayer *r, const struct facts *f)
{
	struct place place = { f->op->statement->source, f->op->statement->span };

	if (r->unit.unrepeatable.source != NULL && op_is_concurrent(f) && place.span.off != r->unit.unrepeatable.span.off)
		r->unit.after = place;
	if (r->unit.unrepeatable.source == NULL && r->session->open == NO && op_fails_again(f))
		r->unit.unrepeatable = place;
}

/* Nobody knows what code dropped or made that could not be read: what is in the way of a statement behind it may be gone. */
static bool
schema_is_certain(const struct catalog *c)
{
	return c->unread[REACH_SCHEMA] <= c->before;
}

/* Binds the operation and sees what makes it fail. */
static enum outcome
prepare(struct replayer *r, struct op *op, const struct facts *f)
{
	struct str missing = op->failure;
	bool certain = schema_is_certain(r->catalog);
	enum outcome outcome;

	session_within(r->session, op->in_schema, op->as_role);
	op_learn_path(op, r->catalog);
	if (missing.s == NULL)
		missing = op_missing(r->run->arena, op, r->catalog);
	op->failure = missing;
	outcome = missing.s != NULL ? code_excuses(r, op) : DONE;
	if (outcome != DONE)
		return outcome;
	op_bind(op, r->catalog);
	if (missing.s == NULL && certain) {
		op->failure = op_conflict(f);
		op->noop = op->noop && op->failure.s == NULL;
	}
	if (op->failure.s != NULL && op_fails_by_gap(f) && op->table != NULL && !op->table->assumed && str_starts(op->failure, "column ") && str_ends(op->failure, " does not exist"))
		catalog_note_changed_unseen(r->catalog, op->table);
	return missing.s == NULL && op->failure.s != NULL ? code_excuses(r, op) : DONE;
}

/* ---- operations that may not run ---- */

/* What goes along, by CASCADE or with a whole relation, and what a view reads, are others than those it names. */
static bool
names_all_it_touches(const struct op *op)
{
	const struct relation *t = op->table;

	return t != NULL && !op->cascade && !t->dropped && (t->kind == RELATION_TABLE || t->kind == RELATION_PARTITIONED);
}

static void
note_unsure(struct catalog *c, const struct op *op)
{
	enum reach reach = sql_reach(source_text(op->statement->source, op->statement->span));

	if (!names_all_it_touches(op)) {
		catalog_note_unread(c, reach);
		return;
	}
	catalog_note_unsure(c, op->table, reach);
	if (op->index != NULL)
		catalog_note_unsure(c, op->index, reach);
	if (op->references != NULL)
		catalog_note_unsure(c, op->references, reach);
	for (size_t i = 0; i < op->table->parents.n; i++)
		catalog_note_unsure(c, op->table->parents.items[i], reach);
	for (size_t i = 0; i < op->table->past_constraints.n; i++)
		if (op->table->past_constraints.items[i]->references != NULL)
			catalog_note_unsure(c, op->table->past_constraints.items[i]->references, reach);
}

static bool
is_unsure(const struct relation *r)
{
	for (size_t i = 0; r != NULL && i <= REACH_SCHEMA; i++)
		if (r->unsure[i] > 0)
			return true;
	return false;
}

/* A condition of the whole file holds for all of it, and for its way back. */
static void
note_maybe(struct replayer *r, const struct op *op)
{
	if (r->inside.depth > 0 || r->unit.down)
		note_unsure(r->catalog, op);
	else
		*vec_push(r->run->arena, &r->maybe) = op;
	r->left_out = r->left_out || is_unsure(op->table);
}

static void
note_all_maybe(struct replayer *r)
{
	for (size_t i = 0; i < r->maybe.n; i++)
		note_unsure(r->catalog, r->maybe.items[i]);
	r->maybe.n = 0;
}

enum outcome
replay_op(struct replayer *r, struct op *op)
{
	struct effects e = { .arena = r->run->arena };
	struct facts f;
	enum outcome outcome;

	op->number = r->number;
	if (op->leader != NULL && op->leader->noop)
		return DONE;
	f = facts_of(r, op, &e);
	f.earlier = r->inside.depth > 0 ? NULL : &r->statement_effects;
	outcome = prepare(r, op, &f);
	if (outcome != DONE)
		return outcome;
	if (r->rehearsing && op->failure.s != NULL)
		return LEFT_OUT;
	if (!op_makes_again(&f))
		op_effects(&f, &e);
	op_prove(op, &e, r->catalog);
	hold_locks(r, op, &e);
	judge(r, &f);
	judge_existing(r, op);
	judge_remade(r, op);
	note_work(r, &e);
	if (r->watch != NULL)
		rollback_see(r->watch, &f);
	if (r->unit.reported && !r->unit.down && waits_unguarded(r, &e))
		count_wait(r->session);
	count_long_work(r->session, &f);
	r->session->inversions += field_find(NULL, STR("tx.is_inverted"))->get(&f).yes;
	note_repeat(r, &f);
	effects_merge(&r->statement_effects, &e);
	if (op_makes_again(&f))
		op->noop = true;
	else if (!op_is_unfit(&f))
		op_apply(op, r->catalog, r->session);
	if (r->catalog->now.doubtful && op->kind->apply != NULL)
		note_maybe(r, op);
	if (e.all_unknown)
		catalog_note_unseen(r->catalog);
	if (!op->noop && !r->rehearsing)
		replay_code_of(r, op);
	return DONE;
}

static void
end_statement(struct replayer *r, struct op *last)
{
	struct facts f;

	if (r->statement == NULL)
		return;
	f = facts_of(r, last, &r->statement_effects);
	if (r->unit.reported && !r->unit.down && r->run->visitor.statement != NULL)
		r->run->visitor.statement(r->run->visitor.arg, &f, r->statement);
	memset(&r->statement_effects, 0, sizeof r->statement_effects);
	r->statement_effects.arena = r->run->arena;
	r->statement = NULL;
}

void
replay_begin(struct replayer *r, const struct statement *statement)
{
	session_statement(r->session);
	r->statement = statement;
	r->steps = 0;
	r->statement_mark = catalog_mark(r->catalog);
	r->unreadable_said = r->failure_said = false;
	r->catalog->now.statement = ++r->number;
	r->catalog->statement = (struct place){ statement->source, statement->span };
	names_note(r->catalog, source_text(statement->source, statement->span));
}

static void
end_migration(struct replayer *r, const struct script *script)
{
	struct op end = { .number = r->number, .script = script };
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

static bool
follows_broken(const struct script *script, const struct statement *statement)
{
	return script->parsed.broken > 0 && script->parsed.first_broken < statement->span.off;
}

/* What could not be parsed may have done anything; an index it makes on what it names only. text STR_NONE: it is not there. */
static void
note_skipped(struct replayer *r, struct place at, struct str text)
{
	struct place statement = r->catalog->statement;

	r->catalog->statement = place_in_file(at);
	catalog_note_unread(r->catalog, REACH_SCHEMA);
	catalog_note_making(r->catalog, REACH_SCHEMA);
	catalog_note_unread_indexes(r->catalog, r->catalog->statement, text);
	r->catalog->statement = statement;
}

static void
note_broken_statement(struct replayer *r, const struct script *script)
{
	struct str text = str_slice(script->source->sql, script->parsed.first_broken, script->source->sql.n);

	note_skipped(r, (struct place){ script->source, { script->parsed.first_broken, 1 } }, text);
}

static void
run_script(struct replayer *r, struct script *script)
{
	size_t first = r->catalog->all.n;
	bool missed = false;

	script->catalog = r->catalog;
	r->catalog->before = r->number;
	session_start(r->session, r->unit.tx, script->parsed.statements);
	for (size_t i = 0; i < script->ops.n; i++) {
		struct op *op = script->ops.items[i];
		if (op->statement != r->statement) {
			end_statement(r, i > 0 ? script->ops.items[i - 1] : op);
			replay_begin(r, op->statement);
			if (!missed && follows_broken(script, op->statement)) {
				note_broken_statement(r, script);
				missed = true;
			}
		}
		(void)replay_op(r, op);
	}
	if (script->ops.n > 0)
		end_statement(r, *vec_last(&script->ops));
	if (script->parsed.broken > 0)
		note_broken_statement(r, script);
	end_migration(r, script);
	drop_temporary(r->catalog, first);
}

/* A number of some other one tells of migrations that are not there any more; a long one is a time. */
static bool
is_first_version(struct str version)
{
	size_t zeros = 0, digits = 0;

	while (zeros < version.n && version.s[zeros] == '0')
		zeros++;
	version = str_slice(version, zeros, version.n);
	while (digits < version.n && version.s[digits] >= '0' && version.s[digits] <= '9')
		digits++;
	return zeros + digits > 0 && (digits == 0 || digits >= 8 || (digits == 1 && version.s[0] == '1'));
}

static void
note_gap(struct replayer *r, size_t i)
{
	struct str path = r->history->migrations.items[i].up.source->path, words = version_gap(r->run->arena, r->history, i);
	struct gap *gap = words.s != NULL ? NEW(r->run->arena, struct gap) : NULL;

	if (gap != NULL) {
		*gap = (struct gap){ r->number, words };
		*map_at(&r->gaps, r->history->by_folder ? home_of_file(path) : STR("")) = gap;
	}
	show_gap(r, path);
}

static void
describe_unit(struct replayer *r, size_t i, const struct script *script, enum tri runs)
{
	const struct migration *m = &r->history->migrations.items[i];
	bool reported = r->history->reported.items[i];

	r->unit = (struct unit){ .version = m->version, .name = m->name, .path = m->up.source->path, .file = m->file, .tx = m->up.tx, .unplaced = m->unplaced, .elsewhere = m->elsewhere,
		.outside = m->outside, .alone = m->whole || (r->history->adapter != NULL && r->history->adapter->alone), .wraps = m->wraps || (r->history->adapter != NULL && r->history->adapter->wraps),
		.together = m->together || (r->history->adapter != NULL && r->history->adapter->together), .doubles = r->history->adapter != NULL && r->history->adapter->doubles, .brackets = r->history->adapter != NULL ? r->history->adapter->brackets : NULL, .shares_file = m->file.n > 0 && !r->history->selected, .reported = reported, .ordinal = (unsigned)i + 1, .statements = script->parsed.statements,
		.later = r->files.items + i + 1, .nlater = r->files.n - i - 1, .back = m->derived ? (struct place){ 0 } : (struct place){ m->down.source, m->down.span }, .back_script = &r->back_script };
	r->catalog->begins = i == 0 && r->history->adapter != NULL && r->history->adapter->versions != 0 && is_first_version(m->version);
	r->catalog->begun = r->catalog->begins || (i > 0 && r->catalog->begun);
	r->catalog->now.migration = (unsigned)i + 1;
	r->catalog->now.generated = m->generated;
	r->catalog->now.changed = r->history->selected && reported;
	r->catalog->now.doubtful = runs != YES;
	r->left_out = false;
	r->back_script = NULL;
	if (runs != YES) {
		r->unit.doubt_place = place_in_file(m->only_if_at);
		r->unit.doubt = str_brief(r->run->arena, source_text(r->unit.doubt_place.source, r->unit.doubt_place.span));
	}
	r->unit.fills_file = m->file.n > 0 && r->one_file;
	note_gap(r, i);
	if (m->unread) {
		r->catalog->now.statement = ++r->number;
		note_skipped(r, (struct place){ m->up.source, { 0, 0 } }, STR_NONE);
	}
}

/* What is changed runs, however often that is. */
static void
add_later(struct replayer *r, const struct migration *m, bool changed)
{
	const struct part *up = &m->up;
	struct str text = up->source != NULL ? str_fold(r->run->arena, source_text(up->source, up->span)) : STR("");

	*vec_push(r->run->arena, &r->files) = (struct later_file){ { up->source, up->span }, text, r->run->arena, NEW(r->run->arena, struct script *), m->file,
		m->runs == RUNS_WHEN_CHANGED && changed ? RUNS_EACH_TIME : m->runs };
}

/* ---- the way back ---- */

static void
watch_back(struct replayer *r, struct rollback_watch *watch)
{
	r->watch = NULL;
	if (r->run->forward_only || !r->unit.reported || r->history->migrations.items[r->unit.ordinal - 1].unread)
		return;
	rollback_start(watch, r->run->arena, r->catalog);
	r->watch = watch;
}

static void
describe_back(struct replayer *r, const struct migration *m, const struct script *script)
{
	r->unit.path = m->down.source->path;
	r->unit.tx = m->down.tx;
	r->unit.down = true;
	if (m->outside_back != NULL)
		r->unit.outside = m->outside_back;
	r->unit.statements = script->parsed.statements;
	r->unit.unrepeatable = r->unit.after = (struct place){ 0 };
	if (r->left_out)
		return;
	/* ChangeSet.rollback(): preconditions are looked at by execute() only. */
	r->unit.doubt = STR_NONE;
	r->catalog->now.doubtful = false;
}

/* RAISE outside of code: it stands there to fail. */
static bool
is_raise(const struct diag *d)
{
	return str_starts_nocase(d->statement, "raise") && d->statement.n > 5 && strchr(" \t\n;'", d->statement.s[5]) != NULL;
}

/* What the parser refuses fails on the server, too. As all that a way back does it is one degree less severe. */
static void
note_broken(struct replayer *r, size_t first)
{
	const struct diags *diags = r->run->diags;

	for (size_t i = first; i < diags->list.n; i++) {
		struct diag *d = diags->list.items[i];
		if (!d->unchecked)
			continue;
		d->severity = SEVERITY_WARNING;
		r->watch->result->refused = r->watch->result->refused || is_raise(d);
		*vec_push(r->run->arena, &r->watch->result->failures) = (struct loss){ .object = STR("syntax"), .reason = d->message,
			.place = diag_place(d), .back = true };
	}
}

static bool
same_place(struct place a, struct place b)
{
	return a.source == b.source && a.span.off == b.span.off;
}

/* What is said of the whole at that place says it, too, with the reasons of all that fails: the others become places of it. */
static void
join_broken(struct diags *diags, size_t first, size_t whole)
{
	struct diag *failure = NULL;
	size_t kept = first;

	for (size_t i = whole; i < diags->list.n; i++)
		for (size_t k = first; k < whole; k++)
			if (diags->list.items[k]->unchecked && !diags->list.items[i]->possible && same_place(diag_place(diags->list.items[i]), diag_place(diags->list.items[k])))
				failure = diags->list.items[i];
	for (size_t i = first; failure != NULL && i < diags->list.n; i++) {
		struct diag *d = diags->list.items[i];
		if (i >= whole || !d->unchecked)
			diags->list.items[kept++] = d;
		else if (!same_place(diag_place(d), diag_place(failure)))
			diag_label(diags, failure, diag_place(d), d->message);
	}
	diags->list.n = failure != NULL ? kept : diags->list.n;
}

/* Its first statement: what is said of the whole points there, and is allowed there. */
static struct place
head_of(const struct script *script, const struct part *part)
{
	struct span head = { part->span.off, 0 };

	if (script != NULL && script->parsed.spans.n > 0) {
		struct span first = script->parsed.spans.items[0];
		size_t word = str_find_char(source_text(part->source, first), ' ');
		head = word < first.len ? span_of(first.off, first.off + (uint32_t)word) : first;
	}
	return (struct place){ part->source, head };
}

/* What of it is left out can be rehearsed meanwhile. */
static void
run_whole(struct replayer *r, struct script *script, struct span span)
{
	r->script = script;
	r->script_span = span;
	r->rehearsed = NULL;
	r->tried = r->tried_bytes = 0;
	run_script(r, script);
	r->script = NULL;
}

/* NULL: there is none. */
static const struct script *
run_back(struct replayer *r, const struct migration *m)
{
	struct script *script = NEW(r->run->arena, struct script);
	size_t after_migration = catalog_mark(r->catalog);
	unsigned count = r->number;
	size_t first = r->run->diags->list.n;

	if (m->down.source == NULL)
		return NULL;
	lower_source(r->run->arena, m->down.source, m->down.span, r->run->diags, script);
	note_broken(r, first);
	describe_back(r, m, script);
	rollback_turn(r->watch, count + 1);
	/* What nobody wrote nobody can write in another way. */
	r->unit.reported = !m->derived;
	run_whole(r, script, m->down.span);
	r->unit.reported = true;
	rollback_finish(r->watch, after_migration);
	*vec_push(r->run->arena, &r->run->scripts) = script;
	return script;
}

enum { LOOK_BACK = 10 };

/*
 * Most of the migrations right before it have a way back that somebody wrote, as far as they are read and need one: a project may take up the
 * habit late, or give it up.
 */
static bool
expects_back(const struct replayer *r)
{
	size_t last = r->unit.ordinal - 1, first = last > LOOK_BACK ? last - LOOK_BACK : 0, with = 0, known = 0;

	for (size_t i = first; i < last; i++) {
		const struct migration *m = &r->history->migrations.items[i];
		with += m->down.source != NULL && !m->derived;
		known += !m->derived && (m->down.source != NULL || !m->unread);
	}
	return 2 * with > known;
}

static void
judge_back(struct replayer *r, const struct migration *m, const struct script *forward)
{
	struct rollback *result = r->watch->result;
	size_t first = r->run->diags->list.n, whole;
	const struct script *back = run_back(r, m);
	struct op op = { .number = r->number, .at = back != NULL ? head_of(back, &m->down) : head_of(forward, &m->up) };

	result->expected = !m->one_way && expects_back(r);
	rollback_judge(result, back != NULL, back != NULL ? back->parsed.statements : 0);
	r->rollback = result;
	r->unit.down = true;
	whole = r->run->diags->list.n;
	run_synthetic(r, "migration_rollback", &op);
	join_broken(r->run->diags, first, whole);
	if (r->run->visitor.rollback != NULL)
		r->run->visitor.rollback(r->run->visitor.arg, m, result);
	r->unit.down = false;
	r->unit.outside = m->outside;
	r->rollback = NULL;
	r->watch = NULL;
}

/* What goes in the place of other files is not run with them; of a change that somebody makes that is not assumed. */
static bool
leave_out_entry(struct replayer *r, size_t i, const struct script *script, size_t first)
{
	const struct migration *m = &r->history->migrations.items[i];
	struct str before, behind, words;

	if (r->history->adapter == NULL || !str_is(str_of(r->history->adapter->name), "plain") || (r->history->selected && r->history->reported.items[i]))
		return false;
	before = entry_repeats(r, i, script);
	behind = before.s == NULL ? entry_is_repeated(r, i, script) : STR_NONE;
	if (before.s == NULL && behind.s == NULL)
		return false;
	words = before.s != NULL ? str_printf(r->run->arena, "that the files before it make are made here again, the first of them that of %.*s, so that this runs in their place and not behind them", STR_ARG(before))
	    : str_printf(r->run->arena, "that this makes are made again by the files behind it, the first of them by %.*s, so that it runs in their place and not in front of them", STR_ARG(behind));
	r->run->diags->list.n = first;
	if (r->history->reported.items[i])
		diag_add(r->run->diags, SEVERITY_INFO, STR("input"), STR("unread-entry"), (struct place){ m->up.source, { 0, 0 } },
		    str_printf(r->run->arena, "most of the tables %.*s, and was not read: check it alone", STR_ARG(words)));
	return true;
}

/* Its condition asks for something that is there, or not: NO where it is known not to hold. */
static enum tri
condition_holds(const struct replayer *r, const struct migration *m)
{
	const struct source *sql = source_new(r->run->arena, m->up.source->path, m->only_if);

	return m->only_if.n == 0 ? YES : code_condition(r->run->arena, sql, span_of(0, m->only_if.n), NULL, r->catalog);
}

/* What single files say about a history that did not start with them: only reported files complain. */
static void
run_migration(struct replayer *r, size_t i)
{
	const struct migration *m = &r->history->migrations.items[i];
	bool reported = r->history->reported.items[i];
	struct diags unheard = { .arena = r->run->arena };
	size_t first = r->run->diags->list.n;
	struct rollback_watch watch;
	struct script *script;
	enum tri runs;

	if (m->up.source == NULL)
		return;
	script = NEW(r->run->arena, struct script);
	lower_source(r->run->arena, m->up.source, m->up.span, reported ? r->run->diags : &unheard, script);
	runs = condition_holds(r, m);
	if (runs == NO || leave_out_entry(r, i, script, first))
		return;
	describe_unit(r, i, script, runs);
	watch_back(r, &watch);
	run_whole(r, script, m->up.span);
	if (r->run->visitor.migration != NULL)
		r->run->visitor.migration(r->run->visitor.arg, m, r->catalog);
	if (r->watch != NULL)
		judge_back(r, m, script);
	note_all_maybe(r);
	if (!reported) {
		*vec_push(r->run->arena, &r->context) = script;
		return;
	}
	*vec_push(r->run->arena, &r->run->scripts) = script;
	r->run->tally.files++;
	r->run->tally.statements += script->parsed.statements;
}

/* ---- the end state ---- */

static bool
is_judged(const struct replayer *r, const struct birth *born)
{
	return born->migration > 0 && r->history->reported.items[born->migration - 1] != r->older;
}

static void
point_at(struct op *op, const struct birth *born)
{
	op->at = born->call.source != NULL ? born->call : born->place;
	op->within = born->call.source != NULL ? born->place : (struct place){ 0 };
}

static void
judge_constraint(struct replayer *r, struct constraint *k)
{
	if (k->kind == CONSTRAINT_NOT_NULL && !k->name_given)
		return;
	struct op op = { .table = k->table, .constraint = k, .references = k->references };

	point_at(&op, &k->born);
	if (k->columns.n == 1)
		op.column_name = k->columns.items[0];
	if (k->kind == CONSTRAINT_FOREIGN_KEY)
		run_synthetic(r, "final_foreign_key", &op);
	run_synthetic(r, "final_constraint", &op);
}

static bool
defines_columns(const struct relation *t)
{
	return t->kind != RELATION_VIEW && t->kind != RELATION_MATVIEW && t->kind != RELATION_COMPOSITE;
}

/* A column that comes from a parent is judged there. What it is now may be the work of a later statement. */
static void
judge_column(struct replayer *r, struct relation *t, struct column *column)
{
	bool retyped = is_judged(r, &column->retyped);
	struct op op = { .table = t, .column = column, .column_name = column->name };

	point_at(&op, retyped ? &column->retyped : &column->born);
	if (defines_columns(t) && !column->inherited && !column->dropped && (retyped || is_judged(r, &column->born)))
		run_synthetic(r, "final_column", &op);
}

static void
judge_index(struct replayer *r, struct relation *t, struct relation *index)
{
	struct op op = { .table = t, .index = index };

	point_at(&op, &index->born);
	if (index->index->constraint == NULL)
		run_synthetic(r, "final_index", &op);
}

/* What was added to a table, perhaps one that other files created. */
static void
judge_parts(struct replayer *r, struct relation *t)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (is_judged(r, &t->constraints.items[i]->born))
			judge_constraint(r, t->constraints.items[i]);
	for (size_t i = 0; i < t->columns.n; i++)
		judge_column(r, t, t->columns.items[i]);
	for (size_t i = 0; i < t->indexes.n; i++)
		if (is_judged(r, &t->indexes.items[i]->born))
			judge_index(r, t, t->indexes.items[i]);
	for (size_t i = 0; i < t->policies.n; i++) {
		const struct policy *p = t->policies.items[i];
		struct op op = { .table = t, .policy = p };
		point_at(&op, &p->born);
		if (!p->dropped && is_judged(r, &p->born))
			run_synthetic(r, "final_policy", &op);
	}
}

static void
judge_relation(struct replayer *r, struct relation *t)
{
	struct op op = { .table = t };

	point_at(&op, &t->born);
	judge_parts(r, t);
	if ((t->kind == RELATION_TABLE || t->kind == RELATION_PARTITIONED) && is_judged(r, &t->born))
		run_synthetic(r, "final_table", &op);
	if (t->kind != RELATION_VIEW || !is_judged(r, &t->defined))
		return;
	point_at(&op, &t->defined);
	run_synthetic(r, "final_view", &op);
}

static void
judge_end_state(struct replayer *r)
{
	r->unit.reported = true;
	r->unit.doubt = STR_NONE;
	r->tenant = tenant_find(r->run->arena, r->catalog, &r->history->config->tenant);
	if (r->run->visitor.end != NULL && !r->older)
		r->run->visitor.end(r->run->visitor.arg, r->history, r->catalog, r->tenant);
	for (size_t i = 0; !r->unordered && i < r->catalog->all.n; i++)
		if (!r->catalog->all.items[i]->dropped && r->catalog->all.items[i]->index == NULL)
			judge_relation(r, r->catalog->all.items[i]);
}

/* ---- what a change breaks ---- */

/* The same before and after a rename. */
static struct str
key_of(struct arena *a, const struct diag *d)
{
	const struct place *at = &d->labels[0].at;

	return str_printf(a, "%.*s %p %u", STR_ARG(d->rule), (const void *)at->source, at->span.off);
}

static void
judge_older(struct replayer *r, struct diags *found)
{
	struct unit unit = r->unit;
	const struct tenant_design *tenant = r->tenant;

	r->older = true;
	r->heard = found;
	judge_end_state(r);
	r->older = false;
	r->heard = r->run->diags;
	r->unit = unit;
	r->tenant = tenant;
}

static void
look_around(struct replayer *r, struct map *present)
{
	struct diags found = { .arena = r->run->arena };

	*present = MAP(r->run->arena);
	judge_older(r, &found);
	for (size_t i = 0; i < found.list.n; i++)
		*map_at(present, key_of(r->run->arena, found.list.items[i])) = r;
}

/* Runs a migration of the change, and notes what the end of the history would look worse for than without it. */
static void
run_changed(struct replayer *r, size_t i)
{
	struct map after;
	struct str *path = NEW(r->run->arena, struct str);

	if (!r->fresh)
		look_around(r, &r->present);
	run_migration(r, i);
	look_around(r, &after);
	*path = r->unit.path;
	for (size_t k = 0; k < after.n; k++)
		if (!map_has(&r->present, after.entries[k].key))
			*map_at(&r->broken, after.entries[k].key) = path;
	r->present = after;
	r->fresh = true;
}

static void
suppress_context(const struct replayer *r, const struct script *script, struct diags *diags)
{
	struct suppress_input in = { .source = script->source, .comments = script->parsed.comments.items,
		.ncomments = script->parsed.comments.n, .statements = script->parsed.spans.items,
		.nstatements = script->parsed.spans.n, .lookup = rules_lookup, .arg = r->run->rules };

	suppress_apply(diags, &in);
}

static void
report_broken(struct replayer *r)
{
	struct diags found = { .arena = r->run->arena }, worse = found;

	judge_older(r, &found);
	for (size_t i = 0; i < found.list.n; i++) {
		struct diag *d = found.list.items[i];
		const struct str *path = map_get(&r->broken, key_of(r->run->arena, d));
		if (path == NULL)
			continue;
		diag_note(&worse, d, str_printf(r->run->arena, "it is so since %.*s", STR_ARG(*path)));
		*vec_push(r->run->arena, &worse.list) = d;
	}
	for (size_t i = 0; i < r->context.n && worse.list.n > 0; i++)
		suppress_context(r, r->context.items[i], &worse);
	for (size_t i = 0; i < worse.list.n; i++)
		if (!str_is(worse.list.items[i]->category, "suppression"))
			*vec_push(r->run->arena, &r->run->diags->list) = worse.list.items[i];
}

/* ---- files ---- */

static void
judge_files(struct replayer *r)
{
	r->unit.reported = true;
	for (size_t i = 0; i < r->history->notes.n; i++) {
		struct op op = { .at = r->history->notes.items[i].at };
		r->note = &r->history->notes.items[i];
		run_synthetic(r, "migration_file", &op);
	}
	r->note = NULL;
}

/* Refusals in the order of names with numbers, and of names without. */
enum { TOO_MANY = 50, TOO_MANY_UNNUMBERED = 5, MANY_IN_ONE = 3 };

static bool
is_refusal(const struct diag *d)
{
	return str_is(d->rule, "statement-fails");
}

static bool
same_home(const struct migration *a, const struct migration *b)
{
	return str_eq(home_of_file(a->up.source->path), home_of_file(b->up.source->path));
}

static bool
has_numbers(const struct history *h)
{
	size_t with = 0;

	for (size_t i = 0; i < h->migrations.n; i++)
		with += h->migrations.items[i].version.n > 0;
	return 2 * with > h->migrations.n;
}

static bool
begins_with_number(const struct migration *m)
{
	return m->version.n > 0 || (m->name.n > 0 && m->name.s[0] >= '0' && m->name.s[0] <= '9');
}

static bool
names_tell(const struct history *h)
{
	return str_is(str_of(h->adapter->name), "plain") || str_is(str_of(h->adapter->name), "up-down-dirs");
}

/* Why its name tells of no place among the others; STR_NONE: it does. */
static struct str
has_no_place(const struct history *h, const struct migration *m)
{
	size_t with = 0, beside = 0;

	if (m->unplaced != NULL)
		return str_of(m->unplaced);
	if (!names_tell(h))
		return STR_NONE;
	for (size_t i = 0; i < h->migrations.n; i++) {
		const struct migration *other = &h->migrations.items[i];
		if (other == m || other->up.source == NULL || !same_home(m, other))
			continue;
		beside++;
		with += begins_with_number(other);
		if (m->version.n > 0 && str_cmp_natural(m->version, other->version) == 0)
			return STR("when this runs, or whether it does, as another file has its number");
	}
	if (begins_with_number(m))
		return STR_NONE;
	return 2 * with > beside ? STR("when this runs, or whether it does, as the files beside it have numbers and it has none")
	    : with == 0 && beside > 0 ? STR("in which order these files run, as their names have no numbers") : STR_NONE;
}

static const struct migration *
migration_of(const struct history *h, struct str path)
{
	for (size_t i = 0; i < h->migrations.n; i++)
		if (h->migrations.items[i].up.source != NULL && str_eq(h->migrations.items[i].up.source->path, path))
			return &h->migrations.items[i];
	return NULL;
}

static size_t
refusals_in(const struct diags *diags, size_t first, struct str path)
{
	size_t n = 0;

	for (size_t i = first; i < diags->list.n; i++) {
		const struct diag *d = diags->list.items[i];
		n += is_refusal(d) && d->nlabels > 0 && str_eq(d->labels[0].at.source->path, path);
	}
	return n;
}

/* Flyway runs classes, too, which lie elsewhere. Where so much fails in a file that others build on, one of them has been there. */
static struct str
follows_unread(const struct replayer *r, const struct migration *m, size_t first)
{
	const struct history *h = r->history;
	bool has_code = h->adapter != NULL && str_is(str_of(h->adapter->name), "flyway"), last = m == &h->migrations.items[h->migrations.n - 1];

	return has_code && !last && refusals_in(r->run->diags, first, m->up.source->path) >= MANY_IN_ONE ? STR("what migrations in Java do before this, which are not read") : STR_NONE;
}

/* Of files in which something is refused: path -> why nobody knows their place, or what runs before them */
static struct map
misplaced_files(const struct replayer *r, size_t first)
{
	const struct diags *diags = r->run->diags;
	struct map files = MAP(r->run->arena);

	for (size_t i = first; i < diags->list.n; i++) {
		const struct diag *d = diags->list.items[i];
		const struct migration *m = is_refusal(d) && d->nlabels > 0 ? migration_of(r->history, d->labels[0].at.source->path) : NULL;
		struct str why = m == NULL ? STR_NONE : has_no_place(r->history, m);
		if (m != NULL && why.s == NULL && map_get(&files, m->up.source->path) == NULL)
			why = follows_unread(r, m, first);
		struct str *known = why.s == NULL ? NULL : NEW(r->run->arena, struct str);
		if (known == NULL)
			continue;
		*known = why;
		*map_at(&files, d->labels[0].at.source->path) = known;
	}
	return files;
}

static bool
has_note(const struct diag *d, struct str note)
{
	return str_in(note, d->notes, d->nnotes);
}

/* Where something fails in a file without a place of its own, it may run elsewhere, or not at all. */
static void
doubt_places(struct replayer *r, size_t first)
{
	struct map files = misplaced_files(r, first);
	struct diags *diags = r->run->diags;

	for (size_t i = first; i < diags->list.n; i++) {
		struct diag *d = diags->list.items[i];
		const struct str *why = d->nlabels > 0 && d->labels[0].at.source != NULL ? map_get(&files, d->labels[0].at.source->path) : NULL;
		if (why == NULL)
			continue;
		d->possible = true;
		if (!has_note(d, *why))
			diag_note(diags, d, str_printf(r->run->arena, "unknown: %.*s", STR_ARG(*why)));
	}
}

/*
 * The order of plain files is guessed by their names. Where statement after statement fails in it, it is not theirs: scripts
 * that were run by hand, or in the place of one another. What they leave behind together is not what any database holds.
 */
static bool
doubt_order(struct replayer *r, size_t first)
{
	const struct adapter *adapter = r->history->adapter;
	struct diags *diags = r->run->diags;
	size_t refused = 0, kept = first;

	for (size_t i = first; i < diags->list.n; i++)
		refused += is_refusal(diags->list.items[i]);
	if (adapter == NULL || r->history->migrations.n < 2 || refused == 0)
		return false;
	doubt_places(r, first);
	if (!str_is(str_of(adapter->name), "plain"))
		return false;
	if (refused < (has_numbers(r->history) ? TOO_MANY : TOO_MANY_UNNUMBERED))
		return false;
	struct place root = { source_new(r->run->arena, r->history->root, STR("")), { 0, 0 } };
	for (size_t i = first; i < diags->list.n; i++)
		if (!is_refusal(diags->list.items[i]))
			diags->list.items[kept++] = diags->list.items[i];
	diags->list.n = kept;
	diag_add(diags, SEVERITY_INFO, STR("input"), STR("unordered-files"), root, str_printf(r->run->arena,
	    "in the order of their names %zu statements of these files would fail, so that is not how they run, and what fails is not reported, nor is what is there in the end: "
	    "name the framework, or describe the runner under custom", refused));
	return true;
}

static bool
is_one_file(const struct history *h)
{
	for (size_t i = 1; i < h->migrations.n; i++)
		if (!str_eq(h->migrations.items[i].file, h->migrations.items[0].file))
			return false;
	return true;
}

void
replay(struct run *run, struct history *history)
{
	size_t first = run->diags->list.n;
	struct replayer r = { .run = run, .history = history, .heard = run->diags, .broken = MAP(run->arena), .gaps = MAP(run->arena) };

	r.catalog = catalog_new(run->arena, history->schema.n > 0 ? history->schema : history->config->schema);
	r.default_schema = r.catalog->default_schema;
	r.catalog->pg_version = history->config->pg_version;
	r.catalog->stand_ins = history->stand_ins;
	r.catalog->complete = history->config->starts_empty;
	if (run->nhistories > 1) {
		r.catalog->others_name = others_name;
		r.catalog->others = &r;
	}
	r.one_file = is_one_file(history);
	r.session = session_new(run->arena, r.catalog);
	r.rehearsal = (struct rehearsal){ &r, rehearse };
	r.statement_effects.arena = run->arena;
	memcpy(r.session->defaults, history->config->session, sizeof r.session->defaults);
	r.tenant = tenant_configured(run->arena, &history->config->tenant);
	judge_files(&r);
	for (size_t i = 0; i < history->migrations.n; i++)
		add_later(&r, &history->migrations.items[i], history->selected && history->reported.items[i]);
	for (size_t i = 0; i < history->behind.n; i++)
		add_later(&r, &history->behind.items[i], false);
	for (size_t i = 0; i < history->migrations.n; i++)
		if (history->selected && history->reported.items[i] && run->rules != NULL)
			run_changed(&r, i);
		else {
			r.fresh = false;
			run_migration(&r, i);
		}
	r.unordered = doubt_order(&r, first);
	judge_end_state(&r);
	if (r.broken.n > 0 && !r.unordered)
		report_broken(&r);
}
