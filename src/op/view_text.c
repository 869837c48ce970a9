#include <string.h>

#include "op/select.h"
#include "op/depend.h"
#include "op/view_text.h"
#include "sql/deparse.h"

/* What is done to the parse tree of a definition, and the query that the walk is in. */
struct edit {
	struct arena *arena;
	const struct catalog *catalog;
	struct lowering *lowering;
	const struct select *select;
	const struct offers *offers;    /* of its FROM clause */
	const struct edit *outer;       /* the query around it */
	bool expand;
	const List *outputs;
	const List *alone;              /* the output of a query that reads one table only, whose name is not needed then */
	const struct relation *relation;        /* that is renamed, or whose column is */
	struct name new_name;           /* of the relation; name STR_NONE: it keeps it */
	struct str old_column, new_column;      /* STR_NONE: no column is renamed */
	bool failed;
	bool partial;                   /* what FROM offers is not all known */
	bool *unsure;                   /* set when what may be the column is met; NULL: nobody asks */
	bool *used;                     /* set when the column is met; NULL: nobody asks */
	struct policy *policy;          /* whose uses are filled in; NULL: nobody asks */
	const struct relation *rows_of; /* whose rows OLD and NEW of a rule are */
	const struct function *body_of; /* the function whose body it is; NULL: none */
	const List *parameters;         /* its */
	struct str new_function;        /* the name that it gets; STR_NONE: it keeps its own */
	bool keeps_alias;               /* the old name of the relation stays as an alias, as the new one is taken, or the old one is an alias */
};

static char *
c_text(struct str s)
{
	char *copy = palloc(s.n + 1);

	memcpy(copy, s.s, s.n);
	copy[s.n] = '\0';
	return copy;
}

/* ---- stars ---- */

static ResTarget *
target_for(const struct offered *o)
{
	ResTarget *target = makeNode(ResTarget);
	ColumnRef *ref = makeNode(ColumnRef);

	if (o->qualifier.s != NULL)
		ref->fields = list_make1(makeString(c_text(o->qualifier)));
	ref->fields = lappend(ref->fields, makeString(c_text(o->name)));
	target->val = (Node *)ref;
	return target;
}

static bool
is_star(const ResTarget *target, struct str *qualifier)
{
	const ColumnRef *ref = (const ColumnRef *)target->val;
	int n;

	if (!IsA(ref, ColumnRef) || !IsA(llast(ref->fields), A_Star))
		return false;
	n = list_length(ref->fields);
	*qualifier = n > 1 ? str_of(strVal(list_nth(ref->fields, n - 2))) : STR_NONE;
	return true;
}

static List *
without_stars(const struct edit *e, const List *list)
{
	List *targets = NIL;
	const ListCell *cell;

	foreach (cell, list) {
		ResTarget *target = lfirst(cell);
		struct str qualifier;
		if (!is_star(target, &qualifier)) {
			targets = lappend(targets, target);
			continue;
		}
		for (size_t i = 0; i < e->offers->n; i++) {
			const struct offered *o = &e->offers->items[i];
			if (offer_answers(o, qualifier))
				targets = lappend(targets, target_for(o));
		}
	}
	return targets;
}

/* ---- names that say nothing ---- */

/* get_target_list() writes AS name where a reader would not come to it by itself. */
static void
drop_own_names(struct edit *e, const SelectStmt *st)
{
	const ListCell *cell;

	foreach (cell, st->targetList) {
		ResTarget *target = lfirst(cell);
		if (target->name != NULL && str_is(lower_figure_name(e->lowering, target->val), target->name))
			target->name = NULL;
	}
}

/* ORDER BY and GROUP BY would mean the output. */
static bool
is_output_name(const struct edit *e, const char *name)
{
	const ListCell *cell;

	foreach (cell, e->alone) {
		const ResTarget *target = lfirst(cell);
		struct str own = lower_figure_name(e->lowering, target->val);
		if (target->name != NULL ? strcmp(target->name, name) == 0 : !IsA(target->val, ColumnRef) && str_is(own, name))
			return true;
	}
	return false;
}

/* get_variable(): since 16 the only table of a query is not named with its columns. */
static void
drop_qualifier(const struct edit *e, ColumnRef *ref)
{
	struct str qualifier = list_length(ref->fields) == 2 ? str_of(strVal(linitial(ref->fields))) : STR_NONE;
	const char *name = strVal(llast(ref->fields));

	if (qualifier.s == NULL || e->alone == NIL || e->failed || is_output_name(e, name))
		return;
	for (size_t i = 0; i < e->offers->n; i++)
		if (str_is(e->offers->items[i].name, name) && offer_answers(&e->offers->items[i], qualifier)) {
			ref->fields = list_make1(llast(ref->fields));
			return;
		}
}

