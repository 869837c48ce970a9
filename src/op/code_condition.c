#include <string.h>

#include "op/code.h"
#include "op/lower.h"

/*
 * Conditions such as IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood'), answered by the shadow catalog. What it
 * was not told about is unknown.
 */

/* column = 'value' */
struct filter {
	struct str column, value;
};

struct search {
	struct arena *arena;
	const struct catalog *catalog;
	const struct bindings *bindings;
	VEC(struct str) from;           /* the catalogs it reads */
	VEC(struct filter) filters;     /* all must hold */
	bool partial;                   /* there are conditions that we do not follow: what is found may not meet them */
	bool lost;                      /* nothing can be said */
	struct str looked_up;           /* the one of the catalogs that says what is looked for */
};

static enum tri decide(struct search *, const Node *);

/* ---- reading the query ---- */

static struct str
column_of(const struct search *s, const Node *node)
{
	while (node != NULL && IsA(node, TypeCast))
		node = ((const TypeCast *)node)->arg;
	if (node == NULL || code_binding(s->bindings, node) != NULL || !IsA(node, ColumnRef) || !IsA(llast(((const ColumnRef *)node)->fields), String))
		return STR_NONE;
	return str_of(strVal(llast(((const ColumnRef *)node)->fields)));
}

static struct str
text_of(const struct search *s, const Node *node)
{
	const A_Const *c;
	const struct binding *b;

	while (node != NULL && IsA(node, TypeCast))
		node = ((const TypeCast *)node)->arg;
	c = (const A_Const *)node;
	b = code_binding(s->bindings, node);
	if (b != NULL)
		return b->text;
	if (node == NULL || !IsA(node, A_Const) || c->isnull || !IsA(&c->val, String))
		return STR_NONE;
	return str_of(c->val.sval.sval);
}

static bool
is_call(const Node *node, const char *name)
{
	return node != NULL && IsA(node, FuncCall) && strcmp(strVal(llast(((const FuncCall *)node)->funcname)), name) == 0;
}

static struct str
operator_of(const A_Expr *e)
{
	return str_of(strVal(llast(e->name)));
}

static void add_select(struct search *, const SelectStmt *);

/* Whether a lookup heeds it; of its kind a constraint, type or function is as soon as it has the name. */
static bool
is_heeded(struct str column)
{
	static const char *const heeded[] = { "nspname", "schemaname", "table_schema", "constraint_schema", "trigger_schema",
		"routine_schema", "event_object_schema", "conrelid", "attrelid", "tgrelid", "polrelid", "indrelid", "relname", "tablename",
		"table_name", "event_object_table", "viewname", "matviewname", "indexname", "sequencename", "sequence_name", "oid",
		"column_name", "attname", "conname", "constraint_name", "tgname", "trigger_name", "policyname", "polname", "enumtypid",
		"typname", "domain_name", "enumlabel", "schema_name", "extname", "proname", "routine_name", "relkind", "contype",
		"constraint_type", "table_type", "typtype", "prokind", "routine_type" };

	for (size_t i = 0; i < sizeof heeded / sizeof heeded[0]; i++)
		if (str_is(column, heeded[i]))
			return true;
	return false;
}

static bool
add_filter(struct search *s, struct str column, const Node *value)
{
	struct filter f = { column, text_of(s, value) };

	if (is_call(value, "current_schema") || (value != NULL && IsA(value, SQLValueFunction) &&
	    ((const SQLValueFunction *)value)->op == SVFOP_CURRENT_SCHEMA))
		f.value = s->catalog->default_schema;
	if (f.value.s == NULL || !is_heeded(column))
		return false;
	f.column = str_copy(s->arena, f.column);
	f.value = str_copy(s->arena, f.value);
	for (size_t i = 0; i < s->filters.n; i++)
		if (str_eq(s->filters.items[i].column, f.column) && !str_eq(s->filters.items[i].value, f.value))
			s->lost = true;
	*vec_push(s->arena, &s->filters) = f;
	return true;
}

