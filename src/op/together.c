#include "op/together.h"

#include "base/buf.h"
#include "op/batch.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/order.h"
#include "sql/ident.h"

enum { MANY = 20 };                     /* more are not written out again */

static const struct dml *
payload(const struct op *op)
{
	return OP_DATA(op, struct dml);
}

/* ---- which ---- */

/* What stands on the other side where the condition is column = constant, and nothing else; NULL: it is not. */
static const struct expr *
searched_value(const struct op *op, struct str *column)
{
	const struct expr *where = payload(op)->where;

	if (where == NULL || where->kind != EXPR_OPERATOR || where->nargs != 2 || !str_is(where->name, "="))
		return NULL;
	for (size_t i = 0; i < 2; i++)
		if (where->args[i]->kind == EXPR_COLUMN && !expr_is_null(where->args[1 - i]) && expr_is_constant(where->args[1 - i])) {
			*column = where->args[i]->name;
			return where->args[1 - i];
		}
	return NULL;
}

static bool
searches_same(const struct op *other, const struct op *op)
{
	struct str a, b;

	return other == op || ((is_kind(other, "update") || is_kind(other, "delete")) && op_names_same(other, op) && searched_value(other, &a) != NULL &&
	    searched_value(op, &b) != NULL && str_eq(a, b));
}

static struct ops
all_such(const struct op *op)
{
	struct ops found = { 0 };
	struct str column;

	for (size_t i = 0; searched_value(op, &column) != NULL && i < op->script->ops.n; i++)
		if (searches_same(op->script->ops.items[i], op))
			*vec_push(op->script->arena, &found) = op->script->ops.items[i];
	return found;
}

static bool
sets(const struct op *op, struct str column)
{
	return str_in(column, payload(op)->columns.items, payload(op)->columns.n);
}

static bool
any_sets(const struct ops *ops, struct str column)
{
	for (size_t i = 0; i < ops->n; i++)
		if (is_kind(ops->items[i], "update") && sets(ops->items[i], column))
			return true;
	return false;
}

/* ---- one in their place ---- */

/* A number or a text as it is written. */
static struct str
literal(struct arena *arena, const struct expr *e)
{
	struct buf b = BUF(arena);

	if (type_known(e->type))
		return e->name;
	sql_put_literal(&b, e->name);
	return buf_text(&b);
}

/* It is UPDATE t SET x = constant WHERE c = constant, or DELETE FROM t WHERE c = constant, and nothing else. */
static bool
is_simple(const struct op *op)
{
	static const char *const begins[] = { "update", "delete", NULL };
	const struct statement *st = op->statement;
	const struct dml *p = payload(op);
	struct str column;
	bool one = is_kind(op, "delete") || (p->columns.n == 1 && p->values.n == 1 && p->values.items[0] != NULL && p->values.items[0]->kind == EXPR_CONST && !p->sets_parts);

	return one && !op->only && str_eq(p->called, op->target.name) && searched_value(op, &column)->kind == EXPR_CONST &&
	    locate_top(st, st->span, "returning").len == 0 && str_among(source_text(st->source, locate_leading(st, st->span, 1)), begins);
}

static bool
same_value(const struct expr *a, const struct expr *b)
{
	return str_eq(a->name, b->name);
}

/* One finds rows that the other finds, too, or makes. */
static bool
meet(const struct op *a, const struct op *b)
{
	struct str column;
	const struct expr *mine = searched_value(a, &column), *other = searched_value(b, &column);
	bool updates = is_kind(a, "update");

	return same_value(mine, other) || (updates && sets(a, column) && same_value(payload(a)->values.items[0], other)) ||
	    (updates && sets(b, column) && same_value(payload(b)->values.items[0], mine));
}

/* They stand one behind the other, and it is the same in which order they run. */
static bool
can_be_one(const struct ops *ops)
{
	const struct op *first = ops->items[0];
	const struct script *script = first->script;
	size_t at = 0;

	while (script->ops.items[at] != first)
		at++;
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (script->ops.items[at + i] != op || op->kind != first->kind || !is_simple(op) || (is_kind(op, "update") && !sets(op, payload(first)->columns.items[0])))
			return false;
		for (size_t k = 0; k < i; k++)
			if (meet(ops->items[k], op))
				return false;
	}
	return ops->n <= MANY;
}

/* A CASE of texts is a text, which only columns of text take. */
static struct str
cast(const struct facts *f, struct str column)
{
	static const char *const texts[] = { "text", "varchar", "bpchar", NULL };
	const struct column *c = catalog_find_column(f->op->table, column);

	return c == NULL || !type_known(c->type) || str_among(c->type.name, texts) ? STR("") : str_printf(f->arena, "::%.*s", STR_ARG(type_format(f->arena, c->type)));
}

static bool
set_the_same(const struct ops *ops)
{
	for (size_t i = 1; i < ops->n; i++)
		if (!same_value(payload(ops->items[i])->values.items[0], payload(ops->items[0])->values.items[0]))
			return false;
	return true;
}

