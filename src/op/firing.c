#include "op/firing.h"

#include "base/buf.h"
#include "catalog/spell.h"
#include "op/done.h"

/* What a condition may come out as. */
enum { MAYBE_TRUE = 1, MAYBE_FALSE = 2, MAYBE_NULL = 4, MAYBE_ANY = 7 };

static bool
is_listed(const struct facts *f, struct str column)
{
	const struct dml *p = OP_DATA(f->op, struct dml);

	return str_in(column, p->columns.items, p->columns.n);
}

/* ExecGetAllUpdatedCols(): generated columns follow those that they are made from. */
static bool
is_set(const struct facts *f, struct str name)
{
	const struct column *c = catalog_find_column(f->op->table, name);
	const struct dml *p = OP_DATA(f->op, struct dml);
	bool set = is_listed(f, name);

	for (size_t i = 0; !set && c != NULL && c->generated != 0 && c->default_expr != NULL && i < p->columns.n; i++)
		set = expr_mentions_column(c->default_expr, p->columns.items[i]);
	return set;
}

/* ---- WHEN ---- */

/* BEFORE triggers may give it another value, too; then one of those fires. */
static bool
is_kept(const struct facts *f, struct str name)
{
	const struct column *c = catalog_find_column(f->op->table, name);

	return c != NULL && c->generated == 0 && !is_listed(f, name);
}

/* "old", "new"; the condition of the statement is about the row before. STR_NONE: of no row that fires the trigger. */
static struct str
version(const struct facts *f, const struct expr *column)
{
	const struct dml *p = OP_DATA(f->op, struct dml);

	if (str_is(column->schema, "old") || str_is(column->schema, "new"))
		return column->schema;
	return (column->schema.n == 0 && !p->joins) || str_eq(column->schema, p->called) ? STR("old") : STR_NONE;
}

static bool
are_same_column(const struct facts *f, const struct expr *a, const struct expr *b)
{
	struct str of_a = version(f, a), of_b = version(f, b);

	return of_a.s != NULL && of_b.s != NULL && (str_eq(of_a, of_b) || is_kept(f, a->name));
}

static bool
is_function_of_arguments(const struct expr *e)
{
	switch (e->kind) {
	case EXPR_CONST: case EXPR_NULL: case EXPR_CAST: case EXPR_OPERATOR: case EXPR_TEST: return true;
	case EXPR_IS_NULL: case EXPR_IS_NOT_NULL: case EXPR_NOT: case EXPR_AND: case EXPR_OR: return true;
	case EXPR_FUNCTION: return expr_volatility(e, NULL, NULL) == IMMUTABLE;
	case EXPR_CHOICE: return !str_is(e->name, "case");
	case EXPR_OTHER: return str_is(e->name, "row");
	default: return false;
	}
}

/* The same, even where the one is of the row before and the other of the row after. */
static bool
is_same(const struct facts *f, const struct expr *a, const struct expr *b)
{
	if (a->kind != b->kind || a->nargs != b->nargs || !str_eq(a->name, b->name))
		return false;
	if (a->kind == EXPR_COLUMN)
		return are_same_column(f, a, b);
	if (!is_function_of_arguments(a) || !str_eq(a->schema, b->schema) || (a->kind == EXPR_CAST && !type_eq(a->type, b->type)))
		return false;
	for (size_t i = 0; i < a->nargs; i++)
		if (!is_same(f, a->args[i], b->args[i]))
			return false;
	return true;
}

/* The text that a constant is, or a setting in force; STR_NONE: not known. */
static struct str
known_text(const struct facts *f, const struct expr *e)
{
	int setting = -1;

	if (e->nargs > 0 && ((e->kind == EXPR_CAST && str_is(e->type.name, "text")) || (e->kind == EXPR_CHOICE && str_is(e->name, "coalesce"))))
		return known_text(f, e->args[0]);
	if (e->kind == EXPR_CONST)
		return type_known(e->type) ? STR_NONE : e->name;
	if (e->kind == EXPR_FUNCTION && str_is(e->name, "current_setting") && e->nargs > 0 && e->args[0]->kind == EXPR_CONST)
		setting = session_find_setting(f->session, e->args[0]->name);
	return setting >= SETTING_CUSTOM && f->session->settings[setting].known == YES ? f->session->settings[setting].text : STR_NONE;
}

/* false: not both are known. */
static bool
compared_texts(const struct facts *f, const struct expr *e, unsigned *outcome)
{
	static const char *const equal[] = { "=", "IS NOT DISTINCT FROM", NULL }, *const unequal[] = { "<>", "!=", "IS DISTINCT FROM", NULL };
	struct str a = e->nargs == 2 ? known_text(f, e->args[0]) : STR_NONE, b = a.s == NULL ? STR_NONE : known_text(f, e->args[1]);

	if (b.s == NULL || (!str_among(e->name, equal) && !str_among(e->name, unequal)))
		return false;
	*outcome = str_eq(a, b) == str_among(e->name, equal) ? MAYBE_TRUE : MAYBE_FALSE;
	return true;
}