/* oid = (SELECT oid FROM pg_type WHERE typname = 'mood'): the same as a join */
static bool
add_subquery(struct search *s, struct str column, const Node *value)
{
	const SubLink *link = (const SubLink *)value;

	if (column.s == NULL || value == NULL || !IsA(value, SubLink) || link->subLinkType != EXPR_SUBLINK)
		return false;
	add_select(s, (const SelectStmt *)link->subselect);
	return true;
}

static bool
add_equality(struct search *s, const Node *left, const Node *right)
{
	struct str a = column_of(s, left), b = column_of(s, right);

	return (a.s != NULL && b.s != NULL) || add_filter(s, a, right) || add_filter(s, b, left) || add_subquery(s, a, right) ||
	    add_subquery(s, b, left);
}

static bool
add_comparison(struct search *s, const A_Expr *e)
{
	if (e->kind == AEXPR_IN && list_length((const List *)e->rexpr) == 1 && str_is(operator_of(e), "="))
		return add_filter(s, column_of(s, e->lexpr), linitial((const List *)e->rexpr));
	if (e->kind == AEXPR_OP && str_is(operator_of(e), ">"))
		return str_is(column_of(s, e->lexpr), "attnum");
	return e->kind == AEXPR_OP && str_is(operator_of(e), "=") && add_equality(s, e->lexpr, e->rexpr);
}

static void
add_condition(struct search *s, const Node *node)
{
	const BoolExpr *b = (const BoolExpr *)node;
	const ListCell *cell;

	if (node == NULL)
		return;
	if (IsA(node, BoolExpr) && b->boolop == AND_EXPR)
		foreach (cell, b->args)
			add_condition(s, lfirst(cell));
	else if (IsA(node, BoolExpr) && b->boolop == NOT_EXPR && str_is(column_of(s, linitial(b->args)), "attisdropped"))
		return;
	else if (!IsA(node, A_Expr) || !add_comparison(s, (const A_Expr *)node))
		s->partial = true;
}

static bool
is_catalog(const RangeVar *r)
{
	const char *schema = r->schemaname != NULL ? r->schemaname : "pg_catalog";

	return strcmp(schema, "information_schema") == 0 ||
	    (strcmp(schema, "pg_catalog") == 0 && strncmp(r->relname, "pg_", 3) == 0);
}

static void
add_from(struct search *s, const Node *item)
{
	const JoinExpr *join = (const JoinExpr *)item;
	const RangeVar *r = (const RangeVar *)item;

	if (IsA(item, JoinExpr) && join->jointype == JOIN_INNER) {
		add_from(s, join->larg);
		add_from(s, join->rarg);
		add_condition(s, join->quals);
	} else if (IsA(item, RangeVar) && is_catalog(r)) {
		*vec_push(s->arena, &s->from) = str_copy(s->arena, str_of(r->relname));
	} else {
		s->lost = true;
	}
}

static void
add_select(struct search *s, const SelectStmt *st)
{
	const ListCell *cell;

	if (!IsA(st, SelectStmt) || st->op != SETOP_NONE || st->fromClause == NIL || st->withClause != NULL ||
	    st->groupClause != NIL || st->havingClause != NULL || st->limitOffset != NULL) {
		s->lost = true;
		return;
	}
	foreach (cell, st->fromClause)
		add_from(s, lfirst(cell));
	add_condition(s, st->whereClause);
}

/* ---- looking up ---- */

/* The value that one of the columns must have. */
static struct str
wanted(const struct search *s, const char *const *columns)
{
	for (; *columns != NULL; columns++)
		for (size_t i = 0; i < s->filters.n; i++)
			if (str_is(s->filters.items[i].column, *columns))
				return s->filters.items[i].value;
	return STR_NONE;
}

#define WANTED(s, ...) wanted(s, (const char *const[]){ __VA_ARGS__, NULL })

static struct str
wanted_schema(const struct search *s)
{
	return WANTED(s, "nspname", "schemaname", "table_schema", "constraint_schema", "trigger_schema", "routine_schema",
	    "event_object_schema");
}

static struct str
unquoted(struct str s)
{
	return s.n > 1 && s.s[0] == '"' && s.s[s.n - 1] == '"' ? str_slice(s, 1, s.n - 1) : s;
}

