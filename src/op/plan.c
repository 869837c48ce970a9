#include "op/plan.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "op/advice.h"
#include "op/failure.h"
#include "op/lower.h"

/* "or ...", "where ...": what follows is one of several ways, or for some databases only. */
static bool
is_choice(struct str line)
{
	static const char *const words[] = { "or", "else", "otherwise", "best", "instead", "if", "where", "only", "as", NULL };
	struct str rest = str_trim(str_slice(line, 2, line.n)), word = str_slice(rest, 0, str_find_char(rest, ' '));

	while (word.n > 0 && (word.s[word.n - 1] == ',' || word.s[word.n - 1] == ':'))
		word.n--;
	return str_among(word, words) || str_find(line, STR("; else")) != (size_t)-1;
}

/* "$1", "...", "<column>" */
static bool
has_hole(struct str line)
{
	bool hole = str_find(line, STR("...")) != (size_t)-1;

	for (size_t i = 0; i + 1 < line.n; i++)
		hole = hole || (line.s[i] == '$' && isdigit((unsigned char)line.s[i + 1])) || (line.s[i] == '<' && isalpha((unsigned char)line.s[i + 1]));
	return hole;
}

static bool
is_comment(struct str line)
{
	return str_starts(str_trim(line), "--");
}

bool
plan_read(const struct facts *f, struct str advice, struct plan *p)
{
	struct buf now = BUF(f->arena), later = BUF(f->arena);
	bool put_off = false;
	struct str line;

	while (str_cut(&advice, '\n', &line)) {
		if (!is_comment(line) && has_hole(line))
			return false;
		if (is_comment(line) && is_choice(str_trim(line)))
			return false;
		put_off = put_off || (is_comment(line) && op_puts_off(line));
		if (!is_comment(line))
			buf_printf(put_off ? &later : &now, "%.*s\n", STR_ARG(line));
	}
	*p = (struct plan){ .now = buf_text(&now), .later = buf_text(&later) };
	return now.n + later.n > 0;
}

/* ---- following it ---- */

bool
plan_waits(const struct facts *f, const struct range *r, size_t i)
{
	const struct op *op = r->script->ops.items[i];

	return r->chosen[i] && !op->noop && op->statement != f->op->statement;
}

static bool
waits_not(const struct facts *f, const struct range *r, size_t i)
{
	const struct op *op = r->script->ops.items[i];

	return !r->chosen[i] && !op->noop && op->statement != f->op->statement;
}

/* The advice says it, as it stands. */
static bool
repeats(const struct facts *f, struct str advice, const struct op *op)
{
	return str_find(advice, str_printf(f->arena, "%.*s;", STR_ARG(source_text(op->statement->source, op->statement->span)))) != (size_t)-1;
}

/* The advice says of it that it gets another name, or waits. */
static bool
is_made_again(const struct facts *f, const struct op *op)
{
	struct span clause = op->spans[SPAN_ACTION];

	if (!is_kind(f->op, "drop_column") || op->statement == NULL || order_table(f, op) != f->op->table)
		return false;
	if (op->statement == f->op->statement)
		return op != f->op && !is_kind(op, "drop_constraint") && op_span_mentions(op->statement, clause, f->op->column_name);
	return is_kind(op, "add_column") && op->statement->span.off > f->op->statement->span.off && str_eq(op->column_name, f->op->column_name);
}

/* The advice says of it that it is built under another name, which it gives up for its own in the end. */
static bool
is_built_first(const struct facts *f, struct str advice, const struct op *op)
{
	return is_kind(f->op, "drop_index") && f->op->index != NULL && str_find(advice, STR(" of the one that gets its name")) != (size_t)-1 && op == put_off_next_of_name(f, f->op->index);
}

static bool
is_in(const struct ops *ops, const struct op *op)
{
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i] == op)
			return true;
	return false;
}

/* Of a column of the primary key: the advice makes the next one. */
bool
plan_adds_key(const struct facts *f, struct str advice, const struct op *op)
{
	return is_kind(f->op, "drop_column") && is_kind(op, "add_primary_key") && op != f->op && op_names_same(op, f->op) && str_find(advice, STR(" PRIMARY KEY USING INDEX ")) != (size_t)-1;
}

/* DROP DEFAULT in the same statement is for the copy: until that has the name the old column draws from its sequence. */
bool
plan_drops_sequence(const struct facts *f, struct str advice, const struct op *other)
{
	const struct relation *sequence = f->op->column != NULL ? f->op->column->sequence : NULL;

	return is_kind(f->op, "alter_column_type") && sequence != NULL && is_kind(other, "drop_sequence") && order_table(f, other) == sequence &&
	    op_clauses_along(f->arena, f->op, advice).n > 0;
}

/* The advice does it itself, or takes it away. */
bool
plan_leaves_out(const struct facts *f, struct str advice, const struct op *op)
{
	return (repeats(f, advice, op) && !put_off_remakes_view(f, advice, op)) || plan_drops_sequence(f, advice, op) || is_built_first(f, advice, op);
}

