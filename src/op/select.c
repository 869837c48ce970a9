#include "op/select.h"

static const struct select *lower_query(struct lowering *, const void *node, const struct select *outer);

/* ---- names ---- */

static struct str
last_name(struct lowering *l, const List *names)
{
	struct str schema, name;

	names_from_list(l->arena, names, &schema, &name);
	return name;
}

static struct str
sublink_name(struct lowering *l, const SubLink *s)
{
	const SelectStmt *st = (const SelectStmt *)s->subselect;
	const ResTarget *target;

	if (s->subLinkType == EXISTS_SUBLINK)
		return STR("exists");
	if (s->subLinkType == ARRAY_SUBLINK)
		return STR("array");
	if (s->subLinkType != EXPR_SUBLINK || !IsA(st, SelectStmt) || st->targetList == NIL)
		return STR_NONE;
	target = linitial(st->targetList);
	return target->name != NULL ? lower_text(l, target->name) : lower_figure_name(l, target->val);
}

static struct str
sql_value_name(const SQLValueFunction *f)
{
	static const char *const words[] = {
		[SVFOP_CURRENT_DATE] = "current_date", [SVFOP_CURRENT_TIME] = "current_time", [SVFOP_CURRENT_TIME_N] = "current_time",
		[SVFOP_CURRENT_TIMESTAMP] = "current_timestamp", [SVFOP_CURRENT_TIMESTAMP_N] = "current_timestamp",
		[SVFOP_LOCALTIME] = "localtime", [SVFOP_LOCALTIME_N] = "localtime", [SVFOP_LOCALTIMESTAMP] = "localtimestamp",
		[SVFOP_LOCALTIMESTAMP_N] = "localtimestamp", [SVFOP_CURRENT_ROLE] = "current_role",
		[SVFOP_CURRENT_USER] = "current_user", [SVFOP_USER] = "user", [SVFOP_SESSION_USER] = "session_user",
		[SVFOP_CURRENT_CATALOG] = "current_catalog", [SVFOP_CURRENT_SCHEMA] = "current_schema",
	};

	return str_of(words[f->op]);
}

static struct str
cast_name(struct lowering *l, const TypeCast *c)
{
	struct str name = lower_figure_name(l, c->arg);

	return name.s != NULL ? name : last_name(l, c->typeName->names);
}

/* A name only comes from ELSE when that is more than a constant's type. */
static struct str
case_name(struct lowering *l, const CaseExpr *c)
{
	const Node *otherwise = (const Node *)c->defresult;
	struct str name = STR_NONE;

	while (otherwise != NULL && IsA(otherwise, CollateClause))
		otherwise = ((const CollateClause *)otherwise)->arg;
	if (otherwise != NULL && !IsA(otherwise, TypeCast) && !IsA(otherwise, CaseExpr))
		name = lower_figure_name(l, otherwise);
	return name.s != NULL ? name : STR("case");
}

/* The last field name, ignoring "*" and subscripts. */
static struct str
figure_indirection(struct lowering *l, const A_Indirection *node)
{
	const Node *name = NULL;
	const ListCell *cell;

	foreach (cell, node->indirection)
		if (IsA(lfirst(cell), String))
			name = lfirst(cell);
	return name != NULL ? lower_text(l, strVal(name)) : lower_figure_name(l, node->arg);
}

struct str
lower_figure_name(struct lowering *l, const Node *node)
{
	if (node == NULL)
		return STR_NONE;
	switch (nodeTag(node)) {
	case T_ColumnRef: return last_name(l, ((const ColumnRef *)node)->fields);
	case T_A_Indirection: return figure_indirection(l, (const A_Indirection *)node);
	case T_FuncCall: return last_name(l, ((const FuncCall *)node)->funcname);
	case T_A_Expr: return ((const A_Expr *)node)->kind == AEXPR_NULLIF ? STR("nullif") : STR_NONE;
	case T_TypeCast: return cast_name(l, (const TypeCast *)node);
	case T_CollateClause: return lower_figure_name(l, ((const CollateClause *)node)->arg);
	case T_SubLink: return sublink_name(l, (const SubLink *)node);
	case T_CaseExpr: return case_name(l, (const CaseExpr *)node);
	case T_A_ArrayExpr: return STR("array");
	case T_RowExpr: return STR("row");
	case T_CoalesceExpr: return STR("coalesce");
	case T_MinMaxExpr: return ((const MinMaxExpr *)node)->op == IS_GREATEST ? STR("greatest") : STR("least");
	case T_SQLValueFunction: return sql_value_name((const SQLValueFunction *)node);
	case T_GroupingFunc: return STR("grouping");
	default: return STR_NONE;
	}
}

