#include <string.h>

#include "sql/ast.h"

#include "sql/deparse.h"
#include "sql/expr.h"

/* Lowers one tree; nodes are visited once, strings are copied. */
struct lowerer {
	struct arena *arena;
	uint32_t base;
	struct expr *parent;            /* that collects arguments */
	size_t cap;
	size_t depth;
	const struct subquery_reader *reader;   /* NULL: queries are not read */
};

/* Deeper trees are cut off: what lies below becomes EXPR_OTHER without arguments. */
enum { DEPTH_LIMIT = 2000 };

static struct expr *lower(struct lowerer *, const Node *);

static struct str
copy(struct arena *arena, const char *s)
{
	return s == NULL ? STR_NONE : str_copy(arena, str_of(s));
}

void
names_from_list(struct arena *arena, const void *list, struct str *schema, struct str *name)
{
	const List *names = list;
	int n = list_length(names);

	*schema = n > 1 ? copy(arena, strVal(list_nth(names, n - 2))) : STR_NONE;
	*name = n > 0 && IsA(list_nth(names, n - 1), String) ? copy(arena, strVal(list_nth(names, n - 1))) : STR_NONE;
}

static bool
has_two_integers(const TypeName *t)
{
	const ListCell *cell;

	foreach (cell, t->typmods) {
		const A_Const *c = lfirst(cell);
		if (!IsA(c, A_Const) || !IsA(&c->val, Integer))
			return false;
	}
	return list_length(t->typmods) <= 2;
}

static struct str
modifier_text(struct arena *arena, const TypeName *t)
{
	const ListCell *cell;
	struct str all = STR_NONE, one;

	foreach (cell, t->typmods) {
		const A_Const *c = lfirst(cell);
		struct lowerer l = { .arena = arena };
		one = lower(&l, (const Node *)c)->name;
		all = all.s == NULL ? one : str_printf(arena, "%.*s,%.*s", STR_ARG(all), STR_ARG(one));
	}
	return all;
}

static int
type_modifiers(const TypeName *t, int32_t mods[2])
{
	const ListCell *cell;
	int n = 0;

	foreach (cell, t->typmods) {
		const A_Const *c = lfirst(cell);
		if (n < 2 && IsA(c, A_Const) && IsA(&c->val, Integer))
			mods[n++] = c->val.ival.ival;
	}
	return n;
}

struct type
type_from_node(struct arena *arena, const void *type_name)
{
	const TypeName *t = type_name;
	struct str schema, name;
	int32_t mods[2] = { 0, 0 };
	struct type made;
	int n;

	if (t == NULL || t->names == NIL || t->pct_type)
		return (struct type){ .name = STR_NONE };
	names_from_list(arena, t->names, &schema, &name);
	n = type_modifiers(t, mods);
	made = type_make(schema, name, mods, n, list_length(t->arrayBounds));
	if (!has_two_integers(t))
		made.mod_text = modifier_text(arena, t);
	return made;
}

static void
add_argument(struct lowerer *l, struct expr *parent, struct expr *argument, size_t *cap)
{
	if (argument == NULL)
		return;
	if (parent->nargs == *cap)
		parent->args = vec_grown(l->arena, parent->args, cap, sizeof *parent->args);
	parent->args[parent->nargs++] = argument;
}

static void
lower_list(struct lowerer *l, struct expr *parent, const List *list)
{
	const ListCell *cell;
	size_t cap = parent->nargs;

	foreach (cell, list)
		add_argument(l, parent, lower(l, lfirst(cell)), &cap);
}

static void
lower_child(struct lowerer *l, struct expr *parent, const Node *node)
{
	size_t cap = parent->nargs;

	if (node != NULL)
		add_argument(l, parent, lower(l, node), &cap);
}

static struct type
builtin(const char *name)
{
	return type_make(STR_NONE, str_of(name), NULL, 0, 0);
}

/* make_const(): digits that do not fit int4 are int8 when they fit that. */
static bool
is_whole(struct str digits)
{
	int64_t n;

	return str_to_int(digits, &n);
}

