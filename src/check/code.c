#include <string.h>

#include "check/replayer.h"

/* Runs what DO blocks and functions hold, as far as it can be read. */

enum { DEPTH_LIMIT = 8, STEP_LIMIT = 2000 };

/* How a list of statements ends. */
enum flow {
	GOES_ON,
	MAY_END,                        /* a RETURN under a condition: nobody knows whether what follows runs */
	ENDS,                           /* RETURN */
	FAILS,                          /* an exception that nothing catches */
	UNWINDS                         /* one that a block around it catches: struct catching tells which */
};

/* A block with handlers. */
struct catching {
	struct catching *outer;
	const struct pl_statement *block;
	const struct pl_arm *handler;   /* that caught something */
};

static enum flow run_list(struct replayer *, const struct code *, const struct pl_list *);

/* ---- statements of the file that code makes up ---- */

static struct place
in_body(const struct code *code, struct span span)
{
	return place_in_file((struct place){ code->source, span });
}

static struct statement *
made_statement(struct replayer *r, struct place at)
{
	struct statement *s = NEW(r->run->arena, struct statement);

	s->source = at.source;
	s->span = at.span;
	return s;
}

static bool
step(struct replayer *r, struct place at)
{
	r->catalog->now.statement = ++r->number;
	r->catalog->now.doubtful = r->inside.runs != YES;
	r->catalog->statement = place_in_file(at);
	return ++r->steps <= STEP_LIMIT;
}

/* What it made or dropped is not known, nor what fails for that. */
static void
ran_unread(struct replayer *r, enum reach reach, enum reach makes)
{
	catalog_note_unread(r->catalog, reach);
	catalog_note_making(r->catalog, makes);
	catalog_note_unseen(r->catalog);
	r->statement_effects.all_unknown = true;
}

static void
unreadable(struct replayer *r, struct place at, enum reach reach, enum reach makes, struct str reason)
{
	struct op *op = op_unreadable(r->run->arena, made_statement(r, at), reason);

	ran_unread(r, reach, makes);
	if (makes == REACH_INDEXES || makes == REACH_SCHEMA)
		catalog_note_unread_indexes(r->catalog, place_in_file(at), STR_NONE);
	if (r->unreadable_said)
		return;
	r->unreadable_said = true;
	(void)replay_op(r, op);
}

/* ---- conditions ---- */

/* What an adapter puts around the text of a file stands for a word in it. */
static bool
is_written(struct place at)
{
	struct place file = place_in_file(at);
	struct str text = source_text(at.source, at.span), written = source_text(file.source, file.span);

	return text.n == 0 || written.n == 0 || (text.s[0] | 0x20) == (written.s[0] | 0x20) || str_starts_nocase(written, "begin");
}

static void
doubt(struct replayer *r, struct place at)
{
	struct place file = place_in_file(at), shown = is_written(at) ? at : file;

	if (r->inside.runs != YES)
		return;
	r->inside.runs = UNKNOWN;
	r->inside.doubt = str_brief(r->run->arena, source_text(shown.source, shown.span));
	r->inside.doubt_place = file;
}

/* As the whole file may not run. */
static void
doubt_all(struct replayer *r)
{
	if (r->unit.doubt.s == NULL)
		return;
	r->inside.runs = UNKNOWN;
	r->inside.doubt = r->unit.doubt;
	r->inside.doubt_place = r->unit.doubt_place;
}

/* ---- failures ---- */

static bool
catches(const struct pl_arm *handler, const struct op *op)
{
	for (size_t i = 0; i < handler->catches.n; i++)
		if (op_failure_is(op, handler->catches.items[i]))
			return true;
	return false;
}

static struct catching *
catcher_of(const struct replayer *r, const struct op *op)
{
	for (struct catching *c = r->catching; c != NULL; c = c->outer)
		for (size_t i = 0; i < c->block->arms.n; i++)
			if (catches(&c->block->arms.items[i], op)) {
				c->handler = &c->block->arms.items[i];
				return c;
			}
	return NULL;
}

enum outcome
code_excuses(struct replayer *r, struct op *op)
{
	if (r->inside.depth == 0) {
		r->left_out = r->left_out || r->unit.doubt.s != NULL;
		return r->unit.doubt.s != NULL ? LEFT_OUT : DONE;
	}
	if (r->inside.runs != YES)
		return LEFT_OUT;
	if (catcher_of(r, op) != NULL)
		return CAUGHT;
	/* The first failure ends it: what would come behind is still judged, but does not fail any more. */
	if (r->failure_said)
		op->failure = STR_NONE;
	r->failure_said = true;
	return DONE;
}