/* ---- FROM ---- */

static const struct from *lower_from(struct lowering *, const struct select *, const Node *);

static void
take_alias(struct lowering *l, struct from *f, const Alias *alias)
{
	if (alias == NULL)
		return;
	f->alias = lower_text(l, alias->aliasname);
	f->columns = lower_strings(l, alias->colnames);
}

static void
define(struct lowering *l, struct from *f, const char *name, const TypeName *type)
{
	*vec_push(l->arena, &f->defined) = lower_text(l, name);
	*vec_push(l->arena, &f->types) = type != NULL ? type_from_node(l->arena, type) : (struct type){ .name = STR("int4"), .builtin = true };
}

static void
lower_range_function(struct lowering *l, struct from *f, const RangeFunction *r)
{
	const FuncCall *call = r->functions == NIL ? NULL : linitial((const List *)linitial(r->functions));
	const ListCell *cell;

	f->kind = list_length(r->functions) == 1 && IsA(call, FuncCall) ? FROM_FUNCTION : FROM_OTHER;
	f->ordinality = r->ordinality;
	take_alias(l, f, r->alias);
	if (f->kind == FROM_FUNCTION) {
		names_from_list(l->arena, call->funcname, &f->table.schema, &f->table.name);
		f->call = lower_expr(l, (const Node *)call);
	}
	foreach (cell, r->coldeflist)
		define(l, f, ((const ColumnDef *)lfirst(cell))->colname, ((const ColumnDef *)lfirst(cell))->typeName);
}

/* transformRangeTableFunc(): FOR ORDINALITY is an integer */
static void
lower_xml_table(struct lowering *l, struct from *f, const RangeTableFunc *r)
{
	const ListCell *cell;

	f->kind = FROM_FUNCTION;
	f->table.name = STR("xmltable");
	take_alias(l, f, r->alias);
	foreach (cell, r->columns)
		define(l, f, ((const RangeTableFuncCol *)lfirst(cell))->colname, ((const RangeTableFuncCol *)lfirst(cell))->typeName);
}

/* transformJsonTableColumns(): nested ones come behind the others */
static void
define_json_columns(struct lowering *l, struct from *f, const List *columns)
{
	const ListCell *cell;

	foreach (cell, columns) {
		const JsonTableColumn *c = lfirst(cell);
		if (c->coltype != JTC_NESTED)
			define(l, f, c->name, c->typeName);
	}
	foreach (cell, columns)
		define_json_columns(l, f, ((const JsonTableColumn *)lfirst(cell))->columns);
}

static void
lower_json_table(struct lowering *l, struct from *f, const JsonTable *t)
{
	f->kind = FROM_FUNCTION;
	f->table.name = STR("json_table");
	take_alias(l, f, t->alias);
	define_json_columns(l, f, t->columns);
}

static void
lower_join(struct lowering *l, const struct select *s, struct from *f, const JoinExpr *join)
{
	f->kind = FROM_JOIN;
	f->left = lower_from(l, s, join->larg);
	f->right = lower_from(l, s, join->rarg);
	f->natural = join->isNatural;
	f->on = lower_expr(l, join->quals);
	f->merged = lower_strings(l, join->usingClause);
	f->using_alias = join->join_using_alias == NULL ? STR_NONE : lower_text(l, join->join_using_alias->aliasname);
	take_alias(l, f, join->alias);
}

static const struct from *
lower_from(struct lowering *l, const struct select *s, const Node *node)
{
	struct from *f = NEW(l->arena, struct from);

	f->kind = FROM_OTHER;
	if (IsA(node, RangeVar)) {
		f->kind = FROM_TABLE;
		f->table = lower_range_var(l, (const RangeVar *)node);
		take_alias(l, f, ((const RangeVar *)node)->alias);
	} else if (IsA(node, RangeSubselect)) {
		f->kind = FROM_QUERY;
		f->lateral = ((const RangeSubselect *)node)->lateral;
		f->query = lower_query(l, ((const RangeSubselect *)node)->subquery, s);
		take_alias(l, f, ((const RangeSubselect *)node)->alias);
	} else if (IsA(node, RangeFunction)) {
		lower_range_function(l, f, (const RangeFunction *)node);
	} else if (IsA(node, RangeTableFunc)) {
		lower_xml_table(l, f, (const RangeTableFunc *)node);
	} else if (IsA(node, JsonTable)) {
		lower_json_table(l, f, (const JsonTable *)node);
	} else if (IsA(node, RangeTableSample)) {
		return lower_from(l, s, ((const RangeTableSample *)node)->relation);
	} else if (IsA(node, JoinExpr)) {
		lower_join(l, s, f, (const JoinExpr *)node);
	}
	return f;
}

