#include <string.h>

#include "catalog/tx.h"
#include "op/dml.h"
#include "op/query.h"
#include "op/select.h"

/* ---- walking a raw parse tree ---- */

static bool visit(Node *, void *);

static bool
is_cte(const struct query_walk *w, const RangeVar *r)
{
	const struct cte_scope *s;

	for (s = w->scope; r->schemaname == NULL && s != NULL; s = s->outer)
		if (strcmp(s->name, r->relname) == 0)
			return true;
	return false;
}

static void
add_table(struct query_walk *w, const RangeVar *r, bool locked, bool whole)
{
	struct table_use *use;

	if (is_cte(w, r))
		return;
	use = vec_push(w->lowering->arena, &w->query->tables);
	use->name = lower_range_var(w->lowering, r);
	use->lock = locked ? ROW_SHARE : ACCESS_SHARE;
	use->whole = whole && !w->partial;
	w->query->row_locks = w->query->row_locks || locked;
}

static void
push_name(struct query_walk *w, const char *name)
{
	struct cte_scope *s = NEW(w->lowering->arena, struct cte_scope);

	s->name = name;
	s->outer = w->scope;
	w->scope = s;
}

void
query_add_with(struct query_walk *w, const WithClause *with)
{
	const ListCell *cell;

	if (with == NULL)
		return;
	if (with->recursive)
		foreach (cell, with->ctes)
			push_name(w, ((const CommonTableExpr *)lfirst(cell))->ctename);
	foreach (cell, with->ctes) {
		const CommonTableExpr *cte = lfirst(cell);
		struct span outer = w->lowering->action;
		w->lowering->action = locate_parens(w->lowering->statement, lower_offset(w->lowering, cte->location));
		query_add(w, cte->ctequery);
		w->lowering->action = outer;
		if (!with->recursive)
			push_name(w, cte->ctename);
	}
}

/* FOR UPDATE [OF ...] names this item of FROM; a name is the alias if there is one. */
static bool
row_locked(const List *locking, const Alias *alias, const char *name)
{
	const ListCell *cell, *inner;
	const char *known = alias != NULL ? alias->aliasname : name;

	foreach (cell, locking) {
		const LockingClause *clause = lfirst(cell);
		if (clause->lockedRels == NIL)
			return true;
		foreach (inner, clause->lockedRels)
			if (known != NULL && strcmp(((const RangeVar *)lfirst(inner))->relname, known) == 0)
				return true;
	}
	return false;
}

static void add_select(struct query_walk *, const SelectStmt *, bool locked);

static void
add_from_item(struct query_walk *w, const Node *item, const List *locking, bool locked, bool whole)
{
	const JoinExpr *join = (const JoinExpr *)item;
	const RangeSubselect *sub = (const RangeSubselect *)item;
	const RangeVar *r = (const RangeVar *)item;

	if (IsA(item, RangeVar)) {
		add_table(w, r, locked || row_locked(locking, r->alias, r->relname), whole);
	} else if (IsA(item, JoinExpr)) {
		add_from_item(w, join->larg, locking, locked, false);
		add_from_item(w, join->rarg, locking, locked, false);
		query_add(w, join->quals);
	} else if (IsA(item, RangeSubselect) && IsA(sub->subquery, SelectStmt)) {
		add_select(w, (const SelectStmt *)sub->subquery, locked || row_locked(locking, sub->alias, NULL));
	} else {
		query_add(w, item);
	}
}

void
query_add_from(struct query_walk *w, const List *from, bool whole)
{
	const ListCell *cell;

	foreach (cell, from)
		add_from_item(w, lfirst(cell), NIL, false, whole && list_length(from) == 1);
}

static bool
picks_an_extreme(Node *node, void *arg)
{
	if (node == NULL)
		return false;
	if (IsA(node, FuncCall)) {
		const char *name = strVal(llast(((FuncCall *)node)->funcname));
		return strcmp(name, "min") == 0 || strcmp(name, "max") == 0;
	}
	return raw_expression_tree_walker(node, picks_an_extreme, arg);
}