static void
lower_constant(struct lowerer *l, struct expr *e, const A_Const *c)
{
	e->kind = c->isnull ? EXPR_NULL : EXPR_CONST;
	if (c->isnull)
		return;
	if (IsA(&c->val, Integer)) {
		e->name = str_printf(l->arena, "%d", c->val.ival.ival);
		e->type = builtin("int4");
	} else if (IsA(&c->val, Float)) {
		e->name = copy(l->arena, c->val.fval.fval);
		e->type = is_whole(e->name) ? builtin("int8") : builtin("numeric");
	} else if (IsA(&c->val, Boolean)) {
		e->name = c->val.boolval.boolval ? STR("true") : STR("false");
		e->type = builtin("bool");
	} else if (IsA(&c->val, String))
		e->name = copy(l->arena, c->val.sval.sval);
	else
		e->name = copy(l->arena, c->val.bsval.bsval);
}

static void
lower_column(struct lowerer *l, struct expr *e, const ColumnRef *ref)
{
	e->kind = EXPR_COLUMN;
	names_from_list(l->arena, ref->fields, &e->schema, &e->name);
	if (list_length(ref->fields) > 2)
		e->qualifier = copy(l->arena, strVal(list_nth(ref->fields, list_length(ref->fields) - 3)));
	if (e->name.s == NULL) {
		e->kind = EXPR_OTHER;
		e->name = STR("*");
	}
}

static void
lower_operator(struct lowerer *l, struct expr *e, const A_Expr *a)
{
	e->kind = a->kind == AEXPR_OP ? EXPR_OPERATOR : a->kind == AEXPR_NULLIF ? EXPR_CHOICE : EXPR_TEST;
	names_from_list(l->arena, a->name, &e->schema, &e->name);
	if (a->kind == AEXPR_DISTINCT || a->kind == AEXPR_NOT_DISTINCT)
		e->name = a->kind == AEXPR_DISTINCT ? STR("IS DISTINCT FROM") : STR("IS NOT DISTINCT FROM");
	if (a->kind == AEXPR_NULLIF)
		e->name = STR("nullif");
	if (a->lexpr != NULL && IsA(a->lexpr, List))
		lower_list(l, e, (const List *)a->lexpr);
	else
		lower_child(l, e, a->lexpr);
	if (a->rexpr != NULL && IsA(a->rexpr, List))
		lower_list(l, e, (const List *)a->rexpr);
	else
		lower_child(l, e, a->rexpr);
}

static void
lower_boolean(struct lowerer *l, struct expr *e, const BoolExpr *b)
{
	e->kind = b->boolop == AND_EXPR ? EXPR_AND : b->boolop == OR_EXPR ? EXPR_OR : EXPR_NOT;
	lower_list(l, e, b->args);
}

/* percentile_disc(0.5) WITHIN GROUP (ORDER BY x): they are arguments, too. */
static void
lower_sorted(struct lowerer *l, struct expr *e, const List *sorts)
{
	const ListCell *cell;

	foreach (cell, sorts)
		lower_child(l, e, ((const SortBy *)lfirst(cell))->node);
}

static void
lower_function(struct lowerer *l, struct expr *e, const FuncCall *f)
{
	e->kind = EXPR_FUNCTION;
	names_from_list(l->arena, f->funcname, &e->schema, &e->name);
	e->infix = f->funcformat == COERCE_SQL_SYNTAX &&
	    (str_is(e->name, "timezone") || str_is(e->name, "overlaps") || str_is(e->name, "is_normalized"));
	e->variadic = f->func_variadic;
	e->gathers = f->agg_star || f->agg_distinct || f->agg_order != NIL || f->agg_filter != NULL || f->over != NULL;
	e->windowed = f->over != NULL;
	e->filtered = f->agg_filter != NULL;
	lower_list(l, e, f->args);
	if (f->agg_within_group)
		lower_sorted(l, e, f->agg_order);
	lower_child(l, e, f->agg_filter);
}

static void
lower_named(struct lowerer *l, struct expr *e, const NamedArgExpr *a)
{
	e->name = STR("=>");
	e->schema = str_copy(l->arena, str_of(a->name));
	lower_child(l, e, (const Node *)a->arg);
}