/* ---- queries ---- */

/* Of (x).*, (x).y.*: x, (x).y */
static const struct expr *
lower_row(struct lowering *l, const A_Indirection *node)
{
	A_Indirection *rest = makeNode(A_Indirection);

	if (list_length(node->indirection) == 1)
		return lower_expr(l, node->arg);
	rest->arg = node->arg;
	rest->indirection = list_truncate(list_copy(node->indirection), list_length(node->indirection) - 1);
	return lower_expr(l, (const Node *)rest);
}

static void
lower_output(struct lowering *l, struct select *s, const ResTarget *target)
{
	const ColumnRef *ref = (const ColumnRef *)target->val;
	const SubLink *sub = (const SubLink *)target->val;
	const A_Indirection *row = (const A_Indirection *)target->val;
	struct output *o = vec_push(l->arena, &s->outputs);

	if (IsA(row, A_Indirection) && IsA(llast(row->indirection), A_Star)) {
		o->star = true;
		o->expr = lower_row(l, row);
		return;
	}
	if (IsA(ref, ColumnRef) && IsA(llast(ref->fields), A_Star)) {
		int n = list_length(ref->fields);
		o->star = true;
		o->qualifier = n > 1 ? lower_text(l, strVal(list_nth(ref->fields, n - 2))) : STR_NONE;
		return;
	}
	o->name = target->name != NULL ? lower_text(l, target->name) : lower_figure_name(l, target->val);
	if (o->name.s == NULL)
		o->name = STR("?column?");
	if (IsA(sub, SubLink) && (sub->subLinkType == EXPR_SUBLINK || sub->subLinkType == ARRAY_SUBLINK)) {
		o->query = lower_query(l, sub->subselect, s);
		o->array = sub->subLinkType == ARRAY_SUBLINK;
	} else {
		o->expr = lower_expr(l, target->val);
	}
}

static void
lower_targets(struct lowering *l, struct select *s, const List *targets)
{
	const ListCell *cell;

	foreach (cell, targets)
		lower_output(l, s, lfirst(cell));
}

/* Longer lists are data, all of one kind. */
enum { ROWS_LIMIT = 64 };

static void
lower_more_values(struct lowering *l, struct select *s, const List *rows)
{
	const ListCell *cell, *inner;

	foreach (cell, rows) {
		const List *row = lfirst(cell);
		s->uneven = s->uneven || list_length(row) != list_length((const List *)linitial(rows));
		foreach (inner, row)
			if (foreach_current_index(cell) > 0 && foreach_current_index(cell) < ROWS_LIMIT)
				*vec_push(l->arena, &s->more) = lower_expr(l, lfirst(inner));
	}
}

static void
lower_values(struct lowering *l, struct select *s, const List *rows)
{
	const ListCell *cell;

	s->values = true;
	lower_more_values(l, s, rows);
	foreach (cell, (const List *)linitial(rows)) {
		struct output *o = vec_push(l->arena, &s->outputs);
		o->name = str_printf(l->arena, "column%zu", s->outputs.n);
		o->expr = lower_expr(l, lfirst(cell));
	}
}

/* A name holds behind its own query only. */
static const struct select *
lower_common(struct lowering *l, struct select *s, const CommonTableExpr *cte, bool recursive)
{
	struct select *query = (struct select *)(uintptr_t)lower_query(l, cte->ctequery, s);

	if (query != NULL && !recursive)
		query->outer_with = s->with.n;
	return query;
}

static void
lower_with(struct lowering *l, struct select *s, const WithClause *with)
{
	const ListCell *cell;

	if (with == NULL)
		return;
	foreach (cell, with->ctes) {
		const CommonTableExpr *cte = lfirst(cell);
		struct common_table t = { .name = lower_text(l, cte->ctename), .columns = lower_strings(l, cte->aliascolnames),
			.recursive = with->recursive };
		t.query = lower_common(l, s, cte, with->recursive);
		*vec_push(l->arena, &s->with) = t;
	}
}

