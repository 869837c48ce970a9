#include "op/predicate.h"

#include <string.h>

#include "sql/ident.h"

/*
 * What match_clause_to_indexcol() takes: an operator between the indexed column, by itself, and something that does not
 * depend on the row. Only btree and hash are judged: any other method may know more operators.
 */

struct search {
	const struct relation *table;
	struct str called;
	struct hidden_index *hidden;
	bool behind;                    /* what stands behind the first column of a B-tree counts, too */
	bool picked;                    /* another condition says which rows: an index for that would find them */
};

static bool
is_own_column(const struct search *s, const struct expr *e)
{
	return e->kind == EXPR_COLUMN && (e->schema.n == 0 || str_eq(e->schema, s->called)) && catalog_find_column(s->table, e->name) != NULL;
}

/* The first column of the table below an expression, outside of subqueries. */
static const struct expr *
own_column(const struct search *s, const struct expr *e)
{
	const struct expr *found = NULL;

	if (is_own_column(s, e))
		return e;
	for (size_t i = 0; e->kind != EXPR_SUBQUERY && found == NULL && i < e->nargs; i++)
		found = own_column(s, e->args[i]);
	return found;
}

static bool
is_ordinary(const struct index *x)
{
	return str_eq(x->method, STR("btree")) || str_eq(x->method, STR("hash"));
}

/* An index on an expression over the column, or of another method. */
static bool
has_other_index(const struct search *s, struct str column)
{
	for (size_t i = 0; i < s->table->indexes.n; i++) {
		const struct index *x = s->table->indexes.items[i]->index;
		for (size_t j = 0; j < x->columns.n; j++) {
			const struct index_column *c = &x->columns.items[j];
			if (c->name.s == NULL ? expr_mentions_column(c->expr, column) : !is_ordinary(x) && str_eq(c->name, column))
				return true;
		}
	}
	return false;
}

static bool
has_behind(const struct index *x, struct str column)
{
	for (size_t i = 1; str_is(x->method, "btree") && i < x->columns.n; i++)
		if (x->columns.items[i].name.s != NULL && str_eq(x->columns.items[i].name, column))
			return true;
	return false;
}

/* An index that begins with the column, one of all rows rather than a partial one. */
static const struct relation *
index_on(const struct search *s, struct str column)
{
	const struct relation *found = NULL;

	for (size_t i = 0; i < s->table->indexes.n; i++) {
		const struct index *x = s->table->indexes.items[i]->index;
		bool leads = is_ordinary(x) && x->columns.n > 0 && x->columns.items[0].name.s != NULL && str_eq(x->columns.items[0].name, column);
		if (leads && (found == NULL || found->index->predicate != NULL))
			found = s->table->indexes.items[i];
	}
	return found;
}

/* amoptionalkey: a B-tree may be searched without a condition on its first column. */
static bool
may_use_behind(const struct search *s, struct str column)
{
	for (size_t i = 0; s->behind && i < s->table->indexes.n; i++)
		if (has_behind(s->table->indexes.items[i]->index, column)) {
			s->hidden->behind = s->table->indexes.items[i];
			return true;
		}
	return false;
}

static bool
may_use(const struct search *s, struct str column)
{
	return index_on(s, column) != NULL || has_other_index(s, column) || may_use_behind(s, column);
}

/* The condition cannot use what there is for the column, unless that is of a kind that is not judged here. */
static bool
hide(const struct search *s, struct str column, int by, struct str what)
{
	const struct relation *index = index_on(s, column);

	if (has_other_index(s, column))
		return true;
	if (s->picked && (by == HIDDEN_BY_NEGATION || by == HIDDEN_BY_COLUMN))
		return false;
	if (index != NULL && index->index->predicate == NULL && s->hidden->index == NULL) {
		s->hidden->index = index;
		s->hidden->column = column;
		s->hidden->by = by;
		s->hidden->what = what;
	}
	return false;
}

/* ---- one comparison ---- */

