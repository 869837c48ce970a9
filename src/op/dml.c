#include <string.h>

#include "base/buf.h"
#include "op/alike.h"
#include "op/batch.h"
#include "op/column_def.h"
#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/copied.h"
#include "op/dml.h"
#include "op/failure.h"
#include "op/firing.h"
#include "op/key_index.h"
#include "op/one_row.h"
#include "op/predicate.h"
#include "op/tenant.h"
#include "op/together.h"

/* INSERT, UPDATE, DELETE, MERGE, COPY. */

enum { BULK_ROWS = 1000 };              /* an INSERT ... VALUES of more fills a table */

static const struct dml *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct dml);
}

/* ---- lowering ---- */

struct column_walk {
	struct lowering *lowering;
	struct str_list *columns;
	const RangeVar *target;
	bool beside;                    /* in a subquery that reads other tables: a name by itself is likely one of theirs */
	bool hidden;                    /* one of them has the target's name there */
};

static bool
names_target(const RangeVar *target, const char *qualifier)
{
	if (target->alias != NULL)
		return strcmp(target->alias->aliasname, qualifier) == 0;
	return strcmp(target->relname, qualifier) == 0;
}

static void
add_column(struct column_walk *w, const ColumnRef *ref)
{
	int n = list_length(ref->fields);
	struct str name;

	if (!IsA(llast(ref->fields), String))
		return;
	if (n > 1 && !names_target(w->target, strVal(list_nth(ref->fields, n - 2))))
		return;
	name = lower_text(w->lowering, strVal(llast(ref->fields)));
	if (n == 1 && code_has_variable(w->lowering->script->code, name))
		return;
	for (size_t i = 0; i < w->columns->n; i++)
		if (str_eq(w->columns->items[i], name))
			return;
	*vec_push(w->lowering->arena, w->columns) = name;
}

/* Columns outside of subqueries: inside, an unqualified name is likely another table's. */
static bool
visit_column(Node *node, void *arg)
{
	if (node == NULL)
		return false;
	if (IsA(node, ColumnRef)) {
		add_column(arg, (const ColumnRef *)node);
		return false;
	}
	if (IsA(node, SubLink))
		return visit_column(((SubLink *)node)->testexpr, arg);
	return raw_expression_tree_walker(node, visit_column, arg);
}

static bool visit_source(Node *, void *);

/* A table that the subquery reads: its columns are those of other rows. */
static bool
visit_beside(Node *node, void *arg)
{
	struct column_walk *w = arg;
	const Alias *alias;

	if (node == NULL || IsA(node, SubLink))
		return false;
	if (IsA(node, RangeVar) || IsA(node, RangeSubselect)) {
		alias = IsA(node, RangeVar) ? ((RangeVar *)node)->alias : ((RangeSubselect *)node)->alias;
		w->beside = true;
		w->hidden = w->hidden || (alias != NULL ? names_target(w->target, alias->aliasname)
		    : IsA(node, RangeVar) && names_target(w->target, ((RangeVar *)node)->relname));
		return false;
	}
	return raw_expression_tree_walker(node, visit_beside, arg);
}

/* Its output: what its conditions compare only finds the rows. */
static void
visit_subquery(const SelectStmt *st, const struct column_walk *outer)
{
	struct column_walk w = *outer;

	(void)visit_beside((Node *)st->fromClause, &w);
	(void)visit_source((Node *)st->fromClause, &w);
	(void)visit_source((Node *)st->targetList, &w);
	(void)visit_source((Node *)st->valuesLists, &w);
	(void)visit_source((Node *)st->larg, &w);
	(void)visit_source((Node *)st->rarg, &w);
}

static bool
visit_source(Node *node, void *arg)
{
	struct column_walk *w = arg;

	if (node == NULL)
		return false;
	if (IsA(node, SelectStmt)) {
		visit_subquery((SelectStmt *)node, w);
		return false;
	}
	if (IsA(node, JoinExpr))
		return visit_source(((JoinExpr *)node)->larg, arg) || visit_source(((JoinExpr *)node)->rarg, arg);
	if (!IsA(node, ColumnRef))
		return raw_expression_tree_walker(node, visit_source, arg);
	if (!w->hidden && !(w->beside && list_length(((ColumnRef *)node)->fields) == 1))
		add_column(w, (ColumnRef *)node);
	return false;
}

static void
lower_where(struct lowering *l, struct dml *p, const RangeVar *target, const Node *where)
{
	struct column_walk w = { .lowering = l, .columns = &p->where_columns, .target = target };

	p->called = lower_text(l, target->alias != NULL ? target->alias->aliasname : target->relname);
	if (where == NULL)
		return;
	p->not_in = lower_not_in(l, where);
	p->current_of = IsA(where, CurrentOfExpr);
	p->where = lower_expr(l, where);
	(void)visit_column((Node *)(uintptr_t)where, &w);
}

static void
lower_target_names(struct lowering *l, struct dml *p, const List *targets)
{
	const ListCell *cell;

	foreach (cell, targets) {
		const ResTarget *target = lfirst(cell);
		*vec_push(l->arena, &p->columns) = lower_text(l, target->name);
		p->sets_parts = p->sets_parts || target->indirection != NIL;
		if (target->indirection != NIL && IsA(linitial(target->indirection), String))
			*vec_push(l->arena, &p->parts) = (struct part){ lower_text(l, target->name), lower_text(l, strVal(linitial(target->indirection))) };
	}
}

static void
lower_values(struct lowering *l, struct dml *p, const RangeVar *target, const List *targets)
{
	const ListCell *cell;

	foreach (cell, targets) {
		const Node *value = (const Node *)((const ResTarget *)lfirst(cell))->val;
		struct str_list *sources = vec_push(l->arena, &p->sources);
		struct column_walk w = { .lowering = l, .columns = sources, .target = target };
		*sources = (struct str_list){ 0 };
		(void)visit_source((Node *)(uintptr_t)value, &w);
		*vec_push(l->arena, &p->values) = IsA(value, MultiAssignRef) || IsA(value, SetToDefault) ? NULL : lower_expr(l, value);
	}
}

static struct op *
add_op(struct lowering *l, const struct op_kind *kind, const RangeVar *target, const struct dml *p)
{
	struct op *op = lower_add(l, kind);

	op->target = lower_range_var(l, target);
	op->target_kind = RELATION_TABLE;
	op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
	op->only = target != NULL && !target->inh;
	*OP_DATA(op, struct dml) = *p;
	return op;
}

/* What a WITH around it calls so is no table, and nobody knows its columns here; NULL: there is none. */
static const struct select *
around_of(const struct query_walk *w)
{
	struct select *around = w->scope == NULL ? NULL : NEW(w->lowering->arena, struct select);

	for (const struct cte_scope *s = w->scope; s != NULL; s = s->outer)
		*vec_push(w->lowering->arena, &around->with) = (struct common_table){ .name = lower_text(w->lowering, s->name) };
	return around;
}

static ResTarget *
target_of(Node *value)
{
	ResTarget *target = makeNode(ResTarget);

	target->val = value;
	return target;
}

