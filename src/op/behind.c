#include "base/buf.h"
#include "op/advice.h"
#include "op/failure.h"
#include "op/plan.h"
#include "op/rename.h"
#include "op/swap.h"

/*
 * The sentences behind an advice: what of the file comes behind its last step, and what is different by then.
 */

static struct str
takes_lines(struct arena *arena, const struct ops *ops)
{
	return str_printf(arena, "%.*s take%s", STR_ARG(order_lines(arena, ops)), ops->n > 1 ? "" : "s");
}

/* It reads all rows as long as nothing proves that it need not. */
static void
put_repeated(const struct facts *f, struct buf *b, const struct op *other)
{
	if (is_kind(f->op, "set_not_null") && is_kind(other, "set_not_null") && str_eq(other->column_name, f->op->column_name) &&
	    order_table(f, other) == f->op->table)
		buf_printf(b, "\n-- line %u says it once more, and goes: it would read every row in its place", order_line(other));
}

/* With more of them the file is better cut in two. */
enum { MOST_PUT_OFF = 3 };

/* Code that says the new name of a column runs as soon as it is there, and not only when the old one has gone. */
static struct ops
speaking_new_name(const struct facts *f, struct str advice, struct ops *needing)
{
	struct ops speaking = { 0 };
	size_t n = 0;

	if (!is_kind(f->op, "rename_column") || str_find(advice, STR("\n-- 3. ")) == (size_t)-1)
		return speaking;
	for (size_t i = 0; i < needing->n; i++)
		if (op_makes_code(needing->items[i]))
			order_push(f->arena, &speaking, needing->items[i]);
		else
			needing->items[n++] = needing->items[i];
	needing->n = n;
	return speaking;
}

static void
put_needing(const struct facts *f, struct buf *b, const struct ops *needing, bool rest)
{
	if (rest && needing->n > 0)
		buf_printf(b, "\n-- the rest of this file, from line %u on, goes into a migration behind the last step: in front of that these steps would fail", order_line(needing->items[0]));
	else if (needing->n > MOST_PUT_OFF)
		buf_printf(b, "\n-- %zu statements of this file need it done, or need one that does: the rest of it, from line %u on, goes into a migration behind the last step",
		    needing->n, order_line(needing->items[0]) < order_line(f->op) ? order_line(needing->items[0]) : order_line(f->op));
	else if (needing->n > 0)
		buf_printf(b, "\n-- what needs it done goes behind it, too: %.*s", STR_ARG(order_lines(f->arena, needing)));
}

/* NULL: the file makes none of that name behind it. */
static const struct op *
made_beside(const struct op *op)
{
	const struct op *made = NULL;

	for (size_t i = op->script->ops.n; i-- > 0 && op->script->ops.items[i] != op;)
		if (op_makes_code(op->script->ops.items[i]) && op_names_same(op->script->ops.items[i], op))
			made = op->script->ops.items[i];
	return made;
}

static void
put_ambiguous(const struct facts *f, struct buf *b, const struct ops *ambiguous)
{
	const struct op *made = ambiguous->n > 0 ? made_beside(f->op) : NULL;
	struct str name = op_target_words(f->arena, f->op);

	if (ambiguous->n == 0)
		return;
	buf_printf(b, "\n-- %.*s %s no arguments, and the name is not unique while both are there: write ", STR_ARG(order_lines(f->arena, ambiguous)),
	    ambiguous->n > 1 ? "give" : "gives");
	if (made != NULL)
		buf_printf(b, "%.*s(%.*s)", STR_ARG(name), STR_ARG(function_op_arguments(made)));
	else
		buf_printf(b, "those of the %.*s that stays", STR_ARG(name));
}

struct renames {
	const struct facts *facts;
	struct buf *buf;
	struct str advice;
};

static bool
put_if_rename(const struct op *later, void *arg)
{
	struct renames *r = arg;

	advice_put_rename(r->facts, r->buf, later, r->advice);
	return false;
}

/* What the rest of the file does before the last step, unless it waits for that. An index that needs nothing of the file may be built before it. */
static void
put_done_meanwhile(const struct facts *f, struct buf *b, const struct range *r, struct str advice, bool all_wait)
{
	bool later = op_puts_off(advice) || order_build_needs(f).n > 0;

	for (size_t i = r->self; i < r->to; i++) {
		const struct op *other = r->script->ops.items[i];
		if (other->statement == f->op->statement || other->noop)
			continue;
		if (later && !all_wait && !r->chosen[i] && advice_renamed_name(other).s != NULL && !advice_speaks_of(f->arena, advice, other))
			advice_put_rename(f, b, other, advice);
		put_repeated(f, b, other);
	}
}