static bool
wants_every_row(const SelectStmt *st)
{
	return list_length(st->fromClause) == 1 && st->whereClause == NULL && st->limitCount == NULL &&
	    !picks_an_extreme((Node *)st->targetList, NULL);
}

static bool
is_one_function(const List *from)
{
	return list_length(from) == 1 && IsA(linitial(from), RangeFunction);
}

static void
add_select(struct query_walk *w, const SelectStmt *st, bool locked)
{
	const struct cte_scope *outer = w->scope;
	bool outer_partial = w->partial, outer_unsure = w->unsure, whole = wants_every_row(st);
	const ListCell *cell;

	query_add_with(w, st->withClause);
	w->partial = w->partial || st->limitCount != NULL;
	if (st->op != SETOP_NONE) {
		add_select(w, st->larg, locked);
		add_select(w, st->rarg, locked);
	}
	w->unsure = outer_unsure || !is_one_function(st->fromClause);
	foreach (cell, st->fromClause)
		add_from_item(w, lfirst(cell), st->lockingClause, locked, whole);
	w->unsure = outer_unsure || st->fromClause != NIL || st->whereClause != NULL;
	query_add(w, st->targetList);
	query_add(w, st->whereClause);
	query_add(w, st->groupClause);
	query_add(w, st->havingClause);
	query_add(w, st->windowClause);
	query_add(w, st->valuesLists);
	query_add(w, st->sortClause);
	query_add(w, st->limitOffset);
	query_add(w, st->limitCount);
	w->scope = outer;
	w->partial = outer_partial;
	w->unsure = outer_unsure;
}

bool
is_plain_text(const TypeName *t)
{
	static const char *const types[] = { "text", "varchar", "name", "bpchar" };
	const char *type = strVal(llast(t->names));

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(type, types[i]) == 0)
			return t->typmods == NIL && t->arrayBounds == NIL;
	return false;
}

const char *
query_constant_text(const Node *node)
{
	const A_Const *c;

	while (node != NULL && IsA(node, TypeCast))
		node = ((const TypeCast *)node)->arg;
	c = (const A_Const *)node;
	return node != NULL && IsA(node, A_Const) && !c->isnull && IsA(&c->val, String) ? c->val.sval.sval : NULL;
}

/* textToQualifiedNameList(): what has no quotes is folded */
static struct str
unquoted(struct arena *arena, struct str s)
{
	return s.n > 1 && s.s[0] == '"' ? str_slice(s, 1, s.n - 1) : str_fold(arena, str_trim(s));
}

/* nextval(), setval() and currval() open the sequence with RowExclusiveLock (init_sequence). */
static void
add_sequence(struct query_walk *w, const FuncCall *f, struct str function)
{
	struct arena *arena = w->lowering->arena;
	const char *text = f->args == NIL ? NULL : query_constant_text(linitial(f->args));
	struct str rest, first;
	struct table_use *use;

	if (text == NULL || (!str_is(function, "nextval") && !str_is(function, "setval") && !str_is(function, "currval")))
		return;
	rest = str_copy(arena, str_of(text));
	use = vec_push(arena, &w->query->tables);
	use->lock = ROW_EXCLUSIVE;
	use->sequence = true;
	if (str_find_char(rest, '.') != (size_t)-1 && str_cut(&rest, '.', &first))
		use->name.schema = unquoted(arena, first);
	use->name.name = unquoted(arena, rest);
}

static bool
runs_once(const struct query_walk *w, const FuncCall *f)
{
	const ListCell *cell;

	foreach (cell, w->once) {
		const Node *node = lfirst(cell);
		if (node == (const Node *)f || (IsA(node, ResTarget) && ((const ResTarget *)node)->val == (const Node *)f))
			return true;
	}
	return false;
}