/* What the column is set to. */
static struct str
new_value(const struct facts *f, const struct ops *ops, struct str column)
{
	struct buf b = BUF(f->arena);

	if (set_the_same(ops))
		return literal(f->arena, payload(ops->items[0])->values.items[0]);
	buf_printf(&b, "CASE %.*s", STR_ARG(sql_ident(f->arena, column)));
	for (size_t i = 0; i < ops->n; i++)
		buf_printf(&b, " WHEN %.*s THEN %.*s", STR_ARG(literal(f->arena, searched_value(ops->items[i], &column))),
		    STR_ARG(literal(f->arena, payload(ops->items[i])->values.items[0])));
	buf_printf(&b, " END%.*s", STR_ARG(cast(f, payload(ops->items[0])->columns.items[0])));
	return buf_text(&b);
}

/* In ranges of a key; STR_NONE: they are not written as one. */
static struct str
as_one(const struct facts *f, const struct ops *ops, struct str column)
{
	struct str table = relation_words(f->arena, f->catalog, f->op->table), head = str_printf(f->arena, "DELETE FROM %.*s", STR_ARG(table)), batch;
	struct buf values = BUF(f->arena);

	if (f->inside != NULL || !can_be_one(ops))
		return STR_NONE;
	for (size_t i = 0; i < ops->n; i++)
		buf_item(&values, ", ", literal(f->arena, searched_value(ops->items[i], &column)));
	if (is_kind(f->op, "update"))
		head = str_printf(f->arena, "UPDATE %.*s SET %.*s = %.*s", STR_ARG(table), STR_ARG(sql_ident(f->arena, payload(f->op)->columns.items[0])),
		    STR_ARG(new_value(f, ops, column)));
	batch = batch_written(f, head, str_printf(f->arena, "%.*s IN (%.*s)", STR_ARG(sql_ident(f->arena, column)), STR_ARG(buf_text(&values))));
	return batch.s == NULL ? STR_NONE : str_printf(f->arena, "-- in place of the %zu statements of this file that search %.*s, each of which reads the whole table:\n%.*s",
	    ops->n, STR_ARG(sql_ident(f->arena, column)), STR_ARG(batch));
}

/*
 * An index on a column that is changed costs more than it saves, as each row that changes is written into it: measured for three UPDATEs
 * of a tenth of a million rows each, 1.7 s without it, 1.7 s with it behind 0.8 s of building (17), and 2.5 s, 2.2 s, 1.1 s (18).
 */
static struct str
index_words(const struct facts *f, const struct ops *ops, struct str column)
{
	struct str name = sql_ident(f->arena, column);

	return any_sets(ops, column) ? STR("") : str_printf(f->arena, "\n-- or first an index on %.*s, which pays where the application searches by %.*s, too", STR_ARG(name), STR_ARG(name));
}

/* ---- one alone ---- */

/* What a column has to be for a row to be found, of a condition that may ask for more; NULL: nothing single, or no more than true or false. */
static const struct expr *
constant_of_rows(const struct expr *where)
{
	const struct expr *found = NULL;

	for (size_t i = 0; where != NULL && where->kind == EXPR_AND && found == NULL && i < where->nargs; i++)
		found = constant_of_rows(where->args[i]);
	if (where == NULL || where->kind != EXPR_OPERATOR || where->nargs != 2 || !str_is(where->name, "="))
		return found;
	for (size_t i = 0; found == NULL && i < 2; i++) {
		const struct expr *e = where->args[1 - i];
		if (where->args[i]->kind == EXPR_COLUMN && e->kind == EXPR_CONST && !str_is_nocase(e->name, "true") && !str_is_nocase(e->name, "false"))
			found = e;
	}
	return found;
}

/* The last INSERT of the file in front of it that names the constant; NULL: none does. */
static const struct op *
find_put_in(const struct op *op, const struct expr *constant)
{
	const struct op *found = NULL;

	for (size_t i = 0; op->script->ops.items[i] != op; i++) {
		const struct op *other = op->script->ops.items[i];
		if (is_kind(other, "insert") && op_names_same(other, op) && sql_find_word(source_text(other->statement->source, other->statement->span), constant->name, 0) != (size_t)-1)
			found = other;
	}
	return found;
}

/* How many rows have one value nobody knows: few are changed at once. */
static struct str
batch_alone(const struct facts *f)
{
	const struct expr *constant = constant_of_rows(payload(f->op)->where);
	const struct op *insert = constant == NULL || f->inside != NULL ? NULL : find_put_in(f->op, constant);
	struct str batch = batch_of(f);

	if (constant == NULL)
		return batch;
	if (insert != NULL)
		return str_printf(f->arena, "-- where it finds only what line %u puts in, that says it at once; where few rows match, it stays as it is; else:\n%.*s",
		    order_line(insert), STR_ARG(batch));
	return str_printf(f->arena, "-- where few rows match, it stays as it is; else:\n%.*s", STR_ARG(batch));
}

struct str
together_advice(const struct facts *f)
{
	struct str column = STR_NONE, one;
	struct ops ops = all_such(f->op);

	(void)searched_value(f->op, &column);
	if (ops.n < 2 || f->op->table->kind != RELATION_TABLE)
		return batch_alone(f);
	one = as_one(f, &ops, column);
	if (one.s == NULL)
		one = str_printf(f->arena, "-- each of the %zu statements of this file that search %.*s reads the whole table:\n%.*s",
		    ops.n, STR_ARG(sql_ident(f->arena, column)), STR_ARG(batch_of(f)));
	return str_printf(f->arena, "%.*s%.*s", STR_ARG(one), STR_ARG(index_words(f, &ops, column)));
}