static void
lower_sql_value(struct expr *e, const SQLValueFunction *f)
{
	static const char *const words[] = {
		[SVFOP_CURRENT_DATE] = "current_date", [SVFOP_CURRENT_TIME] = "current_time",
		[SVFOP_CURRENT_TIME_N] = "current_time", [SVFOP_CURRENT_TIMESTAMP] = "current_timestamp",
		[SVFOP_CURRENT_TIMESTAMP_N] = "current_timestamp", [SVFOP_LOCALTIME] = "localtime",
		[SVFOP_LOCALTIME_N] = "localtime", [SVFOP_LOCALTIMESTAMP] = "localtimestamp",
		[SVFOP_LOCALTIMESTAMP_N] = "localtimestamp", [SVFOP_CURRENT_ROLE] = "current_role",
		[SVFOP_CURRENT_USER] = "current_user", [SVFOP_USER] = "user", [SVFOP_SESSION_USER] = "session_user",
		[SVFOP_CURRENT_CATALOG] = "current_catalog", [SVFOP_CURRENT_SCHEMA] = "current_schema",
	};
	e->kind = EXPR_SQL_VALUE;
	e->name = str_of(words[f->op]);
}

/* Walks into nodes that have no kind of their own, collecting what they contain. */
static bool
collect(Node *node, void *context)
{
	struct lowerer *l = context;
	struct expr *e;

	if (node == NULL)
		return false;
	e = lower(l, node);
	add_argument(l, l->parent, e, &l->cap);
	return false;
}

/* The walker raises an error on nodes that no query holds (DefElem); those have nothing for us. */
static void
walk_children(const Node *node, struct lowerer *l)
{
	MemoryContext own = CurrentMemoryContext;

	if (IsA(node, DefElem))
		return;
	PG_TRY();
	{
		(void)raw_expression_tree_walker((Node *)(uintptr_t)node, collect, l);
	}
	PG_CATCH();
	{
		if (geterrcode() == ERRCODE_OUT_OF_MEMORY)
			PG_RE_THROW();
		MemoryContextSwitchTo(own);
		FlushErrorState();
	}
	PG_END_TRY();
}

static void
lower_other(struct lowerer *l, struct expr *e, const Node *node)
{
	struct expr *outer = l->parent;
	size_t outer_cap = l->cap;

	e->kind = EXPR_OTHER;
	l->parent = e;
	l->cap = 0;
	walk_children(node, l);
	l->parent = outer;
	l->cap = outer_cap;
}

static void
lower_subquery(struct lowerer *l, struct expr *e, const SubLink *s)
{
	static const char *const words[] = { [EXISTS_SUBLINK] = "exists", [ANY_SUBLINK] = "any", [ALL_SUBLINK] = "all", [ROWCOMPARE_SUBLINK] = "row",
		[EXPR_SUBLINK] = NULL, [MULTIEXPR_SUBLINK] = "row", [ARRAY_SUBLINK] = "array", [CTE_SUBLINK] = "row" };
	const struct subquery_reader *reader = l->reader;

	l->reader = NULL;
	lower_other(l, e, (const Node *)s);
	l->reader = reader;
	e->kind = EXPR_SUBQUERY;
	e->name = words[s->subLinkType] == NULL ? STR_NONE : str_of(words[s->subLinkType]);
	e->query = reader == NULL ? NULL : reader->read(reader->arg, s->subselect);
	if (s->subLinkType == ANY_SUBLINK || s->subLinkType == ALL_SUBLINK)
		names_from_list(l->arena, s->operName, &e->qualifier, &e->schema);
	if ((s->subLinkType == ANY_SUBLINK || s->subLinkType == ALL_SUBLINK) && e->schema.s == NULL)
		e->schema = STR("=");
}

static void
lower_row(struct lowerer *l, struct expr *e, const RowExpr *row)
{
	e->name = STR("row");
	lower_list(l, e, row->args);
}

static void
lower_array(struct lowerer *l, struct expr *e, const A_ArrayExpr *array)
{
	e->name = STR("array");
	lower_list(l, e, array->elements);
}

static void
lower_collation(struct lowerer *l, struct expr *e, const CollateClause *c)
{
	names_from_list(l->arena, c->collname, &e->qualifier, &e->schema);
	e->name = STR("collate");
	lower_child(l, e, c->arg);
}

/* "[]", or "[:]" when one of them is a range; STR_NONE: they are not only subscripts */
static struct str
subscripts_name(const List *indirection)
{
	const ListCell *cell;
	bool slice = false;

	foreach (cell, indirection) {
		if (!IsA(lfirst(cell), A_Indices))
			return STR_NONE;
		slice = slice || ((const A_Indices *)lfirst(cell))->is_slice;
	}
	return slice ? STR("[:]") : STR("[]");
}