/* The number of an output says nothing. */
static void
lower_beside(struct lowering *l, struct select *s, const Node *node)
{
	const ListCell *cell;

	if (node == NULL || IsA(node, A_Const))
		return;
	if (IsA(node, GroupingSet))
		foreach (cell, ((const GroupingSet *)node)->content)
			lower_beside(l, s, lfirst(cell));
	else if (IsA(node, RowExpr))
		foreach (cell, ((const RowExpr *)node)->args)
			lower_beside(l, s, lfirst(cell));
	else if (IsA(node, ColumnRef) && list_length(((const ColumnRef *)node)->fields) == 1)
		*vec_push(l->arena, &s->named) = lower_expr(l, node);
	else
		*vec_push(l->arena, &s->beside) = lower_expr(l, node);
}

static void
lower_group(struct lowering *l, struct select *s, const Node *node)
{
	const ListCell *cell;

	if (IsA(node, GroupingSet)) {
		foreach (cell, ((const GroupingSet *)node)->content)
			lower_group(l, s, lfirst(cell));
	} else if (IsA(node, RowExpr)) {
		foreach (cell, ((const RowExpr *)node)->args)
			lower_group(l, s, lfirst(cell));
	} else {
		*vec_push(l->arena, &s->groups) = lower_expr(l, node);
	}
}

static void
lower_order(struct lowering *l, struct select *s, const SelectStmt *st)
{
	const ListCell *cell;

	foreach (cell, st->groupClause) {
		lower_group(l, s, lfirst(cell));
		lower_beside(l, s, lfirst(cell));
	}
	foreach (cell, st->sortClause)
		lower_beside(l, s, ((const SortBy *)lfirst(cell))->node);
	s->having = lower_expr(l, st->havingClause);
}

static void
lower_body(struct lowering *l, struct select *s, const SelectStmt *st)
{
	const ListCell *cell;

	lower_with(l, s, st->withClause);
	s->limit = lower_expr(l, st->limitCount);
	s->offset = lower_expr(l, st->limitOffset);
	if (st->op != SETOP_NONE) {
		s->left = lower_query(l, st->larg, s);
		s->right = lower_query(l, st->rarg, s);
		s->word = st->op == SETOP_UNION ? "UNION" : st->op == SETOP_INTERSECT ? "INTERSECT" : "EXCEPT";
	} else if (st->valuesLists != NIL) {
		lower_values(l, s, st->valuesLists);
	} else {
		foreach (cell, st->fromClause)
			*vec_push(l->arena, &s->from) = lower_from(l, s, lfirst(cell));
		lower_targets(l, s, st->targetList);
		s->where = lower_expr(l, st->whereClause);
		lower_order(l, s, st);
		s->merges = st->distinctClause != NIL || st->groupClause != NIL;
	}
}

/* What is not looked at: RETURNING WITH (OLD AS o) (18) */
static void
add_other(struct lowering *l, struct select *s)
{
	struct from *f = NEW(l->arena, struct from);

	f->kind = FROM_OTHER;
	*vec_push(l->arena, &s->from) = f;
}

static void
lower_returning(struct lowering *l, struct select *s, const ReturningClause *returning)
{
	if (returning != NULL && returning->options != NIL)
		add_other(l, s);
	lower_targets(l, s, returning == NULL ? NIL : returning->exprs);
}

static void
lower_sources(struct lowering *l, struct select *s, const List *sources)
{
	const ListCell *cell;

	foreach (cell, sources)
		*vec_push(l->arena, &s->from) = lower_from(l, s, lfirst(cell));
}

/* setTargetTable() */
static const struct from *
lower_target(struct lowering *l, const struct select *s, const RangeVar *table)
{
	struct from *f = (struct from *)(uintptr_t)lower_from(l, s, (const Node *)table);

	f->target = true;
	return f;
}

/* RETURNING shows the table that is changed, and those beside it. */
static void
lower_change(struct lowering *l, struct select *s, const RangeVar *table, const List *beside, const WithClause *with, const ReturningClause *returning)
{
	s->changes = true;
	lower_with(l, s, with);
	*vec_push(l->arena, &s->from) = lower_target(l, s, table);
	lower_sources(l, s, beside);
	lower_returning(l, s, returning);
}