/* What stands in 'schema.name'::regclass */
static struct name
written_name(struct str text)
{
	size_t dot = str_find_char(text, '.');
	struct name name = { STR_NONE, unquoted(text), { 0, 0 } };

	if (dot != (size_t)-1) {
		name.schema = unquoted(str_slice(text, 0, dot));
		name.name = unquoted(str_slice(text, dot + 1, text.n));
	}
	return name;
}

/* Relations of which kinds the views show: the definitions of pg_views in system_views.sql, of tables in information_schema.sql */
static const struct {
	const char *catalog, *kinds;
} shown[] = {
	{ "pg_tables", "rp" }, { "pg_views", "v" }, { "pg_matviews", "m" }, { "pg_sequences", "S" }, { "pg_indexes", "iI" },
	{ "tables", "rpvf" }, { "views", "v" }, { "sequences", "S" }, { "columns", "rpvf" },
};

/* table_type of information_schema.tables */
static const char *
kinds_of_type(struct str type)
{
	return str_is(type, "BASE TABLE") ? "rp" : str_is(type, "VIEW") ? "v" : str_is(type, "FOREIGN") ? "f" : "";
}

/* What the query says of the kind of the relation that it looks for by name in that catalog. */
static bool
is_shown(const struct search *s, struct str catalog, const struct relation *r)
{
	struct str kind = WANTED(s, "relkind"), type = WANTED(s, "table_type");

	for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
		if (str_is(catalog, shown[i].catalog) && strchr(shown[i].kinds, (char)r->kind) == NULL)
			return false;
	if (kind.s != NULL && !(kind.n == 1 && kind.s[0] == (char)r->kind))
		return false;
	return type.s == NULL || (r->persistence == 't' ? str_is(type, "LOCAL TEMPORARY") : strchr(kinds_of_type(type), (char)r->kind) != NULL);
}

static enum tri
relation_is_there(const struct search *s, struct name name, struct relation **r)
{
	*r = catalog_find_relation(s->catalog, name);
	if (*r != NULL)
		return (*r)->assumed ? UNKNOWN : YES;
	return catalog_knows_name(s->catalog, &s->catalog->relations, name) ? NO : UNKNOWN;
}

/* The table that the query is about; name STR_NONE: any. */
static struct name
wanted_table(const struct search *s)
{
	struct str id = WANTED(s, "conrelid", "attrelid", "tgrelid", "polrelid", "indrelid");
	struct name name = { wanted_schema(s), WANTED(s, "relname", "tablename", "table_name", "event_object_table"), { 0, 0 } };

	return id.s != NULL ? written_name(id) : name;
}

/* Whether the table has it: certain only where all of the table is known. */
static enum tri
part_is_there(const struct relation *r, bool found, bool assumed)
{
	if (found)
		return assumed ? UNKNOWN : YES;
	return r->assumed ? UNKNOWN : NO;
}

static enum tri
shown_relation(const struct search *s, struct name name)
{
	struct relation *r;
	enum tri there = relation_is_there(s, name, &r);

	return there == YES && !is_shown(s, s->looked_up, r) ? NO : there;
}

static enum tri
find_relation(const struct search *s)
{
	struct name name = { wanted_schema(s), WANTED(s, "relname", "tablename", "table_name", "viewname", "matviewname",
	    "indexname", "sequencename", "sequence_name"), { 0, 0 } };

	if (name.name.s == NULL && WANTED(s, "oid").s != NULL)
		name = written_name(WANTED(s, "oid"));
	return name.name.s == NULL ? UNKNOWN : shown_relation(s, name);
}

static enum tri
find_index(const struct search *s)
{
	struct name name = { wanted_schema(s), WANTED(s, "indexname", "relname"), { 0, 0 } };
	struct str table = WANTED(s, "tablename");
	const struct relation *r = name.name.s == NULL ? NULL : catalog_find_relation(s->catalog, name);

	if (r != NULL && !r->assumed && r->index != NULL && table.s != NULL && !str_eq(r->index->table->name, table))
		return NO;
	return name.name.s == NULL ? UNKNOWN : shown_relation(s, name);
}