static void
add_argument(struct lowering *l, struct call *call, const Node *node)
{
	struct argument *a = vec_push(l->arena, &call->arguments);

	if (IsA(node, NamedArgExpr)) {
		a->name = lower_text(l, ((const NamedArgExpr *)node)->name);
		node = (const Node *)((const NamedArgExpr *)node)->arg;
	}
	a->text = code_constant(l->arena, node, l->script->bindings, &a->number);
	a->truth = code_truth(node);
}

static void
add_call(struct query_walk *w, const FuncCall *f)
{
	struct call *call = vec_push(w->lowering->arena, &w->query->calls);
	const ListCell *cell;

	names_from_list(w->lowering->arena, f->funcname, &call->schema, &call->name);
	call->at = lower_offset(w->lowering, exprLocation((const Node *)f));
	call->narguments = list_length(f->args);
	call->sure = !w->unsure;
	call->once = runs_once(w, f) && !f->func_variadic;
	if (call->once)
		foreach (cell, f->args)
			add_argument(w->lowering, call, lfirst(cell));
	add_sequence(w, f, call->name);
}

static bool
visit_unsure(Node *node, struct query_walk *w, bool partial)
{
	bool outer_partial = w->partial, outer_unsure = w->unsure;

	w->partial = w->partial || partial;
	w->unsure = true;
	(void)raw_expression_tree_walker(node, visit, w);
	w->partial = outer_partial;
	w->unsure = outer_unsure;
	return false;
}

static const RangeVar *
target_of(const Node *node)
{
	switch (nodeTag(node)) {
	case T_InsertStmt: return ((const InsertStmt *)node)->relation;
	case T_UpdateStmt: return ((const UpdateStmt *)node)->relation;
	case T_DeleteStmt: return ((const DeleteStmt *)node)->relation;
	default: return ((const MergeStmt *)node)->relation;
	}
}

static WithClause **
with_of(Node *node)
{
	switch (nodeTag(node)) {
	case T_InsertStmt: return &((InsertStmt *)node)->withClause;
	case T_UpdateStmt: return &((UpdateStmt *)node)->withClause;
	case T_DeleteStmt: return &((DeleteStmt *)node)->withClause;
	default: return &((MergeStmt *)node)->withClause;
	}
}

/* The names of its WITH hold in it only. */
static bool
visit_parts(Node *node, struct query_walk *w)
{
	const struct cte_scope *outer = w->scope;
	WithClause **with = with_of(node), *clause = *with;
	bool stopped;

	query_add_with(w, clause);
	*with = NULL;
	stopped = raw_expression_tree_walker(node, visit, w);
	*with = clause;
	w->scope = outer;
	return stopped;
}

static bool
visit_modifying(Node *node, struct query_walk *w)
{
	const RangeVar *target = target_of(node);
	struct table_use *use;

	if (!w->defining) {
		lower_modifying(w->lowering, node, w->scope);
		return false;
	}
	use = vec_push(w->lowering->arena, &w->query->tables);
	use->name = lower_range_var(w->lowering, target);
	use->lock = ROW_EXCLUSIVE;
	return visit_parts(node, w);
}

static bool
visit(Node *node, void *arg)
{
	struct query_walk *w = arg;

	if (node == NULL)
		return false;
	switch (nodeTag(node)) {
	case T_RangeVar:
		add_table(w, (const RangeVar *)node, false, false);
		return false;
	case T_SelectStmt:
		add_select(w, (const SelectStmt *)node, false);
		return false;
	case T_InsertStmt:
	case T_UpdateStmt:
	case T_DeleteStmt:
	case T_MergeStmt:
		return visit_modifying(node, w);
	case T_FuncCall:
		add_call(w, (const FuncCall *)node);
		return raw_expression_tree_walker(node, visit, w);
	case T_CaseExpr:
	case T_CoalesceExpr:
	case T_BoolExpr:
		return visit_unsure(node, w, false);
	case T_SubLink:
		if (((const SubLink *)node)->subLinkType == EXISTS_SUBLINK)
			return visit_unsure(node, w, true);
		return raw_expression_tree_walker(node, visit, w);
	default:
		return raw_expression_tree_walker(node, visit, w);
	}
}