/* pg_trigger_depth(), before the function of the trigger is called (measured on 15 and 18) */
static bool
compared_depth(const struct facts *f, const struct expr *e, unsigned *outcome)
{
	int64_t n;

	if (f->inside != NULL || e->nargs != 2 || e->args[0]->kind != EXPR_FUNCTION || !str_is(e->args[0]->name, "pg_trigger_depth") ||
	    e->args[1]->kind != EXPR_CONST || !str_to_int(e->args[1]->name, &n))
		return false;
	*outcome = (str_in_words(e->name, "= >= <=") && n == 0) || (str_in_words(e->name, "< <=") && n > 0) || (str_in_words(e->name, "<> !=") && n != 0) ||
	    (str_in_words(e->name, "> >=") && n < 0) ? MAYBE_TRUE : MAYBE_FALSE;
	return str_in_words(e->name, "= < > <= >= <> !=");
}

static unsigned
compared(const struct facts *f, const struct expr *e)
{
	static const char *const unequal[] = { "<>", "!=", "<", ">" };
	unsigned outcome;

	if (compared_texts(f, e, &outcome) || compared_depth(f, e, &outcome))
		return outcome;
	if (e->nargs != 2 || !is_same(f, e->args[0], e->args[1]))
		return MAYBE_ANY;
	if (e->kind == EXPR_TEST)
		return str_is(e->name, "IS DISTINCT FROM") ? MAYBE_FALSE : str_is(e->name, "IS NOT DISTINCT FROM") ? MAYBE_TRUE : MAYBE_ANY;
	for (size_t i = 0; i < sizeof unequal / sizeof *unequal; i++)
		if (str_is(e->name, unequal[i]))
			return MAYBE_FALSE | MAYBE_NULL;
	return str_is(e->name, "=") ? MAYBE_TRUE | MAYBE_NULL : MAYBE_ANY;
}

static unsigned
negated(unsigned a)
{
	return (a & MAYBE_TRUE ? MAYBE_FALSE : 0u) | (a & MAYBE_FALSE ? MAYBE_TRUE : 0u) | (a & MAYBE_NULL);
}

static unsigned
both(unsigned a, unsigned b)
{
	unsigned passes = MAYBE_TRUE | MAYBE_NULL;

	return (a & b & MAYBE_TRUE) | ((a | b) & MAYBE_FALSE) | ((a & passes) != 0 && (b & passes) != 0 ? (a | b) & MAYBE_NULL : 0u);
}

static unsigned
outcomes(const struct facts *f, const struct expr *e)
{
	unsigned all = MAYBE_TRUE;

	switch (e->kind) {
	case EXPR_CONST:
		return !str_is(e->type.name, "bool") ? MAYBE_ANY : str_is(e->name, "true") ? MAYBE_TRUE : MAYBE_FALSE;
	case EXPR_NOT:
		return negated(outcomes(f, e->args[0]));
	case EXPR_AND:
		for (size_t i = 0; i < e->nargs; i++)
			all = both(all, outcomes(f, e->args[i]));
		return all;
	case EXPR_OR:
		for (size_t i = 0; i < e->nargs; i++)
			all = both(all, negated(outcomes(f, e->args[i])));
		return negated(all);
	case EXPR_OPERATOR: case EXPR_TEST:
		return compared(f, e);
	default:
		return MAYBE_ANY;
	}
}

/* ---- two conditions that are not true together ---- */

static bool
compares(const struct expr *e, const char *operators)
{
	return (e->kind == EXPR_OPERATOR || e->kind == EXPR_TEST) && e->nargs >= 2 && str_in_words(e->name, operators);
}

/* a = 1 with a <> 1, a = 2, a NOT IN (1, 2), a IS NULL */
static bool
equality_excludes(const struct facts *f, const struct expr *a, const struct expr *b)
{
	bool equal = compares(b, "="), unequal = compares(b, "<> !=") || (b->kind == EXPR_TEST && str_is(b->name, "IS DISTINCT FROM"));

	if (!compares(a, "=") || b->nargs == 0 || a->args[0]->kind != EXPR_COLUMN || !is_same(f, a->args[0], b->args[0]))
		return false;
	for (size_t i = 1; i < a->nargs; i++)
		if (!(equal && value_is_other(f->op->table, a->args[i], b)) && !(unequal && value_is_listed(a->args[i], b)))
			return b->kind == EXPR_IS_NULL;
	return true;
}

static bool
excludes(const struct facts *f, const struct expr *a, const struct expr *b)
{
	if (a->kind == EXPR_NOT)
		return is_same(f, a->args[0], b);
	if (a->kind == EXPR_IS_NULL && b->nargs > 0 && (b->kind == EXPR_IS_NOT_NULL || compares(b, "= <> != < <= > >=")))
		return is_same(f, a->args[0], b->args[0]);
	return equality_excludes(f, a, b);
}