/* VALUES (old.*), SELECT old.*: how many values there are depends on tables; NULL: it is no such row. */
static const struct select *
lower_row_of_stars(struct lowering *l, const SelectStmt *source)
{
	SelectStmt *row = makeNode(SelectStmt);
	const ListCell *cell;
	bool stars = false;

	if (source->withClause != NULL || list_length(source->valuesLists) > 1)
		return NULL;
	foreach (cell, source->valuesLists != NIL ? (const List *)linitial(source->valuesLists) : source->targetList) {
		ResTarget *target = IsA(lfirst(cell), ResTarget) ? lfirst(cell) : target_of(lfirst(cell));
		row->targetList = lappend(row->targetList, target);
		stars = stars || (IsA(target->val, ColumnRef) && IsA(llast(((ColumnRef *)target->val)->fields), A_Star));
	}
	return stars ? lower_select(l, row) : NULL;
}

static void
lower_insert(struct query_walk *w, struct dml *p, const InsertStmt *st)
{
	const SelectStmt *source = (const SelectStmt *)st->selectStmt;
	const struct select *around = around_of(w);

	query_add_with(w, st->withClause);
	query_add(w, source);
	w->unsure = true;
	query_add(w, st->onConflictClause);
	query_add(w, st->returningClause);
	lower_target_names(w->lowering, p, st->cols);
	lower_insert_given(w->lowering, p, st);
	p->columns_given = st->cols != NIL;
	p->defaults_only = st->selectStmt == NULL;
	p->default_values = st->selectStmt == NULL;
	p->changed = st->returningClause == NULL && st->onConflictClause == NULL && st->withClause == NULL ? NULL : lower_select_in(w->lowering, st, around);
	p->inserts = true;
	p->lists_rows = source != NULL && source->valuesLists != NIL;
	p->on_conflict = st->onConflictClause != NULL;
	p->infers_index = p->on_conflict && st->onConflictClause->infer != NULL;
	p->updates = p->on_conflict && st->onConflictClause->action == ONCONFLICT_UPDATE;
	if (source == NULL)
		p->rows = 1;
	else if (source->op != SETOP_NONE || source->fromClause != NIL) {
		p->from_select = true;
		p->source = p->changed != NULL ? p->changed->source->from.items[0]->query : lower_select_in(w->lowering, source, around);
		p->not_in = lower_not_in(w->lowering, source);
	}
	else {
		p->rows = source->valuesLists == NIL ? 1 : (size_t)list_length(source->valuesLists);
		p->source = lower_row_of_stars(w->lowering, source);
	}
}

static void
lower_update(struct query_walk *w, struct dml *p, const UpdateStmt *st)
{
	const struct select *around = around_of(w);

	query_add_with(w, st->withClause);
	w->unsure = true;
	query_add_from(w, st->fromClause, false);
	query_add(w, st->targetList);
	query_add(w, st->whereClause);
	query_add(w, st->returningClause);
	lower_target_names(w->lowering, p, st->targetList);
	lower_values(w->lowering, p, st->relation, st->targetList);
	lower_update_given(w->lowering, p, st);
	p->columns_given = true;
	lower_where(w->lowering, p, st->relation, st->whereClause);
	p->joins = st->fromClause != NIL;
	p->changed = lower_select_in(w->lowering, st, around);
	p->updates = true;
}

static void
lower_delete(struct query_walk *w, struct dml *p, const DeleteStmt *st)
{
	const struct select *around = around_of(w);

	query_add_with(w, st->withClause);
	w->unsure = true;
	query_add_from(w, st->usingClause, false);
	query_add(w, st->whereClause);
	query_add(w, st->returningClause);
	lower_where(w->lowering, p, st->relation, st->whereClause);
	p->joins = st->usingClause != NIL;
	p->changed = lower_select_in(w->lowering, st, around);
	p->deletes = true;
}

static void
lower_merge(struct query_walk *w, struct dml *p, const MergeStmt *st)
{
	const struct select *around = around_of(w);
	List from = { .type = T_List, .length = 1, .max_length = 1 };
	ListCell source = { .ptr_value = st->sourceRelation };
	const ListCell *cell;

	from.elements = &source;
	query_add_with(w, st->withClause);
	w->unsure = true;
	query_add_from(w, &from, true);
	query_add(w, st->joinCondition);
	query_add(w, st->mergeWhenClauses);
	query_add(w, st->returningClause);
	lower_where(w->lowering, p, st->relation, st->joinCondition);
	p->joins = true;
	p->changed = lower_select_in(w->lowering, st, around);
	foreach (cell, st->mergeWhenClauses) {
		const MergeWhenClause *when = lfirst(cell);
		p->inserts = p->inserts || when->commandType == CMD_INSERT;
		p->deletes = p->deletes || when->commandType == CMD_DELETE;
		if (when->commandType == CMD_UPDATE) {
			p->updates = true;
			lower_target_names(w->lowering, p, when->targetList);
		}
	}
}

void
lower_modifying(struct lowering *l, const void *node, const struct cte_scope *scope)
{
	struct dml p = { .where = NULL };
	struct query_walk w = { .lowering = l, .query = &p.query, .scope = scope };
	const struct op_kind *kind = op_kind_for((int)nodeTag(node), -1);
	const RangeVar *target;

	switch (nodeTag(node)) {
	case T_InsertStmt:
		target = ((const InsertStmt *)node)->relation;
		lower_insert(&w, &p, node);
		break;
	case T_UpdateStmt:
		target = ((const UpdateStmt *)node)->relation;
		lower_update(&w, &p, node);
		break;
	case T_DeleteStmt:
		target = ((const DeleteStmt *)node)->relation;
		lower_delete(&w, &p, node);
		break;
	default:
		target = ((const MergeStmt *)node)->relation;
		lower_merge(&w, &p, node);
	}
	(void)add_op(l, kind, target, &p);
}

static void
lower_dml(struct lowering *l, const struct op_kind *kind, const void *node)
{
	(void)kind;
	lower_modifying(l, node, NULL);
}

static void
lower_copy(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CopyStmt *st = node;
	struct dml p = { .where = NULL };
	struct query_walk w = { .lowering = l, .query = &p.query };

	query_add(&w, st->query);
	query_add(&w, st->whereClause);
	p.columns = lower_strings(l, st->attlist);
	p.columns_given = st->attlist != NIL;
	p.copy_program = st->is_program;
	p.copy_file = st->filename != NULL && !st->is_program;
	p.copy_from = p.from_select = p.inserts = st->is_from;
	(void)add_op(l, kind, st->relation, &p);
}

/* ---- binding ---- */

static const struct query *
query(const struct op *op)
{
	return &OP_DATA(op, struct dml)->query;
}

static void
bind(struct op *op, struct catalog *c)
{
	if (op->target.name.s != NULL)
		op->table = catalog_relation(c, op->target, RELATION_TABLE);
	query_bind(&OP_DATA(op, struct dml)->query, c);
}

/* ---- effects ---- */

static enum tri
where_may_use_index(const struct op *op, struct hidden_index *hidden)
{
	const struct dml *p = OP_DATA(op, struct dml);

	enum tri uses;

	memset(hidden, 0, sizeof *hidden);
	uses = p->current_of || predicate_finds_none(op->table, p->called, p->where) ? YES : predicate_uses_index(op->table, p->called, p->where, hidden);
	return uses == NO && relation_may_have_more_indexes(op->table) ? UNKNOWN : uses;
}