/* ORDER BY would mean another expression, which is called so. */
static bool
is_other_output(const struct edit *e, const char *name)
{
	const ListCell *cell;

	foreach (cell, e->outputs) {
		const ResTarget *target = lfirst(cell);
		bool same = IsA(target->val, ColumnRef) && IsA(llast(((const ColumnRef *)target->val)->fields), String) &&
		    strcmp(strVal(llast(((const ColumnRef *)target->val)->fields)), name) == 0;
		if (!same && (target->name != NULL ? strcmp(target->name, name) == 0 : str_is(lower_figure_name(e->lowering, target->val), name)))
			return true;
	}
	return false;
}

/* get_variable(): beside another table the column is named with its own. */
static void
add_qualifier(const struct edit *e, ColumnRef *ref)
{
	const char *name = strVal(llast(ref->fields));
	const struct offered *found = NULL;

	if (list_length(ref->fields) != 1 || e->alone != NIL || e->failed || is_other_output(e, name))
		return;
	for (size_t i = 0; i < e->offers->n; i++)
		if (str_is(e->offers->items[i].name, name)) {
			if (found != NULL)
				return;
			found = &e->offers->items[i];
		}
	if (found != NULL && found->qualifier.s != NULL)
		ref->fields = list_make2(makeString(c_text(found->qualifier)), llast(ref->fields));
}

/* ---- tables and columns ---- */

static bool
is_common(const struct edit *e, const RangeVar *r)
{
	for (const struct select *s = e->select; r->schemaname == NULL && s != NULL; s = s->outer)
		for (size_t i = 0; i < s->with.n; i++)
			if (str_is(s->with.items[i].name, r->relname))
				return true;
	return false;
}

static void
edit_table(struct edit *e, RangeVar *r)
{
	struct name name = { str_of(r->schemaname), str_of(r->relname), { 0, 0 } };
	const struct relation *found = is_common(e, r) ? NULL : catalog_find_relation(e->catalog, name);
	struct str schema;

	if (found == NULL)
		return;
	if (e->policy != NULL && found != e->policy->table)
		*vec_push(e->arena, &e->policy->reads) = (struct relation *)(uintptr_t)found;
	schema = found->schema;
	if (found == e->relation && e->new_name.name.s != NULL) {
		if (e->keeps_alias && r->alias == NULL && !str_is(e->new_name.name, r->relname)) {
			r->alias = makeNode(Alias);
			r->alias->aliasname = r->relname;
		}
		r->relname = c_text(e->new_name.name);
		schema = e->new_name.schema;
	}
	r->schemaname = str_eq(schema, e->catalog->default_schema) ? NULL : c_text(schema);
}

/* What the query, or one around it, offers under that name, and which of them does; NULL: none is known to. */
static const struct offered *
find_offered(const struct edit *e, const ColumnRef *ref, const struct edit **where)
{
	struct str name = str_of(strVal(llast(ref->fields))), qualifier = STR_NONE;
	int n = list_length(ref->fields);

	if (n > 1)
		qualifier = str_of(strVal(list_nth(ref->fields, n - 2)));
	for (; e != NULL; e = e->outer)
		for (size_t i = 0; e->offers != NULL && i < e->offers->n; i++) {
			const struct offered *o = &e->offers->items[i];
			*where = e;
			if (str_eq(o->name, name) && offer_answers(o, qualifier))
				return o;
		}
	return NULL;
}

static bool
refers_to_renamed(const struct edit *e, const ColumnRef *ref)
{
	const struct edit *where;
	const struct offered *o = str_is(e->old_column, strVal(llast(ref->fields))) ? find_offered(e, ref, &where) : NULL;

	return o != NULL && o->relation == e->relation;
}

static void
note_use(const struct edit *e, const ColumnRef *ref)
{
	const struct edit *where;
	const struct offered *o = e->failed && list_length(ref->fields) < 2 ? NULL : find_offered(e, ref, &where);
	struct column *column = o == NULL || o->relation == NULL ? NULL : catalog_find_column(o->relation, o->name);

	if (column != NULL)
		*vec_push(e->arena, &e->policy->uses) = column;
}

static const struct offered *
find_qualifier(const struct edit *e, struct str qualifier)
{
	for (; e != NULL; e = e->outer)
		for (size_t i = 0; e->offers != NULL && i < e->offers->n; i++)
			if (e->offers->items[i].qualifier.s != NULL && str_eq(e->offers->items[i].qualifier, qualifier))
				return &e->offers->items[i];
	return NULL;
}

/* table.column, table.*, and the name of a table for the whole row */
static void
requalify(const struct edit *e, ColumnRef *ref)
{
	const struct edit *where;
	int n = list_length(ref->fields);
	const Node *first = list_nth(ref->fields, n < 2 ? 0 : n - 2);
	const struct offered *o = !IsA(first, String) || (n == 1 && find_offered(e, ref, &where) != NULL) ? NULL
	    : find_qualifier(e, str_of(strVal(first)));
	String *name;

	if (o == NULL || o->relation != e->relation || !str_eq(o->qualifier, e->relation->name))
		return;
	name = makeString(c_text(e->new_name.name));
	ref->fields = n == 1 ? list_make1(name) : list_make2(name, llast(ref->fields));
}

