#include "op/failure.h"
#include "op/operators.h"
#include "op/query.h"
#include "op/rule.h"
#include "op/sql_body.h"
#include "sql/deparse.h"

/* CREATE RULE: rewrite rules, not rules of this program. */

struct payload {
	struct str name;
	struct str event;
	struct str definition;
	struct query query;             /* what its actions use */
	const struct select *condition; /* the query of old and new that has its WHERE; NULL: none */
	VEC(const struct select *) actions;
	struct script does;             /* the same, as statements of their own */
	const char *misuse;             /* what its words alone are refused for; NULL: nothing */
	bool instead, replace;
	bool returns_own_rows;
};

static struct str
event_word(CmdType event)
{
	switch (event) {
	case CMD_SELECT: return STR("select");
	case CMD_UPDATE: return STR("update");
	case CMD_INSERT: return STR("insert");
	default: return STR("delete");
	}
}

/* "ON INSERT TO t ...", canonical, as of a rule r on a table t */
static struct str
definition_of(struct lowering *l, const RuleStmt *st)
{
	RuleStmt copy = *st;
	RangeVar table = *st->relation;
	char rule[] = "r", name[] = "t";

	table.catalogname = table.schemaname = NULL;
	table.relname = name;
	copy.relation = &table;
	copy.rulename = rule;
	copy.replace = false;
	return sql_deparse_behind(l->arena, &copy, "CREATE RULE r AS ");
}

static RangeVar *
row_called(const RangeVar *table, const char *name)
{
	RangeVar *row = makeNode(RangeVar);

	*row = *table;
	row->alias = makeNode(Alias);
	row->alias->aliasname = (char *)(uintptr_t)name;
	return row;
}

/* transformRuleStmt(): it sees the rows that the event has as if they were tables. */
static const struct select *
lower_condition(struct lowering *l, const RuleStmt *st)
{
	SelectStmt *query = makeNode(SelectStmt);

	if (st->whereClause == NULL)
		return NULL;
	if (st->event != CMD_INSERT)
		query->fromClause = lappend(query->fromClause, row_called(st->relation, "old"));
	if (st->event == CMD_INSERT || st->event == CMD_UPDATE)
		query->fromClause = lappend(query->fromClause, row_called(st->relation, "new"));
	query->whereClause = st->whereClause;
	return lower_select(l, query);
}

static void
lower_action(struct lowering *l, struct payload *p, const Node *action)
{
	struct lowering alone = *l;

	alone.script = &p->does;
	lower_node(&alone, (int)nodeTag(action), -1, action);
	*vec_push(l->arena, &p->actions) = lower_select(l, action);
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const RuleStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	struct query_walk w = { .lowering = l, .query = &p->query, .defining = true };

	op->target = lower_range_var(l, st->relation);
	op->spans[SPAN_TABLE] = op->target.span;
	p->name = lower_text(l, st->rulename);
	op->spans[SPAN_NAME] = locate_name(l->statement, l->statement->span, p->name);
	p->event = event_word(st->event);
	p->definition = definition_of(l, st);
	p->instead = st->instead;
	p->replace = st->replace;
	query_add(&w, st->whereClause);
	p->misuse = rule_misuse(st);
	p->returns_own_rows = rule_returns_own_rows(st);
	p->condition = lower_condition(l, st);
	p->does = (struct script){ .arena = l->arena, .source = l->script->source, .code = l->script->code };
	for (int i = 0; i < list_length(st->actions); i++) {
		if (IsA(list_nth(st->actions, i), NotifyStmt))
			continue;
		query_add(&w, list_nth(st->actions, i));
		lower_action(l, p, list_nth(st->actions, i));
	}
}

static void
bind(struct op *op, struct catalog *c)
{
	op->table = catalog_relation(c, op->target, RELATION_TABLE);
	query_bind(&OP_DATA(op, struct payload)->query, c);
}

static const struct query *
stored(const struct op *op)
{
	return &OP_DATA(op, struct payload)->query;
}