const struct select *
dml_select(const struct op *op)
{
	return op->kind->refused == dml_refused ? OP_DATA(op, struct dml)->changed : NULL;
}

bool
dml_finds_few(const struct op *op)
{
	const struct dml *p = OP_DATA(op, struct dml);

	if ((is_kind(op, "update") || is_kind(op, "delete")) && predicate_finds_none(op->table, p->called, p->where))
		return true;
	return (is_kind(op, "update") || is_kind(op, "delete")) && op->table != NULL && p->where != NULL && !p->joins &&
	    (op->only || op->table->partitions.n == 0 || op->table->kind == RELATION_PARTITIONED) && predicate_finds_few(op->table, p->called, p->where);
}

static enum tri
reads_all(const struct op *op)
{
	const struct dml *p = OP_DATA(op, struct dml);
	struct hidden_index hidden;

	if (p->where == NULL)
		return p->joins ? UNKNOWN : YES;
	if (p->current_of || predicate_never(p->where) != NULL)
		return NO;
	if (p->joins || p->where_columns.n == 0 || op->table->kind == RELATION_VIEW || op->table->kind == RELATION_PARTITIONED)
		return UNKNOWN;
	return where_may_use_index(op, &hidden) == NO ? YES : UNKNOWN;
}

/* RI_FKey_check(): a new key is looked up FOR KEY SHARE */
static void
lock_referenced(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct dml *p = OP_DATA(op, struct dml);

	for (size_t i = 0; i < op->table->constraints.n; i++) {
		const struct constraint *k = op->table->constraints.items[i];
		bool touched = p->inserts && (!p->columns_given || p->updates);
		if (k->kind != CONSTRAINT_FOREIGN_KEY || !k->enforced || k->references == NULL)
			continue;
		for (size_t j = 0; j < k->columns.n; j++)
			touched = touched || str_in(k->columns.items[j], p->columns.items, p->columns.n);
		if (touched)
			query_lock(e, f, k->references, ROW_SHARE, NO);
	}
}

/*
 * RI_FKey_noaction_del() and its kin: the rows that reference a deleted or changed key are looked for, by an index
 * if there is one, and deleted or changed, too.
 */
static void
lock_referencing(const struct facts *f, struct effects *e, const struct relation *r, bool deletes,
    const struct str_list *changed, bool all_rows)
{
	for (size_t i = 0; i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		char action = deletes ? k->on_delete : k->on_update;
		bool touched = deletes, weak = action == 'a' || action == 'r', seen = effects_find(e, k->table) != NULL;
		enum tri covered = foreign_key_is_covered(k, NULL);
		for (size_t j = 0; !touched && j < k->reference_columns.n; j++)
			touched = str_in(k->reference_columns.items[j], changed->items, changed->n);
		if (!touched || !k->enforced)
			continue;
		query_lock(e, f, k->table, weak ? ROW_SHARE : ROW_EXCLUSIVE,
		    covered == NO ? (all_rows ? YES : UNKNOWN) : covered == YES ? NO : UNKNOWN);
		if (deletes && action == 'c' && !seen)
			lock_referencing(f, e, k->table, true, changed, all_rows);
	}
}

/* A serial or identity column that is not listed takes its value from the sequence. */
static void
lock_sequences(const struct op *op, struct effects *e)
{
	const struct dml *p = OP_DATA(op, struct dml);

	for (size_t i = 0; (p->columns_given || p->defaults_only) && i < op->table->columns.n; i++) {
		const struct column *column = op->table->columns.items[i];
		if (!column->dropped && column->sequence != NULL && !str_in(column->name, p->columns.items, p->columns.n))
			effects_lock(e, column->sequence, ROW_EXCLUSIVE);
	}
}

/* The executor closes and unlocks the indexes it inserts into (ExecCloseIndices); ON CONFLICT (...) has the planner open them. */
static void
insert_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct dml *p = OP_DATA(op, struct dml);

	if (p->infers_index)
		query_lock(e, f, op->table, ROW_EXCLUSIVE, NO);
	else
		effects_lock(e, op->table, ROW_EXCLUSIVE);
	for (size_t i = 0; op->table->kind == RELATION_VIEW && i < op->table->reads.n; i++)
		effects_lock(e, op->table->reads.items[i], ROW_EXCLUSIVE);
	query_effects(&p->query, f, e);
	lock_sequences(op, e);
	lock_referenced(op, f, e);
}

static void
change_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct dml *p = OP_DATA(op, struct dml);
	bool all_rows = p->where == NULL && !p->joins;

	effects_lock(e, op->table, ROW_EXCLUSIVE);
	if (op->only && op->table->kind != RELATION_PARTITIONED) {
		effects_lock(e, op->table, ROW_EXCLUSIVE)->scan = reads_all(op);
		for (size_t i = 0; i < op->table->indexes.n; i++)
			effects_lock(e, op->table->indexes.items[i], ROW_EXCLUSIVE);
	} else {
		query_lock(e, f, op->table, ROW_EXCLUSIVE, reads_all(op));
	}
	query_effects(&p->query, f, e);
	if (p->updates || p->inserts)
		lock_referenced(op, f, e);
	if (p->updates)
		lock_referencing(f, e, op->table, false, &p->columns, all_rows);
	if (p->deletes)
		lock_referencing(f, e, op->table, true, &p->columns, all_rows);
}

static void
copy_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct dml *p = OP_DATA(op, struct dml);

	if (op->table != NULL && p->copy_from) {
		insert_effects(op, f, e);
		return;
	}
	if (op->table != NULL)
		effects_lock(e, op->table, ACCESS_SHARE)->scan = tri_of(op->table->kind != RELATION_PARTITIONED);
	query_effects(&p->query, f, e);
}

/* ---- catalog ---- */

/* No condition, or a constant that is true; NULL and false leave all rows. */
bool
dml_deletes_all(const struct op *op)
{
	const struct dml *p = OP_DATA(op, struct dml);

	return strcmp(op->kind->name, "delete") == 0 && !p->joins && op->table->kind != RELATION_VIEW && op->table->force_row_security != YES &&
	    (p->where == NULL || str_is_nocase(p->where->text, "true"));
}

/* Others may put rows into it, unless a lock kept them out before: they are there as soon as those commit. */
static void
delete_all(const struct op *op, struct catalog *c, const struct session *session, struct relation *r)
{
	const struct held_lock *held = session_holds(session, r);
	bool alone = session->open == YES && held != NULL && lock_conflicts(held->lock, ROW_EXCLUSIVE);

	catalog_remove_rows(c, r, false, alone);
	for (size_t i = 0; !op->only && i < r->partitions.n; i++)
		delete_all(op, c, session, r->partitions.items[i]);
}

/* UPDATE t SET copy = f(column) */
static void
note_copies(const struct op *op, struct catalog *c, struct column *to, size_t value)
{
	const struct str_list *sources = &OP_DATA(op, struct dml)->sources.items[value];
	struct birth now = c->now;

	now.place = c->statement;
	for (size_t i = 0; i < op->table->columns.n; i++) {
		struct column *from = op->table->columns.items[i];
		if (from == to || from->dropped || !str_in(from->name, sources->items, sources->n))
			continue;
		bool tells = expr_tells(OP_DATA(op, struct dml)->values.items[value], from->name, to->name);
		if (!tells && from->copy_tells && !from->copy->dropped)
			continue;
		catalog_set(c, &from->copy, to);
		catalog_set(c, &from->copy_tells, tells);
		catalog_set(c, &from->copied, now);
	}
}

