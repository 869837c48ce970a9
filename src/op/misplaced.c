#include "op/misplaced.h"

#include "op/operators.h"

/* ---- what is called ---- */

/* pg_proc of 15, 17 and 18, by prokind and proretset: of these names it has nothing else. */
static const char aggregates[] = "any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp every json_agg json_agg_strict "
    "json_object_agg json_object_agg_strict json_object_agg_unique json_object_agg_unique_strict jsonb_agg jsonb_agg_strict jsonb_object_agg "
    "jsonb_object_agg_strict jsonb_object_agg_unique jsonb_object_agg_unique_strict max min mode percentile_cont percentile_disc range_agg "
    "range_intersect_agg regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop stddev_samp "
    "string_agg sum var_pop var_samp variance xmlagg";
static const char set_functions[] = "generate_series generate_subscripts json_array_elements json_array_elements_text json_each json_each_text json_object_keys "
    "json_populate_recordset json_to_recordset jsonb_array_elements jsonb_array_elements_text jsonb_each jsonb_each_text jsonb_object_keys "
    "jsonb_path_query jsonb_path_query_tz jsonb_populate_recordset jsonb_to_recordset regexp_matches regexp_split_to_table string_to_table ts_parse "
    "unnest";
static const char window_functions[] = "first_value lag last_value lead nth_value ntile row_number", aggregates_too[] = "cume_dist dense_rank percent_rank rank";

static bool
gives_rows(const struct function *f)
{
	return f->dropped || (!f->born.doubtful && (str_starts(f->returns, "SETOF ") || str_starts(f->returns, "TABLE(")));
}

static bool
all_give_rows(const struct function_set *set)
{
	bool all = true, any = false;

	for (size_t i = 0; all && i < set->overloads.n; i++) {
		all = gives_rows(set->overloads.items[i]);
		any = any || !set->overloads.items[i]->dropped;
	}
	return all && any;
}

enum call_kind
expr_call_kind(const struct catalog *c, const struct expr *e)
{
	const struct function_set *set;
	bool server = e->schema.s == NULL || str_is(e->schema, "pg_catalog");

	if (e->kind != EXPR_FUNCTION)
		return CALL_PLAIN;
	if (e->windowed)
		return CALL_WINDOW;
	set = catalog_functions(c, e->schema, e->name);
	if (server && set == NULL && (str_in_words(e->name, aggregates) || (e->nargs > 0 && str_in_words(e->name, aggregates_too))))
		return CALL_AGGREGATE;
	if (server && set == NULL && (str_in_words(e->name, window_functions) || str_in_words(e->name, aggregates_too)))
		return CALL_BARE_WINDOW;
	if (server && set == NULL && str_in_words(e->name, set_functions))
		return CALL_SET;
	if (volatile_builtin(e->name) != VOLATILITY_UNKNOWN)
		return CALL_PLAIN;
	if (set == NULL)
		return e->schema.s == NULL && aggregate_is_own(c, e->name) ? CALL_AGGREGATE : CALL_PLAIN;
	return all_give_rows(set) && !aggregate_is_own(c, e->name) ? CALL_SET : CALL_PLAIN;
}

/* ---- whose aggregate it is ---- */

static bool
offers_column(const struct offers *own, const struct expr *e)
{
	for (size_t i = 0; i < own->n; i++)
		if (str_eq(own->items[i].name, e->name) && offer_answers(&own->items[i], e->schema))
			return true;
	return false;
}

/* A column of the query itself is in it; else *others tells whether it holds something that may be of another one. */
static bool
reads_own(const struct offers *own, const struct expr *e, bool *others)
{
	bool reads = e->kind == EXPR_COLUMN && e->qualifier.s == NULL && offers_column(own, e);

	*others = *others || e->kind == EXPR_COLUMN || e->kind == EXPR_SUBQUERY || (e->kind == EXPR_OTHER && str_is(e->name, "*"));
	for (size_t i = 0; !reads && e->kind != EXPR_SUBQUERY && i < e->nargs; i++)
		reads = reads_own(own, e->args[i], others);
	return reads;
}

bool
expr_is_own_aggregate(const struct catalog *c, const struct offers *own, const struct expr *e)
{
	bool others = false, reads = false;

	if (expr_call_kind(c, e) != CALL_AGGREGATE)
		return false;
	for (size_t i = 0; own != NULL && !reads && i < e->nargs; i++)
		reads = reads_own(own, e->args[i], &others);
	return own == NULL || reads || !others;
}