/* ---- SQL ---- */

/* TransactionStmt in code: _SPI_execute_plan() refuses all but COMMIT and ROLLBACK, and those where the caller is atomic. */
static bool
controls_transaction(const struct op *op)
{
	static const char *const kinds[] = { "begin", "start_transaction", "commit", "rollback", "savepoint", "release_savepoint",
		"rollback_to_savepoint", "prepare_transaction", "commit_prepared", "rollback_prepared" };

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(op->kind->name, kinds[i]) == 0)
			return true;
	return false;
}

static enum outcome
end_transaction(struct replayer *r, struct op *op, bool dynamic)
{
	bool ends = strcmp(op->kind->name, "commit") == 0 || strcmp(op->kind->name, "rollback") == 0;
	enum outcome outcome;

	if (!ends || dynamic || code_is_sql(r->inside.code))
		op->failure = STR("code cannot run this transaction command");
	else if (r->inside.atomic)
		op->failure = STR("invalid transaction termination: the code runs inside a transaction, or a function or handler is around it");
	else if (r->session->open == UNKNOWN)
		return DONE;
	outcome = replay_op(r, op);
	if (op->failure.s != NULL)
		return outcome;
	session_statement(r->session);
	(void)session_enter_code(r->session);
	return outcome;
}

static enum flow
unwind(struct replayer *r, const struct op *op)
{
	r->unwinding = catcher_of(r, op);
	return UNWINDS;
}

static enum flow
run_script(struct replayer *r, struct script *script, bool dynamic)
{
	size_t mark = catalog_mark(r->catalog);

	for (size_t i = 0; i < script->ops.n; i++) {
		struct op *op = script->ops.items[i];
		enum outcome outcome;
		if (i == 0 || op->statement != script->ops.items[i - 1]->statement)
			mark = catalog_mark(r->catalog);
		outcome = controls_transaction(op) ? end_transaction(r, op, dynamic) : replay_op(r, op);
		if (r->unwinding != NULL || r->aborted)
			return r->aborted ? FAILS : UNWINDS;
		if (outcome == DONE)
			continue;
		catalog_undo(r->catalog, mark);
		if (outcome == CAUGHT)
			return unwind(r, op);
		while (i + 1 < script->ops.n && script->ops.items[i + 1]->statement == op->statement)
			i++;
	}
	return GOES_ON;
}

static enum flow
run_sql(struct replayer *r, const struct source *source, struct span span, uint32_t at, bool dynamic)
{
	struct diags unheard = { .arena = r->run->arena };
	struct script *script = NEW(r->run->arena, struct script);
	bool heard = dynamic && r->unit.reported && r->inside.runs == YES;

	if (!step(r, (struct place){ source, span })) {
		unreadable(r, (struct place){ source, span }, REACH_SCHEMA, REACH_SCHEMA, STR("it runs more statements than are followed"));
		return GOES_ON;
	}
	script->bindings = r->inside.arguments;
	script->code = dynamic ? NULL : r->inside.code;
	lower_source(r->run->arena, source, span, heard ? r->run->diags : &unheard, script);
	script->code = r->inside.code;
	script->at = at;
	script->caller = r->caller;
	return run_script(r, script, dynamic);
}

static struct span
all_of(const struct source *source)
{
	return (struct span){ 0, (uint32_t)source->sql.n };
}

static bool
reads_or_calls(struct str expression)
{
	return str_find_char(expression, '(') != (size_t)-1;
}

static enum flow
evaluate(struct replayer *r, const struct code *code, struct span expression)
{
	const struct source *query;

	if (!reads_or_calls(source_text(code->source, expression)))
		return GOES_ON;
	query = code_select(r->run->arena, code->source, expression);
	return run_sql(r, query, all_of(query), expression.off, false);
}

static enum flow
execute(struct replayer *r, const struct code *code, const struct pl_statement *s)
{
	struct str culprit, start;
	enum flow flow;
	const struct source *text = code_text(r->run->arena, code->source, s->sql, r->inside.arguments, &start, &culprit);

	if (text != NULL)
		return run_sql(r, text, all_of(text), s->span.off, true);
	flow = evaluate(r, code, s->sql);
	if (flow != GOES_ON || code_gives_nothing(r->run->arena, code->source, s->sql, r->catalog))
		return flow;
	(void)step(r, (struct place){ code->source, s->span });
	unreadable(r, in_body(code, s->span), sql_reach(start),
	    code_expression_makes(r->run->arena, code, s->sql, r->inside.arguments),
	    culprit.s == NULL ? STR("EXECUTE runs a text that is put together while it runs")
	    : str_printf(r->run->arena, "EXECUTE runs a text that depends on %.*s", STR_ARG(culprit)));
	return GOES_ON;
}