/* (x).field, x[1]; longer ways are just what they contain. */
static void
lower_indirection(struct lowerer *l, struct expr *e, const A_Indirection *node)
{
	const Node *field = linitial(node->indirection);

	if (list_length(node->indirection) != 1 || !IsA(field, String)) {
		lower_other(l, e, (const Node *)node);
		e->name = subscripts_name(node->indirection);
		return;
	}
	e->name = STR(".");
	e->schema = copy(l->arena, strVal(field));
	lower_child(l, e, node->arg);
}

static void
lower_cast(struct lowerer *l, struct expr *e, const TypeCast *c)
{
	e->kind = EXPR_CAST;
	e->type = type_from_node(l->arena, c->typeName);
	lower_child(l, e, c->arg);
}

static void
lower_null_test(struct lowerer *l, struct expr *e, const NullTest *t)
{
	e->kind = t->nulltesttype == IS_NULL ? EXPR_IS_NULL : EXPR_IS_NOT_NULL;
	lower_child(l, e, (const Node *)t->arg);
}

/* The conditions hang on a node of their own, before the results. */
static void
lower_case(struct lowerer *l, struct expr *e, const CaseExpr *c)
{
	struct expr *conditions = NEW(l->arena, struct expr);
	const ListCell *cell;
	size_t cap = 0;

	e->kind = EXPR_CHOICE;
	e->name = STR("case");
	conditions->kind = EXPR_OTHER;
	conditions->name = c->arg != NULL ? STR("case") : STR("when");
	add_argument(l, e, conditions, &cap);
	lower_child(l, conditions, (const Node *)c->arg);
	foreach (cell, c->args)
		lower_child(l, conditions, (const Node *)((const CaseWhen *)lfirst(cell))->expr);
	foreach (cell, c->args)
		lower_child(l, e, (const Node *)((const CaseWhen *)lfirst(cell))->result);
	lower_child(l, e, (const Node *)c->defresult);
}

static void
lower_choice(struct lowerer *l, struct expr *e, const char *name, const List *args)
{
	e->kind = EXPR_CHOICE;
	e->name = str_of(name);
	lower_list(l, e, args);
}

static void
lower_extreme(struct lowerer *l, struct expr *e, const MinMaxExpr *m)
{
	lower_choice(l, e, m->op == IS_GREATEST ? "greatest" : "least", m->args);
}

static void
lower_test(struct lowerer *l, struct expr *e, const BooleanTest *test)
{
	static const char *const words[] = { [IS_TRUE] = "IS TRUE", [IS_NOT_TRUE] = "IS NOT TRUE", [IS_FALSE] = "IS FALSE",
		[IS_NOT_FALSE] = "IS NOT FALSE", [IS_UNKNOWN] = "IS UNKNOWN", [IS_NOT_UNKNOWN] = "IS NOT UNKNOWN" };

	e->kind = EXPR_TEST;
	e->name = str_of(words[test->booltesttype]);
	lower_child(l, e, (const Node *)test->arg);
}

static struct expr *
lower(struct lowerer *l, const Node *node)
{
	struct expr *e = NEW(l->arena, struct expr);
	int location = exprLocation(node);

	e->kind = EXPR_OTHER;
	e->span = (struct span){ location < 0 ? 0 : l->base + (uint32_t)location, 0 };
	if (++l->depth > DEPTH_LIMIT) {
		l->depth--;
		return e;
	}
	switch (nodeTag(node)) {
	case T_A_Const: lower_constant(l, e, (const A_Const *)node); break;
	case T_ColumnRef: lower_column(l, e, (const ColumnRef *)node); break;
	case T_A_Expr: lower_operator(l, e, (const A_Expr *)node); break;
	case T_BoolExpr: lower_boolean(l, e, (const BoolExpr *)node); break;
	case T_FuncCall: lower_function(l, e, (const FuncCall *)node); break;
	case T_NamedArgExpr: lower_named(l, e, (const NamedArgExpr *)node); break;
	case T_SQLValueFunction: lower_sql_value(e, (const SQLValueFunction *)node); break;
	case T_ParamRef: e->name = str_printf(l->arena, "$%d", ((const ParamRef *)node)->number); break;
	case T_SubLink: lower_subquery(l, e, (const SubLink *)node); break;
	case T_RowExpr: lower_row(l, e, (const RowExpr *)node); break;
	case T_A_ArrayExpr: lower_array(l, e, (const A_ArrayExpr *)node); break;
	case T_TypeCast: lower_cast(l, e, (const TypeCast *)node); break;
	case T_NullTest: lower_null_test(l, e, (const NullTest *)node); break;
	case T_CaseExpr: lower_case(l, e, (const CaseExpr *)node); break;
	case T_CoalesceExpr: lower_choice(l, e, "coalesce", ((const CoalesceExpr *)node)->args); break;
	case T_MinMaxExpr: lower_extreme(l, e, (const MinMaxExpr *)node); break;
	case T_BooleanTest: lower_test(l, e, (const BooleanTest *)node); break;
	case T_CollateClause: lower_collation(l, e, (const CollateClause *)node); break;
	case T_A_Indirection: lower_indirection(l, e, (const A_Indirection *)node); break;
	default: lower_other(l, e, node);
	}
	l->depth--;
	return e;
}