/* ---- whether a column is used ---- */

static const struct from *
item_called(const struct from *f, struct str name)
{
	const struct from *found;

	if (str_eq(f->alias.s != NULL ? f->alias : f->table.name, name))
		return f;
	if (f->kind != FROM_JOIN || f->alias.s != NULL)
		return NULL;
	found = item_called(f->left, name);
	return found != NULL ? found : item_called(f->right, name);
}

/* The nearest item of a FROM clause with that name: it hides those of the queries around. NULL: none is known. */
static const struct from *
find_item(const struct edit *e, struct str name)
{
	const struct from *found = NULL;

	for (; found == NULL && e != NULL; e = e->outer)
		for (size_t i = 0; e->select != NULL && found == NULL && i < e->select->from.n; i++)
			found = item_called(e->select->from.items[i], name);
	return found;
}

/* With a qualifier it is what the item of that name offers, and with none what is not known may offer it, too. */
static void
note_possible(const struct edit *e, const ColumnRef *ref)
{
	int n = list_length(ref->fields);
	const struct from *item = n < 2 ? NULL : find_item(e, str_of(strVal(list_nth(ref->fields, n - 2))));
	const struct edit *where = NULL;
	bool star = IsA(llast(ref->fields), A_Star), partial = false;

	if (!star && !str_is(e->old_column, strVal(llast(ref->fields))))
		return;
	if (item != NULL && item->kind != FROM_JOIN && (item->kind != FROM_TABLE || catalog_find_relation(e->catalog, item->table) != e->relation))
		return;
	if (!star && find_offered(e, ref, &where) == NULL)
		where = NULL;
	for (const struct edit *at = e; at != NULL && at != where; at = at->outer)
		partial = partial || at->partial;
	*e->unsure = *e->unsure || partial;
}

static bool
is_parameter(const struct edit *e, const char *name)
{
	const ListCell *cell;

	foreach (cell, e->parameters) {
		const FunctionParameter *p = lfirst(cell);
		if (p->name != NULL && strcmp(p->name, name) == 0)
			return true;
	}
	return false;
}

/* A column hides a parameter of its name (sql_fn_post_column_ref()), which then needs the name of the function. */
static void
qualify_parameter(const struct edit *e, ColumnRef *ref)
{
	const char *name = strVal(linitial(ref->fields));
	const struct edit *where;

	if (e->new_column.s != NULL && str_is(e->new_column, name) && is_parameter(e, name) && find_offered(e, ref, &where) == NULL)
		ref->fields = list_make2(makeString(c_text(e->body_of->name)), linitial(ref->fields));
}

/* "f.p" means the parameter wherever no column is called so. */
static void
rename_qualifier(const struct edit *e, ColumnRef *ref)
{
	const struct edit *where;
	bool by_function = list_length(ref->fields) > 1 && IsA(lsecond(ref->fields), String) && str_is(e->body_of->name, strVal(linitial(ref->fields)));

	if (by_function && is_parameter(e, strVal(lsecond(ref->fields))) && find_offered(e, ref, &where) == NULL)
		linitial(ref->fields) = makeString(c_text(e->new_function));
}

static void
edit_column(struct edit *e, ColumnRef *ref)
{
	if (e->new_function.s != NULL)
		rename_qualifier(e, ref);
	if (e->unsure != NULL)
		note_possible(e, ref);
	if (e->new_name.name.s != NULL && !e->keeps_alias)
		requalify(e, ref);
	if (!IsA(llast(ref->fields), String))
		return;
	if (e->policy != NULL)
		note_use(e, ref);
	/* in a function the name alone may be a parameter's */
	if (e->expand && e->body_of == NULL) {
		drop_qualifier(e, ref);
		add_qualifier(e, ref);
	}
	if (e->body_of != NULL && list_length(ref->fields) == 1)
		qualify_parameter(e, ref);
	if (e->old_column.s == NULL || !refers_to_renamed(e, ref))
		return;
	llast(ref->fields) = makeString(c_text(e->new_column));
	if (e->used != NULL)
		*e->used = true;
}

/* The column stands on both sides; which tables they are is not looked into. */
static void
note_join(const struct edit *e, const JoinExpr *join)
{
	const ListCell *cell;

	foreach (cell, join->usingClause)
		if (e->used != NULL && str_is(e->old_column, strVal(lfirst(cell))))
			*e->used = true;
}

