#include "op/failure.h"
#include "op/grouped.h"
#include "op/misplaced.h"
#include "op/operators.h"
#include "op/select.h"

/* Expressions that the server refuses in a query, where each column has the type that some table of FROM gives it. */

/* Of more nobody looks for pairs. */
enum { MOST_NAMES = 200 };

struct scope {
	const struct facts *facts;
	const struct select *select;    /* NULL: none, there is one table only */
	const struct offers *offers;
};

/* ---- what it reads is known ---- */

static bool is_sure(const struct facts *, const struct select *);

static bool
is_sure_item(const struct facts *f, const struct select *s, const struct from *item)
{
	const struct relation *r = item->kind == FROM_TABLE ? catalog_find_relation(f->catalog, item->table) : NULL;

	switch (item->kind) {
	case FROM_TABLE:
		return select_find_common(s, item) != NULL || is_settled(f, r, REACH_SCHEMA);
	case FROM_FUNCTION:
		return select_knows_function(f->catalog, item);
	case FROM_QUERY:
		return item->query != NULL && is_sure(f, item->query);
	case FROM_JOIN:
		return is_sure_item(f, s, item->left) && is_sure_item(f, s, item->right);
	default:
		return false;
	}
}

static bool
is_sure(const struct facts *f, const struct select *s)
{
	bool sure = true;

	for (size_t i = 0; sure && i < s->with.n; i++)
		sure = s->with.items[i].query != NULL && !s->with.items[i].recursive && is_sure(f, s->with.items[i].query);
	if (sure && s->left != NULL)
		return s->right != NULL && is_sure(f, s->left) && is_sure(f, s->right);
	for (size_t i = 0; sure && i < s->from.n; i++)
		sure = is_sure_item(f, s, s->from.items[i]);
	return sure;
}

/* ---- columns ---- */

static const struct offered *
find_around(const struct surroundings *around, const struct expr *e)
{
	for (size_t i = 0; around != NULL && i < around->offers.n; i++)
		if (str_eq(around->offers.items[i].name, e->name) && offer_answers(&around->offers.items[i], e->schema))
			return &around->offers.items[i];
	return NULL;
}

/* NULL: none, or more than one. */
static const struct offered *
find_offer(const struct scope *s, const struct expr *e)
{
	const struct offered *found = NULL;

	for (size_t i = 0; i < s->offers->n; i++) {
		const struct offered *o = &s->offers->items[i];
		if (!str_eq(o->name, e->name) || !offer_answers(o, e->schema))
			continue;
		if (found != NULL)
			return NULL;
		found = o;
	}
	return found != NULL ? found : find_around(s->facts->around, e);
}

static bool
is_parameter(const struct expr *e)
{
	return e->kind == EXPR_OTHER && e->nargs == 0 && str_starts(e->name, "$");
}

/* (t).a of a whole row */
static const struct offered *
offer_of_row(const struct scope *s, const struct expr *e)
{
	bool field = e->kind == EXPR_OTHER && e->nargs == 1 && str_is(e->name, ".") && e->args[0]->kind == EXPR_COLUMN && e->args[0]->schema.s == NULL;
	const struct expr column = { .kind = EXPR_COLUMN, .schema = field ? e->args[0]->name : STR_NONE, .name = e->schema };

	return field && find_offer(s, e->args[0]) == NULL ? find_offer(s, &column) : NULL;
}

/* The expression with what is known of its parts: the names in the others are still to be found. */
static struct expr
with_known_parts(const struct scope *s, const struct expr *e, const struct expr *copy)
{
	struct expr parts = *e;

	parts.args = NEW_ARRAY(s->facts->arena, struct expr *, e->nargs);
	for (size_t i = 0; i < e->nargs; i++)
		parts.args[i] = copy->args[i]->kind == EXPR_CAST ? copy->args[i] : e->args[i];
	return parts;
}