void
query_add(struct query_walk *w, const void *node)
{
	(void)visit((Node *)(uintptr_t)node, w);
}

/* ---- binding ---- */

static bool
is_system(const struct catalog *c, struct name name)
{
	if (name.schema.s != NULL)
		return str_is(name.schema, "pg_catalog") || str_is(name.schema, "information_schema");
	return str_starts(name.name, "pg_") && catalog_find_relation(c, name) == NULL;
}

void
query_bind(struct query *q, struct catalog *c)
{
	for (size_t i = 0; i < q->tables.n; i++) {
		struct table_use *use = &q->tables.items[i];
		if (!is_system(c, use->name))
			use->relation = catalog_relation(c, use->name, use->sequence ? RELATION_SEQUENCE : RELATION_UNKNOWN);
	}
}

/* ---- effects ---- */

enum { DEPTH_LIMIT = 64 };

static void
lock_rows(struct effects *e, const struct facts *f, struct relation *r, enum lock lock, enum tri scan, int depth)
{
	struct relation_effect *entry = effects_lock(e, r, lock);
	bool planned = r->kind != RELATION_PARTITIONED || f->pg_version >= 16;

	if (r->kind != RELATION_PARTITIONED && r->kind != RELATION_VIEW && r->kind != RELATION_SEQUENCE)
		entry->scan = tri_or(entry->scan, scan);
	/* get_relation_info() opens all indexes with the table's lock; those of partitioned tables since 16 (commit 3c569049b7) */
	for (size_t i = 0; planned && i < r->indexes.n; i++)
		effects_lock(e, r->indexes.items[i], lock);
	for (size_t i = 0; depth < DEPTH_LIMIT && i < r->partitions.n; i++)
		lock_rows(e, f, r->partitions.items[i], lock, scan, depth + 1);
	/* AcquireRewriteLocks(): what a view stands for */
	for (size_t i = 0; depth < DEPTH_LIMIT && r->kind == RELATION_VIEW && i < r->reads.n; i++)
		lock_rows(e, f, r->reads.items[i], lock, UNKNOWN, depth + 1);
}

void
query_lock(struct effects *e, const struct facts *f, struct relation *r, enum lock lock, enum tri scan)
{
	lock_rows(e, f, r, lock, scan, 0);
}

bool
query_is_builtin(const struct call *call)
{
	return (call->schema.s == NULL || str_is(call->schema, "pg_catalog")) && volatile_builtin(call->name) != VOLATILITY_UNKNOWN;
}

static int
count_types(struct str arguments)
{
	int n = arguments.n > 0, depth = 0;

	for (size_t i = 0; i < arguments.n; i++) {
		depth += arguments.s[i] == '(' ? 1 : arguments.s[i] == ')' ? -1 : 0;
		n += depth == 0 && arguments.s[i] == ',';
	}
	return n;
}

const struct function *
query_function(const struct call *call, const struct catalog *c)
{
	const struct function *only = catalog_find_function(c, call->schema, call->name, STR_NONE), *found = NULL;
	const struct function_set *set;

	if (only != NULL || query_is_builtin(call))
		return query_is_builtin(call) ? NULL : only;
	set = catalog_functions(c, call->schema, call->name);
	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		const struct function *f = set->overloads.items[i];
		if (f->dropped || count_types(f->arguments) != call->narguments)
			continue;
		if (found != NULL)
			return NULL;
		found = f;
	}
	return found;
}