/* ---- control ---- */

static enum flow
merge(enum flow all, enum flow one)
{
	return one == ENDS || one == MAY_END ? MAY_END : all;
}

/* Under a condition that nobody knows. otherwise: it is that of another branch, and what runs is ELSE. */
static enum flow
run_possible(struct replayer *r, const struct code *code, const struct pl_list *list, struct span why, bool otherwise)
{
	struct inside outer = r->inside;
	bool sure = r->inside.runs == YES;
	enum flow flow;

	doubt(r, (struct place){ code->source, why });
	if (sure && otherwise)
		r->inside.doubt = str_printf(r->run->arena, "ELSE of %.*s", STR_ARG(r->inside.doubt));
	flow = run_list(r, code, list);
	r->inside = outer;
	return merge(GOES_ON, flow);
}

/* What a table was before a condition said that it has no rows. */
struct state {
	struct relation *relation;
	struct birth taken_empty;
	enum tri filled;
};

VEC_TYPE(states, struct state);

/* Where the condition holds, they are: from the statement on that comes next. */
static struct states
take_empty(struct replayer *r, const struct code *code, const struct pl_arm *arm)
{
	struct empty_tables list = arm->otherwise ? (struct empty_tables){ 0 } : code_empty_tables(r->run->arena, code->source, arm->condition, r->catalog);
	struct states before = { 0 };

	for (size_t i = 0; i < list.n; i++) {
		struct relation *t = list.items[i];
		*vec_push(r->run->arena, &before) = (struct state){ t, t->taken_empty, t->filled };
		catalog_take_empty_next(r->catalog, t);
	}
	return before;
}

static void
give_rows_back(struct replayer *r, const struct states *before)
{
	for (size_t i = 0; i < before->n; i++) {
		const struct state *s = &before->items[i];
		catalog_set(r->catalog, &s->relation->taken_empty, s->taken_empty);
		if (s->relation->filled == NO)
			catalog_set(r->catalog, &s->relation->filled, s->filled);
	}
}

static enum flow
run_arm(struct replayer *r, const struct code *code, const struct pl_arm *arm, bool surely)
{
	struct states before = take_empty(r, code, arm);
	enum flow flow = surely ? run_list(r, code, &arm->body) : run_possible(r, code, &arm->body, arm->at, arm->otherwise);

	give_rows_back(r, &before);
	return flow;
}

static enum flow
run_choice(struct replayer *r, const struct code *code, const struct pl_statement *s)
{
	enum tri reached = YES;
	enum flow flow = GOES_ON;

	for (size_t i = 0; i < s->arms.n && reached != NO; i++) {
		const struct pl_arm *arm = &s->arms.items[i];
		enum tri holds = arm->otherwise ? YES : code_condition(r->run->arena, code->source, arm->condition, r->inside.arguments, r->catalog);
		enum tri runs = tri_and(reached, holds);
		if (!arm->otherwise && arm->condition.len > 0)
			(void)evaluate(r, code, arm->condition);
		if (runs == YES)
			return run_arm(r, code, arm, true);
		if (runs == UNKNOWN)
			flow = merge(flow, run_arm(r, code, arm, false));
		reached = tri_and(reached, tri_not(holds));
	}
	return flow;
}

static enum flow
run_loop(struct replayer *r, const struct code *code, const struct pl_statement *s)
{
	enum flow flow;

	if (!str_starts_nocase(source_text(code->source, s->head), "loop"))
		return run_possible(r, code, &s->body, s->head, false);
	flow = run_list(r, code, &s->body);
	return flow == ENDS ? MAY_END : flow;
}

/* Most likely nothing is caught: what the handlers do is judged, but what follows does not build on it. */
static void
run_handlers(struct replayer *r, const struct code *code, const struct pl_statement *s)
{
	size_t mark = catalog_mark(r->catalog);

	for (size_t i = 0; i < s->arms.n; i++) {
		(void)run_possible(r, code, &s->arms.items[i].body, s->arms.items[i].at, false);
		catalog_undo(r->catalog, mark);
	}
}