static void
note_set(const struct op *op, struct catalog *c)
{
	const struct dml *p = OP_DATA(op, struct dml);

	for (size_t i = 0; !p->joins && i < p->columns.n && i < p->values.n; i++) {
		struct column *to = catalog_find_column(op->table, p->columns.items[i]);
		if (to != NULL && p->values.items[i] != NULL)
			note_copies(op, c, to, i);
	}
}

static void
change_rows(struct op *op, struct catalog *c, struct session *session)
{
	const struct dml *p = OP_DATA(op, struct dml);
	unsigned events = (p->inserts ? ON_INSERT : 0u) | (p->updates ? ON_UPDATE : 0u) | (p->deletes ? ON_DELETE : 0u);

	if (op->table == NULL)
		return;
	catalog_note_triggers(c, op->table, events);
	if (strcmp(op->kind->name, "update") == 0)
		note_set(op, c);
	one_row_note(op, c);
	if (p->updates)
		catalog_write_columns(c, op->table, p->columns.items, p->columns.n);
	if (dml_deletes_all(op))
		delete_all(op, c, session, op->table);
	if (p->conflict.plain && p->conflict.columns.n > 0)
		catalog_push(c, &op->table->upserts, &p->conflict.columns);
	if (!p->inserts)
		return;
	copied_note(op, c);
	catalog_add_rows(c, op->table, p->from_select || p->joins || p->rows > BULK_ROWS);
}

/* ---- facts ---- */

static struct str
joined(struct arena *arena, const struct str_list *names)
{
	struct str all = STR_NONE;

	for (size_t i = 0; i < names->n; i++)
		all = str_printf(arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "", STR_ARG(sql_ident(arena, names->items[i])));
	return all;
}

/* In a join the tenant may be settled by the other table. */
static struct value
get_names_tenant(const struct facts *f)
{
	const struct dml *p = payload(f);

	if (f->tenant == NULL)
		return value_absent();
	if (tenant_in(f->tenant, p->where_columns.items, p->where_columns.n))
		return value_bool(true);
	return p->joins || p->query.tables.n > 0 ? value_unknown() : value_bool(false);
}

static bool
is_of_this_migration(const struct facts *f, struct str column)
{
	const struct column *c = catalog_find_column(f->op->table, column);

	return c != NULL && c->born.migration == f->catalog->now.migration;
}

/* Or of a changeset that stands in the same file. */
static bool
is_of_this_file(const struct facts *f, struct str column)
{
	const struct column *c = catalog_find_column(f->op->table, column);
	struct place at = { f->op->statement == NULL ? NULL : f->op->statement->source, { 0, 0 } };

	return is_of_this_migration(f, column) ||
	    (c != NULL && c->born.place.source != NULL && at.source != NULL && place_in_file(c->born.place).source == place_in_file(at).source);
}

/* The operation of the file that has added the column before, or NULL. */
static const struct op *
added_before(const struct facts *f, struct str column)
{
	const struct op *op = f->op;

	if (!is_of_this_migration(f, column))
		return NULL;
	for (size_t i = 0; op->script->ops.items[i] != op; i++) {
		const struct op *other = op->script->ops.items[i];
		if (strcmp(other->kind->name, "add_column") == 0 && !other->noop && other->table == op->table && str_eq(other->column_name, column))
			return other;
	}
	return NULL;
}

static struct value
get_update_verb(const struct facts *f)
{
	const struct dml *p = payload(f);

	for (size_t i = 0; i < p->columns.n; i++)
		if (!is_of_this_file(f, p->columns.items[i]))
			return value_text(STR("overwrites"));
	return value_text(STR("fills"));
}

static struct value
get_batch(const struct facts *f)
{
	return value_text(batch_of(f));
}

static struct value
get_for_tenant(const struct facts *f)
{
	struct value column = f->tenant == NULL ? value_absent() : tenant_get_column(f);

	return column.state == VALUE_KNOWN ? value_text(batch_for_tenant(f, column.text)) : value_absent();
}

static struct value
get_default_does(const struct facts *f)
{
	const struct dml *p = payload(f);

	for (size_t i = 0; i < p->values.n; i++)
		if (p->values.items[i] == NULL || !expr_is_constant(p->values.items[i]) || expr_is_null(p->values.items[i]) ||
		    added_before(f, p->columns.items[i]) == NULL)
			return value_bool(false);
	return value_bool(p->values.n > 0);
}

const struct op *
dml_fills_column(const struct facts *f)
{
	const struct script *script = f->inside == NULL ? f->op->script : NULL;

	for (size_t i = 0; script != NULL && script->ops.items[i] != f->op; i++) {
		const struct op *other = script->ops.items[i];
		if (other->table != f->op->table || !is_kind(other, "update") || other->noop)
			continue;
		const struct dml *p = OP_DATA(other, struct dml);
		struct facts then = *f;
		then.op = other;
		if (p->where == NULL && !p->joins && str_in(f->op->column_name, p->columns.items, p->columns.n) && get_default_does(&then).yes)
			return other;
	}
	return NULL;
}

/* What the column was added with shows that value in every row already. */
static bool
default_gives(const struct facts *f, size_t i)
{
	const struct expr *given = added_column(added_before(f, payload(f)->columns.items[i]))->default_expr;

	return given != NULL && str_eq(given->text, payload(f)->values.items[i]->text);
}

static bool
becomes_not_null(const struct facts *f, struct str column)
{
	const struct script *script = f->op->script;
	bool behind = false;

	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *other = script->ops.items[i];
		if (behind && is_kind(other, "set_not_null") && op_names_same(other, f->op) && str_eq(other->column_name, column))
			return true;
		behind = behind || other == f->op;
	}
	return false;
}

/* The column with the constant as its default, and what makes its default again what it was. */
static void
put_default_instead(const struct facts *f, size_t i, struct buf *add, struct buf *after)
{
	const struct dml *p = payload(f);
	const struct column *column = catalog_find_column(f->op->table, p->columns.items[i]);
	struct str name = sql_ident(f->arena, p->columns.items[i]);
	struct str type = column == NULL ? STR("...") : column_declaration(f->arena, column->type, column->collation);
	bool not_null = column != NULL && (column->not_null == YES || becomes_not_null(f, p->columns.items[i]));

	buf_printf(add, "%s ADD COLUMN %.*s %.*s%s DEFAULT %.*s%.*s", add->n > 0 ? "," : "", STR_ARG(name), STR_ARG(type), not_null ? " NOT NULL" : "",
	    STR_ARG(p->values.items[i]->text), STR_ARG(added_constraints(f->arena, added_before(f, p->columns.items[i]), true)));
	buf_printf(after, "%s ALTER COLUMN %.*s ", after->n > 0 ? "," : "", STR_ARG(name));
	if (column != NULL && column->default_expr != NULL)
		buf_printf(after, "SET DEFAULT %.*s", STR_ARG(column->default_expr->text));
	else
		buf_str(after, STR("DROP DEFAULT"));
}