static enum tri
find_column(const struct search *s)
{
	struct str column = WANTED(s, "column_name", "attname");
	struct name table = wanted_table(s);
	const struct column *found;
	struct relation *r;

	if (column.s == NULL || table.name.s == NULL)
		return UNKNOWN;
	if (relation_is_there(s, table, &r) == NO)
		return NO;
	if (r != NULL && !r->assumed && !is_shown(s, s->looked_up, r))
		return NO;
	found = r == NULL ? NULL : catalog_find_column(r, column);
	return r == NULL ? UNKNOWN : part_is_there(r, found != NULL, found != NULL && found->assumed);
}

static enum tri
constraint_of(const struct relation *r, struct str name)
{
	const struct constraint *k = catalog_find_constraint(r, name);

	return part_is_there(r, k != NULL, k != NULL && k->assumed);
}

static enum tri
find_constraint(const struct search *s)
{
	struct str constraint = WANTED(s, "conname", "constraint_name");
	struct name table = wanted_table(s);
	struct relation *r;

	if (constraint.s == NULL)
		return UNKNOWN;
	if (table.name.s != NULL && relation_is_there(s, table, &r) == NO)
		return NO;
	if (table.name.s != NULL)
		return r == NULL ? UNKNOWN : constraint_of(r, constraint);
	for (size_t i = 0; i < s->catalog->all.n; i++)
		if (!s->catalog->all.items[i]->dropped && constraint_of(s->catalog->all.items[i], constraint) == YES)
			return YES;
	return UNKNOWN;
}

static enum tri
find_trigger(const struct search *s)
{
	struct str trigger = WANTED(s, "tgname", "trigger_name");
	struct name table = wanted_table(s);
	struct relation *r;
	bool found = false;

	if (trigger.s == NULL || table.name.s == NULL)
		return UNKNOWN;
	if (relation_is_there(s, table, &r) == NO)
		return NO;
	for (size_t i = 0; r != NULL && i < r->triggers.n; i++)
		found = found || str_eq(r->triggers.items[i]->name, trigger);
	return r == NULL ? UNKNOWN : part_is_there(r, found, false);
}

static enum tri
find_policy(const struct search *s)
{
	struct str policy = WANTED(s, "policyname", "polname");
	struct name table = wanted_table(s);
	struct relation *r;
	bool found = false;

	if (policy.s == NULL || table.name.s == NULL)
		return UNKNOWN;
	if (relation_is_there(s, table, &r) == NO)
		return NO;
	for (size_t i = 0; r != NULL && i < r->policies.n; i++)
		found = found || (!r->policies.items[i]->dropped && str_eq(r->policies.items[i]->name, policy));
	return r == NULL ? UNKNOWN : part_is_there(r, found, false);
}

static enum tri
type_is_there(const struct search *s, struct name name, struct typedef_ **t)
{
	*t = catalog_find_type(s->catalog, name.schema, name.name);
	if (*t != NULL)
		return (*t)->assumed ? UNKNOWN : YES;
	return catalog_knows_name(s->catalog, &s->catalog->types, name) ? NO : UNKNOWN;
}

static struct name
wanted_type(const struct search *s)
{
	struct str id = WANTED(s, "enumtypid");
	struct name name = { wanted_schema(s), WANTED(s, "typname", "domain_name"), { 0, 0 } };

	return id.s != NULL ? written_name(id) : name;
}

static enum tri
find_type(const struct search *s)
{
	struct name name = wanted_type(s);
	struct typedef_ *t;

	return name.name.s == NULL ? UNKNOWN : type_is_there(s, name, &t);
}

static enum tri
find_enum_value(const struct search *s)
{
	struct name name = wanted_type(s);
	struct str label = WANTED(s, "enumlabel");
	struct typedef_ *t;

	if (name.name.s == NULL)
		return UNKNOWN;
	if (type_is_there(s, name, &t) != YES || label.s == NULL)
		return type_is_there(s, name, &t) == NO ? NO : UNKNOWN;
	return tri_of(type_find_value(t, label) != NULL);
}

static enum tri
find_schema(const struct search *s)
{
	struct str schema = WANTED(s, "nspname", "schema_name");
	struct name name = { STR(""), schema, { 0, 0 } };

	if (schema.s == NULL)
		return UNKNOWN;
	if (str_eq(schema, s->catalog->default_schema) || catalog_slot_object(&s->catalog->schemas, STR(""), schema) != NULL)
		return YES;
	return catalog_knows_name(s->catalog, &s->catalog->schemas, name) ? NO : UNKNOWN;
}