/* What has a type of its own: it is worked out once, on the way up. */
static struct expr *
cast(const struct scope *s, const struct expr *e, struct expr *copy)
{
	struct type type = expr_plain_type(s->facts->catalog, NULL, copy);
	struct expr *known;

	if (!type_known(type) && s->select != NULL && e->kind != EXPR_CONST && e->kind != EXPR_NULL) {
		const struct expr parts = with_known_parts(s, e, copy);
		type = select_value_type(s->facts, s->select, s->offers, &parts);
	}
	if (!type_known(type) || e->kind == EXPR_CONST || e->kind == EXPR_CAST || (e->kind == EXPR_OTHER && str_is(e->name, "row")))
		return copy;
	known = NEW(s->facts->arena, struct expr);
	*known = (struct expr){ .kind = EXPR_CAST, .type = type, .args = NEW_ARRAY(s->facts->arena, struct expr *, 1), .nargs = 1 };
	known->args[0] = copy;
	return known;
}

/* A column is as good as a cast to its type; what is none that is known, as something that nothing is said about. */
static struct expr *
typed(const struct scope *s, const struct expr *e)
{
	struct arena *arena = s->facts->arena;
	struct expr *copy = NEW(arena, struct expr);
	bool named = e->kind == EXPR_COLUMN || is_parameter(e);
	const struct offered *o = named && e->qualifier.s == NULL ? find_offer(s, e) : NULL;

	*copy = *e;
	if (named) {
		*copy = (struct expr){ .kind = o != NULL ? EXPR_CAST : EXPR_OTHER, .type = o != NULL ? o->type : (struct type){ .name = STR_NONE } };
		return copy;
	}
	o = offer_of_row(s, e);
	if (o != NULL) {
		*copy = (struct expr){ .kind = EXPR_CAST, .type = o->type };
		return copy;
	}
	copy->args = NEW_ARRAY(arena, struct expr *, e->nargs);
	for (size_t i = 0; i < e->nargs; i++)
		copy->args[i] = typed(s, e->args[i]);
	return cast(s, e, copy);
}

/* Only what is stored has tableoid, ctid ... (scanRTEForColumn) */
static bool
is_stored(const struct scope *s, const struct from *item, struct str alias)
{
	struct str name = item->alias.s != NULL ? item->alias : item->table.name;
	const struct relation *r;

	if (item->kind == FROM_JOIN)
		return is_stored(s, item->left, alias) || is_stored(s, item->right, alias);
	if ((item->kind != FROM_TABLE && item->kind != FROM_QUERY) || name.s == NULL || !str_eq(name, alias))
		return item->kind == FROM_OTHER;
	r = item->kind == FROM_TABLE && select_find_common(s->select, item) == NULL ? catalog_find_relation(s->facts->catalog, item->table) : NULL;
	return r != NULL && r->kind != RELATION_VIEW;
}

static struct str
system_misfit(const struct scope *s, const struct expr *e)
{
	bool called = false, stored = false;
	struct str reason = STR_NONE;

	if (e->kind == EXPR_SUBQUERY)
		return STR_NONE;
	for (size_t i = 0; reason.s == NULL && i < e->nargs; i++)
		reason = system_misfit(s, e->args[i]);
	if (reason.s != NULL || e->kind != EXPR_COLUMN || e->schema.s == NULL || !is_system_column(e->name) || find_offer(s, e) != NULL)
		return reason;
	for (size_t i = 0; i < s->select->from.n; i++) {
		called = called || from_is_called(s->select->from.items[i], e->schema);
		stored = stored || is_stored(s, s->select->from.items[i], e->schema);
	}
	return !called || stored ? STR_NONE : str_printf(s->facts->arena, "column %.*s.%.*s does not exist", STR_ARG(e->schema), STR_ARG(e->name));
}

/* ---- queries ---- */

/* transformInsertStmt(): RETURNING and ON CONFLICT see the table that is changed, and no old and new of a rule. */
static const struct facts *
facts_of(const struct facts *f, const struct select *select)
{
	struct surroundings *around;
	struct facts *own;

	if (select->source == NULL || f->around == NULL)
		return f;
	around = NEW(f->arena, struct surroundings);
	own = NEW(f->arena, struct facts);
	*around = *f->around;
	around->offers = (struct offers){ 0 };
	for (size_t i = 0; i < f->around->offers.n; i++)
		if (!f->around->offers.items[i].merged)
			*vec_push(f->arena, &around->offers) = f->around->offers.items[i];
	*own = *f;
	own->around = around;
	return own;
}

static struct str parts_misfit(const struct facts *, const struct select *);