/* A block with handlers is a subtransaction. */
static enum flow
run_guarded(struct replayer *r, const struct code *code, const struct pl_statement *s)
{
	struct catching mine = { .outer = r->catching, .block = s };
	struct inside outer = r->inside;
	size_t mark = catalog_mark(r->catalog);
	enum flow flow;

	r->catching = &mine;
	r->inside.atomic = true;
	flow = run_list(r, code, &s->body);
	r->catching = mine.outer;
	r->inside = outer;
	if (r->unwinding == &mine) {
		r->unwinding = NULL;
		catalog_undo(r->catalog, mark);
		return run_list(r, code, &mine.handler->body);
	}
	if (flow != UNWINDS && flow != FAILS)
		run_handlers(r, code, s);
	return flow;
}

static enum flow
run_raise(struct replayer *r, const struct code *code, const struct pl_statement *s)
{
	struct op *op;
	enum outcome outcome;

	if (r->inside.runs != YES)
		return FAILS;
	(void)step(r, (struct place){ code->source, s->span });
	op = op_raise(r->run->arena, made_statement(r, in_body(code, s->span)));
	outcome = replay_op(r, op);
	if (outcome == CAUGHT)
		return unwind(r, op);
	r->aborted = true;
	return FAILS;
}

static enum flow
run_statement(struct replayer *r, const struct code *code, const struct pl_statement *s)
{
	switch (s->kind) {
	case PL_SQL:
		return run_sql(r, code->source, s->sql, s->span.off, false);
	case PL_EVALUATE:
		return evaluate(r, code, s->sql);
	case PL_EXECUTE:
		return execute(r, code, s);
	case PL_BLOCK:
		return s->arms.n > 0 ? run_guarded(r, code, s) : run_list(r, code, &s->body);
	case PL_CHOICE:
		return run_choice(r, code, s);
	case PL_LOOP:
		return run_loop(r, code, s);
	case PL_RAISE:
		return run_raise(r, code, s);
	case PL_RETURN:
		return ENDS;
	}
	return GOES_ON;
}

static enum flow
run_list(struct replayer *r, const struct code *code, const struct pl_list *list)
{
	enum flow all = GOES_ON;

	for (size_t i = 0; i < list->n && r->steps <= STEP_LIMIT; i++) {
		const struct pl_statement *s = list->items[i];
		enum flow flow = run_statement(r, code, s);
		if (flow == MAY_END) {
			doubt(r, (struct place){ code->source, s->span });
			all = MAY_END;
		} else if (flow != GOES_ON) {
			return flow;
		}
	}
	return all;
}

/* ---- bodies ---- */

/* Comments inside it are for the statements inside it. */
static void
hear_comments(struct replayer *r, const struct code *code)
{
	for (size_t i = 0; i < code->body.levels.n; i++) {
		const struct pl_level *level = code->body.levels.items[i];
		if (level->comments.n > 0)
			*vec_push(r->run->arena, &r->run->bodies) = (struct suppress_input){ .source = code->source,
				.comments = level->comments.items, .ncomments = level->comments.n,
				.statements = level->statements.items, .nstatements = level->statements.n, .inside = true };
	}
}

static void
complain(struct replayer *r, const struct code *code, bool defined)
{
	struct place at = code->error_place.span.len > 0 ? place_in_file(code->error_place) : code->place;
	struct str what = code->name.s == NULL ? STR("the DO block")
	    : str_printf(r->run->arena, "the body of %.*s", STR_ARG(code->name));
	struct diag *d = diag_add(r->run->diags, defined ? SEVERITY_WARNING : SEVERITY_ERROR, STR("input"), STR("syntax-error"), at,
	    code->error);

	d->unchecked = !defined;
	d->statement = source_text(code->place.source, code->place.span);
	if (!defined && r->watch != NULL && r->watch->back != 0)
		*vec_push(r->run->arena, &r->watch->result->failures) = (struct loss){ .object = STR("syntax"), .reason = code->error, .place = at, .back = true };
	diag_note(r->run->diags, d, str_printf(r->run->arena, defined ? "the server refuses %.*s while check_function_bodies is on" : "%.*s was skipped", STR_ARG(what)));
}

/* Why it cannot be read; STR_NONE: it can. */
static struct str
obstacle(struct replayer *r, const struct code *code)
{
	if (code->source == NULL || (!code_is_plpgsql(code) && !code_is_sql(code)))
		return str_printf(r->run->arena, "it is written in %.*s", STR_ARG(code->language));
	if (r->inside.depth > DEPTH_LIMIT)
		return STR("calls of functions are nested too deeply");
	if (code->body.too_deep)
		return STR("its blocks are nested too deeply");
	return code->error.s != NULL ? STR("its body does not parse") : STR_NONE;
}

