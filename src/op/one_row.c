#include <string.h>

#include "op/code.h"
#include "op/column_def.h"
#include "op/constraint.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/one_row.h"
#include "sql/ident.h"

/* The columns that it gives the same value in every row. */
static struct str_list
same_everywhere(struct arena *a, const struct op *op)
{
	const struct dml *p = OP_DATA(op, struct dml);
	struct str_list same = { 0 };

	for (size_t i = 0; p->where == NULL && !p->joins && !op->only && i < p->columns.n && i < p->values.n; i++)
		if (p->values.items[i] != NULL && expr_is_constant(p->values.items[i]) && !expr_is_null(p->values.items[i]))
			*vec_push(a, &same) = p->columns.items[i];
	return same;
}

/* The same of a column that is added with a constant. */
static struct str_list
same_when_added(struct arena *a, const struct op *op)
{
	const struct column_def *d = added_column(op);
	struct str_list same = { 0 };

	if (!op->only && !op->noop && d->generated == 0 && d->identity == 0 && d->default_expr != NULL && expr_is_constant(d->default_expr) && !expr_is_null(d->default_expr))
		*vec_push(a, &same) = d->name;
	return same;
}

static struct str_list
made_same(struct arena *a, const struct op *op)
{
	if (is_kind(op, "add_column"))
		return same_when_added(a, op);
	return is_kind(op, "update") ? same_everywhere(a, op) : (struct str_list){ 0 };
}

static bool
is_unique_over(const struct op *other, const struct str_list *columns)
{
	const struct new_constraint *k;

	if (!is_kind(other, "add_unique") && !is_kind(other, "add_primary_key"))
		return index_op_is_unique_over(other, columns->items, columns->n);
	k = OP_DATA(other, struct new_constraint);
	for (size_t i = 0; i < k->columns.n; i++)
		if (!str_in(k->columns.items[i], columns->items, columns->n))
			return false;
	return k->columns.n > 0;
}

static bool
may_differ_again(const struct op *other)
{
	return is_kind(other, "drop_column") || is_kind(other, "alter_column_type") ||
	    (other->kind->query != NULL && !is_kind(other, "delete") && !is_kind(other, "add_column"));
}

/* Columns get what is the same in all rows, and a later statement makes them UNIQUE: that is refused for more than one row. */
static bool
is_proved(struct arena *a, const struct op *op)
{
	struct str_list same = made_same(a, op);
	const struct script *script = op->script;
	bool later = false;

	for (size_t i = 0; same.n > 0 && script != NULL && i < script->ops.n; later = later || script->ops.items[i] == op, i++) {
		const struct op *other = script->ops.items[i];
		if (!later || !op_names_same(other, op))
			continue;
		if (is_unique_over(other, &same))
			return true;
		if (may_differ_again(other))
			return false;
	}
	return false;
}

/* ---- a row that counts versions ---- */

/* Whoever writes another value into every row, migration after migration, has one. */
enum { VALUES = 3 };

/* What the UPDATE writes into the column of every row; STR_NONE: it does not, or no constant. */
static struct str
value_everywhere(struct arena *a, const struct op *op, struct str column)
{
	const struct dml *p = OP_DATA(op, struct dml);
	struct str_list same = is_kind(op, "update") ? same_everywhere(a, op) : (struct str_list){ 0 };

	for (size_t i = 0; str_in(column, same.items, same.n) && i < p->columns.n; i++) {
		const struct expr *e = p->values.items[i];
		while (e != NULL && e->kind == EXPR_CAST && e->nargs == 1)
			e = e->args[0];
		if (e != NULL && str_eq(p->columns.items[i], column))
			return e->name;
	}
	return STR_NONE;
}

struct search {
	struct arena *arena;
	const struct op *op;
	struct str column;
	struct str_list values;         /* no two of them the same */
};

static void
add_value(struct search *s, struct str value)
{
	if (value.s != NULL && !str_in(value, s->values.items, s->values.n))
		*vec_push(s->arena, &s->values) = value;
}

