#include "base/buf.h"
#include "op/code.h"
#include "op/lower.h"

/*
 * What a body looks up by search_path. pg_temp comes first for relations and types, so that whoever may make temporary objects can put
 * something there (RelnameGetRelid(), TypenameGetTypidExtended()); it is never searched for functions and operators, for which the caller needs a schema of
 * its own, but then the better match wins, whatever the order (FuncnameGetCandidates()).
 */

struct looking {
	struct arena *arena;
	const struct source *body;
	struct code_names *names;
	const struct str_list *given;
	struct str_list local;          /* names of CTEs of the statement */
};

static void
note(struct looking *l, struct str_list *list, struct str name)
{
	if (!str_in(name, list->items, list->n))
		*vec_push(l->arena, list) = name;
}

static struct str
copied(struct looking *l, const char *name)
{
	return str_copy(l->arena, str_of(name));
}

static void
note_bare(struct looking *l, struct str_list *list, const List *names)
{
	if (list_length(names) == 1 && IsA(linitial(names), String))
		note(l, list, copied(l, strVal(linitial(names))));
}

/* getNSItemForSpecialRelationTypes(): before any relation */
static bool
is_given(const struct looking *l, struct str name)
{
	return str_in(name, l->local.items, l->local.n) || str_in(name, l->given->items, l->given->n);
}

static bool
visit(Node *node, void *arg)
{
	struct looking *l = arg;

	if (node == NULL)
		return false;
	if (IsA(node, RangeVar) && ((RangeVar *)node)->schemaname == NULL && !is_given(l, str_of(((RangeVar *)node)->relname)))
		note(l, &l->names->objects, copied(l, ((RangeVar *)node)->relname));
	if (IsA(node, TypeName))
		note_bare(l, &l->names->objects, ((TypeName *)node)->names);
	if (IsA(node, FuncCall))
		note_bare(l, &l->names->routines, ((FuncCall *)node)->funcname);
	if (IsA(node, A_Expr))
		note_bare(l, &l->names->routines, ((A_Expr *)node)->name);
	if ((IsA(node, CaseExpr) && ((CaseExpr *)node)->arg != NULL) || (IsA(node, JoinExpr) && ((JoinExpr *)node)->usingClause != NIL))
		note(l, &l->names->routines, STR("="));
	return raw_expression_tree_walker(node, visit, arg);
}

static bool
visit_cte(Node *node, void *arg)
{
	struct looking *l = arg;

	if (node == NULL)
		return false;
	if (IsA(node, CommonTableExpr))
		note(l, &l->local, copied(l, ((CommonTableExpr *)node)->ctename));
	return raw_expression_tree_walker(node, visit_cte, arg);
}

static void
on_node(void *arg, const void *node)
{
	struct looking *l = arg;
	Node *tree = (Node *)(uintptr_t)node;

	if (IsA(tree, CallStmt))
		tree = (Node *)((CallStmt *)tree)->funccall;
	else if (!IsA(tree, SelectStmt) && !IsA(tree, InsertStmt) && !IsA(tree, UpdateStmt) && !IsA(tree, DeleteStmt) && !IsA(tree, MergeStmt)) {
		l->names->unread = true;
		return;
	}
	l->local.n = 0;
	(void)visit_cte(tree, l);
	(void)visit(tree, l);
}

static void
read_text(struct looking *l, struct str text, enum sql_mode mode)
{
	struct sql_error error;

	if (text.n > 0 && !sql_parse_one(l->arena, text, mode, on_node, l, &error))
		l->names->unread = true;
}

static void
read_span(struct looking *l, struct span span, enum sql_mode mode)
{
	read_text(l, str_trim(str_slice(l->body->sql, span.off, (size_t)span.off + span.len)), mode);
}

static void
read_executed(struct looking *l, struct span expression)
{
	struct str culprit, start;
	const struct source *text = code_text(l->arena, l->body, expression, NULL, &start, &culprit);

	read_span(l, expression, SQL_EXPRESSION);
	if (text == NULL)
		l->names->unread = true;
	else
		read_text(l, text->sql, SQL_STATEMENT);
}

static bool
is_variable(const struct pl_body *body, struct str name)
{
	for (size_t i = 0; i < body->variables.n; i++)
		if (str_eq_nocase(body->variables.items[i].name, name))
			return true;
	return false;
}

/* read_datatype(): name%TYPE of a variable looks nothing up, table.column%TYPE and table%ROWTYPE do. */
static void
read_declared(struct looking *l, const struct pl_body *body, struct str type)
{
	size_t percent = str_find_char(type, '%');
	struct str name = str_trim(str_slice(type, 0, percent)), first = name, part;
	size_t dots = 0;

	for (struct str rest = name; str_cut(&rest, '.', &part); dots++)
		if (dots == 0)
			first = part;
	if (type.n == 0)
		return;
	if (percent == (size_t)-1)
		read_text(l, str_printf(l->arena, "NULL::%.*s", STR_ARG(type)), SQL_EXPRESSION);
	else if (dots == (str_starts_nocase(str_trim(str_slice(type, percent + 1, type.n)), "rowtype") ? 1 : 2) && !is_variable(body, first))
		note(l, &l->names->objects, str_copy(l->arena, first));
}

static void read_list(struct looking *, const struct pl_list *);

static void
read_statement(struct looking *l, const struct pl_statement *st)
{
	if (st->kind == PL_SQL)
		read_span(l, st->sql, SQL_STATEMENT);
	else if (st->kind == PL_EVALUATE)
		read_span(l, st->sql, SQL_EXPRESSION);
	else if (st->kind == PL_EXECUTE)
		read_executed(l, st->sql);
	read_list(l, &st->body);
	for (size_t i = 0; i < st->arms.n; i++) {
		read_span(l, st->arms.items[i].condition, SQL_EXPRESSION);
		read_list(l, &st->arms.items[i].body);
	}
}

static void
read_list(struct looking *l, const struct pl_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		read_statement(l, list->items[i]);
}

static void
on_statement(void *arg, const struct statement *statement, const void *node)
{
	(void)statement;
	on_node(arg, node);
}

struct code_names
code_names(struct arena *arena, struct code *code, const struct str_list *given)
{
	struct code_names names = { 0 };
	struct looking l = { .arena = arena, .names = &names, .given = given };
	struct diags unheard = { .arena = arena };
	struct parse_result result = { .statements = 0 };

	if (code != NULL)
		code_read(code);
	if (code == NULL || code->source == NULL || code->error.s != NULL || !(code_is_plpgsql(code) || code_is_sql(code))) {
		names.unread = true;
		return names;
	}
	l.body = code->source;
	if (code_is_sql(code)) {
		sql_parse(arena, code->source, (struct span){ 0, (uint32_t)code->source->sql.n }, &unheard, on_statement, &l, &result);
		return names;
	}
	for (size_t i = 0; i < code->body.variables.n; i++)
		read_declared(&l, &code->body, code->body.variables.items[i].type);
	read_list(&l, &code->body.list);
	return names;
}