/* A query in an expression, or beside others: their columns are around it. */
static struct facts
facts_within(const struct scope *s)
{
	struct surroundings *around = NEW(s->facts->arena, struct surroundings);
	const struct surroundings *outer = s->facts->around;
	struct facts inner = *s->facts;

	*around = (struct surroundings){ .partial = outer != NULL && outer->partial, .numbered = outer != NULL && outer->numbered };
	for (size_t i = 0; i < s->offers->n; i++)
		*vec_push(s->facts->arena, &around->offers) = s->offers->items[i];
	for (size_t i = 0; outer != NULL && i < outer->offers.n; i++)
		*vec_push(s->facts->arena, &around->offers) = outer->offers.items[i];
	inner.around = around;
	return inner;
}

static struct str
inner_misfit(const struct scope *s, const struct select *query)
{
	const struct facts inner = facts_within(s);

	return query != NULL && is_sure(&inner, query) ? parts_misfit(&inner, query) : STR_NONE;
}

static struct expr *
pair_of(const struct scope *s, const struct expr *compared, const struct expr *left, struct type right)
{
	struct expr *e = NEW(s->facts->arena, struct expr), *value = NEW(s->facts->arena, struct expr);

	*value = (struct expr){ .kind = EXPR_CAST, .type = right };
	*e = (struct expr){ .kind = EXPR_OPERATOR, .schema = compared->qualifier, .name = compared->schema, .args = NEW_ARRAY(s->facts->arena, struct expr *, 2), .nargs = 2 };
	e->args[0] = typed(s, left);
	e->args[1] = value;
	return e;
}

/* transformSubLink(): a column for each value. A literal is a text there. */
static struct str
compared_misfit(const struct scope *s, const struct expr *e)
{
	const struct facts inner = facts_within(s);
	bool row = e->args[0]->kind == EXPR_OTHER && str_is(e->args[0]->name, "row");
	size_t n = row ? e->args[0]->nargs : 1;
	struct column_types given = { 0 };
	struct str reason = STR_NONE;

	if ((row && expr_has_star(e->args[0])) || !select_types(&inner, e->query, &given))
		return STR_NONE;
	if (given.n != n)
		return given.n < n ? STR("subquery has too few columns") : STR("subquery has too many columns");
	for (size_t i = 0; reason.s == NULL && i < n; i++)
		reason = expr_misfit(s->facts, NULL, pair_of(s, e, row ? e->args[0]->args[i] : e->args[0],
		    str_is(given.items[i].name, "?") ? type_make(STR_NONE, STR("text"), NULL, 0, 0) : given.items[i]));
	return reason;
}

static struct str
subquery_misfit(const struct scope *s, const struct expr *e)
{
	bool query = e != NULL && e->kind == EXPR_SUBQUERY;
	struct str reason = query ? inner_misfit(s, e->query) : STR_NONE;

	if (query && reason.s == NULL && str_in_words(e->name, "any all") && e->query != NULL && e->nargs == 2)
		reason = compared_misfit(s, e);

	/* of a subquery the last one is its query */
	for (size_t i = 0; e != NULL && reason.s == NULL && i + query < e->nargs; i++)
		reason = subquery_misfit(s, e->args[i]);
	return reason;
}

/* ---- where aggregates and their like stand ---- */

static const struct placing output = { .name = NULL }, in_having = { .name = "HAVING", .aggregates = true }, in_group_by = { .name = "GROUP BY", .sets = true },
    in_values = { .name = "VALUES" }, in_inserted = { .name = "VALUES", .sets = true }, in_returning = { .name = "RETURNING" },
    in_update = { .name = "UPDATE" }, in_where = { .name = "WHERE" }, in_when = { .name = "MERGE WHEN conditions" }, in_join = { .name = "JOIN conditions" },
    in_limit = { .name = "LIMIT" }, in_offset = { .name = "OFFSET" },
    in_from = { .name = "functions in FROM", .from = true };

static struct str
call_misplaced(const struct scope *s, const struct expr *e, const struct placing *at)
{
	return misplaced_call(s->facts, s->facts->around == NULL ? NULL : s->offers, e, at);
}

