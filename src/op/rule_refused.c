#include <string.h>

#include "op/rule.h"

/* What the words of CREATE RULE alone are refused for. */

struct mention {
	const char *row;                /* old or new */
	bool found, hidden;             /* something else has that name, too */
};

static bool
is_row_of(const struct mention *m, const ColumnRef *ref)
{
	return list_length(ref->fields) == 2 && strcmp(strVal(linitial(ref->fields)), m->row) == 0;
}

/* RETURNING and ON CONFLICT of INSERT have rows of their own. */
static bool
visit(Node *node, void *arg)
{
	struct mention *m = arg;

	if (node == NULL)
		return false;
	if (IsA(node, ColumnRef))
		m->found = m->found || is_row_of(m, (ColumnRef *)node);
	if (IsA(node, Alias))
		m->hidden = m->hidden || strcmp(((Alias *)node)->aliasname, m->row) == 0;
	if (IsA(node, RangeVar) && ((RangeVar *)node)->alias == NULL)
		m->hidden = m->hidden || strcmp(((RangeVar *)node)->relname, m->row) == 0;
	if (IsA(node, ReturningOption))
		m->hidden = m->hidden || strcmp(((ReturningOption *)node)->value, m->row) == 0;
	if (IsA(node, InsertStmt))
		return visit((Node *)((InsertStmt *)node)->withClause, arg) || visit(((InsertStmt *)node)->selectStmt, arg);
	return raw_expression_tree_walker(node, visit, arg);
}

static bool
mentions(const void *node, const char *row)
{
	struct mention m = { .row = row };

	(void)visit((Node *)(uintptr_t)node, &m);
	return m.found && !m.hidden;
}

/* getInsertSelectQuery(); NULL: it is no SELECT, nor inserts what one gives. */
static const SelectStmt *
query_of(const Node *action)
{
	return IsA(action, InsertStmt) ? (const SelectStmt *)((const InsertStmt *)action)->selectStmt : IsA(action, SelectStmt) ? (const SelectStmt *)action : NULL;
}

static bool
is_set_operation(const Node *action)
{
	return query_of(action) != NULL && query_of(action)->op != SETOP_NONE;
}

static const List *
sources_of(const Node *action)
{
	if (IsA(action, UpdateStmt))
		return ((const UpdateStmt *)action)->fromClause;
	if (IsA(action, DeleteStmt))
		return ((const DeleteStmt *)action)->usingClause;
	return query_of(action) != NULL ? query_of(action)->fromClause : NIL;
}

static const WithClause *
with_of(const Node *action)
{
	switch (nodeTag(action)) {
	case T_InsertStmt: return ((const InsertStmt *)action)->withClause;
	case T_UpdateStmt: return ((const UpdateStmt *)action)->withClause;
	case T_DeleteStmt: return ((const DeleteStmt *)action)->withClause;
	case T_SelectStmt: return ((const SelectStmt *)action)->withClause;
	default: return NULL;
	}
}

static const ReturningClause *
returning_of(const Node *action)
{
	switch (nodeTag(action)) {
	case T_InsertStmt: return ((const InsertStmt *)action)->returningClause;
	case T_UpdateStmt: return ((const UpdateStmt *)action)->returningClause;
	case T_DeleteStmt: return ((const DeleteStmt *)action)->returningClause;
	default: return NULL;
	}
}

/* transformFromClauseItem(): ON sees the two sides of its join only */
static bool
joins_by(const Node *item, const char *row)
{
	const JoinExpr *join = (const JoinExpr *)item;

	return IsA(item, JoinExpr) && (mentions(join->quals, row) || joins_by(join->larg, row) || joins_by(join->rarg, row));
}

static const char *
name_of(const Node *item)
{
	const Alias *alias = IsA(item, RangeVar) ? ((const RangeVar *)item)->alias : IsA(item, RangeSubselect) ? ((const RangeSubselect *)item)->alias
	    : IsA(item, RangeFunction) ? ((const RangeFunction *)item)->alias : IsA(item, JoinExpr) ? ((const JoinExpr *)item)->alias : NULL;

	return alias != NULL ? alias->aliasname : IsA(item, RangeVar) ? ((const RangeVar *)item)->relname : NULL;
}

/* checkNameSpaceConflicts(): a join without a name shows its sides */
static bool
is_called(const Node *item, const char *row)
{
	const JoinExpr *join = (const JoinExpr *)item;

	if (name_of(item) != NULL)
		return strcmp(name_of(item), row) == 0;
	return IsA(item, JoinExpr) && (is_called(join->larg, row) || is_called(join->rarg, row));
}

static bool
any(const List *from, bool (*is)(const Node *, const char *), const char *row)
{
	const ListCell *cell;

	foreach (cell, from)
		if (is(lfirst(cell), row))
			return true;
	return false;
}