static void
lower_sets(struct lowering *l, struct select *s, const RangeVar *table, const List *targets)
{
	const ListCell *cell;

	s->target = lower_range_var(l, table);
	foreach (cell, targets) {
		const ResTarget *target = lfirst(cell);
		bool given = !IsA(target->val, MultiAssignRef) && !IsA(target->val, SetToDefault);
		*vec_push(l->arena, &s->sets) = (struct assignment){ .column = lower_text(l, target->name), .part = target->indirection != NIL,
			.value = given ? lower_expr(l, target->val) : NULL };
	}
}

static void
lower_update(struct lowering *l, struct select *s, const UpdateStmt *st)
{
	lower_change(l, s, st->relation, st->fromClause, st->withClause, st->returningClause);
	s->where = lower_expr(l, st->whereClause);
	lower_sets(l, s, st->relation, st->targetList);
}

static void
lower_delete(struct lowering *l, struct select *s, const DeleteStmt *st)
{
	lower_change(l, s, st->relation, st->usingClause, st->withClause, st->returningClause);
	s->where = lower_expr(l, st->whereClause);
}

/* ---- ON CONFLICT ---- */

static struct select *
new_action(struct lowering *l, struct select *s)
{
	struct select *action = NEW(l->arena, struct select);

	action->outer = s;
	action->outer_with = (size_t)-1;
	*vec_push(l->arena, &s->actions) = action;
	return action;
}

static const struct expr *
new_column(struct lowering *l, const char *name)
{
	struct expr *column = NEW(l->arena, struct expr);

	*column = (struct expr){ .kind = EXPR_COLUMN, .name = lower_text(l, name) };
	return column;
}

static void
lower_inference(struct lowering *l, struct select *s, const RangeVar *table, const InferClause *infer)
{
	struct select *action = new_action(l, s);
	const ListCell *cell;

	*vec_push(l->arena, &action->from) = lower_target(l, s, table);
	action->where = lower_expr(l, infer->whereClause);
	foreach (cell, infer->indexElems) {
		const IndexElem *e = lfirst(cell);
		*vec_push(l->arena, &action->beside) = e->name != NULL ? new_column(l, e->name) : lower_expr(l, e->expr);
	}
}

/* The row that was to be put in is a table, too. */
static void
lower_on_conflict(struct lowering *l, struct select *s, const RangeVar *table, const OnConflictClause *clause)
{
	struct from *excluded = NEW(l->arena, struct from);
	struct select *action;

	if (clause->infer != NULL)
		lower_inference(l, s, table, clause->infer);
	if (clause->action != ONCONFLICT_UPDATE)
		return;
	action = new_action(l, s);
	*excluded = (struct from){ .kind = FROM_TABLE, .table = lower_range_var(l, table), .alias = STR("excluded"), .target = true };
	*vec_push(l->arena, &action->from) = lower_target(l, s, table);
	*vec_push(l->arena, &action->from) = excluded;
	lower_sets(l, action, table, clause->targetList);
	action->where = lower_expr(l, clause->whereClause);
}

/* What it inserts is read from a query around which only WITH stands: the table may be called as one of that. */
static void
lower_insert(struct lowering *l, struct select *s, const InsertStmt *st)
{
	struct select *around = NEW(l->arena, struct select);
	struct from *f = NEW(l->arena, struct from);

	lower_change(l, s, st->relation, NIL, NULL, st->returningClause);
	around->outer = s->outer;
	around->outer_with = s->outer_with;
	lower_with(l, around, st->withClause);
	f->kind = FROM_QUERY;
	f->query = lower_query(l, st->selectStmt, around);
	*vec_push(l->arena, &around->from) = f;
	s->source = around;
	if (st->onConflictClause != NULL)
		lower_on_conflict(l, s, st->relation, st->onConflictClause);
}

/* ---- MERGE ---- */

static void
lower_new_row(struct lowering *l, struct select *action, const MergeStmt *st, const MergeWhenClause *when)
{
	const ListCell *cell;

	action->target = lower_range_var(l, st->relation);
	action->puts = true;
	foreach (cell, when->values) {
		const Node *value = lfirst(cell);
		const ResTarget *target = foreach_current_index(cell) < list_length(when->targetList) ? list_nth(when->targetList, foreach_current_index(cell)) : NULL;
		*vec_push(l->arena, &action->sets) = (struct assignment){ .column = target != NULL ? lower_text(l, target->name) : STR_NONE,
			.part = target != NULL && target->indirection != NIL, .value = IsA(value, SetToDefault) ? NULL : lower_expr(l, value) };
	}
	if (when->targetList != NIL && list_length(when->targetList) != list_length(when->values))
		action->refused = list_length(when->targetList) > list_length(when->values) ? "INSERT has more target columns than expressions"
		    : "INSERT has more expressions than target columns";
}

