#include "op/alike.h"

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

static bool
is_alike(const struct op *other, const struct op *op)
{
	if (other->kind != op->kind || !op_names_same(other, op))
		return false;
	if (is_kind(op, "insert"))
		return payload(other)->columns_given == payload(op)->columns_given && payload(other)->default_values == payload(op)->default_values;
	return finds_alike(other, op);
}

struct value
alike_get_was_told(const struct facts *f)
{
	return value_bool(script_earlier(f->op, is_alike));
}

/* Up to the nth one that follows, whose place is filled in; NULL: all of them. */
static size_t
follow(const struct op *op, size_t nth, struct place *at)
{
	const struct script *script = op->script;
	bool later = false;
	size_t n = 0;

	for (size_t i = 0; script != NULL && i < script->ops.n; later = later || script->ops.items[i] == op, i++) {
		const struct op *other = script->ops.items[i];
		if (!later || !is_alike(other, op))
			continue;
		if (n++ == nth && at != NULL) {
			*at = (struct place){ other->statement->source, other->spans[SPAN_TABLE] };
			break;
		}
	}
	return n;
}

bool
alike_nth(const struct facts *f, size_t nth, struct place *at)
{
	return follow(f->op, nth, at) > nth;
}

struct value
alike_get_note(const struct facts *f)
{
	size_t n = follow(f->op, 0, NULL);

	return value_text(n == 0 ? STR("") : str_printf(f->arena, " (as in %zu more statement%s of this file)", n, n == 1 ? "" : "s"));
}