/* Code that is known runs as operations of its own. */
static bool
calls_unseen_code(const struct query *q, const struct catalog *c)
{
	for (size_t i = 0; i < q->calls.n; i++) {
		const struct call *call = &q->calls.items[i];
		const struct function *f = query_function(call, c);
		enum volatility v = query_is_builtin(call) ? IMMUTABLE : catalog_volatility(c, call->schema, call->name);
		if ((f == NULL || f->code == NULL) && (v == VOLATILE || v == VOLATILITY_UNKNOWN))
			return true;
	}
	return false;
}

static bool
reads_already(const struct relation *view, const struct relation *r)
{
	for (size_t i = 0; i < view->reads.n; i++)
		if (view->reads.items[i] == r)
			return true;
	return false;
}

void
query_note_reads(struct catalog *c, struct relation *view, const struct query *q, const struct calls_told *told)
{
	for (size_t i = 0; i < q->tables.n; i++) {
		struct relation *r = q->tables.items[i].relation;
		if (r == NULL || r == view || reads_already(view, r))
			continue;
		catalog_push(c, &view->reads, r);
		catalog_push(c, &r->dependents, view);
	}
	query_note_calls(c, &view->calls, q, told);
}

void
query_note_calls(struct catalog *c, struct called_list *list, const struct query *q, const struct calls_told *told)
{
	for (size_t i = 0; i < q->calls.n; i++) {
		const struct call *call = &q->calls.items[i];
		catalog_push(c, list, ((struct called){ call->schema, call->name, call->at, call_told(told, call->at, call->name) }));
	}
}

void
query_effects(const struct query *q, const struct facts *f, struct effects *e)
{
	for (size_t i = 0; i < q->tables.n; i++) {
		const struct table_use *use = &q->tables.items[i];
		if (use->relation != NULL)
			query_lock(e, f, use->relation, use->lock, use->whole ? YES : use->sequence ? NO : UNKNOWN);
	}
	if (calls_unseen_code(q, f->catalog))
		e->all_unknown = true;
}

void
query_define_effects(const struct query *q, struct effects *e)
{
	for (size_t i = 0; i < q->tables.n; i++)
		if (q->tables.items[i].relation != NULL)
			effects_lock(e, q->tables.items[i].relation, q->tables.items[i].lock);
}

enum tri
query_calls_user_function(const struct query *q, const struct catalog *c)
{
	enum tri found = NO;

	for (size_t i = 0; i < q->calls.n; i++) {
		const struct call *call = &q->calls.items[i];
		enum volatility v;
		if (query_is_builtin(call))
			continue;
		v = catalog_volatility(c, call->schema, call->name);
		found = tri_or(found, v == VOLATILE ? YES : v == VOLATILITY_UNKNOWN ? UNKNOWN : NO);
	}
	return found;
}

/* ---- words ---- */

static struct str
append(struct arena *arena, struct str all, struct str one)
{
	return all.s == NULL ? one : str_printf(arena, "%.*s, %.*s", STR_ARG(all), STR_ARG(one));
}

static bool
used_before(const struct query *q, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (q->tables.items[i].relation == q->tables.items[n].relation)
			return true;
	return false;
}

struct str
query_table_words(struct arena *arena, const struct catalog *c, const struct query *q)
{
	struct str all = STR_NONE;

	for (size_t i = 0; i < q->tables.n; i++)
		if (q->tables.items[i].relation != NULL && !used_before(q, i))
			all = append(arena, all, relation_words(arena, c, q->tables.items[i].relation));
	return all;
}

struct str
query_call_words(struct arena *arena, const struct query *q)
{
	struct str all = STR_NONE;

	for (size_t i = 0; i < q->calls.n; i++)
		all = append(arena, all, q->calls.items[i].name);
	return all;
}

/* ---- SELECT ---- */

struct payload {
	struct query query;
	const struct select *select;
};

/* SELECT set_config('name', 'value', is_local) */
struct config {
	struct str name, value;         /* value STR_NONE: not a constant */
	bool local;
};