/* The output keeps its name. */
static void
keep_output_names(const struct edit *e, const SelectStmt *st)
{
	const ListCell *cell;

	foreach (cell, st->targetList) {
		ResTarget *target = lfirst(cell);
		const ColumnRef *ref = (const ColumnRef *)target->val;
		bool column = IsA(ref, ColumnRef) && IsA(llast(ref->fields), String) && refers_to_renamed(e, ref);
		/* CASE is called like the column of its ELSE */
		bool within = (IsA(target->val, CaseExpr) || IsA(target->val, CollateClause)) && str_eq(lower_figure_name(e->lowering, target->val), e->old_column);
		if (target->name == NULL && (column || within))
			target->name = c_text(e->old_column);
	}
}

/* ---- the walk ---- */

static void
fail(struct edit *e)
{
	e->failed = true;
	if (e->unsure != NULL)
		*e->unsure = true;
}

static bool edit_node(Node *node, void *context);

static void
edit_select(struct edit *outer, SelectStmt *st)
{
	struct edit e = *outer;
	struct offers offers = { 0 };

	e.select = lower_select_in(e.lowering, st, outer->select);
	e.outer = outer;
	e.partial = !select_offers(e.arena, e.catalog, e.select, &offers);
	outer->failed = outer->failed || e.partial;
	e.offers = &offers;
	e.failed = outer->failed;
	if (e.expand && !e.failed)
		st->targetList = without_stars(&e, st->targetList);
	if (e.expand)
		drop_own_names(&e, st);
	e.outputs = st->targetList;
	e.alone = list_length(st->fromClause) == 1 && IsA(linitial(st->fromClause), RangeVar) ? st->targetList : NIL;
	if (e.old_column.s != NULL)
		keep_output_names(&e, st);
	(void)raw_expression_tree_walker((Node *)st, edit_node, &e);
	outer->failed = e.failed;
}