/* ---- where it stands ---- */

struct walk {
	const struct facts *facts;
	const struct offers *own;
};

static bool
is_there(const struct walk *w, const struct expr *e, enum call_kind kind)
{
	return kind == CALL_AGGREGATE ? expr_is_own_aggregate(w->facts->catalog, w->own, e) : expr_call_kind(w->facts->catalog, e) == kind;
}

static bool
contains(const struct walk *w, const struct expr *e, enum call_kind kind)
{
	bool found = is_there(w, e, kind);

	for (size_t i = 0; !found && e->kind != EXPR_SUBQUERY && i < e->nargs; i++)
		found = contains(w, e->args[i], kind);
	return found;
}

static bool
arguments_contain(const struct walk *w, const struct expr *e, enum call_kind kind)
{
	for (size_t i = 0; i < e->nargs; i++)
		if (contains(w, e->args[i], kind))
			return true;
	return false;
}

static struct str
refused_in(const struct walk *w, const char *what, const struct placing *at)
{
	return str_printf(w->facts->arena, "%s functions are not allowed in %s", what, at->name);
}

/* Those of its arguments have passed where it stands itself. */
static struct str
call_refused(const struct walk *w, const struct expr *e, const struct placing *at)
{
	if (is_there(w, e, CALL_AGGREGATE)) {
		if (at->name != NULL && !at->aggregates)
			return refused_in(w, "aggregate", at);
		if (arguments_contain(w, e, CALL_SET))
			return STR("aggregate function calls cannot contain set-returning function calls");
		if (arguments_contain(w, e, CALL_AGGREGATE))
			return STR("aggregate function calls cannot be nested");
		return arguments_contain(w, e, CALL_WINDOW) ? STR("aggregate function calls cannot contain window function calls") : STR_NONE;
	}
	if (e->kind == EXPR_FUNCTION && e->windowed) {
		if (at->name != NULL)
			return refused_in(w, "window", at);
		if (arguments_contain(w, e, CALL_SET))
			return STR("window function calls cannot contain set-returning function calls");
		return arguments_contain(w, e, CALL_WINDOW) ? STR("window function calls cannot be nested") : STR_NONE;
	}
	if (is_there(w, e, CALL_BARE_WINDOW))
		return str_printf(w->facts->arena, "window function %.*s requires an OVER clause", STR_ARG(e->name));
	if (at->name == NULL || at->sets || !is_there(w, e, CALL_SET))
		return STR_NONE;
	return at->from ? STR("set-returning functions must appear at top level of FROM") : refused_in(w, "set-returning", at);
}

/* transformCaseExpr(), transformCoalesceExpr() */
static struct str
choice_refused(const struct walk *w, const struct expr *e)
{
	bool is_case = str_is(e->name, "case");
	const struct expr *conditions = is_case && e->nargs > 0 ? e->args[0] : NULL;

	if (!is_case && !str_is(e->name, "coalesce"))
		return STR_NONE;
	for (size_t i = conditions != NULL && str_is(conditions->name, "case"); conditions != NULL && i < conditions->nargs; i++)
		if (contains(w, conditions->args[i], CALL_SET))
			return STR("argument of CASE/WHEN must not return a set");
	return !arguments_contain(w, e, CALL_SET) ? STR_NONE
	    : is_case ? STR("set-returning functions are not allowed in CASE") : STR("set-returning functions are not allowed in COALESCE");
}

static struct str
walk(const struct walk *w, const struct expr *e, const struct placing *at)
{
	static const struct placing filter = { .name = "FILTER" };
	struct str reason = STR_NONE;

	if (e->kind == EXPR_SUBQUERY)
		return STR_NONE;
	for (size_t i = 0; reason.s == NULL && i < e->nargs; i++)
		reason = walk(w, e->args[i], e->filtered && i + 1 == e->nargs ? &filter : at);
	if (reason.s == NULL && e->kind == EXPR_CHOICE)
		reason = choice_refused(w, e);
	return reason.s != NULL ? reason : call_refused(w, e, at);
}

struct str
misplaced_call(const struct facts *f, const struct offers *own, const struct expr *e, const struct placing *at)
{
	const struct walk w = { f, own };

	return e == NULL ? STR_NONE : walk(&w, e, at);
}

struct str
misplaced(const struct facts *f, const struct expr *e, const char *place)
{
	const struct placing at = { .name = place };

	return misplaced_call(f, NULL, e, &at);
}
