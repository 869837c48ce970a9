#include "op/done.h"

struct done {
	const struct dml *p;
	const struct relation *table;
	struct str called;              /* what its columns are qualified with */
	bool bare;                      /* or nothing */
	bool again;                     /* the condition was true for the row before */
};

/* ---- values ---- */

static const struct expr *
bare(const struct expr *e)
{
	while (e->kind == EXPR_CAST && e->nargs == 1)
		e = e->args[0];
	return e;
}

/* The target's own column; another table of FROM may have one of that name. */
static bool
is_own(const struct done *d, const struct expr *e)
{
	return e->kind == EXPR_COLUMN && (e->schema.n == 0 ? d->bare : str_eq(e->schema, d->called));
}

/* What a column that the condition names is set to; NULL: it is not set, or not told. */
static const struct expr *
new_value(const struct done *d, const struct expr *e)
{
	for (size_t i = 0; is_own(d, e) && i < d->p->values.n && d->p->values.n == d->p->columns.n; i++)
		if (str_eq(d->p->columns.items[i], e->name))
			return d->p->values.items[i];
	return NULL;
}

static bool
is_whole(const struct expr *e)
{
	return e->kind == EXPR_CONST && (str_is(e->type.name, "int4") || str_is(e->type.name, "int8"));
}

/* Types whose values are equal only where they are written the same. */
static bool
is_written_one_way(const struct relation *table, const struct expr *column)
{
	const struct column *c = catalog_find_column(table, column->name);

	return c != NULL && c->type.dims == 0 && (str_is(c->type.name, "text") || str_is(c->type.name, "varchar"));
}

static bool
same_value(const struct expr *a, const struct expr *b)
{
	a = bare(a);
	b = bare(b);
	return a->kind == EXPR_CONST && b->kind == EXPR_CONST && str_eq(a->name, b->name);
}

static bool
other_value(const struct relation *table, const struct expr *column, const struct expr *a, const struct expr *b)
{
	a = bare(a);
	b = bare(b);
	if (a->kind != EXPR_CONST || b->kind != EXPR_CONST || str_eq(a->name, b->name))
		return false;
	return is_written_one_way(table, column) || (is_whole(a) && is_whole(b)) || (str_is(a->type.name, "bool") && str_is(b->type.name, "bool"));
}

/* SET active = NOT active */
static bool
is_turned(const struct expr *column, const struct expr *value)
{
	return value->kind == EXPR_NOT && value->args[0]->kind == EXPR_COLUMN && str_eq(value->args[0]->name, column->name);
}

/* The condition wants `want`; of a row that was turned, it was that before and is not any more. */
static bool
is_never(const struct done *d, const struct expr *column, const struct expr *value, bool want)
{
	return (d->again && is_turned(column, value)) || expr_is_null(value) || (value->kind == EXPR_CONST && str_is(value->name, want ? "false" : "true"));
}

static bool
is_something(const struct expr *value)
{
	if (value->kind == EXPR_CHOICE && str_is(value->name, "coalesce")) {
		for (size_t i = 0; i < value->nargs; i++)
			if (is_something(value->args[i]))
				return true;
		return false;
	}
	return bare(value)->kind == EXPR_CONST;
}

/* ---- patterns ---- */

/* What the text begins or ends with. */
static const struct expr *
outer_part(const struct expr *value, bool last)
{
	while (value->kind == EXPR_OPERATOR && value->nargs == 2 && str_is(value->name, "||"))
		value = value->args[last ? 1 : 0];
	return bare(value);
}

/* "x%" and "%x": a wildcard in the rest matches itself, too. */
static bool
matches(struct str pattern, const struct expr *value)
{
	bool last = str_starts(pattern, "%");
	struct str part = last ? str_slice(pattern, 1, pattern.n) : str_slice(pattern, 0, pattern.n - 1), text;
	const struct expr *outer = outer_part(value, last);

	if (pattern.n < 2 || (!last && !str_ends(pattern, "%")) || outer->kind != EXPR_CONST || outer->name.n < part.n)
		return false;
	text = last ? str_slice(outer->name, outer->name.n - part.n, outer->name.n) : str_slice(outer->name, 0, part.n);
	return str_eq(text, part) && str_find_char(part, '\\') == (size_t)-1;
}