/* What has added the columns does something else besides. */
static bool
adds_besides(const struct facts *f)
{
	const struct dml *p = payload(f);

	for (size_t i = 0; i < p->columns.n; i++) {
		const struct op *add = added_before(f, p->columns.items[i]);
		for (size_t j = 0; j < f->op->script->ops.n; j++) {
			const struct op *other = f->op->script->ops.items[j];
			bool is_one = is_kind(other, "add_column") && str_in(other->column_name, p->columns.items, p->columns.n);
			if (other->statement == add->statement && other->leader == NULL && !is_one)
				return true;
		}
	}
	return false;
}

/* ADD COLUMN with the constants as defaults, which then go again: StoreAttrMissingVal() */
static struct value
get_default_instead(const struct facts *f)
{
	const struct dml *p = payload(f);
	struct str table = relation_words(f->arena, f->catalog, f->op->table);
	struct buf add = BUF(f->arena), after = BUF(f->arena);

	if (!get_default_does(f).yes)
		return value_absent();
	for (size_t i = 0; i < p->columns.n; i++)
		if (!default_gives(f, i))
			put_default_instead(f, i, &add, &after);
	if (add.n == 0)
		return value_text(STR("-- leave the UPDATE out: by the default that it was added with, every row has that value"));
	return value_text(str_printf(f->arena, "-- instead of ADD COLUMN and UPDATE%s; without the second statement new rows get it as well\n"
	    "ALTER TABLE %.*s%.*s;\nALTER TABLE %.*s%.*s;", adds_besides(f) ? "; the other clauses stay" : "", STR_ARG(table), STR_ARG(buf_text(&add)), STR_ARG(table), STR_ARG(buf_text(&after))));
}

/* Rows that are put in may have been given another value. */
static bool
writes_same_column(const struct op *other, const struct op *op)
{
	const struct dml *p = OP_DATA(op, struct dml), *q = is_kind(other, "update") ? OP_DATA(other, struct dml) : NULL;

	for (size_t i = 0; q != NULL && i < p->columns.n; i++)
		if (str_in(p->columns.items[i], q->columns.items, q->columns.n))
			return true;
	return (is_kind(other, "insert") || is_kind(other, "copy") || is_kind(other, "merge")) && op_names_same(other, op);
}

bool
dml_changes_nothing(const struct facts *f)
{
	const struct dml *p = payload(f);
	bool same = is_kind(f->op, "update") && get_default_does(f).yes && !script_earlier(f->op, writes_same_column);

	for (size_t i = 0; same && i < p->columns.n; i++)
		same = default_gives(f, i);
	return same;
}

static struct value
get_has_where(const struct facts *f)
{
	return value_bool(payload(f)->where != NULL);
}

static struct value
get_where(const struct facts *f)
{
	const struct expr *e = payload(f)->where;

	if (e == NULL)
		return value_absent();
	return value_text(e->kind == EXPR_OR ? str_printf(f->arena, "(%.*s)", STR_ARG(e->text)) : e->text);
}

static struct value
get_where_columns(const struct facts *f)
{
	return value_text(joined(f->arena, &payload(f)->where_columns));
}

static struct value
get_one_row(const struct facts *f)
{
	return value_bool(one_row_updated(f));
}

/* 1 = 1, 'a' = 'b' */
static enum tri
are_equal(const struct expr *a, const struct expr *b)
{
	if (a == NULL || b == NULL || a->kind != EXPR_CONST || b->kind != EXPR_CONST || !str_eq(a->type.name, b->type.name))
		return UNKNOWN;
	if (str_eq(a->name, b->name))
		return YES;
	return a->type.name.s == NULL || str_is(a->type.name, "int4") ? NO : UNKNOWN;
}

/* Of a condition that names no column; NULL finds as few rows as false. */
static enum tri
constant_truth(const struct expr *e)
{
	enum tri truth = YES;

	if (e == NULL || e->kind == EXPR_NULL)
		return e == NULL ? UNKNOWN : NO;
	if (e->kind == EXPR_CONST)
		return str_is_nocase(e->name, "true") ? YES : str_is_nocase(e->name, "false") ? NO : UNKNOWN;
	if (e->kind == EXPR_OPERATOR && e->nargs == 2 && str_is(e->name, "="))
		return are_equal(e->args[0], e->args[1]);
	if (e->kind == EXPR_OPERATOR && e->nargs == 2 && str_is(e->name, "<>"))
		return tri_not(are_equal(e->args[0], e->args[1]));
	if (e->kind != EXPR_AND && e->kind != EXPR_OR)
		return UNKNOWN;
	for (size_t i = 0; i < e->nargs; i++) {
		enum tri part = constant_truth(e->args[i]);
		if (part == (e->kind == EXPR_AND ? NO : YES))
			return part;
		truth = i > 0 && truth == UNKNOWN ? truth : part;
	}
	return truth;
}

static struct value
get_where_is_constant(const struct facts *f)
{
	return value_bool(constant_truth(payload(f)->where) == YES);
}

/* Views and foreign tables have no indexes of their own. */
static bool
searches_table(const struct facts *f)
{
	return payload(f)->where != NULL && (f->op->table->kind == RELATION_TABLE || f->op->table->kind == RELATION_PARTITIONED);
}

static struct value
get_where_is_indexed(const struct facts *f)
{
	struct hidden_index hidden;
	enum tri uses;

	if (!searches_table(f))
		return value_absent();
	if (constant_truth(payload(f)->where) == NO)
		return value_bool(true);
	uses = where_may_use_index(f->op, &hidden);
	return hidden.behind != NULL ? value_unknown_because(index_behind_words(f, &hidden)) : value_tri(uses);
}

/* ATRewriteTable() reads every row then, with no one beside it. */
static bool
retypes_searched(const struct op *other, const struct op *op)
{
	const struct dml *p = OP_DATA(op, struct dml);

	return is_kind(other, "alter_column_type") && op_names_same(other, op) && str_in(other->column_name, p->where_columns.items, p->where_columns.n);
}

static struct value
get_retyped_later(const struct facts *f)
{
	return value_bool(script_later(f->op, retypes_searched));
}

static struct value
get_search_advice(const struct facts *f)
{
	return value_text(together_advice(f));
}

static bool
find_hidden(const struct facts *f, struct hidden_index *hidden)
{
	return searches_table(f) && where_may_use_index(f->op, hidden) != YES && hidden->index != NULL;
}

static struct value
get_where_hides_index(const struct facts *f)
{
	struct hidden_index hidden;
	bool hides = find_hidden(f, &hidden);

	return hides && hidden.behind != NULL ? value_unknown_because(index_behind_words(f, &hidden)) : value_bool(hides);
}

static struct value
get_hidden_index(const struct facts *f)
{
	struct hidden_index hidden;

	return find_hidden(f, &hidden) ? value_text(relation_words(f->arena, f->catalog, hidden.index)) : value_absent();
}

static struct value
get_index_hidden_by(const struct facts *f)
{
	struct hidden_index hidden;

	return find_hidden(f, &hidden) ? value_text(hidden_index_words(f->arena, &hidden)) : value_absent();
}