static bool
cast_may_use(const struct search *s, const struct expr *cast, struct str column)
{
	const struct column *c = catalog_find_column(s->table, column);

	if (!is_own_column(s, cast->args[0]) || type_change(c->type, cast->type, UNKNOWN).rewrites != YES)
		return may_use(s, column);
	return hide(s, column, HIDDEN_BY_CAST, cast->type.name);
}

/* A TID scan. */
static bool
names_row(const struct expr *e)
{
	return e->kind == EXPR_COLUMN && str_eq(e->name, STR("ctid"));
}

/* The side of a comparison that holds the column. */
static bool
side_may_use(const struct search *s, const struct expr *side)
{
	const struct expr *column = own_column(s, side);

	if (column == NULL)
		return names_row(side);
	switch (side->kind) {
	case EXPR_CAST:
		return cast_may_use(s, side, column->name);
	case EXPR_FUNCTION:
	case EXPR_CHOICE:
		return hide(s, column->name, HIDDEN_BY_FUNCTION, side->name);
	case EXPR_OPERATOR:
		return hide(s, column->name, HIDDEN_BY_OPERATOR, side->name);
	default:
		return may_use(s, column->name);
	}
}

static bool
is_negative(struct str operator)
{
	static const char *const negative[] = { "<>", "!=", "!~", "!~*", "!~~", "!~~*", "IS DISTINCT FROM" };

	for (size_t i = 0; i < sizeof negative / sizeof *negative; i++)
		if (str_eq(operator, str_of(negative[i])))
			return true;
	return false;
}