static void
offer_row(struct edit *e, struct offers *offers, const char *qualifier, const struct relation *r)
{
	for (size_t i = 0; r != NULL && i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			*vec_push(e->arena, offers) = (struct offered){ .qualifier = str_of(qualifier), .name = r->columns.items[i]->name,
				.type = r->columns.items[i]->type, .relation = r };
}

/* The columns that INSERT and UPDATE name as theirs. */
static void
rename_targets(const struct edit *e, const struct relation *target, const List *targets)
{
	const ListCell *cell;

	foreach (cell, targets) {
		ResTarget *t = lfirst(cell);
		if (e->old_column.s == NULL || target != e->relation || t->name == NULL || !str_is(e->old_column, t->name))
			continue;
		t->name = c_text(e->new_column);
		if (e->used != NULL)
			*e->used = true;
	}
}

static void
rename_conflict(const struct edit *e, const struct relation *target, const OnConflictClause *clause)
{
	const ListCell *cell;

	if (clause == NULL)
		return;
	rename_targets(e, target, clause->targetList);
	foreach (cell, clause->infer == NULL ? NIL : clause->infer->indexElems) {
		IndexElem *element = lfirst(cell);
		if (e->old_column.s != NULL && target == e->relation && element->name != NULL && str_is(e->old_column, element->name))
			element->name = c_text(e->new_column);
	}
}

/* What a changing statement may name: its target and what stands beside it, as the FROM clause of a query. */
static void
enter_change(struct edit *e, struct offers *offers, RangeVar *target, const List *beside, WithClause *with)
{
	SelectStmt *scope = makeNode(SelectStmt);
	const struct edit *outer = e->outer;

	scope->fromClause = list_concat(list_make1(target), beside);
	scope->withClause = with;
	e->select = lower_select_in(e->lowering, scope, outer->select);
	e->partial = !select_offers(e->arena, e->catalog, e->select, offers);
	e->failed = e->failed || e->partial;
	e->offers = offers;
	e->outputs = e->alone = NIL;
}

static void
rename_merged(const struct edit *e, const struct relation *target, const MergeStmt *merge)
{
	const ListCell *cell;

	foreach (cell, merge->mergeWhenClauses)
		rename_targets(e, target, ((const MergeWhenClause *)lfirst(cell))->targetList);
}

/* INSERT INTO t VALUES (1, 2): the columns that it does not say (checkInsertTargets()) */
static void
list_columns(const struct edit *e, InsertStmt *insert, const struct relation *r)
{
	const SelectStmt *source = (const SelectStmt *)insert->selectStmt;
	size_t left;

	while (source != NULL && source->op != SETOP_NONE)
		source = source->larg;
	left = source == NULL || r == NULL || r->assumed || insert->cols != NIL ? 0 : source->valuesLists != NIL ?
	    (size_t)list_length(linitial(source->valuesLists)) : (size_t)list_length(source->targetList);

	for (size_t i = 0; left > 0 && i < r->columns.n; i++) {
		ResTarget *target = makeNode(ResTarget);
		if (r->columns.items[i]->dropped)
			continue;
		target->name = c_text(str_copy(e->arena, r->columns.items[i]->name));
		insert->cols = lappend(insert->cols, target);
		left--;
	}
}

static ReturningClause *
returning_of(Node *node)
{
	switch (nodeTag(node)) {
	case T_InsertStmt: return ((InsertStmt *)node)->returningClause;
	case T_UpdateStmt: return ((UpdateStmt *)node)->returningClause;
	case T_DeleteStmt: return ((DeleteStmt *)node)->returningClause;
	default: return ((MergeStmt *)node)->returningClause;
	}
}

static void
expand_returning(struct edit *e, Node *node)
{
	ReturningClause *returning = returning_of(node);

	if (returning != NULL && !e->failed)
		returning->exprs = without_stars(e, returning->exprs);
}

static void
edit_change(struct edit *outer, Node *node)
{
	struct edit e = *outer;
	struct offers offers = { 0 };
	InsertStmt *insert = IsA(node, InsertStmt) ? (InsertStmt *)node : NULL;
	UpdateStmt *update = IsA(node, UpdateStmt) ? (UpdateStmt *)node : NULL;
	DeleteStmt *delete = IsA(node, DeleteStmt) ? (DeleteStmt *)node : NULL;
	MergeStmt *merge = IsA(node, MergeStmt) ? (MergeStmt *)node : NULL;
	RangeVar *target = insert != NULL ? insert->relation : update != NULL ? update->relation : merge != NULL ? merge->relation : delete->relation;
	const struct relation *r = catalog_find_relation(e.catalog, (struct name){ str_of(target->schemaname), str_of(target->relname), { 0, 0 } });

	e.outer = outer;
	enter_change(&e, &offers, target, update != NULL ? update->fromClause : delete != NULL ? delete->usingClause :
	    merge != NULL ? list_make1(merge->sourceRelation) : NIL, insert != NULL ? insert->withClause : update != NULL ? update->withClause :
	    merge != NULL ? merge->withClause : delete->withClause);
	if (e.expand)
		expand_returning(&e, node);
	if (merge != NULL)
		rename_merged(&e, r, merge);
	rename_targets(&e, r, insert != NULL ? insert->cols : update != NULL ? update->targetList : NIL);
	if (insert == NULL) {
		(void)raw_expression_tree_walker(node, edit_node, &e);
	} else {
		offer_row(&e, &offers, "excluded", r);
		rename_conflict(&e, r, insert->onConflictClause);
		(void)edit_node((Node *)insert->withClause, outer);
		(void)edit_node(insert->selectStmt, outer);
		/* when the stars of its query are written out */
		if (e.expand)
			list_columns(&e, insert, r);
		(void)edit_node((Node *)insert->onConflictClause, &e);
		(void)edit_node((Node *)insert->returningClause, &e);
		edit_table(&e, target);
	}
	outer->failed = outer->failed || e.failed;
}

static bool
edit_node(Node *node, void *context)
{
	struct edit *e = context;

	if (node == NULL)
		return false;
	if (IsA(node, InsertStmt) || IsA(node, UpdateStmt) || IsA(node, DeleteStmt) || IsA(node, MergeStmt)) {
		edit_change(e, node);
		return false;
	}
	if (IsA(node, SelectStmt)) {
		edit_select(e, (SelectStmt *)node);
		return false;
	}
	if (IsA(node, RangeVar)) {
		edit_table(e, (RangeVar *)node);
		return false;
	}
	if (IsA(node, ColumnRef)) {
		edit_column(e, (ColumnRef *)node);
		return false;
	}
	if (IsA(node, JoinExpr))
		note_join(e, (const JoinExpr *)node);
	return raw_expression_tree_walker(node, edit_node, e);
}

/* ---- texts ---- */

struct rewriting {
	struct edit *edit;
	struct str text;                /* the result; STR_NONE: it stays as it is */
	const struct expr *condition;   /* the result of a policy's */
};

/* The old name is an alias of something already. */
static bool
is_alias(Node *node, void *context)
{
	const struct edit *e = context;
	const Alias *alias;

	if (node == NULL)
		return false;
	alias = IsA(node, RangeVar) ? ((RangeVar *)node)->alias : IsA(node, RangeSubselect) ? ((RangeSubselect *)node)->alias : NULL;
	return (alias != NULL && str_is(e->relation->name, alias->aliasname)) || raw_expression_tree_walker(node, is_alias, context);
}

static bool
has_token(const struct edit *e, struct str text, struct str name)
{
	return !str_eq(sql_exchange(e->arena, text, sql_ident(e->arena, name), STR("?")), text);
}

static const char view_head[] = "CREATE VIEW v ";

/* The walker raises an error on nodes that no query holds. */
static void
edit_query(struct edit *e, Node *query)
{
	MemoryContext own = CurrentMemoryContext;

	PG_TRY();
	{
		if (e->new_name.name.s != NULL)
			e->keeps_alias = e->keeps_alias || is_alias(query, e);
		(void)edit_node(query, e);
	}
	PG_CATCH();
	{
		if (geterrcode() == ERRCODE_OUT_OF_MEMORY)
			PG_RE_THROW();
		MemoryContextSwitchTo(own);
		FlushErrorState();
		fail(e);
	}
	PG_END_TRY();
}

/* OLD and NEW are rows of the rule's table. */
static void
edit_rule(struct edit *e, RuleStmt *rule)
{
	struct edit inner = *e;
	struct offers offers = { 0 };
	const ListCell *cell;

	offer_row(e, &offers, "old", e->rows_of);
	offer_row(e, &offers, "new", e->rows_of);
	inner.offers = &offers;
	inner.outer = e;
	if (rule->whereClause != NULL)
		edit_query(&inner, rule->whereClause);
	foreach (cell, rule->actions)
		edit_query(&inner, lfirst(cell));
	e->failed = inner.failed;
}

static const char function_head[] = "CREATE FUNCTION f", procedure_head[] = "CREATE PROCEDURE f", rule_head[] = "CREATE RULE r AS ";

/* The walker does not know RETURN. NULL: the function has none, which the server refuses. */
static Node *
body_of(Node *body)
{
	return body != NULL && IsA(body, ReturnStmt) ? ((ReturnStmt *)body)->returnval : body;
}

static struct str
function_text(struct edit *e, CreateFunctionStmt *st)
{
	st->parameters = lower_quoted_parameters(e->lowering, st->parameters);
	return sql_deparse_behind(e->arena, st, st->is_procedure ? procedure_head : function_head);
}

static void
rewrite(void *arg, const struct statement *statement, const void *node)
{
	struct rewriting *w = arg;
	struct statement copy = *statement;
	struct script script = { .arena = w->edit->arena };
	struct lowering l = { .arena = w->edit->arena, .script = &script, .statement = &copy };
	Node *tree = (Node *)(uintptr_t)node;

	w->edit->lowering = &l;
	if (IsA(tree, ViewStmt))
		edit_query(w->edit, (Node *)((ViewStmt *)tree)->query);
	else if (IsA(tree, SelectStmt))
		edit_query(w->edit, tree);
	else if (IsA(tree, RuleStmt))
		edit_rule(w->edit, (RuleStmt *)tree);
	else if (IsA(tree, CreateFunctionStmt)) {
		w->edit->parameters = ((CreateFunctionStmt *)tree)->parameters;
		edit_query(w->edit, body_of(((CreateFunctionStmt *)tree)->sql_body));
	}
	if (w->edit->failed)
		return;
	if (IsA(tree, CreateFunctionStmt))
		w->text = function_text(w->edit, (CreateFunctionStmt *)tree);
	else if (IsA(tree, RuleStmt))
		w->text = sql_deparse_behind(w->edit->arena, tree, rule_head);
	else
		w->text = IsA(tree, ViewStmt) ? sql_deparse_behind(w->edit->arena, tree, view_head) : sql_deparse(w->edit->arena, tree);
}

static struct str
edited_behind(struct edit *edit, const char *head, struct str definition)
{
	struct rewriting w = { .edit = edit, .text = STR_NONE };
	struct diags diags = { .arena = edit->arena };
	struct parse_result parsed = { 0 };
	struct str text = str_printf(edit->arena, "%s%.*s", head, STR_ARG(definition));

	edit->keeps_alias = edit->new_name.name.s != NULL && has_token(edit, definition, edit->new_name.name);
	sql_parse(edit->arena, source_new(edit->arena, STR("view"), text), span_of(0, text.n), &diags, rewrite, &w, &parsed);
	return w.text.s != NULL ? w.text : definition;
}

static struct str
edited(struct edit *edit, struct str definition, enum relkind kind)
{
	return edited_behind(edit, kind == RELATION_VIEW ? view_head : "", definition);
}

struct str
view_text_fixed(struct arena *arena, const struct catalog *c, struct str definition, enum relkind kind)
{
	struct edit edit = { .arena = arena, .catalog = c, .expand = true };

	return definition.s == NULL ? definition : edited(&edit, definition, kind);
}

/* ---- conditions of policies ---- */

/* A condition is the output of a query on its table. */
static void
rewrite_condition(void *arg, const struct statement *statement, const void *node)
{
	struct rewriting *w = arg;
	const ResTarget *target;

	rewrite(arg, statement, node);
	target = w->edit->failed || !IsA(node, SelectStmt) ? NULL : linitial(((const SelectStmt *)node)->targetList);
	if (target != NULL)
		w->condition = expr_from_node(w->edit->arena, target->val, 0);
}

static const struct expr *
condition_edited(struct edit *edit, const struct relation *table, const struct expr *e)
{
	struct rewriting w = { .edit = edit, .text = STR_NONE, .condition = e };
	struct diags diags = { .arena = edit->arena };
	struct parse_result parsed = { 0 };
	struct str text;

	if (e == NULL || e->text.s == NULL)
		return e;
	text = str_printf(edit->arena, "SELECT (%.*s) FROM %.*s.%.*s", STR_ARG(e->text), STR_ARG(sql_ident(edit->arena, table->schema)),
	    STR_ARG(sql_ident(edit->arena, table->name)));
	edit->keeps_alias = edit->new_name.name.s != NULL && has_token(edit, e->text, edit->new_name.name);
	sql_parse(edit->arena, source_new(edit->arena, STR("policy"), text), span_of(0, text.n), &diags, rewrite_condition, &w, &parsed);
	return w.condition;
}

struct parts {
	bool subquery, qualified;
};

static void
note_part(void *arg, const struct expr *e)
{
	struct parts *parts = arg;

	parts->subquery = parts->subquery || e->kind == EXPR_SUBQUERY;
	parts->qualified = parts->qualified || (e->kind == EXPR_COLUMN && e->schema.s != NULL);
}

static struct parts
parts_of(const struct expr *e)
{
	struct parts parts = { false, false };

	expr_walk(e, note_part, &parts);
	return parts;
}

static void
note_plain_use(void *arg, const struct expr *e)
{
	struct edit *edit = arg;
	struct column *column = e->kind == EXPR_COLUMN ? catalog_find_column(edit->policy->table, e->name) : NULL;

	if (column != NULL)
		*vec_push(edit->arena, &edit->policy->uses) = column;
}

static void
note_uses_of(struct catalog *c, struct policy *p, const struct expr *e)
{
	struct edit edit = { .arena = c->arena, .catalog = c, .policy = p };

	if (parts_of(e).subquery)
		(void)condition_edited(&edit, p->table, e);
	else
		expr_walk(e, note_plain_use, &edit);
}

static bool
is_reader(const struct relation *r, const struct policy *p)
{
	for (size_t i = 0; i < r->readers.n; i++)
		if (r->readers.items[i] == p)
			return true;
	return false;
}

void
policy_note_uses(struct catalog *c, struct policy *p)
{
	catalog_save(c, p, sizeof *p);
	p->uses.n = p->uses.cap = 0;
	p->reads.n = p->reads.cap = 0;
	note_uses_of(c, p, p->using_expr);
	note_uses_of(c, p, p->check_expr);
	for (size_t i = 0; i < p->reads.n; i++)
		if (!is_reader(p->reads.items[i], p))
			catalog_push(c, &p->reads.items[i]->readers, p);
}

/* What has no subquery names no other table. */
static void
policy_follow(struct catalog *c, struct policy *p, const struct edit *change)
{
	const struct expr **conditions[] = { &p->using_expr, &p->check_expr };

	for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
		struct parts parts = parts_of(*conditions[i]);
		struct edit edit = *change;
		if (!p->dropped && (parts.subquery || (parts.qualified && change->new_name.name.s != NULL)))
			catalog_set(c, conditions[i], condition_edited(&edit, p->table, *conditions[i]));
	}
}