/* A single row of INSERT is a target list. */
static const struct placing *
place_of_outputs(const struct select *select)
{
	return select->values ? select->more.n > 0 ? &in_values : &in_inserted : select->changes ? &in_returning : &output;
}

static struct str
groups_misplaced(const struct scope *s)
{
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < s->select->groups.n; i++)
		reason = call_misplaced(s, select_group_key(s->select, s->offers, s->select->groups.items[i]), &in_group_by);
	return reason;
}

/* ---- what stands in each part ---- */

static struct str
misfit(const struct scope *s, const struct expr *e, const char *clause, const struct placing *at)
{
	struct str reason;

	if (e == NULL)
		return STR_NONE;
	reason = call_misplaced(s, e, at);
	if (reason.s != NULL)
		return reason;
	reason = s->select == NULL ? STR_NONE : system_misfit(s, e);
	if (reason.s == NULL && s->select != NULL)
		reason = subquery_misfit(s, e);
	return reason.s != NULL ? reason : clause == NULL ? expr_misfit(s->facts, NULL, typed(s, e)) : condition_misfit(s->facts, NULL, typed(s, e), clause);
}

/* contain_vars_of_level(): those of a query around it are none. */
static bool
reads_row(const struct scope *s, const struct expr *e)
{
	bool reads = false;

	for (size_t i = 0; e->kind == EXPR_COLUMN && e->qualifier.s == NULL && !reads && i < s->offers->n; i++)
		reads = str_eq(s->offers->items[i].name, e->name) && offer_answers(&s->offers->items[i], e->schema);
	for (size_t i = 0; !reads && i + (e->kind == EXPR_SUBQUERY) < e->nargs; i++)
		reads = reads_row(s, e->args[i]);
	return reads;
}

/* transformLimitClause() */
static struct str
limit_misfit(const struct scope *s, const struct expr *e, const struct placing *at)
{
	struct str reason = misfit(s, e, NULL, at);
	struct type wanted = type_make(STR_NONE, STR("int8"), NULL, 0, 0), type;

	if (reason.s != NULL || e == NULL)
		return reason;
	type = expr_plain_type(s->facts->catalog, NULL, typed(s, e));
	type.nmods = 0;
	if (assignment_fails(s->facts, wanted, type))
		return str_printf(s->facts->arena, "argument of %s must be type bigint, not type %.*s", at->name, STR_ARG(type_format(s->facts->arena, type)));
	return reads_row(s, e) ? str_printf(s->facts->arena, "argument of %s must not contain variables", at->name) : STR_NONE;
}

static struct str
limits_misfit(const struct scope *s)
{
	struct str reason = limit_misfit(s, s->select->offset, &in_offset);

	return reason.s != NULL ? reason : limit_misfit(s, s->select->limit, &in_limit);
}

/* buildRelationAliases() */
static struct str
alias_misfit(const struct scope *s, const struct from *item)
{
	struct select alone = { .outer = s->select, .outer_with = (size_t)-1 };
	struct offers offers = { 0 };

	*vec_push(s->facts->arena, &alone.from) = item;
	return item->columns.n == 0 || !select_offers(s->facts->arena, s->facts->catalog, &alone, &offers) || item->columns.n <= offers.n ? STR_NONE
	    : str_printf(s->facts->arena, "table \"%.*s\" has %zu columns available but %zu columns specified", STR_ARG(item->alias), offers.n,
	    item->columns.n);
}

static struct str
from_misfit(const struct scope *s, const struct from *item)
{
	struct str reason = STR_NONE;

	if (item->kind == FROM_QUERY && item->query != NULL && is_sure(s->facts, item->query))
		reason = item->lateral ? inner_misfit(s, item->query) : parts_misfit(s->facts, item->query);
	for (size_t i = 0; item->call != NULL && reason.s == NULL && i < item->call->nargs; i++)
		reason = call_misplaced(s, item->call->args[i], &in_from);
	if (item->call != NULL && reason.s == NULL && expr_is_own_aggregate(s->facts->catalog, NULL, item->call))
		reason = STR("aggregate functions are not allowed in functions in FROM");
	if (item->kind != FROM_JOIN)
		return reason.s != NULL ? reason : alias_misfit(s, item);
	reason = from_misfit(s, item->left);
	if (reason.s == NULL)
		reason = from_misfit(s, item->right);
	return reason.s != NULL ? reason : misfit(s, item->on, "JOIN/ON", &in_join);
}