static bool
constant_true(const Node *node)
{
	const A_Const *c;

	while (node != NULL && IsA(node, TypeCast))
		node = ((const TypeCast *)node)->arg;
	c = (const A_Const *)node;
	if (node == NULL || !IsA(node, A_Const))
		return false;
	return IsA(&c->val, Boolean) ? c->val.boolval.boolval : IsA(&c->val, String) && c->val.sval.sval[0] == 't';
}

static const FuncCall *
set_config_call(const ResTarget *target)
{
	const FuncCall *f = (const FuncCall *)target->val;

	if (f == NULL || !IsA(f, FuncCall) || list_length(f->args) != 3)
		return NULL;
	return strcmp(strVal(llast(f->funcname)), "set_config") == 0 && query_constant_text(linitial(f->args)) != NULL ? f : NULL;
}

static void
lower_set_config(struct lowering *l, const FuncCall *f)
{
	struct op *op = lower_add(l, op_kind_find(STR("set_config")));
	struct config *p = OP_DATA(op, struct config);

	p->name = lower_text(l, query_constant_text(linitial(f->args)));
	p->value = lower_text(l, query_constant_text(lsecond(f->args)));
	p->local = constant_true(lthird(f->args));
	op->spans[SPAN_ACTION] = locate_element(l->statement, lower_offset(l, f->location));
	op->spans[SPAN_VALUE] = op->spans[SPAN_ACTION];
}

/* Returns how many of the targets were set_config(). */
static int
lower_settings(struct lowering *l, const SelectStmt *st)
{
	const ListCell *cell;
	int n = 0;

	foreach (cell, st->targetList) {
		const FuncCall *f = IsA(lfirst(cell), ResTarget) ? set_config_call(lfirst(cell)) : NULL;
		if (f == NULL)
			continue;
		lower_set_config(l, f);
		n++;
	}
	return n;
}

struct op *
lower_call_on_table(struct lowering *l, struct str kind, const FuncCall *f)
{
	const Node *first = f->args == NIL ? NULL : linitial(f->args);
	const char *table = first == NULL ? NULL : query_constant_text(IsA(first, NamedArgExpr) ? (const Node *)((const NamedArgExpr *)first)->arg : first);
	struct str schema, name;
	struct op *op;

	if (table == NULL)
		return NULL;
	op = lower_add(l, op_kind_find(kind));
	name = lower_text(l, table);
	if (str_find_char(name, '.') != (size_t)-1 && str_cut(&name, '.', &schema))
		op->target.schema = schema;
	op->target.name = name;
	op->target.span = op->spans[SPAN_ACTION] = locate_element(l->statement, lower_offset(l, f->location));
	op->target_kind = RELATION_TABLE;
	return op;
}

static void
lower_extension_calls(struct lowering *l, const SelectStmt *st)
{
	const ListCell *cell;

	foreach (cell, st->targetList) {
		const Node *value = IsA(lfirst(cell), ResTarget) ? ((const ResTarget *)lfirst(cell))->val : NULL;
		if (value == NULL || !IsA(value, FuncCall))
			continue;
		lower_citus_call(l, (const FuncCall *)value);
		lower_hypertable_call(l, (const FuncCall *)value);
	}
}

static bool
gives_one_row(const SelectStmt *st)
{
	return st->op == SETOP_NONE && st->fromClause == NIL && st->whereClause == NULL && st->limitCount == NULL && st->limitOffset == NULL &&
	    st->groupClause == NIL && st->havingClause == NULL && st->valuesLists == NIL;
}

/* SELECT * FROM f() */
static List *
function_alone(const SelectStmt *st)
{
	bool alone = st->op == SETOP_NONE && is_one_function(st->fromClause) && st->whereClause == NULL && st->limitCount == NULL && st->limitOffset == NULL;
	List *functions = alone ? ((const RangeFunction *)linitial(st->fromClause))->functions : NIL;

	/* Each has its column definitions beside it. */
	return list_length(functions) == 1 ? list_make1(linitial((List *)linitial(functions))) : NIL;
}