/* It is true for no row for which the other one is. */
static bool
clashes(const struct facts *f, const struct expr *a, const struct expr *b)
{
	const struct expr *whole = a->kind == EXPR_AND || a->kind == EXPR_OR ? a : b, *other = whole == a ? b : a;
	size_t n = 0;

	if (whole->kind != EXPR_AND && whole->kind != EXPR_OR)
		return excludes(f, a, b) || excludes(f, b, a);
	for (size_t i = 0; i < whole->nargs; i++)
		n += clashes(f, whole->args[i], other);
	return whole->kind == EXPR_AND ? n > 0 : n == whole->nargs;
}

static bool
contradicts_itself(const struct facts *f, const struct expr *e)
{
	for (size_t i = 0; e->kind == EXPR_AND && i < e->nargs; i++)
		for (size_t k = 0; k < i; k++)
			if (clashes(f, e->args[k], e->args[i]))
				return true;
	return false;
}

static bool
may_hold(const struct facts *f, const struct expr *when)
{
	const struct dml *p = OP_DATA(f->op, struct dml);

	return (outcomes(f, when) & MAYBE_TRUE) != 0 && !contradicts_itself(f, when) && !(p->where != NULL && clashes(f, when, p->where)) &&
	    (p->deletes || !new_row_fails(p, f->op->table, when));
}

/* ---- triggers ---- */

static bool
is_of_set_column(const struct facts *f, const struct trigger *t)
{
	for (size_t i = 0; i < t->columns.n; i++)
		if (is_set(f, t->columns.items[i]))
			return true;
	return t->columns.n == 0;
}

/* TriggerEnabled() */
static bool
fires(const struct facts *f, const struct trigger *t)
{
	bool deletes = OP_DATA(f->op, struct dml)->deletes;

	if (t->dropped || !t->row || !(t->events & (deletes ? ON_DELETE : ON_UPDATE)) || str_is(t->state, "disabled") || str_is(t->state, "replica"))
		return false;
	return (deletes || is_of_set_column(f, t)) && (t->when == NULL || may_hold(f, t->when));
}

const struct trigger *
firing_first(const struct facts *f)
{
	const struct trigger *first = NULL;

	for (size_t i = 0; i < f->op->table->triggers.n; i++) {
		const struct trigger *t = f->op->table->triggers.items[i];
		if (fires(f, t) && (first == NULL || str_cmp(t->name, first->name) < 0))
			first = t;
	}
	return first;
}

/* ---- advice ---- */

/* Of a trigger that a partition has from the table above. */
static const struct trigger *
original(const struct trigger *t)
{
	const struct relation *r = t->table;

	while (t->cloned && (r = relation_whole(r)) != NULL) {
		const struct trigger *above = catalog_find_trigger(r, t->name);
		t = above != NULL ? above : t;
	}
	return t;
}

/* Its definition without WHEN, which comes last, begins with what it does and ends with for what: "BEFORE UPDATE" and " FOR EACH ROW ". */
static struct str
definition_end(struct arena *arena, const struct trigger *t, size_t on)
{
	struct str rest = str_slice(t->definition, on + 5, t->definition.n);
	struct str when = t->when == NULL ? STR_NONE : str_printf(arena, " WHEN (%.*s)", STR_ARG(t->when->text));
	size_t at = when.s == NULL ? (size_t)-1 : str_find(rest, when);

	return str_trim(str_slice(rest, 0, at));
}

/* CreateTriggerFiringOn(): CREATE OR REPLACE CONSTRAINT TRIGGER is not supported; 13 has no OR REPLACE */
struct str
firing_quiet(const struct facts *f)
{
	const struct trigger *t = original(firing_first(f));
	struct str name = sql_ident(f->arena, t->name), table = relation_words(f->arena, f->catalog, t->table);
	struct str own = t->when == NULL ? STR("") : str_printf(f->arena, "(%.*s) AND ", STR_ARG(t->when->text));
	size_t on = str_find(t->definition, STR(" ON t "));
	bool replaces = !t->constraint && f->pg_version >= 14;
	struct buf b = BUF(f->arena);

	if (on == (size_t)-1)
		return STR("");
	if (!replaces)
		buf_printf(&b, "-- in one transaction\nDROP TRIGGER %.*s ON %.*s;\n", STR_ARG(name), STR_ARG(table));
	buf_printf(&b, "CREATE %sTRIGGER %.*s %.*s ON %.*s %.*s\n", replaces ? "OR REPLACE " : t->constraint ? "CONSTRAINT " : "", STR_ARG(name),
	    STR_ARG(str_slice(t->definition, 0, on)), STR_ARG(table), STR_ARG(definition_end(f->arena, t, on)));
	buf_printf(&b, "  WHEN (%.*scurrent_setting('app.migrating', true) IS DISTINCT FROM 'on')\n  EXECUTE FUNCTION ", STR_ARG(own));
	spell_name(&b, f->catalog, t->function_schema, t->function);
	buf_printf(&b, "%.*s;\n-- and when all rows are done, once more without the condition on app.migrating%s", STR_ARG(t->arguments),
	    replaces ? " (before 14: DROP TRIGGER and CREATE TRIGGER, in one transaction)" : "");
	return buf_text(&b);
}
