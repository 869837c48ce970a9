#include "op/query.h"

/* Statements that change no schema: EXPLAIN, prepared statements, cursors, notifications, settings of the session. */

struct payload {
	struct str name;                /* of the prepared statement, cursor, channel, library; STR_NONE: none */
	struct query query;             /* that is planned, or will be run */
	bool runs;                      /* EXPLAIN ANALYZE */
};

static struct payload *
add(struct lowering *l, const struct op_kind *kind, const char *name)
{
	struct payload *p = OP_DATA(lower_add(l, kind), struct payload);

	p->name = lower_text(l, name);
	return p;
}

static bool
is_query(const Node *node)
{
	return IsA(node, SelectStmt) || IsA(node, InsertStmt) || IsA(node, UpdateStmt) || IsA(node, DeleteStmt) || IsA(node, MergeStmt);
}

/* What is only planned locks its tables, and its target with RowExclusiveLock. */
static void
add_planned(struct lowering *l, struct payload *p, const Node *query)
{
	struct query found = { 0 };
	struct query_walk w = { .lowering = l, .query = &found, .defining = true };

	if (query != NULL && IsA(query, CreateTableAsStmt))
		query = ((const CreateTableAsStmt *)query)->query;
	if (query == NULL || !is_query(query))
		return;
	query_add(&w, query);
	p->query = found;
}

static bool
is_run(const ExplainStmt *st)
{
	return lower_option_true(st->options, "analyze", false);
}

static void
lower_explain(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const ExplainStmt *st = node;
	struct payload *p = add(l, kind, NULL);

	p->runs = is_run(st);
	if (p->runs)
		lower_node(l, (int)nodeTag(st->query), -1, st->query);
	else
		add_planned(l, p, st->query);
}

static void
lower_prepare(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const PrepareStmt *st = node;

	add_planned(l, add(l, kind, st->name), st->query);
}

static void
lower_cursor(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const DeclareCursorStmt *st = node;

	add_planned(l, add(l, kind, st->portalname), st->query);
}

/* Where the parse node keeps a name. */
static const char *
name_of(const Node *node)
{
	switch (nodeTag(node)) {
	case T_ExecuteStmt: return ((const ExecuteStmt *)node)->name;
	case T_DeallocateStmt: return ((const DeallocateStmt *)node)->name;
	case T_FetchStmt: return ((const FetchStmt *)node)->portalname;
	case T_ClosePortalStmt: return ((const ClosePortalStmt *)node)->portalname;
	case T_ListenStmt: return ((const ListenStmt *)node)->conditionname;
	case T_UnlistenStmt: return ((const UnlistenStmt *)node)->conditionname;
	case T_NotifyStmt: return ((const NotifyStmt *)node)->conditionname;
	case T_LoadStmt: return ((const LoadStmt *)node)->filename;
	case T_VariableShowStmt: return ((const VariableShowStmt *)node)->name;
	case T_AlterDatabaseRefreshCollStmt: return ((const AlterDatabaseRefreshCollStmt *)node)->dbname;
	default: return NULL;
	}
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	(void)add(l, kind, name_of(node));
}

static void
bind(struct op *op, struct catalog *c)
{
	query_bind(&OP_DATA(op, struct payload)->query, c);
}

static const struct query *
stored(const struct op *op)
{
	return &OP_DATA(op, struct payload)->query;
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	query_define_effects(&OP_DATA(op, struct payload)->query, e);
}

/* The planner opens the indexes, too; no row is read yet. */
static void
planned_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	query_effects(&OP_DATA(op, struct payload)->query, f, e);
	for (size_t i = 0; i < e->list.n; i++)
		e->list.items[i].scan = NO;
	e->all_unknown = false;
}

/* A prepared statement may be any. */
static void
unknown_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)op;
	(void)f;
	e->all_unknown = true;
}

static struct value
get_name(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct payload)->name);
}

static struct value
get_runs(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->runs);
}

static const struct field explain_fields[] = {
	{ "runs", FIELD_BOOL, "ANALYZE is given: the statement is run", get_runs },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field name_fields[] = {
	{ "object_name", FIELD_TEXT, "the name it gives; absent: none", get_name },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

#define KIND(name_, doc_, tag) \
	{ .name = name_, .doc = doc_, .node = tag, .subtype = -1, .size = sizeof(struct payload), .fields = name_fields, .lower = lower },

const struct op_kind op_kinds_utility[] = {
	{ .name = "explain", .doc = "EXPLAIN", .node = T_ExplainStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = explain_fields, .lower = lower_explain, .bind = bind, .effects = planned_effects, .stored = stored },
	{ .name = "prepare", .doc = "PREPARE", .node = T_PrepareStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = name_fields, .lower = lower_prepare, .bind = bind, .effects = effects, .stored = stored },
	{ .name = "execute", .doc = "EXECUTE", .node = T_ExecuteStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = name_fields, .lower = lower, .effects = unknown_effects },
	{ .name = "declare_cursor", .doc = "DECLARE ... CURSOR", .node = T_DeclareCursorStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = name_fields, .lower = lower_cursor, .bind = bind, .effects = planned_effects, .stored = stored },
	KIND("deallocate", "DEALLOCATE", T_DeallocateStmt)
	KIND("fetch", "FETCH, MOVE", T_FetchStmt)
	KIND("close_cursor", "CLOSE", T_ClosePortalStmt)
	KIND("set_constraints", "SET CONSTRAINTS", T_ConstraintsSetStmt)
	KIND("show", "SHOW", T_VariableShowStmt)
	KIND("listen", "LISTEN", T_ListenStmt)
	KIND("unlisten", "UNLISTEN", T_UnlistenStmt)
	KIND("notify", "NOTIFY", T_NotifyStmt)
	KIND("load", "LOAD", T_LoadStmt)
	KIND("discard", "DISCARD", T_DiscardStmt)
	KIND("checkpoint", "CHECKPOINT", T_CheckPointStmt)
	KIND("alter_database_refresh", "ALTER DATABASE ... REFRESH COLLATION VERSION", T_AlterDatabaseRefreshCollStmt)
	{ .name = NULL }
};