static struct value
get_index_remedy(const struct facts *f)
{
	struct hidden_index hidden;

	return find_hidden(f, &hidden) ? value_text(hidden_index_remedy(f->arena, &hidden)) : value_absent();
}

/* Its rows are picked by key, or by a subquery with LIMIT: a batch, or few rows. */
/* The comparison with NULL as a condition that means something. */
static struct value
get_null_test(const struct facts *f)
{
	const struct expr *e = predicate_never(payload(f)->where);

	if (e == NULL)
		return value_absent();
	const struct expr *other = e->args[expr_is_null(e->args[0])];
	struct str text = other->text.n > 0 ? other->text : other->kind == EXPR_COLUMN ? sql_ident(f->arena, other->name) : STR("...");
	return value_text(str_printf(f->arena, "%.*s IS %sNULL", STR_ARG(text), str_is(e->name, "<>") ? "NOT " : ""));
}

static struct value
get_finds_none(const struct facts *f)
{
	return value_bool(predicate_never(payload(f)->where) != NULL);
}

static struct value
get_is_bounded(const struct facts *f)
{
	const struct dml *p = payload(f);
	struct hidden_index hidden;

	if (p->where == NULL)
		return value_bool(false);
	if (p->current_of || predicate_finds_none(f->op->table, p->called, p->where) || str_find(p->where->text, STR("LIMIT")) != (size_t)-1 || str_in(STR("ctid"), p->where_columns.items, p->where_columns.n))
		return value_bool(true);
	for (size_t i = 0; where_may_use_index(f->op, &hidden) == YES && i < f->op->table->indexes.n; i++) {
		const struct index *x = f->op->table->indexes.items[i]->index;
		if (x->unique && x->columns.n > 0 && x->columns.items[0].name.s != NULL && str_in(x->columns.items[0].name, p->where_columns.items, p->where_columns.n))
			return value_bool(true);
	}
	return f->op->table->assumed ? value_unknown() : value_bool(false);
}

/*
 * The first foreign key that a deleted row makes the server look through all of the other table for; where none is certain, one
 * that code which cannot be read may have indexed.
 */
static const struct constraint *
searching_key(struct arena *arena, const struct relation *r)
{
	const struct constraint *perhaps = NULL;

	for (size_t i = 0; i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		enum tri covered = k->dropped || !k->enforced || k->parent != NULL ? YES : key_is_found(arena, k);
		if (covered == NO)
			return k;
		if (covered == UNKNOWN && !k->table->assumed && perhaps == NULL)
			perhaps = k;
	}
	return perhaps;
}

static struct value
get_searching_key(const struct facts *f)
{
	const struct constraint *k = searching_key(f->arena, f->op->table);

	return k != NULL ? value_text(sql_ident(f->arena, k->name)) : value_absent();
}

static struct value
get_searched_table(const struct facts *f)
{
	const struct constraint *k = searching_key(f->arena, f->op->table);

	return k != NULL ? value_text(relation_words(f->arena, f->catalog, k->table)) : value_absent();
}

static struct value
get_searched_is_new(const struct facts *f)
{
	const struct constraint *k = searching_key(f->arena, f->op->table);

	if (k == NULL)
		return value_absent();
	if (relation_new_in_migration(f->catalog, k->table) || relation_new_in_change(f->catalog, k->table))
		return value_bool(true);
	return key_is_found(f->arena, k) == NO ? value_bool(false) : value_unknown();
}

/* Two rows of the same value are refused, whatever the other columns hold. */
static bool
is_unique(const struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->indexes.n; i++) {
		const struct index *index = r->indexes.items[i]->index;
		if (index->unique && index->columns.n == 1 && index->predicate == NULL && str_eq(index->columns.items[0].name, column))
			return true;
	}
	return false;
}

/* Without a value of its own, a row takes one from the column's sequence. */
static bool
is_numbered(const struct column *c)
{
	return !c->dropped && c->sequence != NULL && (c->identity != 0 || c->default_sequence == c->sequence);
}

/* Which sequence an expression stands for is not known. */
static bool
draws_from_sequence(const struct facts *f, const struct column *c)
{
	const struct dml *p = payload(f);

	for (size_t i = 0; i < p->columns.n && i < p->given.n; i++) {
		const struct relation *from = p->given.items[i].drawn ? catalog_drawn_sequence(f->catalog, p->given.items[i].draw) : NULL;
		if (p->given.items[i].drawn && str_eq(p->columns.items[i], c->name))
			return from == NULL || from == c->sequence;
	}
	return false;
}

/* It never gives out what is below its start, if it ascends. */
static bool
is_below_start(const struct facts *f, const struct column *c)
{
	const struct dml *p = payload(f);
	struct sequence_shape values = catalog_sequence(c->sequence);
	int64_t start;

	for (size_t i = 0; i < p->columns.n && i < p->given.n; i++)
		if (str_eq(p->columns.items[i], c->name))
			return !p->given.items[i].other && !str_starts(values.increment, "-") && str_to_int(values.start, &start) && p->given.items[i].most < start;
	return false;
}

/* A listed serial or identity column: the rows bring values that its sequence does not know of. */
static const struct column *
numbered_column(const struct facts *f)
{
	const struct dml *p = payload(f);

	for (size_t i = 0; p->columns_given && i < f->op->table->columns.n; i++) {
		const struct column *c = f->op->table->columns.items[i];
		if (is_numbered(c) && str_in(c->name, p->columns.items, p->columns.n) && is_unique(f->op->table, c->name) && !draws_from_sequence(f, c) && !is_below_start(f, c))
			return c;
	}
	return NULL;
}

static struct value
get_numbered_column(const struct facts *f)
{
	const struct column *c = numbered_column(f);

	return c != NULL ? value_text(sql_ident(f->arena, c->name)) : value_absent();
}

static struct value
get_numbered_name(const struct facts *f)
{
	const struct column *c = numbered_column(f);

	return c != NULL ? value_text(c->name) : value_absent();
}

static struct value
get_has_numbered_column(const struct facts *f)
{
	return value_bool(numbered_column(f) != NULL);
}

/* setval(), ALTER SEQUENCE ... RESTART, ALTER COLUMN ... RESTART */
static bool
moves_sequence(const struct op *other, const struct op *op)
{
	const struct statement *st = other->statement;

	(void)op;
	return locate_tokens(st, st->span, "setval (").len > 0 || locate_tokens(st, st->span, "restart").len > 0;
}

static struct value
get_sequence_follows(const struct facts *f)
{
	return script_later_value(f->op, moves_sequence);
}

/* Given a value for the same column, which may be any. */
static bool
brings_more(const struct op *other, const struct op *op)
{
	const struct dml *p = OP_DATA(op, struct dml), *q;

	if (!is_kind(other, "insert") || !op_names_same(other, op))
		return false;
	q = OP_DATA(other, struct dml);
	for (size_t i = 0; q->columns_given && i < op->table->columns.n; i++) {
		struct str name = op->table->columns.items[i]->name;
		size_t at = 0;
		if (!is_numbered(op->table->columns.items[i]) || !str_in(name, p->columns.items, p->columns.n))
			continue;
		while (at < q->columns.n && !str_eq(q->columns.items[at], name))
			at++;
		if (at < q->columns.n && (at >= q->given.n || !q->given.items[at].drawn))
			return true;
	}
	return false;
}