static enum tri
find_extension(const struct search *s)
{
	struct str extension = WANTED(s, "extname");
	struct name name = { STR("extension"), extension, { 0, 0 } };

	if (extension.s == NULL)
		return UNKNOWN;
	if (catalog_find_object(s->catalog, NULL, "extension", extension) != NULL)
		return YES;
	return catalog_knows_name(s->catalog, &s->catalog->objects, name) ? NO : UNKNOWN;
}

static enum tri
find_function(const struct search *s)
{
	struct str function = WANTED(s, "proname", "routine_name");
	struct name name = { wanted_schema(s), function, { 0, 0 } };
	const struct function_set *set;

	if (function.s == NULL)
		return UNKNOWN;
	set = catalog_slot_object(&s->catalog->functions, catalog_target_schema(s->catalog, name), function);
	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped)
			return YES;
	return set != NULL ? NO : UNKNOWN;
}

/* The first one that is read says what is looked for; those behind it only narrow it down. */
static const struct {
	const char *name;
	enum tri (*find)(const struct search *);
} catalogs[] = {
	{ "pg_enum", find_enum_value },
	{ "pg_constraint", find_constraint }, { "table_constraints", find_constraint },
	{ "referential_constraints", find_constraint },
	{ "pg_attribute", find_column }, { "columns", find_column },
	{ "pg_trigger", find_trigger }, { "triggers", find_trigger },
	{ "pg_policies", find_policy }, { "pg_policy", find_policy },
	{ "pg_indexes", find_index }, { "pg_index", find_index },
	{ "pg_tables", find_relation }, { "tables", find_relation }, { "pg_class", find_relation }, { "pg_views", find_relation },
	{ "views", find_relation }, { "pg_matviews", find_relation }, { "pg_sequences", find_relation }, { "sequences", find_relation },
	{ "pg_type", find_type }, { "pg_extension", find_extension },
	{ "pg_proc", find_function }, { "routines", find_function },
	{ "pg_namespace", find_schema }, { "schemata", find_schema },
};

enum { NCATALOGS = sizeof catalogs / sizeof catalogs[0] };

static size_t
rank_of(struct str table)
{
	size_t i = 0;

	while (i < NCATALOGS && !str_is(table, catalogs[i].name))
		i++;
	return i;
}

static enum tri
find(struct search *s)
{
	size_t first = NCATALOGS;
	enum tri there;

	for (size_t i = 0; i < s->from.n; i++) {
		size_t rank = rank_of(s->from.items[i]);
		if (rank == NCATALOGS)
			return UNKNOWN;
		first = rank < first ? rank : first;
	}
	if (s->lost || first == NCATALOGS)
		return UNKNOWN;
	s->looked_up = str_of(catalogs[first].name);
	there = catalogs[first].find(s);
	return there == YES && s->partial ? UNKNOWN : there;
}

/* ---- the condition ---- */

static enum tri
exists(const struct search *outer, const Node *query)
{
	struct search s = { .arena = outer->arena, .catalog = outer->catalog, .bindings = outer->bindings };

	add_select(&s, (const SelectStmt *)query);
	return find(&s);
}

/* to_regclass('name') */
static enum tri
names_something(const struct search *s, const Node *node)
{
	bool relation = is_call(node, "to_regclass"), type = is_call(node, "to_regtype");
	const List *args = relation || type ? ((const FuncCall *)node)->args : NIL;
	struct str text = list_length(args) == 1 ? text_of(s, linitial(args)) : STR_NONE;
	struct relation *r;
	struct typedef_ *t;

	if (text.s == NULL)
		return UNKNOWN;
	return relation ? relation_is_there(s, written_name(text), &r) : type_is_there(s, written_name(text), &t);
}

