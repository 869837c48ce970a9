#include "op/alike.h"

#include "op/code.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/predicate.h"

static const struct dml *
payload(const struct op *op)
{
	return OP_DATA(op, struct dml);
}

static bool
same_columns(const struct str_list *a, const struct str_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!str_in(a->items[i], b->items, b->n))
			return false;
	return true;
}

/* A condition of another form may have an index where this one has none. */
static bool
finds_alike(const struct op *other, const struct op *op)
{
	const struct dml *a = payload(other), *b = payload(op);
	struct hidden_index hidden, mine;

	if (a->where == NULL || b->where == NULL || a->joins != b->joins || !same_columns(&a->where_columns, &b->where_columns))
		return false;
	return op->table == NULL || (predicate_uses_index(op->table, a->called, a->where, &hidden) == predicate_uses_index(op->table, b->called, b->where, &mine) &&
	    hidden.index == mine.index);
}

/* A name that is a variable in the one may be read as a column in the other, which does not run now. */
static bool
is_written_alike(const struct op *a, const struct op *b)
{
	return str_eq(source_text(a->statement->source, a->statement->span), source_text(b->statement->source, b->statement->span));
}

static bool
is_alike(const struct op *other, const struct op *op)
{
	if (other->kind != op->kind || !op_names_same(other, op))
		return false;
	if (is_written_alike(other, op))
		return true;
	if (is_kind(op, "insert"))
		return payload(other)->columns_given == payload(op)->columns_given && payload(other)->default_values == payload(op)->default_values;
	return finds_alike(other, op);
}

struct value
alike_get_was_told(const struct facts *f)
{
	return value_bool(script_earlier(f->op, is_alike));
}

/* Of those that follow. */
struct tally {
	const struct op *op;
	size_t n, nth;
	struct place at;                /* of the nth one, from 0 */
};

static void
tally(struct tally *t, const struct op *other)
{
	enum op_span span = is_alike(other, t->op) ? SPAN_TABLE : SPAN_STATEMENT;

	if (op_runs(other, is_alike, t->op) && t->n++ == t->nth)
		t->at = (struct place){ other->statement->source, other->spans[span] };
}

/* Behind one that is it, or runs it. */
static void
tally_behind(struct tally *t, const struct op *at)
{
	const struct script *script = at->script;
	bool later = false;

	for (size_t i = 0; i < script->ops.n; later = later || script->ops.items[i] == at, i++)
		if (later)
			tally(t, script->ops.items[i]);
	if (script->code == NULL)
		return;
	const struct code_ops *ops = code_list(script->code, script->bindings);
	for (size_t i = 0; i < ops->list.n; i++)
		if (ops->list.items[i].at > script->at)
			tally(t, ops->list.items[i].op);
}

static struct tally
follow(const struct op *op, size_t nth)
{
	struct tally t = { .op = op, .nth = nth };

	for (const struct op *at = op; at != NULL && at->script != NULL; at = at->script->caller)
		tally_behind(&t, at);
	return t;
}

bool
alike_nth(const struct facts *f, size_t nth, struct place *at)
{
	struct tally t = follow(f->op, nth);

	if (t.n > nth)
		*at = t.at;
	return t.n > nth;
}

struct value
alike_get_note(const struct facts *f)
{
	size_t n = follow(f->op, 0).n;

	/* of Liquibase, whose files hold several that each are a migration */
	bool changeset = f->unit != NULL && f->unit->file.n > 0;

	return value_text(n == 0 ? STR("") : str_printf(f->arena, " (as in %zu more statement%s of this %s)", n, n == 1 ? "" : "s", changeset ? "changeset" : "file"));
}