bool
policy_follows_column(struct catalog *c, struct relation *r, const struct expr **at, struct str old, struct str name)
{
	struct edit edit = { .arena = c->arena, .catalog = c, .relation = r, .old_column = old, .new_column = name };
	const struct expr *e;

	if (*at == NULL || !parts_of(*at).subquery)
		return false;
	e = condition_edited(&edit, r, *at);
	if (!edit.failed)
		catalog_set(c, at, e);
	return !edit.failed;
}

/* ---- what follows ---- */

static bool
reads(const struct function *f, const struct relation *r)
{
	for (size_t i = 0; i < f->reads.n; i++)
		if (f->reads.items[i] == r)
			return true;
	return false;
}

/* Bodies in standard SQL. */
static void
bodies_follow(struct catalog *c, const struct function_set *set, const struct relation *r, const struct edit *change)
{
	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		struct function *f = set->overloads.items[i];
		struct edit edit = *change;
		edit.body_of = f;
		if (!f->dropped && f->body.s == NULL && f->definition.s != NULL && reads(f, r))
			catalog_set(c, &f->definition, edited_behind(&edit, f->procedure ? procedure_head : function_head, f->definition));
	}
}

static void
rules_follow(struct catalog *c, struct relation *on, const struct relation *r, const struct edit *change)
{
	for (size_t i = 0; !on->dropped && i < on->objects.n; i++) {
		struct object *o = on->objects.items[i];
		struct edit edit = *change;
		edit.rows_of = on;
		if (str_is(o->kind, "rule") && (on == r || has_token(&edit, o->text, r->name)))
			catalog_set(c, &o->text, edited_behind(&edit, rule_head, o->text));
	}
}

