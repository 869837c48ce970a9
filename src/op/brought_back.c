#include "op/brought_back.h"

#include <string.h>

#include "op/dml.h"
#include "op/lower.h"
#include "sql/ast.h"

/* Rows that a DELETE names by a unique key, and an INSERT that has each of them. */

struct cell {
	struct str column;
	const struct expr *value;       /* a constant */
};

VEC_TYPE(row, struct cell);
VEC_TYPE(rows, struct row);

enum { ROWS_MAX = 10000 };              /* that one condition names */

/* ---- what the condition names ---- */

struct condition {
	struct arena *arena;
	const struct relation *table;
	struct str called;
};

static const struct expr *
constant(const struct expr *e)
{
	while (e->kind == EXPR_CAST && e->nargs == 1)
		e = e->args[0];
	return e->kind == EXPR_CONST ? e : NULL;
}

static bool
is_own_column(const struct condition *c, const struct expr *e)
{
	return e->kind == EXPR_COLUMN && (e->schema.n == 0 || str_eq(e->schema, c->called));
}

static bool
add_cell(const struct condition *c, struct row *row, const struct expr *column, const struct expr *value)
{
	if (!is_own_column(c, column) || constant(value) == NULL)
		return false;
	*vec_push(c->arena, row) = (struct cell){ column->name, constant(value) };
	return true;
}

static bool
is_made_of(const struct expr *e, const char *what)
{
	return e->kind == EXPR_OTHER && str_is(e->name, what);
}

/* column = value, (column, column) = (value, value) */
static bool
add_row(const struct condition *c, struct rows *rows, const struct expr *left, const struct expr *right)
{
	struct row row = { 0 };
	bool all = true;

	if (is_made_of(left, "row") && is_made_of(right, "row") && left->nargs == right->nargs)
		for (size_t i = 0; all && i < left->nargs; i++)
			all = add_cell(c, &row, left->args[i], right->args[i]);
	else
		all = add_cell(c, &row, left, right) || add_cell(c, &row, right, left);
	if (all)
		*vec_push(c->arena, rows) = row;
	return all;
}

/* column IN (...), column = ANY (ARRAY[...]) */
static bool
add_listed(const struct condition *c, struct rows *rows, const struct expr *e)
{
	const struct expr *list = e->nargs == 2 && is_made_of(e->args[1], "array") ? e->args[1] : e;

	for (size_t i = list == e ? 1 : 0; i < list->nargs; i++)
		if (!add_row(c, rows, e->args[0], list->args[i]))
			return false;
	return list->nargs > 0;
}

static struct row
joined(const struct condition *c, const struct row *a, const struct row *b)
{
	struct row both = { 0 };

	for (size_t i = 0; i < a->n; i++)
		*vec_push(c->arena, &both) = a->items[i];
	for (size_t i = 0; i < b->n; i++)
		*vec_push(c->arena, &both) = b->items[i];
	return both;
}

static bool name_rows(const struct condition *, const struct expr *, struct rows *);

/* Each of the one with each of the other. What names no rows only leaves some out. */
static bool
name_all(const struct condition *c, const struct expr *e, struct rows *rows)
{
	struct rows all = { 0 };

	for (size_t i = 0; i < e->nargs; i++) {
		struct rows one = { 0 }, both = { 0 };
		if (!name_rows(c, e->args[i], &one))
			continue;
		if (all.n * one.n > ROWS_MAX)
			return false;
		for (size_t j = 0; j < all.n; j++)
			for (size_t k = 0; k < one.n; k++)
				*vec_push(c->arena, &both) = joined(c, &all.items[j], &one.items[k]);
		all = all.n == 0 ? one : both;
	}
	for (size_t i = 0; i < all.n; i++)
		*vec_push(c->arena, rows) = all.items[i];
	return all.n > 0;
}

/* false: it may hold for other rows, too */
static bool
name_rows(const struct condition *c, const struct expr *e, struct rows *rows)
{
	if (e->kind == EXPR_AND)
		return name_all(c, e, rows);
	if (e->kind == EXPR_OR) {
		for (size_t i = 0; i < e->nargs; i++)
			if (!name_rows(c, e->args[i], rows))
				return false;
		return true;
	}
	if (e->nargs < 2 || !str_is(e->name, "=") || (e->kind != EXPR_OPERATOR && e->kind != EXPR_TEST))
		return false;
	return e->kind == EXPR_TEST ? add_listed(c, rows, e) : add_row(c, rows, e->args[0], e->args[1]);
}

static const struct expr *
value_of(const struct row *row, struct str column)
{
	for (size_t i = 0; i < row->n; i++)
		if (str_eq(row->items[i].column, column))
			return row->items[i].value;
	return NULL;
}