static struct value
get_more_rows_follow(const struct facts *f)
{
	return script_later_value(f->op, brings_more);
}

static struct value
get_set_columns(const struct facts *f)
{
	return value_text(joined(f->arena, &payload(f)->columns));
}

static void
see_row_value(void *arg, const struct expr *e)
{
	if (e->kind == EXPR_COLUMN || e->kind == EXPR_SUBQUERY)
		*(bool *)arg = true;
}

static struct value
get_set_from_rows(const struct facts *f)
{
	const struct dml *p = payload(f);
	struct str_list computed = { 0 };

	for (size_t i = 0; i < p->columns.n; i++) {
		const struct expr *value = i < p->values.n ? p->values.items[i] : NULL;
		bool from_rows = value == NULL;
		if (value != NULL)
			expr_walk(value, see_row_value, &from_rows);
		if (from_rows)
			*vec_push(f->arena, &computed) = p->columns.items[i];
	}
	return value_text(joined(f->arena, &computed));
}

/* How many values each row has; 0: it is not known. */
static size_t
width(const struct facts *f)
{
	const struct dml *p = payload(f);
	struct result_columns columns = { 0 };

	if (p->longest > 0)
		return p->longest;
	return p->source != NULL && select_columns(f->arena, f->catalog, p->source, &columns) ? columns.n : 0;
}

/* The first of the table that are not dropped; STR_NONE: they are not known. */
static struct str
first_columns(const struct facts *f, size_t n)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; n > 0 && !r->assumed && i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && n-- > 0)
			buf_item(&b, ", ", sql_ident(f->arena, r->columns.items[i]->name));
	return n == 0 && b.n > 0 ? buf_text(&b) : STR_NONE;
}

/* The statement with the columns that it gives by their position. */
static struct value
get_with_columns(const struct facts *f)
{
	const struct statement *st = f->op->statement;
	struct span target = f->op->target.span;
	struct str columns = first_columns(f, width(f));
	struct span alias = locate_tokens(st, locate_rest(st, target), "as _");
	uint32_t end = target.off + target.len;

	if (columns.s == NULL || target.len == 0)
		return value_text(STR("-- with its columns behind the name of the table, in the order of the values"));
	if (!statement_is_short(f->op))
		return value_text(str_printf(f->arena, "-- with its columns behind the name of the table: (%.*s)", STR_ARG(columns)));
	if (alias.len > 0 && locate_between(st, end, alias.off).len == 0)
		end = alias.off + alias.len;
	return value_text(str_printf(f->arena, "%.*s (%.*s)%.*s;", STR_ARG(str_slice(st->source->sql, st->span.off, end)), STR_ARG(columns),
	    STR_ARG(str_slice(st->source->sql, end, st->span.off + st->span.len))));
}

static struct value
get_columns_given(const struct facts *f)
{
	return value_bool(payload(f)->columns_given);
}

static struct value
get_default_values(const struct facts *f)
{
	return value_bool(payload(f)->default_values);
}

static struct value
get_rows(const struct facts *f)
{
	return payload(f)->from_select ? value_unknown() : value_number((int64_t)payload(f)->rows);
}

static struct value
get_from_select(const struct facts *f)
{
	return value_bool(payload(f)->from_select);
}

static struct value
get_joins(const struct facts *f)
{
	return value_bool(payload(f)->joins);
}

static struct value
get_on_conflict(const struct facts *f)
{
	return value_bool(payload(f)->on_conflict);
}

static struct value
get_reads(const struct facts *f)
{
	return value_text(query_table_words(f->arena, f->catalog, &payload(f)->query));
}

static struct value
get_functions(const struct facts *f)
{
	return value_text(query_call_words(f->arena, &payload(f)->query));
}

static struct value
get_not_in_nullable(const struct facts *f)
{
	const struct relation *table;
	const struct column *c = not_in_nullable(f->arena, f->catalog, &payload(f)->not_in, &table);

	if (c == NULL)
		return value_absent();
	return value_text(str_printf(f->arena, "%.*s.%.*s", STR_ARG(relation_words(f->arena, f->catalog, table)), STR_ARG(sql_ident(f->arena, c->name))));
}

static struct value
get_not_in_finds_null(const struct facts *f)
{
	return value_bool(get_not_in_nullable(f).state == VALUE_KNOWN);
}

static struct value
get_not_in_safely(const struct facts *f)
{
	const struct not_in *n = &payload(f)->not_in;
	struct str exists = not_in_as_exists(f, n, payload(f)->inserts ? STR_NONE : payload(f)->called);
	struct str note = exists.s == NULL ? STR("") : str_printf(f->arena, "\n-- or, which becomes an anti-join: %.*s", STR_ARG(exists));

	if (get_not_in_nullable(f).state != VALUE_KNOWN)
		return value_absent();
	return value_text(str_printf(f->arena, "%.*s%.*s", STR_ARG(not_in_without_null(f, n)), STR_ARG(note)));
}

static struct value
get_fired_trigger(const struct facts *f)
{
	const struct trigger *t = firing_first(f);

	return t == NULL ? value_absent() : value_text(sql_ident(f->arena, t->name));
}

static struct value
get_quiet_trigger(const struct facts *f)
{
	return firing_first(f) == NULL ? value_absent() : value_text(firing_quiet(f));
}

static struct value
get_fires_trigger(const struct facts *f)
{
	return value_bool(get_fired_trigger(f).state == VALUE_KNOWN);
}

static struct value
get_copy_from(const struct facts *f)
{
	return value_bool(payload(f)->copy_from);
}

static struct value
get_deletes(const struct facts *f)
{
	return value_bool(payload(f)->deletes);
}

#define READ_FIELDS \
	{ "not_in_nullable", FIELD_TEXT, "the nullable column that NOT IN (SELECT ...) reads; absent: none, or not known", get_not_in_nullable }, \
	{ "not_in_finds_null", FIELD_BOOL, "NOT IN (SELECT ...) reads a nullable column, and no condition of the subquery mentions it", get_not_in_finds_null }, \
	{ "not_in_safely", FIELD_TEXT, "for advice: the statement with a subquery that leaves NULL out, and NOT EXISTS in a comment; absent: as above", get_not_in_safely }, \
	{ "reads", FIELD_TEXT, "the relations it reads besides the one it changes; absent: none", get_reads }, \
	{ "functions", FIELD_TEXT, "the functions it calls; absent: none", get_functions }
