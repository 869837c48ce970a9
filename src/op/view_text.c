#include <string.h>

#include "op/select.h"
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
	const struct relation *relation;        /* that is renamed, or whose column is */
	struct name new_name;           /* of the relation; name STR_NONE: it keeps it */
	struct str old_column, new_column;      /* STR_NONE: no column is renamed */
	bool failed;
	bool *used;                     /* set when the column is met; NULL: nobody asks */
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

static void
expand_stars(struct edit *e, SelectStmt *st)
{
	List *targets = NIL;
	const ListCell *cell;

	foreach (cell, st->targetList) {
		ResTarget *target = lfirst(cell);
		struct str qualifier;
		if (!is_star(target, &qualifier)) {
			targets = lappend(targets, target);
			continue;
		}
		for (size_t i = 0; i < e->offers->n; i++) {
			const struct offered *o = &e->offers->items[i];
			if (qualifier.s == NULL || (o->qualifier.s != NULL && str_eq(o->qualifier, qualifier)))
				targets = lappend(targets, target_for(o));
		}
	}
	st->targetList = targets;
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
	schema = found->schema;
	if (found == e->relation && e->new_name.name.s != NULL) {
		if (r->alias == NULL && !str_is(e->new_name.name, r->relname)) {
			r->alias = makeNode(Alias);
			r->alias->aliasname = r->relname;
		}
		r->relname = c_text(e->new_name.name);
		schema = e->new_name.schema;
	}
	r->schemaname = str_eq(schema, e->catalog->default_schema) ? NULL : c_text(schema);
}

/* The column of the table that is renamed, as the query or one around it sees it. */
static bool
refers_to_renamed(const struct edit *e, const ColumnRef *ref)
{
	struct str name = str_of(strVal(llast(ref->fields))), qualifier = STR_NONE;
	int n = list_length(ref->fields);

	if (!str_eq(name, e->old_column))
		return false;
	if (n > 1)
		qualifier = str_of(strVal(list_nth(ref->fields, n - 2)));
	for (; e != NULL; e = e->outer)
		for (size_t i = 0; e->offers != NULL && i < e->offers->n; i++) {
			const struct offered *o = &e->offers->items[i];
			if (str_eq(o->name, name) && (qualifier.s == NULL || (o->qualifier.s != NULL && str_eq(o->qualifier, qualifier))))
				return o->relation == e->relation;
		}
	return false;
}

static void
edit_column(struct edit *e, ColumnRef *ref)
{
	if (e->old_column.s == NULL || !IsA(llast(ref->fields), String) || !refers_to_renamed(e, ref))
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
		if (target->name == NULL && IsA(ref, ColumnRef) && IsA(llast(ref->fields), String) && refers_to_renamed(e, ref))
			target->name = c_text(e->old_column);
	}
}

/* ---- the walk ---- */

static bool edit_node(Node *node, void *context);

static void
edit_select(struct edit *outer, SelectStmt *st)
{
	struct edit e = *outer;
	struct offers offers = { 0 };

	e.select = lower_select_in(e.lowering, st, outer->select);
	e.outer = outer;
	if (!select_offers(e.arena, e.catalog, e.select, &offers))
		outer->failed = true;
	e.offers = &offers;
	e.failed = outer->failed;
	if (e.expand && !e.failed)
		expand_stars(&e, st);
	if (e.old_column.s != NULL)
		keep_output_names(&e, st);
	(void)raw_expression_tree_walker((Node *)st, edit_node, &e);
	outer->failed = e.failed;
}

static bool
edit_node(Node *node, void *context)
{
	struct edit *e = context;

	if (node == NULL)
		return false;
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
};

static const char view_head[] = "CREATE VIEW v ";

/* The walker raises an error on nodes that no query holds. */
static void
edit_query(struct edit *e, Node *query)
{
	MemoryContext own = CurrentMemoryContext;

	PG_TRY();
	{
		(void)edit_node(query, e);
	}
	PG_CATCH();
	{
		if (geterrcode() == ERRCODE_OUT_OF_MEMORY)
			PG_RE_THROW();
		MemoryContextSwitchTo(own);
		FlushErrorState();
		e->failed = true;
	}
	PG_END_TRY();
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
	if (!w->edit->failed)
		w->text = IsA(tree, ViewStmt) ? sql_deparse_behind(w->edit->arena, tree, view_head) : sql_deparse(w->edit->arena, tree);
}

static struct str
edited(struct edit *edit, struct str definition, enum relkind kind)
{
	struct rewriting w = { .edit = edit, .text = STR_NONE };
	struct diags diags = { .arena = edit->arena };
	struct parse_result parsed = { 0 };
	struct str text = kind == RELATION_VIEW ? str_printf(edit->arena, "%s%.*s", view_head, STR_ARG(definition)) : definition;

	sql_parse(edit->arena, source_new(edit->arena, STR("view"), text), span_of(0, text.n), &diags, rewrite, &w, &parsed);
	return w.text.s != NULL ? w.text : definition;
}

struct str
view_text_fixed(struct arena *arena, const struct catalog *c, struct str definition, enum relkind kind)
{
	struct edit edit = { .arena = arena, .catalog = c, .expand = true };

	return definition.s == NULL ? definition : edited(&edit, definition, kind);
}

static void
follow(struct catalog *c, struct relation *r, const struct edit *change)
{
	for (size_t i = 0; i < r->dependents.n; i++) {
		struct relation *view = r->dependents.items[i];
		struct edit edit = *change;
		if (!view->dropped && view->definition.s != NULL)
			catalog_set(c, &view->definition, edited(&edit, view->definition, view->kind));
	}
}

void
views_follow_relation(struct catalog *c, struct relation *r, struct str schema, struct str name)
{
	const struct edit edit = { .arena = c->arena, .catalog = c, .relation = r, .new_name = { schema, name, { 0, 0 } } };

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
	bool used = false;
	struct edit edit = { .arena = c->arena, .catalog = c, .relation = r, .old_column = column, .new_column = column, .used = &used };

	if (view->definition.s == NULL)
		return UNKNOWN;
	(void)edited(&edit, view->definition, view->kind);
	return used ? YES : edit.failed ? UNKNOWN : NO;
}

/* First itself: OR REPLACE can make two views read each other. */
static void
drop_view(struct catalog *c, struct relation *view)
{
	catalog_drop_relation(c, view);
	views_drop_on(c, view);
}

void
views_drop_on(struct catalog *c, struct relation *r)
{
	for (size_t i = r->dependents.n; i-- > 0;)
		if (!r->dependents.items[i]->dropped)
			drop_view(c, r->dependents.items[i]);
}

void
views_drop_on_column(struct catalog *c, struct relation *r, struct str column)
{
	for (size_t i = r->dependents.n; i-- > 0;)
		if (!r->dependents.items[i]->dropped && view_uses_column(c, r->dependents.items[i], r, column) != NO)
			drop_view(c, r->dependents.items[i]);
}