/* like_fixed_prefix(): what comes before the first wildcard; with ILIKE, before the first letter, too. */
static bool
begins_open(struct str operator, const struct expr *pattern)
{
	bool any_case = str_eq(operator, STR("~~*"));
	char first;

	if ((!any_case && !str_eq(operator, STR("~~"))) || pattern->kind != EXPR_CONST || pattern->name.n == 0)
		return false;
	first = pattern->name.s[0];
	return first == '%' || first == '_' || (any_case && ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z')));
}

/* Integers and numeric have no operator family in common: the column is cast. */
static bool
is_cast_by(const struct search *s, const struct expr *column, const struct expr *other)
{
	const struct column *c = is_own_column(s, column) ? catalog_find_column(s->table, column->name) : NULL;

	return c != NULL && c->type.dims == 0 && (str_is(c->type.name, "int2") || str_is(c->type.name, "int4") || str_is(c->type.name, "int8")) &&
	    str_is(other->type.name, "numeric") && (other->kind == EXPR_CONST || other->kind == EXPR_CAST);
}

/* Both sides depend on the row. */
static bool
hide_all(const struct search *s, const struct expr *e)
{
	bool may = false;

	for (size_t i = 0; i < e->nargs; i++) {
		const struct expr *column = own_column(s, e->args[i]);
		may = (column != NULL && hide(s, column->name, HIDDEN_BY_COLUMN, STR_NONE)) || may;
	}
	return may;
}

static bool
comparison_may_use(const struct search *s, const struct expr *e)
{
	const struct expr *left = own_column(s, e->args[0]), *column = left;
	size_t others = 0;

	for (size_t i = 1; i < e->nargs; i++) {
		const struct expr *right = own_column(s, e->args[i]);
		others += right != NULL;
		column = column != NULL ? column : right;
	}
	if (column == NULL)
		return names_row(e->args[0]) || names_row(e->args[1]);
	if (left != NULL && others > 0 && str_starts(e->name, "BETWEEN"))
		return may_use(s, column->name);
	if (left != NULL && others > 0)
		return hide_all(s, e);
	if (is_negative(e->name) && (is_own_column(s, e->args[0]) || is_own_column(s, e->args[1]) || str_starts(e->name, "!~~")))
		return hide(s, column->name, HIDDEN_BY_NEGATION, STR_NONE);
	if (is_cast_by(s, e->args[0], e->args[1]))
		return hide(s, column->name, HIDDEN_BY_CAST, STR("numeric"));
	if (left != NULL && begins_open(e->name, e->args[1]))
		return hide(s, column->name, HIDDEN_BY_WILDCARD, is_own_column(s, e->args[0]) ? STR_NONE : STR("the expression"));
	if (left == NULL && e->kind == EXPR_TEST)
		return may_use(s, column->name);
	return side_may_use(s, left != NULL ? e->args[0] : e->args[1]);
}

/* NOT x IN (SELECT ...), NOT x = 1, NOT x LIKE ... */
static bool
negation_may_use(const struct search *s, const struct expr *inner)
{
	bool compares = inner->kind == EXPR_OPERATOR || inner->kind == EXPR_TEST || inner->kind == EXPR_SUBQUERY;
	bool equals = inner->kind == EXPR_SUBQUERY || str_eq(inner->name, STR("=")) || str_eq(inner->name, STR("~~")) || str_eq(inner->name, STR("~~*"));
	const struct expr *column = own_column(s, inner->kind == EXPR_SUBQUERY && inner->nargs == 2 ? inner->args[0] : inner);

	if (column == NULL)
		return false;
	if (compares && equals && inner->nargs == 2 && is_own_column(s, inner->args[0]))
		return hide(s, column->name, HIDDEN_BY_NEGATION, STR_NONE);
	return may_use(s, column->name);
}

/* ---- the whole ---- */

static bool condition_may_use(const struct search *, const struct expr *);

/* BitmapOr: an index for each arm, or none. */
static bool
any_arm_may_use(const struct search *s, const struct expr *e)
{
	bool all = true;

	for (size_t i = 0; i < e->nargs; i++)
		all = condition_may_use(s, e->args[i]) && all;
	for (size_t i = 0; !all && i < e->nargs; i++) {
		const struct expr *column = own_column(s, e->args[i]);
		if (column != NULL)
			(void)hide(s, column->name, HIDDEN_BY_OR, STR_NONE);
	}
	return all;
}

/* column = what does not depend on the row */
static bool
picks(const struct search *s, const struct expr *e)
{
	if (e->kind != EXPR_OPERATOR || e->nargs != 2 || !str_is(e->name, "="))
		return false;
	return (is_own_column(s, e->args[0]) && own_column(s, e->args[1]) == NULL) || (is_own_column(s, e->args[1]) && own_column(s, e->args[0]) == NULL);
}

static bool
all_may_use(const struct search *s, const struct expr *e)
{
	struct search inner = *s;
	bool may = false;

	for (size_t i = 0; i < e->nargs; i++)
		inner.picked = inner.picked || picks(s, e->args[i]);
	for (size_t i = 0; i < e->nargs; i++)
		may = condition_may_use(&inner, e->args[i]) || may;
	return may;
}

static bool
condition_may_use(const struct search *s, const struct expr *e)
{
	const struct expr *column;

	switch (e->kind) {
	case EXPR_AND:
		return all_may_use(s, e);
	case EXPR_OR:
		return any_arm_may_use(s, e);
	case EXPR_NOT:
		return negation_may_use(s, e->args[0]);
	case EXPR_OPERATOR:
	case EXPR_TEST:
		if (e->nargs >= 2)
			return comparison_may_use(s, e);
		break;
	case EXPR_SUBQUERY:     /* EXISTS: a semi-join, which may begin on either side */
		return e->nargs != 2 || side_may_use(s, e->args[0]);
	default:
		break;
	}
	column = own_column(s, e);
	return column != NULL && may_use(s, column->name);
}

/* A partial index whose predicate the condition may imply: all of it may be read. */
static bool
partial_index_may_serve(const struct search *s, const struct expr *e)
{
	if (is_own_column(s, e))
		for (size_t i = 0; i < s->table->indexes.n; i++) {
			const struct expr *predicate = s->table->indexes.items[i]->index->predicate;
			if (predicate != NULL && expr_mentions_column(predicate, e->name))
				return true;
		}
	for (size_t i = 0; i < e->nargs; i++)
		if (partial_index_may_serve(s, e->args[i]))
			return true;
	return false;
}

enum tri
predicate_uses_index(const struct relation *table, struct str called, const struct expr *where, struct hidden_index *hidden)
{
	struct hidden_index aside = { 0 };
	struct search s = { .table = table, .called = called, .hidden = hidden }, behind = s;

	memset(hidden, 0, sizeof *hidden);
	behind.hidden = &aside;
	behind.behind = true;
	if (condition_may_use(&s, where) || partial_index_may_serve(&s, where)) {
		hidden->index = NULL;
		return YES;
	}
	if (!condition_may_use(&behind, where))
		return NO;
	hidden->behind = aside.behind;
	return UNKNOWN;
}

/* ---- few rows ---- */

/* A value that the column's own operator compares with: a string takes on its type, a number of another kind casts the column. */
static bool
is_value_for(const struct column *column, const struct expr *e)
{
	if (e->kind == EXPR_CAST)
		return e->args[0]->kind == EXPR_CONST && type_same_base(column->type, e->type);
	return e->kind == EXPR_CONST && (e->type.name.s == NULL || !str_is(e->type.name, "numeric"));
}

enum { FEW_VALUES = 100 };

/* column IN (value, ...) */
static bool
lists_few(const struct search *s, const struct expr *e, const struct column *c)
{
	if (e->kind != EXPR_TEST || !str_is(e->name, "=") || e->nargs < 2 || e->nargs > FEW_VALUES || !is_own_column(s, e->args[0]) || !str_eq(e->args[0]->name, c->name))
		return false;
	for (size_t i = 1; i < e->nargs; i++)
		if (!is_value_for(c, e->args[i]))
			return false;
	return true;
}

/* Top-level conditions that say: column = value, or one of a few. */
static bool
settles(const struct search *s, const struct expr *e, struct str column)
{
	const struct column *c = catalog_find_column(s->table, column);

	if (e->kind == EXPR_AND) {
		for (size_t i = 0; i < e->nargs; i++)
			if (settles(s, e->args[i], column))
				return true;
		return false;
	}
	if (c != NULL && lists_few(s, e, c))
		return true;
	if (c == NULL || e->kind != EXPR_OPERATOR || !str_eq(e->name, STR("=")) || e->nargs != 2)
		return false;
	for (size_t i = 0; i < 2; i++)
		if (is_own_column(s, e->args[i]) && str_eq(e->args[i]->name, column) && is_value_for(c, e->args[1 - i]))
			return true;
	return false;
}

bool
predicate_finds_few(const struct relation *table, struct str called, const struct expr *where)
{
	struct search s = { .table = table, .called = called };

	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *x = table->indexes.items[i]->index;
		bool all = x->unique && x->valid == YES && x->predicate == NULL && is_ordinary(x);
		for (size_t j = 0; all && j < x->columns.n; j++)
			all = x->columns.items[j].name.s != NULL && settles(&s, where, x->columns.items[j].name);
		if (all)
			return true;
	}
	return false;
}