/* Of all columns of a unique index: there is no other such row. Of what no file creates nobody knows. */
static bool
is_one_row(const struct relation *table, const struct row *row)
{
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *x = table->indexes.items[i]->index;
		bool all = x->unique && x->valid == YES && x->predicate == NULL;
		for (size_t j = 0; all && j < x->columns.n; j++)
			all = x->columns.items[j].name.s != NULL && value_of(row, x->columns.items[j].name) != NULL;
		if (all)
			return true;
	}
	return table->assumed;
}

/* ---- what the INSERT holds ---- */

struct insertion {
	struct arena *arena;
	struct str_list columns;
	struct rows rows;
};

static void
note_row(struct insertion *in, const List *values)
{
	struct row *row = vec_push(in->arena, &in->rows);
	const ListCell *cell;

	*row = (struct row){ 0 };
	foreach (cell, values) {
		size_t at = (size_t)foreach_current_index(cell);
		const Node *node = lfirst(cell);
		const struct expr *e = expr_from_node(in->arena, IsA(node, ResTarget) ? ((const ResTarget *)node)->val : node, 0);
		if (at < in->columns.n && e != NULL && constant(e) != NULL)
			*vec_push(in->arena, row) = (struct cell){ in->columns.items[at], constant(e) };
	}
}

static void
note_rows(void *arg, const void *node)
{
	struct insertion *in = arg;
	const SelectStmt *source;
	const ListCell *cell;

	if (!IsA(node, InsertStmt) || ((const InsertStmt *)node)->selectStmt == NULL)
		return;
	source = (const SelectStmt *)((const InsertStmt *)node)->selectStmt;
	if (source->valuesLists == NIL && source->fromClause == NIL)
		note_row(in, source->targetList);
	foreach (cell, source->valuesLists)
		note_row(in, lfirst(cell));
}

/* As listed, or those of the table in their order. */
static struct str_list
columns_of(struct arena *arena, const struct op *insert)
{
	struct str_list columns = OP_DATA(insert, struct dml)->columns;
	const struct relation *r = insert->table;

	for (size_t i = 0; !OP_DATA(insert, struct dml)->columns_given && !r->assumed && i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			*vec_push(arena, &columns) = r->columns.items[i]->name;
	return columns;
}

static bool
holds(const struct row *row, const struct row *named)
{
	for (size_t i = 0; i < named->n; i++) {
		const struct expr *value = value_of(row, named->items[i].column);
		if (value == NULL || !str_eq(value->name, named->items[i].value->name))
			return false;
	}
	return true;
}

static bool
has_row(const struct rows *rows, const struct row *named)
{
	for (size_t i = 0; i < rows->n; i++)
		if (holds(&rows->items[i], named))
			return true;
	return false;
}

static void
read_rows(struct insertion *in, const struct op *insert)
{
	const struct statement *st = insert->statement;
	struct sql_error error;

	in->columns = columns_of(in->arena, insert);
	(void)sql_parse_one(in->arena, source_text(st->source, st->span), SQL_STATEMENT, note_rows, in, &error);
}

bool
inserts_bring_back(struct arena *arena, const struct op *const *inserts, size_t n, const struct op *deletion)
{
	const struct dml *p = OP_DATA(deletion, struct dml);
	struct condition c = { arena, deletion->table, p->called };
	struct insertion in = { .arena = arena };
	struct rows named = { 0 };

	if (p->where == NULL || !name_rows(&c, p->where, &named))
		return false;
	for (size_t i = 0; i < n; i++)
		if (inserts[i]->table == deletion->table)
			read_rows(&in, inserts[i]);
	for (size_t i = 0; i < named.n; i++)
		if (!is_one_row(deletion->table, &named.items[i]) || !has_row(&in.rows, &named.items[i]))
			return false;
	return true;
}

static const struct expr *
value_given(struct arena *arena, const struct dml *p, struct str column)
{
	for (size_t i = 0; i < p->columns.n && i < p->values.n; i++)
		if (str_eq(sql_ident(arena, p->columns.items[i]), column))
			return p->values.items[i];
	return NULL;
}

bool
updates_differ(struct arena *arena, const struct op *one, const struct op *other, struct str column)
{
	const struct dml *p = OP_DATA(one, struct dml), *q = OP_DATA(other, struct dml);
	const struct expr *a = value_given(arena, p, column), *b = value_given(arena, q, column);

	return a != NULL && b != NULL && !expr_eq(a, b) && !expr_eq(p->where, q->where);
}

bool
update_names_rows(struct arena *arena, const struct op *update)
{
	const struct dml *p = OP_DATA(update, struct dml);
	struct condition c = { arena, update->table, p->called };
	struct rows named = { 0 };

	return p->where != NULL && name_rows(&c, p->where, &named);
}