/* ---- the condition ---- */

static bool
is_comparison(const struct expr *e)
{
	return (e->kind == EXPR_OPERATOR || e->kind == EXPR_TEST) && e->nargs >= 2;
}

bool
value_is_listed(const struct expr *value, const struct expr *e)
{
	for (size_t i = 1; i < e->nargs; i++)
		if (same_value(value, e->args[i]))
			return true;
	return false;
}

bool
value_is_other(const struct relation *table, const struct expr *value, const struct expr *e)
{
	for (size_t i = 1; i < e->nargs; i++)
		if (!other_value(table, e->args[0], value, e->args[i]))
			return false;
	return true;
}

/* Whole numbers as they are written. */
static bool
exceeds(struct str operator, const struct expr *value, const struct expr *limit)
{
	int64_t a, b;

	if (!is_whole(value) || !is_whole(limit) || !str_to_int(value->name, &a) || !str_to_int(limit->name, &b))
		return false;
	return (str_is(operator, "<") && a >= b) || (str_is(operator, "<=") && a > b) || (str_is(operator, ">") && a <= b) || (str_is(operator, ">=") && a < b);
}

static bool
equals_bool(const struct expr *e, const char *word)
{
	return str_is(e->name, "=") && e->nargs == 2 && e->args[1]->kind == EXPR_CONST && str_is(e->args[1]->type.name, "bool") && str_is(e->args[1]->name, word);
}

/* column OPERATOR value */
static bool
comparison_fails(const struct done *d, const struct expr *e)
{
	const struct expr *value = new_value(d, e->args[0]);

	if (value == NULL)
		return false;
	if (str_is(e->name, "IS DISTINCT FROM"))
		return same_value(value, e->args[1]) || (expr_is_null(value) && expr_is_null(e->args[1]));
	if (str_in_words(e->name, "= <> != < <= > >= ~~ !~~") && expr_is_null(value))
		return true;
	if (equals_bool(e, "true") || equals_bool(e, "false"))
		return is_never(d, e->args[0], value, equals_bool(e, "true"));
	if (str_is(e->name, "="))
		return value_is_other(d->table, value, e);
	if (str_in_words(e->name, "<> !="))
		return value_is_listed(value, e);
	return (str_is(e->name, "!~~") && e->args[1]->kind == EXPR_CONST && matches(e->args[1]->name, value)) || exceeds(e->name, value, e->args[1]);
}

/* IS TRUE, IS NOT TRUE ... */
static bool
test_fails(const struct done *d, const struct expr *e)
{
	const struct expr *value = new_value(d, e->args[0]);

	if (value == NULL || value->kind != EXPR_CONST)
		return value != NULL && d->again && (str_is(e->name, "IS TRUE") || str_is(e->name, "IS FALSE")) && is_turned(e->args[0], value);
	return str_is(value->name, "true") ? str_is(e->name, "IS NOT TRUE") || str_is(e->name, "IS FALSE")
	                                   : str_is(value->name, "false") && (str_is(e->name, "IS TRUE") || str_is(e->name, "IS NOT FALSE"));
}

/* It is false or NULL, where what is negated is true or NULL. */
static bool
negation_fails(const struct done *d, const struct expr *inner)
{
	const struct expr *value = inner->nargs > 0 ? new_value(d, inner->args[0]) : new_value(d, inner);

	if (value == NULL)
		return false;
	if (inner->kind == EXPR_COLUMN)
		return is_never(d, inner, value, false);
	if (!is_comparison(inner))
		return false;
	return (str_is(inner->name, "=") && value_is_listed(value, inner)) ||
	    (str_is(inner->name, "~~") && inner->args[1]->kind == EXPR_CONST && matches(inner->args[1]->name, value));
}