/* addRangeTableEntryForCTE() */
static struct str
unreturned(const struct facts *f, const struct select *select, const struct from *item)
{
	const struct common_table *t = item->kind == FROM_TABLE ? select_find_common(select, item) : NULL;
	struct str reason = item->kind == FROM_JOIN ? unreturned(f, select, item->left) : STR_NONE;

	if (item->kind == FROM_JOIN)
		return reason.s != NULL ? reason : unreturned(f, select, item->right);
	for (size_t i = 0; item->kind == FROM_QUERY && item->query != NULL && reason.s == NULL && i < item->query->from.n; i++)
		reason = unreturned(f, item->query, item->query->from.items[i]);
	return reason.s != NULL ? reason : t == NULL || t->query == NULL || !t->query->changes || t->query->outputs.n > 0 ? STR_NONE
	    : str_printf(f->arena, "WITH query \"%.*s\" does not have a RETURNING clause", STR_ARG(t->name));
}

VEC_TYPE(from_list, const struct from *);

static void
list_names(struct arena *arena, const struct from *item, struct from_list *list)
{
	if (item->kind == FROM_JOIN && item->alias.s == NULL) {
		list_names(arena, item->left, list);
		list_names(arena, item->right, list);
		return;
	}
	*vec_push(arena, list) = item;
}

/* Without an alias tables of two schemas may have one name; ON CONFLICT of a table called excluded has two of them. */
static bool
is_one_name(const struct from *a, const struct from *b)
{
	struct str x = a->alias.s != NULL ? a->alias : a->table.name, y = b->alias.s != NULL ? b->alias : b->table.name;
	bool tables = a->alias.s == NULL && b->alias.s == NULL;

	return x.s != NULL && y.s != NULL && str_eq(x, y) && !(a->target && b->target) && (!tables || str_eq(a->table.schema, b->table.schema));
}

/* checkNameSpaceConflicts() */
static struct str
repeated_name(const struct facts *f, const struct select *select)
{
	struct from_list list = { 0 };

	for (size_t i = 0; i < select->from.n; i++)
		list_names(f->arena, select->from.items[i], &list);
	for (size_t i = 0; i < list.n && list.n <= MOST_NAMES; i++)
		for (size_t k = 0; k < i; k++)
			if (is_one_name(list.items[i], list.items[k]))
				return str_printf(f->arena, "table name \"%.*s\" specified more than once",
				    STR_ARG(list.items[i]->alias.s != NULL ? list.items[i]->alias : list.items[i]->table.name));
	return STR_NONE;
}

/* ---- what is set ---- */

static const struct column *
column_set(const struct relation *r, const struct select *select, size_t position)
{
	if (select->sets.items[position].column.s != NULL)
		return catalog_find_column(r, select->sets.items[position].column);
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && position-- == 0)
			return r->columns.items[i];
	return NULL;
}

static bool
is_set_before(const struct select *select, size_t n)
{
	const struct assignment *a = &select->sets.items[n];

	for (size_t i = 0; a->column.s != NULL && !a->part && i < n; i++)
		if (select->sets.items[i].column.s != NULL && !select->sets.items[i].part && str_eq(select->sets.items[i].column, a->column))
			return true;
	return false;
}