static bool
is_numbered(struct str line)
{
	return line.n > 3 && str_starts(line, "-- ") && line.s[3] >= '0' && line.s[3] <= '9';
}

/* What is put off is VALIDATE alone: nothing needs that done. */
static bool
only_validates(struct str advice)
{
	struct str line;
	bool later = false, validates = false;

	while (str_cut(&advice, '\n', &line)) {
		bool validate = str_find(line, STR(" VALIDATE CONSTRAINT ")) != (size_t)-1;
		later = later || op_puts_off(line);
		if (later && !validate && (is_numbered(line) || (line.n > 0 && !str_starts(line, "--"))))
			return false;
		validates = validates || (later && validate);
	}
	return validates;
}

/* ---- files that follow ---- */

struct sequence_use {
	const struct op *op;            /* waits, and with it the default */
	struct str column;
	struct relation *sequence;
	const struct op *drop;          /* NULL: the server does not refuse it */
};

static bool
ends_default(const struct op *later, const struct sequence_use *use)
{
	static const char *const kinds[] = { "drop_column", "set_default", "drop_default", "drop_identity", NULL };

	return op_names_same(later, use->op) && (is_kind(later, "drop_table") || (op_is_among(later, kinds) && str_eq(later->column_name, use->column)));
}

static bool
ends_sequence_use(const struct op *later, void *arg)
{
	struct sequence_use *use = arg;
	bool renames = str_starts(str_of(later->kind->name), "rename_") && str_eq(later->target.name, use->sequence->name);

	if (!op_drops_sequence(later, use->sequence))
		return renames || ends_default(later, use);
	use->drop = later->cascade ? NULL : later;
	return true;
}

/* DROP SEQUENCE: a column that is there takes its default from it. */
static void
put_sequence_drop(const struct facts *f, struct buf *b, const struct column *column)
{
	struct sequence_use use = { f->op, column->name, column->default_sequence != NULL ? column->default_sequence : column->sequence, NULL };

	if (use.sequence == NULL || use.sequence->dropped || script_find_later(f->op, ends_sequence_use, &use))
		return;
	(void)later_file_has(f, &use.sequence->name, 1, ends_sequence_use, &use);
	if (use.drop != NULL)
		buf_printf(b, "\n-- %.*s drops %.*s, from which %.*s takes its default, and has to wait until then, too", STR_ARG(file_name(use.drop->statement->source->path)),
		    STR_ARG(relation_words(f->arena, f->catalog, use.sequence)), STR_ARG(sql_ident(f->arena, column->name)));
}

static void
put_own_sequence(const struct facts *f, struct buf *b, struct str advice)
{
	const struct script *script = f->op->script;

	for (size_t i = 0; script != NULL && i < script->ops.n; i++)
		if (plan_drops_sequence(f, advice, script->ops.items[i]))
			buf_printf(b, "\n-- line %u is left out: %.*s belongs to the old column, and goes with it", order_line(script->ops.items[i]),
			    STR_ARG(relation_words(f->arena, f->catalog, f->op->column->sequence)));
}

static void
put_sequence_drops(const struct facts *f, struct buf *b)
{
	bool whole = is_kind(f->op, "drop_table"), part = is_kind(f->op, "drop_column") || is_kind(f->op, "drop_default");

	if ((!whole && !part) || f->op->table == NULL || (f->unit != NULL && f->unit->down))
		return;
	for (size_t i = 0; i < f->op->table->columns.n; i++) {
		const struct column *column = f->op->table->columns.items[i];
		if (!column->dropped && (whole || column == f->op->column))
			put_sequence_drop(f, b, column);
	}
}

/* ---- what comes of the advice ---- */

/* In front of the statement nothing is looked at that far away, nor behind it. */
static struct range
range_around(const struct facts *f)
{
	const struct script *script = f->op->script;
	size_t n = script == NULL || f->inside != NULL ? 0 : script->ops.n;
	struct range r = { .script = script, .to = n };

	while (r.self < n && script->ops.items[r.self++] != f->op)
		;
	if (n - r.self > MOST_OPS)
		r.to = r.self + MOST_OPS;
	r.from = r.self > MOST_OPS ? r.self - MOST_OPS : 0;
	r.chosen = NEW_ARRAY(f->arena, bool, n + 1);
	return r;
}