static bool
fails(const struct done *d, const struct expr *e)
{
	const struct expr *value = e->nargs > 0 ? new_value(d, e->args[0]) : new_value(d, e);
	size_t failing = 0;

	switch (e->kind) {
	case EXPR_AND: case EXPR_OR:
		for (size_t i = 0; i < e->nargs; i++)
			failing += fails(d, e->args[i]);
		return e->kind == EXPR_AND ? failing > 0 : failing == e->nargs;
	case EXPR_NOT:
		return negation_fails(d, e->args[0]);
	case EXPR_COLUMN:
		return value != NULL && is_never(d, e, value, true);
	case EXPR_IS_NULL:
		return value != NULL && is_something(value);
	case EXPR_IS_NOT_NULL:
		return value != NULL && expr_is_null(value);
	case EXPR_OPERATOR: case EXPR_TEST:
		return e->nargs == 1 ? test_fails(d, e) : e->nargs > 1 && comparison_fails(d, e);
	default:
		return false;
	}
}

bool
done_rows_left_out(const struct dml *p, const struct relation *table)
{
	const struct done d = { p, table, p->called, !p->joins, true };

	return p->where != NULL && table != NULL && fails(&d, p->where);
}

bool
done_rows_fail(const struct dml *p, const struct relation *table, const struct dml *other)
{
	const struct done d = { p, table, other->called, !other->joins, false };

	return other->where != NULL && fails(&d, other->where);
}

bool
new_row_fails(const struct dml *p, const struct relation *table, const struct expr *when)
{
	const struct done d = { p, table, STR("new"), false, false };

	return fails(&d, when);
}

/* ---- what is set ---- */

static bool
is_column(const struct expr *e, struct str column)
{
	return e->kind == EXPR_COLUMN && str_eq(e->name, column);
}

/* A key by its name, not an element by its place. */
static bool
is_key(const struct expr *e)
{
	e = bare(e);
	return e->kind == EXPR_CONST && !type_known(e->type);
}

/* jsonb_concat(): of two objects; jsonb_delete() */
static bool
settles_object(const struct expr *e)
{
	const struct expr *other = bare(e->args[1]);

	if (str_is(e->name, "-"))
		return is_key(other) || (other->kind == EXPR_OTHER && str_is(other->name, "array"));
	return str_is(e->name, "||") && ((is_key(other) && str_starts(str_trim(other->name), "{")) ||
	    (other->kind == EXPR_FUNCTION && str_is(other->name, "jsonb_build_object")));
}

bool
operator_settles(const struct expr *e, const struct column *c)
{
	if (c == NULL || e->kind != EXPR_OPERATOR || e->nargs != 2 || c->type.dims > 0)
		return false;
	if (str_in_words(e->name, "= <> != < <= > >= ~ !~ ~* !~* ~~ !~~ ~~* !~~*"))
		return true;
	if (str_in_words(e->name, "| &"))
		return !is_column(e->args[0], c->name) || !is_column(e->args[1], c->name);
	if (!is_column(e->args[0], c->name) || is_column(e->args[1], c->name))
		return false;
	return str_is(e->name, "%") || (str_is(c->type.name, "jsonb") && settles_object(e));
}

static bool
is_told_from(const struct expr *condition, struct str column, const struct expr *value)
{
	bool equal = is_comparison(condition) && str_is(condition->name, "=") && is_column(condition->args[0], column);

	if (equal)
		return value_is_listed(value, condition);
	for (size_t i = 0; (condition->kind == EXPR_AND || condition->kind == EXPR_OR || str_is(condition->name, "when")) && i < condition->nargs; i++)
		if (is_told_from(condition->args[i], column, value))
			return true;
	return condition->kind == EXPR_OTHER && str_is(condition->name, "case") && is_column(condition->args[0], column) && value_is_listed(value, condition);
}

bool
case_chains(const struct expr *e, struct str column)
{
	if (e->kind != EXPR_CHOICE || !str_is(e->name, "case"))
		return false;
	for (size_t i = 1; i < e->nargs; i++)
		if (is_told_from(e->args[0], column, e->args[i]))
			return true;
	return false;
}