static struct str
column_set_refused(const struct scope *s, const struct relation *r, size_t n)
{
	const struct select *select = s->select;
	struct str name = select->sets.items[n].column;

	if (is_set_before(select, n))
		return str_printf(s->facts->arena, select->puts ? "column \"%.*s\" specified more than once" : "multiple assignments to same column \"%.*s\"", STR_ARG(name));
	if (column_set(r, select, n) != NULL || r->kind == RELATION_VIEW)
		return STR_NONE;
	return name.s == NULL ? STR("INSERT has more expressions than target columns")
	    : str_printf(s->facts->arena, "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(name), STR_ARG(r->name));
}

/* A literal takes the type of the column. */
static struct str
assignment_misfit(const struct scope *s, const struct relation *r, size_t n)
{
	const struct assignment *a = &s->select->sets.items[n];
	const struct column *column = column_set(r, s->select, n);
	struct str reason = column_set_refused(s, r, n);

	if (reason.s == NULL && a->value != NULL)
		reason = misfit(s, a->value, NULL, s->select->puts ? &in_values : &in_update);
	if (reason.s != NULL || a->value == NULL || a->part || column == NULL || column->assumed)
		return reason;
	return assigned_misfit(s->facts, column->name, column->type, expr_plain_type(s->facts->catalog, NULL, typed(s, a->value)));
}

/* transformMergeStmt(), transformUpdateTargetList() */
static struct str
sets_misfit(const struct scope *s)
{
	const struct relation *r = s->select->sets.n == 0 ? NULL : catalog_find_relation(s->facts->catalog, s->select->target);
	struct str reason = STR_NONE;

	if (r == NULL || !is_settled(s->facts, r, REACH_SCHEMA))
		return STR_NONE;
	for (size_t i = 0; reason.s == NULL && i < s->select->sets.n; i++)
		reason = assignment_misfit(s, r, i);
	return reason;
}

static struct str
actions_misfit(const struct scope *s)
{
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < s->select->actions.n; i++)
		reason = parts_misfit(s->facts, s->select->actions.items[i]);
	return reason;
}

static struct str
body_misfit(const struct facts *given, const struct select *select)
{
	const struct facts *f = facts_of(given, select);
	struct offers offers = { 0 };
	struct scope s = { f, select, &offers };
	struct str reason = STR_NONE;

	if (select->refused != NULL)
		return str_of(select->refused);
	for (size_t i = 0; reason.s == NULL && i < select->from.n; i++)
		reason = unreturned(f, select, select->from.items[i]);
	if (reason.s != NULL || !select_offers(f->arena, f->catalog, select, &offers))
		return reason;
	reason = repeated_name(f, select);
	if (reason.s == NULL)
		reason = select_missing(f, select);
	for (size_t i = 0; reason.s == NULL && i < select->from.n; i++)
		reason = from_misfit(&s, select->from.items[i]);
	for (size_t i = 0; reason.s == NULL && i < select->outputs.n; i++) {
		reason = misfit(&s, select->outputs.items[i].expr, NULL, place_of_outputs(select));
		if (reason.s == NULL)
			reason = inner_misfit(&s, select->outputs.items[i].query);
	}
	for (size_t i = 0; reason.s == NULL && i < select->beside.n; i++)
		reason = misfit(&s, select->beside.items[i], NULL, select->changes ? &in_join : &output);
	if (reason.s == NULL)
		reason = groups_misplaced(&s);
	if (reason.s == NULL)
		reason = misfit(&s, select->having, "HAVING", &in_having);
	if (reason.s == NULL)
		reason = misfit(&s, select->where, select->clause != NULL ? select->clause : "WHERE", select->clause != NULL ? &in_when : &in_where);
	if (reason.s == NULL)
		reason = sets_misfit(&s);
	if (reason.s == NULL)
		reason = limits_misfit(&s);
	if (reason.s == NULL)
		reason = select_ungrouped(f, select, &offers);
	return reason.s != NULL ? reason : actions_misfit(&s);
}

/* ---- what is put under one another ---- */

static const struct type literal = { .name = { "?", 1 }, .builtin = true };

static struct type
type_of(const struct scope *s, const struct expr *e)
{
	if (e == NULL)
		return (struct type){ .name = STR_NONE };
	if (e->kind == EXPR_NULL || (e->kind == EXPR_CONST && !type_known(e->type)))
		return literal;
	return type_below_domains(s->facts->catalog, expr_plain_type(s->facts->catalog, NULL, typed(s, e)));
}

static struct str
types_misfit(const struct facts *f, const char *word, struct type a, struct type b)
{
	if (types_match(a, b) != NO)
		return STR_NONE;
	a.nmods = b.nmods = 0;
	return str_printf(f->arena, "%s types %.*s and %.*s cannot be matched", word, STR_ARG(type_format(f->arena, a)), STR_ARG(type_format(f->arena, b)));
}