/* ---- no rows ---- */

static bool
compares_with_null(const struct expr *e)
{
	return e->kind == EXPR_OPERATOR && e->nargs == 2 && str_in_words(e->name, "= <> < > <= >=") && (expr_is_null(e->args[0]) || expr_is_null(e->args[1]));
}

const struct expr *
predicate_never(const struct expr *where)
{
	const struct expr *found = NULL;

	if (where == NULL || (where->kind != EXPR_AND && where->kind != EXPR_OR))
		return where != NULL && compares_with_null(where) ? where : NULL;
	for (size_t i = 0; i < where->nargs; i++) {
		const struct expr *never = predicate_never(where->args[i]);
		if (where->kind == EXPR_AND && never != NULL)
			return never;
		if (where->kind == EXPR_OR && never == NULL)
			return NULL;
		found = found == NULL ? never : found;
	}
	return where->kind == EXPR_OR ? found : NULL;
}

/* Some rows may hold NULL in spite of a constraint that is NOT VALID. */
static bool
holds_no_null(const struct relation *r, struct str column)
{
	const struct column *c = catalog_find_column(r, column);
	const struct constraint *k = catalog_find_not_null(r, column);

	return c != NULL && c->not_null == YES && !c->assumed && (k == NULL || k->valid == YES);
}