static void
run_body(struct replayer *r, struct code *code, const struct statement *caller)
{
	bool broken_do;
	struct str why;

	code_read(code);
	why = obstacle(r, code);
	broken_do = code->error.s != NULL && !code->body.too_deep && code->name.s == NULL;
	if (broken_do && r->unit.reported && !code->complained)
		complain(r, code, false);
	code->complained = true;
	if (why.s != NULL) {
		if (broken_do)
			ran_unread(r, REACH_SCHEMA, REACH_SCHEMA);
		else
			unreadable(r, (struct place){ caller->source, caller->span }, REACH_SCHEMA, REACH_SCHEMA, why);
		return;
	}
	if (!code->heard && r->unit.reported && in_body(code, all_of(code->source)).source == place_in_file((struct place){ r->statement->source, r->statement->span }).source)
		hear_comments(r, code);
	code->heard = true;
	if (code_is_plpgsql(code))
		(void)run_list(r, code, &code->body.list);
	else
		(void)run_sql(r, code->source, all_of(code->source), 0, false);
}

static bool
is_running(const struct replayer *r, const struct code *code)
{
	for (const struct inside *i = &r->inside; i != NULL && i->depth > 0; i = i->outer)
		if (i->code == code)
			return true;
	return false;
}

static bool
knows_some(const struct bindings *arguments)
{
	for (size_t i = 0; arguments != NULL && i < arguments->n; i++)
		if (arguments->items[i].text.s != NULL && !arguments->items[i].declared)
			return true;
	return false;
}

static bool
stands_in(const struct code *code, struct place call)
{
	return str_eq(place_in_file(code->place).source->path, call.source->path);
}

static void
run_code(struct replayer *r, struct code *code, const struct op *op, const struct code_call *call, bool atomic)
{
	struct inside outer = r->inside;
	const struct op *caller = r->caller;
	const struct birth now = r->catalog->now;
	struct place statement = r->catalog->statement, at = { op->statement->source, op->statement->span };
	bool began;

	if (is_running(r, code) || r->steps > STEP_LIMIT)
		return;
	began = session_enter_code(r->session);
	r->caller = op;
	r->inside.outer = &outer;
	r->inside.depth++;
	r->inside.code = code;
	r->inside.arguments = code_bind(r->run->arena, code, call == NULL ? NULL : call->call);
	r->inside.function = code->name;
	r->inside.defined = code->place;
	r->inside.stands_for_condition = call == NULL && !is_written(at);
	if (outer.depth == 0) {
		r->inside.call = place_in_file(at);
		r->inside.runs = YES;
		r->inside.told_by_call = false;
		doubt_all(r);
		r->inside.atomic = !began && r->session->open == YES;
	}
	r->inside.told_by_call = r->inside.told_by_call || !stands_in(code, r->inside.call) || knows_some(r->inside.arguments);
	r->catalog->now.call = r->inside.told_by_call ? r->inside.call : (struct place){ 0 };
	if (call != NULL && !call->sure)
		doubt(r, at);
	r->inside.atomic = r->inside.atomic || atomic || code->confined;
	run_body(r, code, op->statement);
	r->inside = outer;
	r->caller = caller;
	r->aborted = r->aborted && outer.depth > 0;
	r->catalog->statement = statement;
	r->catalog->now.statement = now.statement;
	r->catalog->now.doubtful = now.doubtful;
	r->catalog->now.call = now.call;
	if (began)
		session_leave_code(r->session);
}

void
replay_code_of(struct replayer *r, struct op *op)
{
	struct code *code;
	struct code_call call;
	bool is_do = strcmp(op->kind->name, "do_block") == 0;

	code = op_code(op);
	if (is_do) {
		run_code(r, code, op, NULL, false);
		return;
	}
	if (code != NULL && r->unit.reported && !code->complained) {
		code_read(code);
		code->complained = true;
		if (code->error.s != NULL && !code->body.too_deep)
			complain(r, code, true);
	}
	for (size_t i = 0; op_calls(op, r->catalog, i, &call); i++)
		if (call.code != NULL)
			run_code(r, call.code, op, &call, strcmp(op->kind->name, "call") != 0);
		else if (call.elsewhere)
			unreadable(r, (struct place){ op->statement->source, op->statement->span }, REACH_SCHEMA, REACH_SCHEMA, STR("another session runs it, by dblink"));
		else if (call.unseen)
			ran_unread(r, REACH_SCHEMA, REACH_SCHEMA);
}