static void
lower_alone(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const SelectStmt *st = node;
	struct query query = { 0 };
	struct query_walk w = { .lowering = l, .query = &query };
	struct op *op;
	int settings;

	if (st->intoClause != NULL) {
		lower_node(l, T_CreateTableAsStmt, -1, node);
		return;
	}
	settings = lower_settings(l, st);
	if (settings > 0 && settings == list_length(st->targetList) && st->fromClause == NIL)
		return;
	w.once = gives_one_row(st) ? st->targetList : function_alone(st);
	query_add(&w, node);
	op = lower_add(l, kind);
	OP_DATA(op, struct payload)->query = query;
	OP_DATA(op, struct payload)->select = lower_select(l, node);
	if (query.tables.n == 1)
		op->spans[SPAN_TABLE] = query.tables.items[0].name.span;
	lower_extension_calls(l, st);
}

static void
bind_select(struct op *op, struct catalog *c)
{
	query_bind(&OP_DATA(op, struct payload)->query, c);
}

static void
select_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	query_effects(&OP_DATA(op, struct payload)->query, f, e);
}

static struct str
select_refused(const struct facts *f)
{
	return select_misfit(f, OP_DATA(f->op, struct payload)->select);
}

const struct select *
op_select(const struct op *op)
{
	return op->kind->node == T_SelectStmt ? OP_DATA(op, struct payload)->select : dml_select(op);
}

static const struct query *
select_query(const struct op *op)
{
	return &OP_DATA(op, struct payload)->query;
}

static void
set_config_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct config *p = OP_DATA(op, struct config);
	int setting = session_add_setting(session, p->name);

	(void)c;
	if (setting >= 0 && p->value.s != NULL)
		session_set(session, (enum setting_name)setting, p->value, p->local,
		    (struct place){ op->statement->source, op->spans[SPAN_ACTION] });
}

static struct value
get_tables(const struct facts *f)
{
	return value_text(query_table_words(f->arena, f->catalog, &OP_DATA(f->op, struct payload)->query));
}

static struct value
get_functions(const struct facts *f)
{
	return value_text(query_call_words(f->arena, &OP_DATA(f->op, struct payload)->query));
}

static struct value
get_calls_user_function(const struct facts *f)
{
	return value_tri(query_calls_user_function(&OP_DATA(f->op, struct payload)->query, f->catalog));
}

static struct value
get_row_locks(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->query.row_locks);
}

static struct value
get_name(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct config)->name);
}

static struct value
get_value(const struct facts *f)
{
	struct str value = OP_DATA(f->op, struct config)->value;

	return value.s == NULL ? value_unknown() : value_text(value);
}

static struct value
get_local(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct config)->local);
}

static const struct field select_fields[] = {
	{ "tables", FIELD_TEXT, "the relations it reads, separated by commas; absent: none", get_tables },
	{ "functions", FIELD_TEXT, "the functions it calls, separated by commas; absent: none", get_functions },
	{ "calls_user_function", FIELD_BOOL, "it calls a function that is volatile and not built in", get_calls_user_function },
	{ "locks_rows", FIELD_BOOL, "FOR UPDATE, FOR SHARE and their kin", get_row_locks },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field config_fields[] = {
	{ "setting", FIELD_TEXT, "name of the setting", get_name },
	{ "value", FIELD_TEXT, "what it is set to", get_value },
	{ "is_local", FIELD_BOOL, "only for the current transaction", get_local },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_query[] = {
	{ .name = "select", .doc = "SELECT, VALUES, TABLE", .node = T_SelectStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = select_fields, .lower = lower_alone, .bind = bind_select, .effects = select_effects,
	    .query = select_query, .refused = select_refused },
	{ .name = "set_config", .doc = "SELECT set_config('name', 'value', is_local)", .size = sizeof(struct config),
	    .fields = config_fields, .apply = set_config_apply },
	{ .name = NULL }
};