bool
predicate_finds_none(const struct relation *r, struct str called, const struct expr *where)
{
	struct search s = { .table = r, .called = called };

	if (where == NULL)
		return false;
	if (where->kind == EXPR_IS_NULL)
		return r != NULL && is_own_column(&s, where->args[0]) && holds_no_null(r, where->args[0]->name);
	if (where->kind != EXPR_AND && where->kind != EXPR_OR)
		return compares_with_null(where);
	for (size_t i = 0; i < where->nargs; i++)
		if (predicate_finds_none(r, called, where->args[i]) == (where->kind == EXPR_AND))
			return where->kind == EXPR_AND;
	return where->kind == EXPR_OR;
}

/* ---- words ---- */

/* nbtree/README, "Skip scan": in 18 an index is searched once for each value of what stands before; before, all of it is read. */
struct str
index_behind_words(const struct facts *f, const struct hidden_index *h)
{
	struct str name = relation_words(f->arena, f->catalog, h->behind);
	const struct index_column *first = &h->behind->index->columns.items[0];
	struct str leads = first->name.s != NULL ? sql_ident(f->arena, first->name) : STR("what it begins with");

	if (f->pg_version >= 18)
		return str_printf(f->arena, "%.*s begins with %.*s, which the condition does not give, but PostgreSQL 18 searches it once for each value of that, where there are few",
		    STR_ARG(name), STR_ARG(leads));
	return str_printf(f->arena, "%.*s begins with %.*s, which the condition does not give, but all of it may be read in place of the table, which is larger",
	    STR_ARG(name), STR_ARG(leads));
}

struct str
hidden_index_words(struct arena *arena, const struct hidden_index *h)
{
	struct str column = sql_ident(arena, h->column);

	switch (h->by) {
	case HIDDEN_BY_FUNCTION:
		return str_printf(arena, "%.*s stands inside %.*s()", STR_ARG(column), STR_ARG(h->what));
	case HIDDEN_BY_OPERATOR:
		return str_printf(arena, "%.*s is an operand of %.*s", STR_ARG(column), STR_ARG(h->what));
	case HIDDEN_BY_CAST:
		return str_printf(arena, "%.*s is cast to %.*s", STR_ARG(column), STR_ARG(h->what));
	case HIDDEN_BY_WILDCARD:
		return str_printf(arena, "the pattern for %.*s begins with a wildcard", STR_ARG(column));
	case HIDDEN_BY_NEGATION:
		return str_printf(arena, "the condition says what %.*s is not", STR_ARG(column));
	case HIDDEN_BY_COLUMN:
		return str_printf(arena, "%.*s is compared with something else of the same row", STR_ARG(column));
	case HIDDEN_BY_OR:
		return str_printf(arena, "no index serves the other side of OR");
	}
	return STR_NONE;
}

struct str
hidden_index_remedy(struct arena *arena, const struct hidden_index *h)
{
	struct str column = sql_ident(arena, h->column);

	switch (h->by) {
	case HIDDEN_BY_FUNCTION:
		return str_printf(arena, "-- compare %.*s itself, or index the call of %.*s() first", STR_ARG(column), STR_ARG(h->what));
	case HIDDEN_BY_OPERATOR:
		return str_printf(arena, "-- compare %.*s itself: the %.*s goes to the other side, or into an index on the expression", STR_ARG(column), STR_ARG(h->what));
	case HIDDEN_BY_CAST:
		return str_printf(arena, "-- compare %.*s itself, without the cast%s", STR_ARG(column),
		    str_is(h->what, "date") ? ": it lies between one midnight and the next" : "");
	case HIDDEN_BY_WILDCARD:
		return str_printf(arena, "-- for such patterns of %.*s there are indexes with gin_trgm_ops, of the extension pg_trgm", STR_ARG(h->what.n > 0 ? h->what : column));
	case HIDDEN_BY_NEGATION:
		return str_printf(arena, "-- say what %.*s is, where that is known", STR_ARG(column));
	case HIDDEN_BY_COLUMN:
		return STR("-- an index on rows of which this holds has the condition as its WHERE");
	case HIDDEN_BY_OR:
		return STR("-- run one statement for each side of OR");
	}
	return STR_NONE;
}
