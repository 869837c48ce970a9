#include "op/failure.h"
#include "op/lower.h"
#include "op/order.h"

/* ---- an element of the file of which the framework makes several statements ---- */

/* Text of the file stands for itself only: where two statements begin in one place, both were made of what stands there. */
static bool
of_same_element(const struct op *a, const struct op *b)
{
	struct place x, y;

	if (a->statement == b->statement || a->statement->source->outer == NULL)
		return false;
	x = place_in_file((struct place){ a->statement->source, span_of(a->statement->span.off, (size_t)a->statement->span.off + 1) });
	y = place_in_file((struct place){ b->statement->source, span_of(b->statement->span.off, (size_t)b->statement->span.off + 1) });
	return x.source == y.source && x.span.off == y.span.off;
}

static struct str
text_of(const struct op *op)
{
	return source_text(op->statement->source, op->statement->span);
}

struct str
op_element_fill(const struct facts *f)
{
	const struct op *op = f->op;

	for (size_t i = 0; op->statement != NULL && i < op->script->ops.n && op->script->ops.items[i] != op; i++) {
		const struct op *other = op->script->ops.items[i];
		if (is_kind(other, "update") && of_same_element(other, op) && order_table(f, other) == op->table)
			return str_printf(f->arena, "-- once the code gives new rows a value, what is made here to fill the others, in batches: %.*s;\n-- next migration", STR_ARG(text_of(other)));
	}
	return STR("");
}

/* A line of it is a statement that can stand for another one. */
static bool
takes_place(struct str advice)
{
	static const char *const begins[] = { "ALTER TABLE ", "UPDATE ", "DELETE ", "CREATE " };
	struct str line, rest = advice;

	while (str_find(advice, STR("this statement")) == (size_t)-1 && str_cut(&rest, '\n', &line))
		for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
			if (str_starts(line, begins[i]))
				return true;
	return false;
}

/* What the advice has behind its own ADD COLUMN of that name; STR_NONE: it has none. */
static struct str
added_in(const struct facts *f, struct str advice, struct str column)
{
	struct str add = str_printf(f->arena, " ADD COLUMN %.*s ", STR_ARG(sql_ident(f->arena, column))), clause;
	size_t at = str_find(advice, add), end;

	if (at == (size_t)-1)
		return STR_NONE;
	clause = str_slice(advice, at + add.n, advice.n);
	clause = str_slice(clause, 0, str_find_char(clause, '\n'));
	end = str_find(clause, STR(", ADD COLUMN "));
	return end == (size_t)-1 ? clause : str_slice(clause, 0, end);
}

/* An ADD COLUMN of the advice takes its place, too. */
static bool
is_replaced(const struct facts *f, struct str advice, const struct op *other)
{
	bool adds = is_kind(other, "add_column");
	struct str added = (adds || is_kind(other, "set_not_null")) && op_names_same(other, f->op) ? added_in(f, advice, other->column_name) : STR_NONE;

	return added.s != NULL && (adds || str_find(added, STR(" NOT NULL")) != (size_t)-1);
}

/* The others of the element that the advice does not have, in front of the statement or behind it. */
static struct str
others(const struct facts *f, struct str advice, bool behind)
{
	const struct script *script = f->op->script;
	const struct statement *last = NULL;
	struct buf b = BUF(f->arena);
	bool passed = false;

	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *other = script->ops.items[i];
		passed = passed || other->statement == f->op->statement;
		if (passed != behind || other->statement == last || is_kind(other, "comment") || !of_same_element(other, f->op) || str_find(advice, text_of(other)) != (size_t)-1)
			continue;
		last = other->statement;
		if (is_replaced(f, advice, other))
			continue;
		buf_item(&b, "; ", text_of(other));
	}
	return b.n > 0 ? buf_text(&b) : STR("");
}

struct str
op_element_note(const struct facts *f, struct str advice)
{
	struct str before, behind;

	if (f->op->statement == NULL || f->inside != NULL || f->op->script == NULL || f->op->statement->source->outer == NULL || !takes_place(advice))
		return STR("");
	before = others(f, advice, false);
	behind = others(f, advice, true);
	if (before.n == 0 && behind.n == 0)
		return STR("");
	return str_printf(f->arena, "-- in the place of one of the statements that are made here; the others stay:%s%.*s%s%s%.*s\n", before.n > 0 ? " before it " : "", STR_ARG(before),
	    before.n > 0 && behind.n > 0 ? ";" : "", behind.n > 0 ? " behind it " : "", STR_ARG(behind));
}