static void
lower_when(struct lowering *l, struct select *s, const MergeStmt *st, const MergeWhenClause *when)
{
	struct select *action = new_action(l, s);

	if (when->matchKind != MERGE_WHEN_NOT_MATCHED_BY_SOURCE)
		*vec_push(l->arena, &action->from) = lower_from(l, s, st->sourceRelation);
	if (when->matchKind != MERGE_WHEN_NOT_MATCHED_BY_TARGET)
		*vec_push(l->arena, &action->from) = lower_target(l, s, st->relation);
	action->where = lower_expr(l, when->condition);
	action->clause = "WHEN";
	if (when->commandType == CMD_UPDATE)
		lower_sets(l, action, st->relation, when->targetList);
	else if (when->commandType == CMD_INSERT)
		lower_new_row(l, action, st, when);
}

/* RETURNING * gives the columns of what is read before those of the table (17). */
static void
lower_merge(struct lowering *l, struct select *s, const MergeStmt *st)
{
	bool always[NUM_MERGE_MATCH_KINDS] = { false };
	const ListCell *cell;

	s->changes = true;
	lower_with(l, s, st->withClause);
	*vec_push(l->arena, &s->from) = lower_from(l, s, st->sourceRelation);
	*vec_push(l->arena, &s->from) = lower_target(l, s, st->relation);
	lower_returning(l, s, st->returningClause);
	*vec_push(l->arena, &s->beside) = lower_expr(l, st->joinCondition);
	foreach (cell, st->mergeWhenClauses) {
		const MergeWhenClause *when = lfirst(cell);
		if (always[when->matchKind])
			s->refused = "unreachable WHEN clause specified after unconditional WHEN clause";
		always[when->matchKind] = always[when->matchKind] || when->condition == NULL;
		lower_when(l, s, st, when);
	}
}

/* false: it is none that can be read. */
static bool
lower_statement(struct lowering *l, struct select *s, const void *node)
{
	switch (nodeTag(node)) {
	case T_SelectStmt: lower_body(l, s, node); return true;
	case T_InsertStmt: lower_insert(l, s, node); return true;
	case T_UpdateStmt: lower_update(l, s, node); return true;
	case T_DeleteStmt: lower_delete(l, s, node); return true;
	case T_MergeStmt: lower_merge(l, s, node); return true;
	default: return false;
	}
}

static const struct select *
lower_query(struct lowering *l, const void *node, const struct select *outer)
{
	struct select *s = NEW(l->arena, struct select);
	const struct select *around = l->query;
	bool read;

	if (node == NULL)
		return NULL;
	s->outer = outer;
	s->outer_with = (size_t)-1;
	l->query = s;
	read = lower_statement(l, s, node);
	l->query = around;
	return read ? s : NULL;
}

bool
from_is_called(const struct from *f, struct str alias)
{
	struct str name = f->alias.s != NULL ? f->alias : f->table.name;

	if (f->kind == FROM_JOIN && f->alias.s == NULL)
		return from_is_called(f->left, alias) || from_is_called(f->right, alias);
	return name.s != NULL && str_eq(name, alias);
}

const struct common_table *
select_find_common(const struct select *s, const struct from *item)
{
	struct name name = item->table;
	size_t known = (size_t)-1;

	for (; !item->target && name.schema.s == NULL && s != NULL; known = s->outer_with, s = s->outer)
		for (size_t i = s->with.n < known ? s->with.n : known; i-- > 0;)
			if (str_eq(s->with.items[i].name, name.name))
				return &s->with.items[i];
	return NULL;
}

const struct select *
lower_select(struct lowering *l, const void *node)
{
	return lower_query(l, node, NULL);
}

const struct select *
lower_select_in(struct lowering *l, const void *node, const struct select *outer)
{
	return lower_query(l, node, outer);
}

bool
select_changes_rows(const struct select *s)
{
	for (size_t i = 0; s != NULL && i < s->with.n; i++)
		if (s->with.items[i].query != NULL && s->with.items[i].query->changes)
			return true;
	return false;
}

bool
select_has_star(const struct select *s)
{
	while (s != NULL && s->left != NULL)
		s = s->left;
	for (size_t i = 0; s != NULL && i < s->outputs.n; i++)
		if (s->outputs.items[i].star)
			return true;
	return false;
}