static void
plan_rest(const struct facts *f, struct str advice, const struct waiting *w, const struct range *r, struct plan *p)
{
	bool moves = str_find(advice, STR("this change of the type")) != (size_t)-1;

	p->left_out.n = p->behind.n = 0;
	op_sort_clauses(f->arena, f->op, advice, p);
	for (size_t i = 0; i < w->own.n; i++)
		*vec_push(f->arena, &p->behind) = w->own.items[i];
	for (size_t i = 0; i < r->script->ops.n; i++) {
		const struct op *op = r->script->ops.items[i];
		if (plan_adds_key(f, advice, op) || (i >= r->self && op->statement != f->op->statement && (plan_leaves_out(f, advice, op) || is_in(&w->ambiguous, op))))
			*vec_push(f->arena, &p->left_out) = op;
		else if (is_made_again(f, op))
			*vec_push(f->arena, &p->behind) = op;
		else if (plan_waits(f, r, i) || (moves && (op->statement == f->op->statement || (i >= r->self && advice_says_line(f->arena, advice, order_line(op))))))
			*vec_push(f->arena, &p->behind) = op;
	}
}

/* What fails only because of the plan has to wait as well; false: nothing more does. */
static bool
choose_refused(const struct facts *f, struct waiting *w, struct range *r, const struct refused *refused)
{
	bool any = false, own = false;

	for (size_t i = 0; i < refused->ops.n; i++) {
		const struct op *op = refused->ops.items[i].op;
		bool here = op->statement == f->op->statement && op->leader == NULL;
		if (is_in(&w->ambiguous, op))
			continue;
		if (here && !is_in(&w->own, op)) {
			*vec_push(f->arena, &w->own) = op;
			own = true;
		}
		for (size_t k = r->self; !here && k < r->to; k++)
			if (r->script->ops.items[k] == op && !r->chosen[k] && op->statement != f->op->statement) {
				order_choose(r, op);
				any = true;
			}
	}
	if (any)
		put_off_choose_following(f, w, r);
	return any || own;
}

/* What takes away, or renames, what the plan is about: its last steps would not find it. */
static bool
choose_taking(const struct facts *f, const struct waiting *w, struct range *r)
{
	bool any = false;

	for (size_t i = r->self; i < r->to; i++) {
		const struct op *op = r->script->ops.items[i];
		if (r->chosen[i] || op->noop || op->statement == f->op->statement || !put_off_takes_name(op) || !op_names_what_changes(f, f->op, op))
			continue;
		order_choose(r, op);
		any = true;
	}
	if (any)
		put_off_choose_following(f, w, r);
	return any;
}

/* Everything behind the statement keeps its order, and finds what it would have found. */
static bool
choose_rest(const struct facts *f, struct range *r)
{
	bool any = false;

	for (size_t i = r->self; i < r->script->ops.n; i++) {
		const struct op *op = r->script->ops.items[i];
		any = any || (!r->chosen[i] && op->statement != f->op->statement);
		r->chosen[i] = true;
	}
	r->to = r->script->ops.n;
	return any;
}

/* The advice says what it is called by then. */
static bool
is_renamed_meanwhile(const struct facts *f, struct str advice, const struct range *r)
{
	struct buf b = BUF(f->arena);

	for (size_t i = r->self; i < r->to; i++)
		if (waits_not(f, r, i) && advice_renamed_name(r->script->ops.items[i]).s != NULL && !advice_speaks_of(f->arena, advice, r->script->ops.items[i]))
			advice_put_rename(f, &b, r->script->ops.items[i], advice);
	return b.n > 0;
}

/* The unique index of the copy has no statement in the advice. */
static bool
is_made_in_words(struct str advice, struct str reason)
{
	return str_starts(reason, "there is no unique constraint ") && str_find(advice, STR("\n-- next migration: indexes for ")) != (size_t)-1;
}

enum { MOST_PLANS = 8 };

/* Follows the advice to the end, and lets wait what it would make fail, or what would make it fail. true: all that is behind the statement has to wait. */
bool
plan_follow(const struct facts *f, struct str advice, struct waiting *w, struct range *r, struct refused *refused)
{
	struct plan plan;
	bool again = f->rehearsal != NULL && f->inside == NULL && f->op->failure.s == NULL && plan_read(f, advice, &plan), rest = false;

	if (again)
		plan.now = str_printf(f->arena, "%.*s%.*s", STR_ARG(plan.now), STR_ARG(w->renames));
	for (size_t i = 0; again && i < MOST_PLANS; i++) {
		*refused = (struct refused){ 0 };
		plan_rest(f, advice, w, r, &plan);
		again = f->rehearsal->follow(f->rehearsal->replayer, f->op, &plan, refused) && (refused->reason.s != NULL || refused->ops.n > 0);
		if (again && refused->reason.s != NULL && (is_renamed_meanwhile(f, advice, r) || is_made_in_words(advice, refused->reason))) {
			*refused = (struct refused){ 0 };
			break;
		}
		if (again && refused->reason.s != NULL && !plan.kept_first) {
			plan.kept_first = true;
			continue;
		}
		if (!again || choose_refused(f, w, r, refused) || (refused->reason.s != NULL && choose_taking(f, w, r)))
			continue;
		again = !rest && choose_rest(f, r);
		rest = rest || again;
	}
	return rest;
}