/* ON CONFLICT sees the table only, and what it would have put in. */
static bool
is_in_conflict(const Node *action, const char *row)
{
	const InsertStmt *insert = (const InsertStmt *)action;

	return IsA(action, InsertStmt) && !is_called((const Node *)insert->relation, row) && mentions(insert->onConflictClause, row);
}

static const struct {
	const char *row;
	CmdType lacks;                  /* the event that has no such row */
	const char *unusable, *unselectable, *in_with, *unseen, *twice;
} rows[] = {
	{ "old", CMD_INSERT, "ON INSERT rule cannot use OLD", "ON SELECT rule cannot use OLD", "cannot refer to OLD within WITH query",
	    "invalid reference to FROM-clause entry for table \"old\"", "table name \"old\" specified more than once" },
	{ "new", CMD_DELETE, "ON DELETE rule cannot use NEW", "ON SELECT rule cannot use NEW", "cannot refer to NEW within WITH query",
	    "invalid reference to FROM-clause entry for table \"new\"", "table name \"new\" specified more than once" },
};

static const char *
row_misuse(const RuleStmt *st, const Node *action, size_t i)
{
	const char *row = rows[i].row;

	if (any(sources_of(action), is_called, row))
		return rows[i].twice;
	if (any(sources_of(action), joins_by, row) || is_in_conflict(action, row))
		return rows[i].unseen;
	if (is_set_operation(action) && (mentions(query_of(action)->larg, row) || mentions(query_of(action)->rarg, row)))
		return "UNION/INTERSECT/EXCEPT member statement cannot refer to other relations of same query level";
	if (st->event == rows[i].lacks || st->event == CMD_SELECT)
		return !mentions(action, row) ? NULL : st->event == CMD_SELECT ? rows[i].unselectable : rows[i].unusable;
	return mentions(with_of(action), row) || (query_of(action) != NULL && mentions(query_of(action)->withClause, row)) ? rows[i].in_with : NULL;
}

/* transformRuleStmt() */
static const char *
action_misuse(const RuleStmt *st, const Node *action)
{
	const char *reason = NULL;

	if (IsA(action, NotifyStmt))
		return st->whereClause == NULL ? NULL : "rules with WHERE conditions can only have SELECT, INSERT, UPDATE, or DELETE actions";
	if (st->whereClause != NULL && is_set_operation(action))
		return "conditional UNION/INTERSECT/EXCEPT statements are not implemented";
	for (size_t i = 0; reason == NULL && i < sizeof rows / sizeof rows[0]; i++)
		reason = row_misuse(st, action, i);
	return reason;
}

static const char *
condition_misuse(const RuleStmt *st)
{
	for (size_t i = 0; st->whereClause != NULL && i < sizeof rows / sizeof rows[0]; i++)
		if (st->event == rows[i].lacks && mentions(st->whereClause, rows[i].row))
			return rows[i].unseen;
	return NULL;
}

/* DefineQueryRewrite(): it is a view's definition */
static const char *
selection_misuse(const RuleStmt *st)
{
	const ListCell *cell;

	if (list_length(st->actions) > 1)
		return "multiple actions for rules on SELECT are not implemented";
	if (st->actions == NIL || !st->instead || !IsA(linitial(st->actions), SelectStmt))
		return "rules on SELECT must have action INSTEAD SELECT";
	foreach (cell, with_of(linitial(st->actions)) != NULL ? with_of(linitial(st->actions))->ctes : NIL)
		if (!IsA(((const CommonTableExpr *)lfirst(cell))->ctequery, SelectStmt))
			return "rules on SELECT must not contain data-modifying statements in WITH";
	return st->whereClause == NULL ? NULL : "event qualifications are not implemented for rules on SELECT";
}

static const char *
returning_misuse(const RuleStmt *st)
{
	const ListCell *cell;
	bool before = false;

	foreach (cell, st->actions) {
		if (returning_of(lfirst(cell)) == NULL)
			continue;
		if (before)
			return "cannot have multiple RETURNING lists in a rule";
		if (st->whereClause != NULL || !st->instead)
			return st->whereClause != NULL ? "RETURNING lists are not supported in conditional rules" : "RETURNING lists are not supported in non-INSTEAD rules";
		before = true;
	}
	return NULL;
}

const char *
rule_misuse(const void *node)
{
	const RuleStmt *st = node;
	const char *reason = condition_misuse(st);
	const ListCell *cell;

	foreach (cell, st->actions)
		if (reason == NULL)
			reason = action_misuse(st, lfirst(cell));
	if (reason != NULL)
		return reason;
	return st->event == CMD_SELECT ? selection_misuse(st) : returning_misuse(st);
}

bool
rule_returns_own_rows(const void *node)
{
	const RuleStmt *st = node;
	const ListCell *cell;

	foreach (cell, st->actions)
		for (size_t i = 0; IsA(lfirst(cell), InsertStmt) && i < sizeof rows / sizeof rows[0]; i++)
			if (mentions(returning_of(lfirst(cell)), rows[i].row))
				return true;
	return false;
}