static enum tri
decide_boolean(struct search *s, const BoolExpr *b)
{
	enum tri all = b->boolop == AND_EXPR ? YES : NO;
	const ListCell *cell;

	if (b->boolop == NOT_EXPR)
		return tri_not(decide(s, linitial(b->args)));
	foreach (cell, b->args)
		all = b->boolop == AND_EXPR ? tri_and(all, decide(s, lfirst(cell))) : tri_or(all, decide(s, lfirst(cell)));
	return all;
}

static bool
counts(const SubLink *link)
{
	const SelectStmt *st = (const SelectStmt *)link->subselect;
	const Node *value;

	if (link->subLinkType != EXPR_SUBLINK || !IsA(st, SelectStmt) || list_length(st->targetList) != 1)
		return false;
	value = ((const ResTarget *)linitial(st->targetList))->val;
	return is_call(value, "count");
}

/* (SELECT count(*) FROM ...) = 0 */
static enum tri
decide_count(struct search *s, const A_Expr *e)
{
	struct str op = e->kind == AEXPR_OP ? operator_of(e) : STR("");
	const A_Const *zero = (const A_Const *)e->rexpr;
	enum tri some;

	if (e->lexpr == NULL || !IsA(e->lexpr, SubLink) || !counts((const SubLink *)e->lexpr) || zero == NULL ||
	    !IsA(zero, A_Const) || zero->isnull || !IsA(&zero->val, Integer) || zero->val.ival.ival != 0)
		return UNKNOWN;
	some = exists(s, ((const SubLink *)e->lexpr)->subselect);
	if (str_is(op, "="))
		return tri_not(some);
	return str_is(op, ">") || str_is(op, "<>") ? some : UNKNOWN;
}

/* "180001" is 18.1 */
enum { OLDEST_VERSION = 130000 };

static bool
is_server_version(const struct search *s, const Node *node)
{
	const List *args;

	while (node != NULL && IsA(node, TypeCast))
		node = ((const TypeCast *)node)->arg;
	args = is_call(node, "current_setting") ? ((const FuncCall *)node)->args : NIL;
	return args != NIL && str_is(text_of(s, linitial(args)), "server_version_num");
}

/* current_setting('server_version_num')::int >= 120000: so on each server that is known here, or on none. */
static enum tri
decide_version(const struct search *s, const A_Expr *e)
{
	const A_Const *c = (const A_Const *)e->rexpr;
	struct str op = e->kind == AEXPR_OP ? operator_of(e) : STR("");

	if (!is_server_version(s, e->lexpr) || c == NULL || !IsA(c, A_Const) || c->isnull || !IsA(&c->val, Integer))
		return UNKNOWN;
	if (str_is(op, ">=") || str_is(op, "<"))
		return c->val.ival.ival > OLDEST_VERSION ? UNKNOWN : tri_of(str_is(op, ">="));
	if (c->val.ival.ival >= OLDEST_VERSION)
		return UNKNOWN;
	return str_is(op, ">") ? YES : str_is(op, "<=") || str_is(op, "=") ? NO : UNKNOWN;
}

static enum tri
decide(struct search *s, const Node *node)
{
	const SubLink *link = (const SubLink *)node;
	const struct binding *b = code_binding(s->bindings, node);

	if (node == NULL || b != NULL)
		return b != NULL ? b->truth : UNKNOWN;
	switch (nodeTag(node)) {
	case T_BoolExpr:
		return decide_boolean(s, (const BoolExpr *)node);
	case T_SubLink:
		return link->subLinkType == EXISTS_SUBLINK ? exists(s, link->subselect) : UNKNOWN;
	case T_NullTest: {
		enum tri there = names_something(s, (const Node *)((const NullTest *)node)->arg);
		return ((const NullTest *)node)->nulltesttype == IS_NULL ? tri_not(there) : there;
	}
	case T_A_Expr: {
		enum tri version = decide_version(s, (const A_Expr *)node);
		return version != UNKNOWN ? version : decide_count(s, (const A_Expr *)node);
	}
	case T_A_Const:
		return code_truth(node);
	default:
		return UNKNOWN;
	}
}

struct decision {
	struct search search;
	enum tri holds;
};

static void
on_expression(void *arg, const void *node)
{
	struct decision *d = arg;
	const SelectStmt *st = node;

	if (list_length(st->targetList) == 1 && st->fromClause == NIL)
		d->holds = decide(&d->search, ((const ResTarget *)linitial(st->targetList))->val);
}