/* select_common_type() of two that match; literals alone are a text. */
static struct type
common_type(struct type a, struct type b)
{
	bool x = str_is(a.name, "?"), y = str_is(b.name, "?");

	if (x && y)
		return type_make(STR_NONE, STR("text"), NULL, 0, 0);
	if (x || y)
		return x ? b : a;
	return types_match(a, b) == YES ? a : (struct type){ .name = STR_NONE };
}

static bool arm_types(const struct facts *, const struct select *, struct column_types *);

static void
join_types(struct column_types *list, const struct column_types *right)
{
	for (size_t i = 0; i < list->n; i++)
		list->items[i] = common_type(list->items[i], right->items[i]);
}

static bool
set_types(const struct facts *f, const struct select *select, struct column_types *list)
{
	struct column_types right = { 0 };

	if (select->right == NULL || !arm_types(f, select->left, list) || !arm_types(f, select->right, &right) || list->n != right.n)
		return false;
	join_types(list, &right);
	return true;
}

/* The rows of VALUES behind the first. */
static void
add_rows(const struct scope *s, const struct select *select, struct column_types *list)
{
	for (size_t i = 0; select->values && list->n > 0 && i < select->more.n; i++) {
		struct type *t = &list->items[i % list->n];
		*t = common_type(*t, type_of(s, select->more.items[i]));
	}
}

static void
add_offers(const struct facts *f, const struct offers *offers, struct str qualifier, struct column_types *list)
{
	for (size_t i = 0; i < offers->n; i++)
		if (offer_answers(&offers->items[i], qualifier))
			*vec_push(f->arena, list) = type_below_domains(f->catalog, offers->items[i].type);
}

/* Of a row around the query, too. */
static bool
add_star(const struct facts *f, const struct offers *offers, const struct output *o, struct column_types *list)
{
	size_t before = list->n;

	add_offers(f, offers, o->qualifier, list);
	if (list->n == before && o->qualifier.s != NULL && f->around != NULL && !f->around->partial)
		add_offers(f, &f->around->offers, o->qualifier, list);
	/* (x).*, and p.* of a parameter, are of what is not looked at */
	return o->expr == NULL && list->n > before;
}

/* false: they are not known. */
static bool
arm_types(const struct facts *given, const struct select *select, struct column_types *list)
{
	const struct facts *f = facts_of(given, select);
	struct offers offers = { 0 };
	struct scope s = { f, select, &offers };

	if (select->left != NULL)
		return set_types(f, select, list);
	if (!select_offers(f->arena, f->catalog, select, &offers))
		return false;
	for (size_t i = 0; i < select->outputs.n; i++) {
		const struct output *o = &select->outputs.items[i];
		if (o->star && !add_star(f, &offers, o, list))
			return false;
		if (!o->star)
			*vec_push(f->arena, list) = type_of(&s, o->expr);
	}
	add_rows(&s, select, list);
	return true;
}

/* transformValuesClause() */
static struct str
values_misfit(const struct facts *f, const struct select *select)
{
	struct offers offers = { 0 };
	struct scope s = { f, select, &offers };
	struct str reason = STR_NONE;
	size_t n = select->outputs.n;

	if (select->uneven)
		return STR("VALUES lists must all be the same length");
	for (size_t i = 0; reason.s == NULL && i < n; i++) {
		struct type t = type_of(&s, select->outputs.items[i].expr);
		for (size_t j = i; reason.s == NULL && j < select->more.n; j += n) {
			struct type next = type_of(&s, select->more.items[j]);
			reason = misfit(&s, select->more.items[j], NULL, &in_values);
			if (reason.s == NULL)
				reason = types_misfit(f, "VALUES", t, next);
			t = str_is(t.name, "?") ? next : t;
		}
	}
	return reason;
}

/* analyzeCTETargetList() */
static struct str
common_misfit(const struct facts *f, const struct common_table *t)
{
	struct result_columns list = { 0 };
	struct str reason = parts_misfit(f, t->query);

	return reason.s != NULL || t->columns.n == 0 || !select_columns(f->arena, f->catalog, t->query, &list) || t->columns.n <= list.n ? reason
	    : str_printf(f->arena, "WITH query \"%.*s\" has %zu columns available but %zu columns specified", STR_ARG(t->name), list.n, t->columns.n);
}

static struct str
commons_misfit(const struct facts *f, const struct select *select)
{
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < select->with.n; i++)
		reason = common_misfit(f, &select->with.items[i]);
	return reason;
}