#define WHERE_FIELDS \
	{ "names_tenant", FIELD_BOOL, "the WHERE clause tests the tenant column; absent without a tenant design", get_names_tenant }, \
	{ "has_where", FIELD_BOOL, "there is a WHERE clause", get_has_where }, \
	{ "where", FIELD_TEXT, "the WHERE clause, to be joined with AND to another condition; absent: none", get_where }, \
	{ "where_columns", FIELD_TEXT, "the table's columns in WHERE, outside of subqueries; absent: none", get_where_columns }, \
	{ "where_is_constant", FIELD_BOOL, "the WHERE clause is true of every row, like true or 1 = 1", get_where_is_constant }, \
	{ "where_is_indexed", FIELD_BOOL, "an index of the table may find the rows; absent: no WHERE, or not a table", get_where_is_indexed }, \
	{ "where_hides_index", FIELD_BOOL, "an index begins with a column of WHERE, but as it is written none can find the rows", get_where_hides_index }, \
	{ "hidden_index", FIELD_TEXT, "the first such index; absent: none", get_hidden_index }, \
	{ "index_hidden_by", FIELD_TEXT, "why it cannot: email stands inside lower(); absent: there is none", get_index_hidden_by }, \
	{ "index_remedy", FIELD_TEXT, "for advice: a comment on what lets an index find the rows; absent: none is hidden", get_index_remedy }, \
	{ "fired_trigger", FIELD_TEXT, "the first trigger FOR EACH ROW that it fires; absent: none", get_fired_trigger }, \
	{ "fires_trigger", FIELD_BOOL, "there is one", get_fires_trigger }, \
	{ "batch", FIELD_TEXT, "for advice: the statement for one range of the rows, with a comment how to repeat it; or what to add, where that does not do", get_batch }, \
	{ "retyped_later", FIELD_BOOL, "a later statement of the file gives a column of the condition another type", get_retyped_later }, \
	{ "search_advice", FIELD_TEXT, "for advice: one statement in place of those that search one column for a constant each; batch, where there is one alone", get_search_advice }, \
	{ "for_tenant", FIELD_TEXT, "for advice: the statement for the rows of one tenant; absent without a tenant design", get_for_tenant }, \
	{ "quiet_trigger", FIELD_TEXT, "for advice: what makes that trigger anew, so that it also tests a setting of the migration; absent: none", get_quiet_trigger }, \
	{ "finds_none", FIELD_BOOL, "the WHERE clause compares something with NULL by an operator, which is true for no row", get_finds_none }, \
	{ "null_test", FIELD_TEXT, "for advice: what that comparison most likely means: email IS NULL", get_null_test }, \
	{ "is_bounded", FIELD_BOOL, "the WHERE clause tests the first column of a unique index, ctid, or a subquery with LIMIT", get_is_bounded }, \
	{ "has_join", FIELD_BOOL, "other tables are joined (FROM, USING)", get_joins }
#define FIELD_END { NULL, FIELD_BOOL, NULL, NULL }

static const struct field insert_fields[] = {
	{ "columns", FIELD_TEXT, "the column list; absent: none", get_set_columns },
	{ "columns_given", FIELD_BOOL, "there is a column list", get_columns_given },
	{ "with_columns", FIELD_TEXT, "for advice: the statement with the columns that it gives by their position; what to add, where they are not known", get_with_columns },
	{ "default_values", FIELD_BOOL, "DEFAULT VALUES is given", get_default_values },
	{ "values_rows", FIELD_NUMBER, "how many rows VALUES has; unknown for INSERT ... SELECT", get_rows },
	{ "from_select", FIELD_BOOL, "the rows come from a query over tables or functions", get_from_select },
	{ "on_conflict", FIELD_BOOL, "there is an ON CONFLICT clause", get_on_conflict },
	{ "numbered_column", FIELD_TEXT, "a serial or identity column, unique by itself, that is in the column list and not given nextval() of its sequence; absent: none", get_numbered_column },
	{ "numbered_name", FIELD_TEXT, "its bare name, without quotes", get_numbered_name },
	{ "has_numbered_column", FIELD_BOOL, "there is one", get_has_numbered_column },
	{ "more_rows_follow", FIELD_BOOL, "a later statement of the file brings the table rows with values for such a column, too", get_more_rows_follow },
	{ "sequence_follows", FIELD_BOOL, "a later statement of the file moves a sequence: setval() or RESTART", get_sequence_follows },
	ALIKE_FIELDS,
	READ_FIELDS,
	FIELD_END
};

static const struct field update_fields[] = {
	{ "set_columns", FIELD_TEXT, "the columns that are set", get_set_columns },
	{ "set_from_rows", FIELD_TEXT, "those of them whose values are read from columns; absent: none", get_set_from_rows },
	{ "update_verb", FIELD_TEXT, "fills, where this file has added the columns; otherwise overwrites", get_update_verb },
	{ "finds_one_row", FIELD_BOOL, "it can only pass with one row, as a later statement makes a column UNIQUE that has the same value in all rows then; or three migrations do it, each with its value, as they count versions; or its code has read the value from the table by SELECT INTO without a condition", get_one_row },
	{ "default_does", FIELD_BOOL, "each of them was added by an earlier statement of the file and gets a constant, as a default would give it", get_default_does },
	{ "default_instead", FIELD_TEXT, "for advice: the statements that add them with such a default, and put back the one they had; or that the UPDATE is not needed; absent: it is not so", get_default_instead },
	WHERE_FIELDS,
	ALIKE_FIELDS,
	READ_FIELDS,
	FIELD_END
};

static const struct field delete_fields[] = {
	WHERE_FIELDS,
	ALIKE_FIELDS,
	{ "searching_key", FIELD_TEXT, "a foreign key that points at the table and that no index covers; absent: none", get_searching_key },
	{ "searched_table", FIELD_TEXT, "the table of that key", get_searched_table },
	{ "searched_is_new", FIELD_BOOL, "the table that is searched was created by this migration or change; unknown where code that cannot be read may have indexed the foreign key",
	    get_searched_is_new },
	READ_FIELDS,
	FIELD_END
};

static const struct field merge_fields[] = {
	{ "deletes", FIELD_BOOL, "a WHEN clause deletes rows", get_deletes },
	READ_FIELDS,
	FIELD_END
};

static struct value
get_outside(const struct facts *f)
{
	return payload(f)->copy_program ? value_text(STR("program")) : payload(f)->copy_file ? value_text(STR("file")) : value_absent();
}

static const struct field copy_fields[] = {
	{ "outside", FIELD_TEXT, "what on the server it reads or writes: file or program; absent: the rows come from or go to the client", get_outside },
	{ "is_from", FIELD_BOOL, "COPY ... FROM: rows are loaded", get_copy_from },
	{ "columns_given", FIELD_BOOL, "there is a column list", get_columns_given },
	READ_FIELDS,
	FIELD_END
};

#define DML(tag) .node = tag, .subtype = -1, .has = HAS_TABLE, .size = sizeof(struct dml), .bind = bind, .refused = dml_refused, .apply = change_rows, .query = query

const struct op_kind op_kinds_dml[] = {
	{ .name = "insert", .doc = "INSERT", DML(T_InsertStmt), .fields = insert_fields, .lower = lower_dml,
	    .effects = insert_effects },
	{ .name = "update", .doc = "UPDATE", DML(T_UpdateStmt), .fields = update_fields, .lower = lower_dml,
	    .effects = change_effects },
	{ .name = "delete", .doc = "DELETE", DML(T_DeleteStmt), .fields = delete_fields, .lower = lower_dml,
	    .effects = change_effects },
	{ .name = "merge", .doc = "MERGE", DML(T_MergeStmt), .fields = merge_fields, .lower = lower_dml,
	    .effects = change_effects },
	{ .name = "copy", .doc = "COPY", DML(T_CopyStmt), .fields = copy_fields, .lower = lower_copy, .effects = copy_effects },
	{ .name = NULL }
};