bool
rule_op_has_rows(const struct op *op)
{
	return is_kind(op, "create_rule") && !OP_DATA(op, struct payload)->returns_own_rows;
}

/* DefineQueryRewrite() */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	effects_lock(e, op->table, ACCESS_EXCLUSIVE);
	query_define_effects(&OP_DATA(op, struct payload)->query, e);
}

/* transformRuleStmt(): in the actions old and new mean something, and no column without one of the two. */
static struct surroundings
around_actions(struct arena *arena, const struct relation *r)
{
	struct surroundings around = { .unwritten = true };

	surround_with_row(arena, &around, r, STR("old"));
	surround_with_row(arena, &around, r, STR("new"));
	for (size_t i = 0; i < around.offers.n; i++)
		around.offers.items[i].merged = true;
	return around;
}

static void
tell_calls(struct catalog *c, const struct relation *r, const struct payload *p, struct calls_told *told)
{
	const struct surroundings around = around_actions(c->arena, r), none = { .partial = false };

	select_tell_calls(c->arena, c, &none, p->condition, told);
	for (size_t i = 0; i < p->actions.n; i++)
		select_tell_calls(c->arena, c, &around, p->actions.items[i], told);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct calls_told told = { 0 };
	struct object *rule;

	(void)session;
	catalog_put_object(c, op->table, "rule", p->name, p->definition);
	tell_calls(c, op->table, p, &told);
	rule = catalog_find_object(c, op->table, "rule", p->name);
	if (rule != NULL)
		query_note_calls(c, &rule->calls, &p->query, &told);
}

/* ---- reasons ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static bool
is_change(const struct select *action)
{
	return action->from.n > 0 && action->from.items[0]->target;
}

/* What it gives are rows of the table or view: RETURNING, and what a view shows. */
static bool
gives_rows(const struct facts *f, const struct select *action)
{
	return action != NULL && (is_change(action) ? action->outputs.n > 0 : str_is(payload(f)->event, "select"));
}

static bool
is_one_type(const struct facts *f, struct type given, struct type wanted)
{
	wanted = type_below_domains(f->catalog, wanted);
	if (str_is(given.name, "?"))
		given = type_make(STR_NONE, STR("text"), NULL, 0, 0);
	return !given.builtin || !wanted.builtin || !type_known(given) || type_same_base(given, wanted);
}

/* What is computed may have another type than it seems. */
static bool
is_plain(const struct output *o)
{
	return o->star || (o->expr != NULL && (o->expr->kind == EXPR_COLUMN || o->expr->kind == EXPR_CAST || o->expr->kind == EXPR_CONST || o->expr->kind == EXPR_NULL));
}

static bool
are_plain(const struct select *action)
{
	for (size_t i = 0; i < action->outputs.n; i++)
		if (!is_plain(&action->outputs.items[i]))
			return false;
	return true;
}

static struct str
column_misfit(const struct facts *f, const struct select *action, size_t n, const struct column *column, struct type given)
{
	bool change = is_change(action);

	if (column->dropped)
		return change ? STR("cannot create a RETURNING list for a relation containing dropped columns") : STR_NONE;
	if (column->assumed || !are_plain(action) || is_one_type(f, given, column->type))
		return STR_NONE;
	return str_printf(f->arena, "%s entry %zu has different type from column \"%.*s\"", change ? "RETURNING list's" : "SELECT rule's target", n + 1, STR_ARG(column->name));
}

/* checkRuleResultList() */
static struct str
results_misfit(const struct facts *f, const struct select *action)
{
	const struct relation *r = f->op->table;
	struct column_types given = { 0 };
	struct str reason = STR_NONE;
	size_t i = 0;

	if (!is_settled(f, r, REACH_SCHEMA) || !select_types(f, action, &given))
		return STR_NONE;
	for (; reason.s == NULL && i < given.n && i < r->columns.n; i++)
		reason = column_misfit(f, action, i, r->columns.items[i], given.items[i]);
	if (reason.s != NULL || given.n == r->columns.n)
		return reason;
	return str_printf(f->arena, "%s has too %s entries", is_change(action) ? "RETURNING list" : "SELECT rule's target list", i < given.n ? "many" : "few");
}