enum tri
code_condition(struct arena *arena, const struct source *body, struct span condition, const struct bindings *bindings, const struct catalog *c)
{
	struct decision d = { .search = { .arena = arena, .catalog = c, .bindings = bindings } };
	struct sql_error error;
	struct str text = str_slice(body->sql, condition.off, (size_t)condition.off + condition.len);

	if (condition.len > 0)
		(void)sql_parse_one(arena, text, SQL_EXPRESSION, on_expression, &d, &error);
	return d.holds;
}

/* ---- tables without rows ---- */

struct empties {
	struct arena *arena;
	const struct catalog *catalog;
	struct empty_tables found;
};

/* Of one table, all of it. */
static void
add_if_whole(struct empties *e, const Node *query)
{
	const SelectStmt *st = (const SelectStmt *)query;
	const RangeVar *r;
	struct relation *found;

	if (!IsA(st, SelectStmt) || st->op != SETOP_NONE || list_length(st->fromClause) != 1 || st->whereClause != NULL || st->withClause != NULL ||
	    st->groupClause != NIL || st->havingClause != NULL || st->limitOffset != NULL || st->limitCount != NULL)
		return;
	r = linitial(st->fromClause);
	if (!IsA(r, RangeVar) || !r->inh)
		return;
	found = catalog_find_relation(e->catalog, (struct name){ r->schemaname != NULL ? str_of(r->schemaname) : STR_NONE, str_of(r->relname), { 0, 0 } });
	if (found != NULL && (found->kind == RELATION_TABLE || found->kind == RELATION_PARTITIONED))
		*vec_push(e->arena, &e->found) = found;
}

static bool
is_number(const Node *node, int number)
{
	const A_Const *c = (const A_Const *)node;

	return node != NULL && IsA(node, A_Const) && !c->isnull && IsA(&c->val, Integer) && c->val.ival.ival == number;
}

/* (SELECT count(*) FROM ...) = 0, not count(column), which leaves out NULL */
static bool
says_none(const A_Expr *x)
{
	const SubLink *link = (const SubLink *)x->lexpr;

	if (x->kind != AEXPR_OP || link == NULL || !IsA(link, SubLink) || !counts(link))
		return false;
	const FuncCall *count = (const FuncCall *)((const ResTarget *)linitial(((const SelectStmt *)link->subselect)->targetList))->val;
	return count->agg_star && count->agg_filter == NULL && ((str_is(operator_of(x), "=") && is_number(x->rexpr, 0)) ||
	    (str_is(operator_of(x), "<") && is_number(x->rexpr, 1)));
}

static void
add_empties(struct empties *e, const Node *node)
{
	const BoolExpr *b = (const BoolExpr *)node;
	const ListCell *cell;

	if (IsA(node, BoolExpr) && b->boolop == AND_EXPR)
		foreach (cell, b->args)
			add_empties(e, lfirst(cell));
	else if (IsA(node, BoolExpr) && b->boolop == NOT_EXPR && IsA(linitial(b->args), SubLink) && ((const SubLink *)linitial(b->args))->subLinkType == EXISTS_SUBLINK)
		add_if_whole(e, ((const SubLink *)linitial(b->args))->subselect);
	else if (IsA(node, A_Expr) && says_none((const A_Expr *)node))
		add_if_whole(e, ((const SubLink *)((const A_Expr *)node)->lexpr)->subselect);
}

static void
on_emptying(void *arg, const void *node)
{
	const SelectStmt *st = node;

	if (list_length(st->targetList) == 1 && st->fromClause == NIL)
		add_empties(arg, ((const ResTarget *)linitial(st->targetList))->val);
}

struct empty_tables
code_empty_tables(struct arena *arena, const struct source *body, struct span condition, const struct catalog *c)
{
	struct empties e = { .arena = arena, .catalog = c };
	struct str text = str_slice(body->sql, condition.off, (size_t)condition.off + condition.len);
	struct sql_error error;

	if (condition.len > 0)
		(void)sql_parse_one(arena, text, SQL_EXPRESSION, on_emptying, &e, &error);
	return e.found;
}