/* The deparser takes statements, so the expression travels as the only column of a SELECT. */
static struct str
deparse(struct arena *arena, const Node *node)
{
	SelectStmt *select = makeNode(SelectStmt);
	ResTarget *target = makeNode(ResTarget);
	struct str text;

	target->val = (Node *)(uintptr_t)node;
	select->targetList = list_make1(target);
	text = sql_deparse(arena, select);
	return str_starts(text, "SELECT ") ? str_slice(text, 7, text.n) : STR_NONE;
}

struct expr *
expr_from_node(struct arena *arena, const void *node, uint32_t base)
{
	return expr_with_queries(arena, node, base, NULL);
}

struct expr *
expr_with_queries(struct arena *arena, const void *node, uint32_t base, const struct subquery_reader *reader)
{
	struct lowerer l = { .arena = arena, .base = base, .reader = reader };
	struct expr *e;

	if (node == NULL)
		return NULL;
	e = lower(&l, node);
	e->text = deparse(arena, node);
	return e;
}

static enum volatility
more_volatile(enum volatility a, enum volatility b)
{
	if (a == VOLATILE || b == VOLATILE)
		return VOLATILE;
	if (a == VOLATILITY_UNKNOWN || b == VOLATILITY_UNKNOWN)
		return VOLATILITY_UNKNOWN;
	return a > b ? a : b;
}

/* func_get_detail(): what is called like a type, with one argument, is a cast to it. Some types are read by the session's settings. */
static bool
is_type(const struct expr *e)
{
	return e->nargs == 1 && type_make(e->schema, e->name, NULL, 0, 0).builtin;
}

/* A function by name: built in unless a schema says otherwise; then whatever the lookup knows. */
static enum volatility
function_volatility(const struct expr *e, const struct volatility_lookup *lookup)
{
	enum volatility v = VOLATILITY_UNKNOWN;

	if (e->schema.s == NULL || str_is(e->schema, "pg_catalog"))
		v = volatile_builtin(e->name);
	if (v == VOLATILITY_UNKNOWN && lookup != NULL)
		v = lookup->function(lookup->arg, e->schema, e->name);
	if (v == VOLATILITY_UNKNOWN)
		v = is_type(e) ? STABLE : volatile_extension(e->name);
	return v;
}

static enum volatility
own_volatility(const struct expr *e, const struct volatility_lookup *lookup)
{
	switch (e->kind) {
	case EXPR_FUNCTION:
		return function_volatility(e, lookup);
	case EXPR_SQL_VALUE:
		return STABLE;
	default:
		return IMMUTABLE;
	}
}

enum volatility
expr_volatility(const struct expr *e, const struct volatility_lookup *lookup, struct str *culprit)
{
	enum volatility v;

	if (e == NULL)
		return IMMUTABLE;
	v = own_volatility(e, lookup);
	if (culprit != NULL && (v == VOLATILE || v == VOLATILITY_UNKNOWN) && e->kind == EXPR_FUNCTION)
		*culprit = e->name;
	for (size_t i = 0; i < e->nargs && v != VOLATILE; i++) {
		struct str name = STR_NONE;
		enum volatility w = expr_volatility(e->args[i], lookup, &name);
		if (culprit != NULL && name.s != NULL && (w == VOLATILE || culprit->s == NULL))
			*culprit = name;
		v = more_volatile(v, w);
	}
	return v;
}