static bool
ends_search(const struct op *later, void *arg)
{
	struct search *s = arg;

	if (op_names_same(later, s->op))
		add_value(s, value_everywhere(s->arena, later, s->column));
	return s->values.n >= VALUES;
}

static bool
counts_versions(const struct facts *f)
{
	struct str_list same = is_kind(f->op, "update") && f->op->table != NULL ? same_everywhere(f->arena, f->op) : (struct str_list){ 0 };
	const struct str words[] = { f->op->target.name, STR("update"), same.n > 0 ? same.items[0] : STR("") };
	struct search s = { .arena = f->arena, .op = f->op, .column = words[2] };

	if (same.n == 0)
		return false;
	add_value(&s, value_everywhere(f->arena, f->op, s.column));
	for (size_t i = 0; i < f->op->table->overwritten.n; i++)
		if (str_eq(f->op->table->overwritten.items[i].column, s.column) && f->op->table->overwritten.items[i].migration != f->catalog->now.migration)
			add_value(&s, f->op->table->overwritten.items[i].value);
	return s.values.n >= VALUES || later_file_has(f, words, 3, ends_search, &s);
}

/* ---- a row that the same code reads ---- */

/* Another table, fewer of the rows, or one value of them all. */
static bool
picks(struct str query)
{
	static const char *const words[] = { "where", "limit", "fetch", "order", "group", "distinct", "join", "max", "min", "count", "sum", "avg", "string_agg", "array_agg",
		"bool_and", "bool_or", "exists", NULL };
	bool any = false;

	for (const char *const *word = words; !any && *word != NULL; word++)
		any = sql_find_word(query, str_of(*word), 0) != (size_t)-1;
	return any;
}

/* SELECT ... INTO variable FROM table: without a condition it is the row of a table that has one. */
static bool
reads_into(const struct facts *f, const struct pl_list *list, struct str variable)
{
	bool reads = false;

	for (size_t i = 0; !reads && i < list->n; i++) {
		const struct pl_statement *st = list->items[i];
		struct str into = source_text(f->inside->code->source, st->into), from = source_text(f->inside->code->source, st->given);
		reads = st->into.len > 0 && str_eq_nocase(into, variable) && sql_find_word(from, f->op->target.name, 0) != (size_t)-1 && !picks(str_fold(f->arena, from));
		reads = reads || reads_into(f, &st->body, variable);
		for (size_t k = 0; !reads && k < st->arms.n; k++)
			reads = reads_into(f, &st->arms.items[k].body, variable);
	}
	return reads;
}

/* UPDATE t SET v = variable, in code that has read the variable from t like that. */
static bool
writes_back(const struct facts *f)
{
	const struct dml *p = is_kind(f->op, "update") && f->inside != NULL && f->op->table != NULL ? OP_DATA(f->op, struct dml) : NULL;
	const struct code *code = p != NULL && p->where == NULL && !p->joins ? f->inside->code : NULL;

	for (size_t i = 0; code != NULL && code->source != NULL && i < p->values.n; i++) {
		const struct expr *e = p->values.items[i];
		if (e != NULL && (e->kind == EXPR_COLUMN || e->kind == EXPR_OTHER) && catalog_find_column(f->op->table, e->text) == NULL &&
		    reads_into(f, &code->body.list, e->text))
			return true;
	}
	return false;
}

bool
one_row_updated(const struct facts *f)
{
	return is_proved(f->arena, f->op) || counts_versions(f) || writes_back(f);
}

void
one_row_note(const struct op *op, struct catalog *c)
{
	struct str_list same = is_kind(op, "update") ? same_everywhere(c->arena, op) : (struct str_list){ 0 };

	if (is_proved(c->arena, op))
		catalog_take_empty(c, op->table);
	for (size_t i = 0; i < same.n; i++)
		catalog_push(c, &op->table->overwritten, ((struct overwritten){ same.items[i], value_everywhere(c->arena, op, same.items[i]), c->now.migration }));
}