static struct str set_misfit(const struct facts *, const struct select *, struct column_types *, bool *known);

/* One side of a set operation, and the types of its columns, if they are known. */
static struct str
side_misfit(const struct facts *f, const struct select *select, struct column_types *list, bool *known)
{
	struct str reason = select->left == NULL ? parts_misfit(f, select) : commons_misfit(f, select);

	*known = reason.s == NULL && select->left == NULL && arm_types(f, select, list);
	return reason.s != NULL || select->left == NULL ? reason : set_misfit(f, select, list, known);
}

/* transformSetOperationTree() */
static struct str
set_misfit(const struct facts *f, const struct select *select, struct column_types *list, bool *known)
{
	struct column_types right = { 0 };
	bool both = false;
	struct str reason = side_misfit(f, select->left, list, known);

	if (reason.s == NULL)
		reason = side_misfit(f, select->right, &right, &both);
	*known = *known && both && reason.s == NULL;
	if (*known && list->n != right.n)
		reason = str_printf(f->arena, "each %s query must have the same number of columns", select->word);
	for (size_t i = 0; *known && reason.s == NULL && i < list->n; i++)
		reason = types_misfit(f, select->word, list->items[i], right.items[i]);
	*known = *known && reason.s == NULL;
	if (*known)
		join_types(list, &right);
	return reason;
}

static struct str
parts_misfit(const struct facts *f, const struct select *select)
{
	struct column_types types = { 0 };
	struct offers none = { 0 };
	const struct scope s = { f, select, &none };
	struct str reason = commons_misfit(f, select);
	bool known;

	if (reason.s == NULL)
		reason = select->left != NULL ? set_misfit(f, select, &types, &known) : body_misfit(f, select);
	if (reason.s == NULL && select->left != NULL)
		reason = limits_misfit(&s);
	return reason.s == NULL && select->left == NULL && select->values ? values_misfit(f, select) : reason;
}

struct str
select_misfit(const struct facts *f, const struct select *select)
{
	const struct surroundings none = { .partial = false };
	struct str reason = STR_NONE;

	/* In code a name may be a variable. */
	if (f->inside != NULL || select == NULL)
		return STR_NONE;
	if (is_sure(f, select))
		reason = parts_misfit(f, select);
	return reason.s != NULL ? reason : select_call_missing(f, f->around != NULL ? f->around : &none, select);
}

bool
select_types(const struct facts *f, const struct select *select, struct column_types *list)
{
	return is_sure(f, select) && arm_types(f, select, list);
}

static struct offers
offers_of(const struct facts *f, const struct relation *r, struct str called)
{
	struct offers offers = { 0 };

	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			*vec_push(f->arena, &offers) = (struct offered){ .qualifier = called, .name = r->columns.items[i]->name, .type = r->columns.items[i]->type };
	return offers;
}

struct str
row_misfit(const struct facts *f, const struct relation *r, struct str called, const struct expr *e, const char *clause)
{
	struct offers offers = offers_of(f, r, called);
	struct scope s = { f, NULL, &offers };

	return misfit(&s, e, clause, &output);
}

struct type
row_value_type(const struct facts *f, const struct relation *r, struct str called, const struct expr *e)
{
	struct offers offers = offers_of(f, r, called);
	struct scope s = { f, NULL, &offers };

	return e == NULL ? (struct type){ .name = STR_NONE } : expr_plain_type(f->catalog, NULL, typed(&s, e));
}

struct str
lone_misfit(const struct facts *f, const struct expr *e)
{
	struct select alone = { .outer = NULL };
	struct offers none = { 0 };
	const struct scope s = { f, &alone, &none };
	struct str reason;

	*vec_push(f->arena, &alone.outputs) = (struct output){ .expr = e };
	reason = select_missing(f, &alone);
	return reason.s != NULL ? reason : misfit(&s, e, NULL, &output);
}

struct type
lone_type(const struct facts *f, const struct expr *e)
{
	const struct select alone = { .outer = NULL };
	struct offers none = { 0 };
	const struct scope s = { f, &alone, &none };

	return expr_plain_type(f->catalog, NULL, typed(&s, e));
}