bool
expr_is_null(const struct expr *e)
{
	while (e != NULL && e->kind == EXPR_CAST && e->nargs == 1)
		e = e->args[0];
	return e == NULL || e->kind == EXPR_NULL;
}

bool
expr_is_constant(const struct expr *e)
{
	while (e != NULL && e->kind == EXPR_CAST && e->nargs == 1)
		e = e->args[0];
	return e != NULL && (e->kind == EXPR_CONST || e->kind == EXPR_NULL);
}

bool
expr_proves_not_null(const struct expr *e, struct str column)
{
	if (e == NULL)
		return false;
	if (e->kind == EXPR_IS_NOT_NULL)
		return e->nargs == 1 && e->args[0]->kind == EXPR_COLUMN && str_eq(e->args[0]->name, column);
	if (e->kind == EXPR_AND)
		for (size_t i = 0; i < e->nargs; i++)
			if (expr_proves_not_null(e->args[i], column))
				return true;
	return false;
}

bool
expr_mentions_column(const struct expr *e, struct str column)
{
	if (e == NULL)
		return false;
	if (e->kind == EXPR_COLUMN && str_eq(e->name, column))
		return true;
	for (size_t i = 0; i < e->nargs; i++)
		if (expr_mentions_column(e->args[i], column))
			return true;
	return false;
}

bool
expr_has_star(const struct expr *e)
{
	bool has = e->kind == EXPR_OTHER && str_is(e->name, "*");

	for (size_t i = 0; !has && i < e->nargs; i++)
		has = expr_has_star(e->args[i]);
	return has;
}

bool
expr_calls_function(const struct expr *e, struct str name)
{
	if (e == NULL)
		return false;
	if (e->kind == EXPR_FUNCTION && str_eq(e->name, name))
		return true;
	for (size_t i = 0; i < e->nargs; i++)
		if (expr_calls_function(e->args[i], name))
			return true;
	return false;
}

bool
expr_eq(const struct expr *a, const struct expr *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return a->text.s != NULL && b->text.s != NULL && str_eq(a->text, b->text);
}

static bool
is_condition(const struct expr *e)
{
	return e->kind == EXPR_OPERATOR || e->kind == EXPR_AND || e->kind == EXPR_OR || e->kind == EXPR_NOT || e->kind == EXPR_IS_NULL ||
	    e->kind == EXPR_IS_NOT_NULL;
}

static bool
is_whole_number(const struct expr *e)
{
	return type_known(e->type) && str_is(e->type.name, "int4");
}

static bool
is_simple(const struct expr *e)
{
	for (size_t i = 0; i < e->nargs; i++)
		if (e->args[i]->kind != EXPR_CONST && e->args[i]->kind != EXPR_COLUMN)
			return false;
	return true;
}

/* "a = ANY (ARRAY[1, 2])" is what IN becomes, with other arguments. */
static bool
has_other_arguments(const struct expr *a, const struct expr *b)
{
	if (a->nargs != b->nargs)
		return a->kind != EXPR_TEST || (str_eq(a->name, b->name) && is_simple(a) && is_simple(b));
	for (size_t i = 0; i < a->nargs; i++)
		if (expr_differs(a->args[i], b->args[i]))
			return true;
	return false;
}

bool
expr_differs(const struct expr *a, const struct expr *b)
{
	if (a == NULL || b == NULL)
		return false;
	if (a->kind != b->kind)
		return is_condition(a) && is_condition(b);
	switch (a->kind) {
	case EXPR_CONST:
		return is_whole_number(a) && is_whole_number(b) && !str_eq(a->name, b->name);
	case EXPR_COLUMN:
		return !str_eq(a->name, b->name);
	case EXPR_OPERATOR:
		return !str_eq(a->name, b->name) || has_other_arguments(a, b);
	case EXPR_AND:
	case EXPR_OR:
	case EXPR_NOT:
	case EXPR_IS_NULL:
	case EXPR_IS_NOT_NULL:
	case EXPR_TEST:
		return has_other_arguments(a, b);
	default:
		return false;
	}
}

bool
expr_is_call(const struct expr *e)
{
	return e->kind == EXPR_FUNCTION && !e->infix;
}

void
expr_walk(const struct expr *e, void (*visit)(void *arg, const struct expr *), void *arg)
{
	if (e == NULL)
		return;
	visit(arg, e);
	for (size_t i = 0; i < e->nargs; i++)
		expr_walk(e->args[i], visit, arg);
}