static struct str
actions_refused(const struct facts *f)
{
	const struct payload *p = payload(f);
	struct surroundings around = around_actions(f->arena, f->op->table);
	struct facts there = *f;
	struct str reason = STR_NONE;

	around.partial = around.partial || !is_settled(f, f->op->table, REACH_SCHEMA);
	there.around = &around;
	for (size_t i = 0; reason.s == NULL && i < p->does.ops.n; i++)
		reason = sql_statement_refused(&there, p->does.ops.items[i]);
	if (reason.s == NULL && p->misuse != NULL)
		return str_of(p->misuse);
	for (size_t i = 0; reason.s == NULL && i < p->actions.n; i++)
		if (gives_rows(f, p->actions.items[i]))
			reason = results_misfit(&there, p->actions.items[i]);
	return reason;
}

/* A view has one rule for SELECT, and no table has (16); DefineQueryRewrite() */
static struct str
selection_refused(const struct facts *f)
{
	const struct relation *r = f->op->table;
	bool named = str_is(payload(f)->name, "_RETURN");

	if (!str_is(payload(f)->event, "select"))
		return !named ? STR_NONE : str_printf(f->arena, "non-view rule for \"%.*s\" must not be named \"_RETURN\"", STR_ARG(r->name));
	if (r->kind != RELATION_VIEW && f->pg_version >= 16)
		return str_printf(f->arena, "relation \"%.*s\" cannot have ON SELECT rules", STR_ARG(r->name));
	if (r->kind == RELATION_VIEW && !payload(f)->replace)
		return str_printf(f->arena, "\"%.*s\" is already a view", STR_ARG(r->name));
	return named ? STR_NONE : str_printf(f->arena, "view rule for \"%.*s\" must be named \"_RETURN\"", STR_ARG(r->name));
}

static struct str
name_taken(const struct facts *f)
{
	const struct relation *r = f->op->table;

	if (payload(f)->replace || catalog_find_object(f->catalog, r, "rule", payload(f)->name) == NULL)
		return STR_NONE;
	return str_printf(f->arena, "rule \"%.*s\" for relation \"%.*s\" already exists", STR_ARG(payload(f)->name), STR_ARG(r->name));
}

/* transformRuleStmt(), DefineQueryRewrite() */
static struct str
refused(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct str reason = STR_NONE;

	if (r != NULL && f->inside == NULL)
		reason = select_misfit(f, payload(f)->condition);
	if (r != NULL && f->inside == NULL && reason.s == NULL)
		reason = actions_refused(f);
	if (reason.s == NULL && is_known(r) && r->kind != RELATION_UNKNOWN)
		reason = selection_refused(f);
	return reason.s != NULL || !is_known(r) ? reason : name_taken(f);
}

static struct value
get_name(const struct facts *f)
{
	return value_text(payload(f)->name);
}

static struct value
get_event(const struct facts *f)
{
	return value_text(payload(f)->event);
}

static struct value
get_instead(const struct facts *f)
{
	return value_bool(payload(f)->instead);
}

static struct value
get_replace(const struct facts *f)
{
	return value_bool(payload(f)->replace);
}

static const struct field fields[] = {
	{ "rule", FIELD_TEXT, "name of the rewrite rule", get_name },
	{ "event", FIELD_TEXT, "select, insert, update or delete", get_event },
	{ "is_instead", FIELD_BOOL, "DO INSTEAD", get_instead },
	{ "or_replace", FIELD_BOOL, "OR REPLACE is given", get_replace },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_rule[] = {
	{ .name = "create_rule", .doc = "CREATE RULE", .node = T_RuleStmt, .subtype = -1, .has = HAS_TABLE,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind, .effects = effects,
	    .stored = stored, .refused = refused, .apply = apply },
	{ .name = NULL }
};