static void
follow(struct catalog *c, struct relation *r, const struct edit *change)
{
	for (size_t i = 0; i < r->readers.n; i++)
		policy_follow(c, r->readers.items[i], change);
	for (size_t i = 0; i < r->dependents.n; i++) {
		struct relation *view = r->dependents.items[i];
		struct edit edit = *change;
		if (!view->dropped && view->definition.s != NULL)
			catalog_set(c, &view->definition, edited(&edit, view->definition, view->kind));
	}
	for (size_t i = 0; i < c->functions.n; i++)
		bodies_follow(c, ((const struct slot *)c->functions.entries[i].value)->object, r, change);
	for (size_t i = 0; r->index == NULL && i < c->all.n; i++)
		rules_follow(c, c->all.items[i], r, change);
}

struct str
body_text_fixed(struct arena *arena, const struct catalog *c, const struct function *f)
{
	struct edit edit = { .arena = arena, .catalog = c, .expand = true, .body_of = f };

	return f->body.s != NULL || f->definition.s == NULL ? f->definition : edited_behind(&edit, f->procedure ? procedure_head : function_head, f->definition);
}

void
body_follows_name(struct catalog *c, struct function *f, struct str name)
{
	struct edit edit = { .arena = c->arena, .catalog = c, .body_of = f, .new_function = name };

	if (f->body.s == NULL && f->definition.s != NULL && !str_eq(f->name, name) && has_token(&edit, f->definition, f->name))
		catalog_set(c, &f->definition, edited_behind(&edit, f->procedure ? procedure_head : function_head, f->definition));
}