static void
put_own(const struct facts *f, struct buf *b, const struct ops *own)
{
	for (size_t i = 0; i < own->n; i++)
		buf_printf(b, "%s%.*s", i > 0 ? ", " : "\n-- of this statement these wait with it: ", STR_ARG(str_brief(f->arena, source_text(own->items[i]->statement->source, own->items[i]->spans[SPAN_ACTION]))));
}

/* What is left of that is said, and not hidden. */
static void
put_refused(const struct facts *f, struct buf *b, const struct refused *refused)
{
	if (refused->reason.s != NULL)
		buf_printf(b, "\n-- tried against this file, these steps do not run as they stand: %.*s fails, %.*s", STR_ARG(str_brief(f->arena, refused->statement)),
		    STR_ARG(refused->reason));
	else if (refused->ops.n > 0)
		buf_printf(b, "\n-- tried against this file, line %u fails behind them: %.*s", order_line(refused->ops.items[0].op), STR_ARG(refused->ops.items[0].reason));
}

struct str
op_behind_note(const struct facts *f, struct str advice)
{
	const struct script *script = f->op->script;
	struct waiting waiting = f->inside == NULL ? put_off_try(f, advice) : (struct waiting){ .renames = STR("") };
	struct range r = range_around(f);
	struct ops needing = { 0 }, speaking;
	struct refused refused = { 0 };
	bool rest;
	struct buf b = BUF(f->arena);

	if (!only_validates(advice))
		put_off_choose(f, advice, &waiting, &r);
	rest = plan_follow(f, advice, &waiting, &r, &refused);
	for (size_t i = r.from; i < r.to; i++)
		if (plan_waits(f, &r, i) && !advice_speaks_of(f->arena, advice, script->ops.items[i]) && !plan_leaves_out(f, advice, script->ops.items[i]) && !plan_adds_key(f, advice, script->ops.items[i]))
			order_push(f->arena, &needing, script->ops.items[i]);
	put_done_meanwhile(f, &b, &r, advice, needing.n > MOST_PUT_OFF);
	/* the statements of a changeset behind a condition are scripts of their own */
	if (f->inside != NULL && f->inside->stands_for_condition)
		(void)script_find_later(f->op, put_if_rename, &(struct renames){ f, &b, advice });
	if (waiting.renames.n > 0)
		buf_printf(&b, "\n-- already in this file, as %.*s names that %s:%.*s", STR_ARG(takes_lines(f->arena, &waiting.taking)),
		    is_kind(f->op, "drop_table") ? "its indexes have" : "what goes with the column has", STR_ARG(waiting.renames));
	put_ambiguous(f, &b, &waiting.ambiguous);
	speaking = speaking_new_name(f, advice, &needing);
	if (speaking.n > 0)
		buf_printf(&b, "\n-- with step 3, as code in the database that says the new name: %.*s", STR_ARG(order_lines(f->arena, &speaking)));
	put_needing(f, &b, &needing, rest);
	put_own(f, &b, &waiting.own);
	put_refused(f, &b, &refused);
	if (waiting.given_up && r.self < script->ops.n)
		buf_str(&b, STR("\n-- what else of the file needs it done goes behind it, too: the rest was not tried without this"));
	put_own_sequence(f, &b, advice);
	put_sequence_drops(f, &b);
	return b.n > 0 ? buf_text(&b) : STR("");
}

/* It tells how to run the statement, which stays. */
static bool
keeps_statement(struct str advice)
{
	return str_find(advice, STR("this statement")) != (size_t)-1 || str_find(advice, STR("the statement,")) != (size_t)-1 || str_starts(advice, "SET ");
}

struct str
op_in_place_note(const struct facts *f, struct str advice)
{
	struct refused refused = { 0 };
	struct buf b = BUF(f->arena);
	struct plan plan;
	bool again = f->rehearsal != NULL && f->inside == NULL && f->op->failure.s == NULL && !keeps_statement(advice) && plan_read(f, advice, &plan);

	if (again)
		op_sort_clauses(f->arena, f->op, advice, &plan);
	for (int i = 0; again && i < 2; i++) {
		refused = (struct refused){ 0 };
		again = f->rehearsal->follow(f->rehearsal->replayer, f->op, &plan, &refused) && refused.reason.s != NULL;
		plan.kept_first = true;
	}
	put_refused(f, &b, &refused);
	return b.n > 0 ? buf_text(&b) : STR("");
}