void
views_follow_relation(struct catalog *c, struct relation *r, struct str schema, struct str name)
{
	const struct edit edit = { .arena = c->arena, .catalog = c, .relation = r, .new_name = { schema, name, { 0, 0 } } };

	for (size_t i = 0; i < r->policies.n; i++)
		policy_follow(c, r->policies.items[i], &edit);
	follow(c, r, &edit);
}

void
views_follow_column(struct catalog *c, struct relation *r, struct str old, struct str name)
{
	const struct edit edit = { .arena = c->arena, .catalog = c, .relation = r, .old_column = old, .new_column = name };

	follow(c, r, &edit);
}

enum tri
view_uses_column(const struct catalog *c, const struct relation *view, struct relation *r, struct str column)
{
	bool used = false, unsure = false;
	struct edit edit = { .arena = c->arena, .catalog = c, .relation = r, .old_column = column, .new_column = column, .used = &used,
		.unsure = &unsure };

	if (view->definition.s == NULL)
		return UNKNOWN;
	(void)edited(&edit, view->definition, view->kind);
	return used ? YES : unsure ? UNKNOWN : NO;
}

enum tri
body_uses_column(const struct catalog *c, const struct function *f, const struct relation *r, struct str column)
{
	bool used = false, unsure = false;
	struct edit edit = { .arena = c->arena, .catalog = c, .relation = r, .old_column = column, .new_column = column, .used = &used,
		.unsure = &unsure, .body_of = f };

	if (f->body.s != NULL || f->definition.s == NULL || !reads(f, r) || !has_token(&edit, f->definition, column))
		return NO;
	(void)edited_behind(&edit, f->procedure ? procedure_head : function_head, f->definition);
	return used ? YES : unsure ? UNKNOWN : NO;
}

bool
rule_uses_column(const struct catalog *c, const struct relation *on, const struct object *rule, const struct relation *r, struct str column)
{
	bool used = false;
	struct edit edit = { .arena = c->arena, .catalog = c, .relation = r, .old_column = column, .new_column = column, .used = &used, .rows_of = on };

	if (!has_token(&edit, rule->text, r->name) || !has_token(&edit, rule->text, column))
		return false;
	(void)edited_behind(&edit, rule_head, rule->text);
	return used;
}

/* First itself: OR REPLACE can make two views read each other. */
static void
drop_view(struct catalog *c, struct relation *view)
{
	const struct depended on = { .relation = view };

	catalog_drop_relation(c, view);
	views_drop_on(c, view);
	depend_drop(c, &on);
}

void
views_drop_on(struct catalog *c, struct relation *r)
{
	for (size_t i = r->dependents.n; i-- > 0;)
		if (!r->dependents.items[i]->dropped)
			drop_view(c, r->dependents.items[i]);
}

static void
doubt_view(struct catalog *c, struct relation *view)
{
	if (view->dropped || view->born.doubtful)
		return;
	catalog_set(c, &view->born.doubtful, true);
	for (size_t i = 0; i < view->dependents.n; i++)
		doubt_view(c, view->dependents.items[i]);
}

void
views_drop_on_column(struct catalog *c, struct relation *r, struct str column)
{
	for (size_t i = r->dependents.n; i-- > 0;) {
		struct relation *view = r->dependents.items[i];
		enum tri uses = view->dropped ? NO : view_uses_column(c, view, r, column);
		if (uses == YES)
			drop_view(c, view);
		else if (uses == UNKNOWN)
			doubt_view(c, view);
	}
}
