#include <stdlib.h>
#include <string.h>

#include "op/code.h"
#include "op/lower.h"
#include "op/query.h"
#include "op/select.h"
#include "sql/ident.h"
#include "sql/locate.h"

/* ---- reading nodes ---- */

struct str
lower_text(struct lowering *l, const char *s)
{
	return s == NULL ? STR_NONE : str_copy(l->arena, str_of(s));
}

uint32_t
lower_offset(const struct lowering *l, int location)
{
	return l->statement->span.off + (location > 0 ? (uint32_t)location : 0);
}

struct span
lower_name_span(const struct lowering *l, int location)
{
	return location < 0 ? (struct span){ 0, 0 } : locate_qualified(l->statement, lower_offset(l, location));
}

struct name
lower_range_var(struct lowering *l, const RangeVar *r)
{
	struct name name = { STR_NONE, STR_NONE, { 0, 0 } };

	if (r == NULL)
		return name;
	name.schema = r->relpersistence == 't' ? STR("pg_temp") : lower_text(l, r->schemaname);
	name.name = lower_text(l, r->relname);
	name.span = lower_name_span(l, r->location);
	return name;
}

struct name
lower_name_list(struct lowering *l, const List *list)
{
	struct name name;

	names_from_list(l->arena, list, &name.schema, &name.name);
	name.span = name.name.s == NULL ? (struct span){ 0, 0 } : locate_object(l->statement, name.schema, name.name);
	return name;
}

/* What a variable holds does not depend on the row. */
static void
take_variables(const struct code *code, struct expr *e)
{
	if (e->kind == EXPR_COLUMN && e->schema.n == 0 && code_has_variable(code, e->name)) {
		e->kind = EXPR_OTHER;
		e->name = STR_NONE;
	}
	for (size_t i = 0; i < e->nargs; i++)
		take_variables(code, e->args[i]);
}

/* Queries within queries beyond this are not read. */
enum { DEPTH_LIMIT = 64 };

static const struct select *
read_subquery(void *arg, const void *node)
{
	struct lowering *l = arg;
	const struct select *read = NULL;

	if (l->depth < DEPTH_LIMIT) {
		l->depth++;
		read = lower_select_in(l, node, l->query);
		l->depth--;
	}
	return read;
}

struct expr *
lower_expr(struct lowering *l, const Node *node)
{
	const struct subquery_reader reader = { read_subquery, l };
	struct expr *e = expr_with_queries(l->arena, node, l->statement->span.off, &reader);

	if (e != NULL && l->script->code != NULL)
		take_variables(l->script->code, e);
	return e;
}

static bool
leave_out_table(Node *node, void *context)
{
	if (node == NULL || IsA(node, SubLink))
		return false;
	if (IsA(node, ColumnRef) && list_length(((ColumnRef *)node)->fields) > 1 && IsA(llast(((ColumnRef *)node)->fields), String))
		((ColumnRef *)node)->fields = list_make1(llast(((ColumnRef *)node)->fields));
	return raw_expression_tree_walker(node, leave_out_table, context);
}

struct expr *
lower_table_expr(struct lowering *l, const Node *node)
{
	(void)leave_out_table((Node *)(uintptr_t)node, NULL);
	return lower_expr(l, node);
}

struct str
lower_argument_type(struct lowering *l, const TypeName *name)
{
	if (name != NULL && name->pct_type)
		return type_reference_words(l, name);
	return type_format_bare(l->arena, type_from_node(l->arena, name));
}

struct str_list
lower_strings(struct lowering *l, const List *list)
{
	struct str_list names = { 0 };
	const ListCell *cell;

	foreach (cell, list)
		if (IsA(lfirst(cell), String))
			*vec_push(l->arena, &names) = lower_text(l, strVal(lfirst(cell)));
	return names;
}

static struct str
node_text(struct lowering *l, const Node *node)
{
	const ListCell *cell;
	struct str all = STR_NONE;

	if (node == NULL)
		return STR_NONE;
	switch (nodeTag(node)) {
	case T_Integer:
		return str_printf(l->arena, "%d", intVal(node));
	case T_Float:
		return lower_text(l, ((const Float *)node)->fval);
	case T_Boolean:
		return boolVal(node) ? STR("true") : STR("false");
	case T_String:
		return lower_text(l, strVal(node));
	case T_TypeName:
		return type_format(l->arena, type_from_node(l->arena, node));
	case T_A_Const:
		return ((const A_Const *)node)->isnull ? STR("null") : node_text(l, (const Node *)&((const A_Const *)node)->val);
	case T_List:
		foreach (cell, (const List *)node) {
			struct str one = node_text(l, lfirst(cell));
			all = all.s == NULL ? one : str_printf(l->arena, "%.*s, %.*s", STR_ARG(all), STR_ARG(one));
		}
		return all;
	default:
		return STR_NONE;
	}
}

struct str
lower_def_text(struct lowering *l, const DefElem *d)
{
	return d == NULL ? STR_NONE : node_text(l, d->arg);
}

struct setting_list
lower_parameters(struct lowering *l, const List *options)
{
	struct setting_list list = { 0 };
	const ListCell *cell;

	foreach (cell, options) {
		const DefElem *d = lfirst(cell);
		struct str name = d->defnamespace == NULL ? lower_text(l, d->defname)
		    : str_printf(l->arena, "%s.%s", d->defnamespace, d->defname);
		*vec_push(l->arena, &list) = (struct setting_text){ name, lower_def_text(l, d) };
	}
	return list;
}

struct setting_list
lower_table_parameters(struct lowering *l, const List *options)
{
	struct setting_list all = lower_parameters(l, options), list = { 0 };

	for (size_t i = 0; i < all.n; i++)
		if (!str_is(all.items[i].name, "oids"))
			*vec_push(l->arena, &list) = all.items[i];
	return list;
}

struct str
lower_collation(struct lowering *l, const CollateClause *clause, struct str *schema)
{
	struct str name = STR_NONE;

	*schema = STR_NONE;
	if (clause != NULL)
		names_from_list(l->arena, clause->collname, schema, &name);
	return str_is(name, "default") ? STR_NONE : name;
}

void
options_set(struct catalog *c, struct relation *r, const struct setting_list *list)
{
	for (size_t i = r->objects.n; i-- > 0;)
		if (str_is(r->objects.items[i]->kind, "option") && !str_starts(r->objects.items[i]->name, "column "))
			catalog_remove_object(c, r, "option", r->objects.items[i]->name);
	for (size_t i = 0; i < list->n; i++)
		catalog_put_object(c, r, "option", list->items[i].name, list->items[i].value.n > 0 ? list->items[i].value : STR("true"));
}

const DefElem *
lower_option(const List *options, const char *name)
{
	const ListCell *cell;

	foreach (cell, options) {
		const DefElem *d = lfirst(cell);
		if (IsA(d, DefElem) && strcmp(d->defname, name) == 0)
			return d;
	}
	return NULL;
}

/* defGetBoolean() */
bool
lower_option_true(const List *options, const char *name, bool otherwise)
{
	const DefElem *d = lower_option(options, name);

	if (d == NULL)
		return otherwise;
	if (d->arg == NULL)
		return true;
	if (IsA(d->arg, Integer))
		return intVal(d->arg) != 0;
	if (IsA(d->arg, Boolean))
		return boolVal(d->arg);
	return !IsA(d->arg, String) || strcmp(strVal(d->arg), "on") == 0 || strcmp(strVal(d->arg), "true") == 0;
}

/* Behind the next pair of parentheses. */
static uint32_t
behind_parens(const struct lowering *l, uint32_t off)
{
	struct span inner = locate_parens(l->statement, off);
	struct str rest = source_text(l->statement->source, locate_rest(l->statement, inner));

	return inner.off + inner.len + (uint32_t)str_find_char(rest, ')') + 1;
}

/* The node points behind FOR VALUES; the table may go on with PARTITION BY, WITH, SERVER ... */
struct str
lower_bound(struct lowering *l, const PartitionBoundSpec *bound)
{
	uint32_t from, to;

	if (bound->is_default)
		return STR("DEFAULT");
	from = lower_offset(l, bound->location);
	to = behind_parens(l, from);
	if (bound->strategy == PARTITION_STRATEGY_RANGE)
		to = behind_parens(l, to);
	return str_printf(l->arena, "FOR VALUES %.*s", STR_ARG(str_trim(source_text(l->statement->source, span_of(from, to)))));
}

/* As SQL needs it; without pg_catalog. */
static struct str
dotted(struct lowering *l, const List *names)
{
	struct str schema, name;

	names_from_list(l->arena, names, &schema, &name);
	if (name.s == NULL)
		return STR_NONE;
	name = sql_ident(l->arena, name);
	return schema.s == NULL || str_is(schema, "pg_catalog") ? name
	    : str_printf(l->arena, "%.*s.%.*s", STR_ARG(sql_ident(l->arena, schema)), STR_ARG(name));
}

/* "siglen='100'" */
static struct str
parameters_of(struct lowering *l, const List *options)
{
	struct buf b = BUF(l->arena);
	const ListCell *cell;

	foreach (cell, options) {
		const DefElem *d = lfirst(cell);
		buf_printf(&b, "%s%s=", b.n > 0 ? ", " : "", d->defname);
		sql_put_literal(&b, lower_def_text(l, d));
	}
	return buf_text(&b);
}

/* ComputeIndexAttrs(), ComputePartitionAttrs(): "(a COLLATE x)" is a column, and "a COLLATE x" */
static struct index_column
lower_key(struct lowering *l, const char *name, const Node *node, const List *collation, const List *opclass)
{
	struct index_column c = { .name = lower_text(l, name), .label = lower_figure_name(l, node) };

	for (; node != NULL && IsA(node, CollateClause); node = ((const CollateClause *)node)->arg)
		collation = collation == NIL ? ((const CollateClause *)node)->collname : collation;
	c.expr = lower_table_expr(l, node);
	if (c.expr != NULL && c.expr->kind == EXPR_COLUMN && c.expr->schema.s == NULL) {
		c.name = c.expr->name;
		c.expr = NULL;
	}
	c.collation = dotted(l, collation);
	c.opclass = dotted(l, opclass);
	return c;
}

struct index_column
lower_index_column(struct lowering *l, const IndexElem *e)
{
	struct index_column c = lower_key(l, e->name, e->expr, e->collation, e->opclass);

	c.parameters = parameters_of(l, e->opclassopts);
	c.descending = e->ordering == SORTBY_DESC;
	c.nulls_first = e->nulls_ordering == SORTBY_NULLS_FIRST ||
	    (c.descending && e->nulls_ordering == SORTBY_NULLS_DEFAULT);
	return c;
}

struct index_column
lower_partition_column(struct lowering *l, const PartitionElem *e)
{
	return lower_key(l, e->name, e->expr, e->collation, e->opclass);
}

/* ---- making operations ---- */

static enum relkind
kind_of_object(int objtype)
{
	switch (objtype) {
	case OBJECT_INDEX:
		return RELATION_INDEX;
	case OBJECT_VIEW:
		return RELATION_VIEW;
	case OBJECT_MATVIEW:
		return RELATION_MATVIEW;
	case OBJECT_SEQUENCE:
		return RELATION_SEQUENCE;
	case OBJECT_FOREIGN_TABLE:
		return RELATION_FOREIGN;
	case OBJECT_TYPE:
		return RELATION_COMPOSITE;
	default:
		return RELATION_TABLE;
	}
}

struct str
lower_role(struct lowering *l, const RoleSpec *role)
{
	return role == NULL ? STR_NONE : role->rolename != NULL ? lower_text(l, role->rolename) : STR("current_user");
}

struct op *
lower_add(struct lowering *l, const struct op_kind *kind)
{
	struct op *op = NEW(l->arena, struct op);

	op->kind = kind;
	op->statement = l->statement;
	op->script = l->script;
	op->data = kind->size > 0 ? arena_alloc(l->arena, kind->size) : NULL;
	op->target = l->table;
	op->target_kind = kind_of_object(l->objtype);
	op->only = l->only;
	op->if_exists = l->if_exists;
	op->leader = l->leader;
	op->refers_to_types = l->refers_to_types;
	op->lost_type = l->lost_type;
	op->spans[SPAN_STATEMENT] = l->statement->span;
	op->spans[SPAN_ACTION] = l->action.len > 0 ? l->action : l->statement->span;
	op->spans[SPAN_TABLE] = l->table.span;
	op->spans[SPAN_NAME] = l->table.span;
	op->spans[SPAN_KEYWORD] = locate_leading(l->statement, op->spans[SPAN_ACTION], 2);
	*vec_push(l->arena, &l->script->ops) = op;
	return op;
}

void
lower_node(struct lowering *l, int node, int subtype, const void *tree)
{
	const struct op_kind *kind = op_kind_for(node, subtype);

	if (kind == NULL)
		kind = op_kind_find(STR("other"));
	kind->lower(l, kind, tree);
}

static void
sort_by_pass(struct op **ops, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct op *op = ops[i];
		size_t j = i;
		for (; j > 0 && ops[j - 1]->kind->pass > op->kind->pass; j--)
			ops[j] = ops[j - 1];
		ops[j] = op;
	}
}

static struct span
after_star(const struct lowering *l, struct span rest)
{
	const char *s = l->statement->source->sql.s;

	if (rest.len == 0 || s[rest.off] != '*')
		return rest;
	return locate_rest(l->statement, (struct span){ rest.off, 1 });
}

/* ALTER TABLE and its kin: one operation per subcommand. */
static void
lower_alter_table(struct lowering *l, const AlterTableStmt *st)
{
	size_t first = l->script->ops.n, n = 0;
	struct span rest;
	const ListCell *cell;

	l->table = lower_range_var(l, st->relation);
	l->only = st->relation != NULL && !st->relation->inh;
	l->if_exists = st->missing_ok;
	l->objtype = (int)st->objtype;
	rest = after_star(l, locate_rest(l->statement, l->table.span));
	foreach (cell, st->cmds) {
		const AlterTableCmd *cmd = lfirst(cell);
		l->action = locate_piece(l->statement, rest, n++);
		lower_node(l, T_AlterTableStmt, (int)cmd->subtype, cmd);
		/* of an attribute: typed tables follow */
		if (st->objtype == OBJECT_TYPE && l->script->ops.n > first)
			(*vec_last(&l->script->ops))->cascade = cmd->behavior == DROP_CASCADE;
	}
	sort_by_pass(l->script->ops.items + first, l->script->ops.n - first);
}

static int
subtype_of(const Node *node)
{
	switch (nodeTag(node)) {
	case T_RenameStmt:
		return (int)((const RenameStmt *)node)->renameType;
	case T_DropStmt:
		return (int)((const DropStmt *)node)->removeType;
	case T_AlterObjectSchemaStmt:
		return (int)((const AlterObjectSchemaStmt *)node)->objectType;
	case T_TransactionStmt:
		return (int)((const TransactionStmt *)node)->kind;
	case T_DefineStmt:
		return (int)((const DefineStmt *)node)->kind;
	default:
		return -1;
	}
}

static void
lower_statement(void *arg, const struct statement *statement, const void *tree)
{
	struct lowering *l = arg;
	struct statement *kept = NEW(l->arena, struct statement);
	const Node *node = tree;

	*kept = *statement;
	*vec_push(l->arena, &l->script->statements) = kept;
	*l = (struct lowering){ .arena = l->arena, .script = l->script, .statement = kept, .diags = l->diags };
	lower_type_references(l, (Node *)(uintptr_t)tree);
	if (IsA(node, AlterTableStmt))
		lower_alter_table(l, (const AlterTableStmt *)node);
	else
		lower_node(l, (int)nodeTag(node), subtype_of(node), node);
}

void
lower_source(struct arena *arena, const struct source *source, struct span part, struct diags *diags, struct script *script)
{
	struct lowering l = { .arena = arena, .script = script, .diags = diags };

	script->arena = arena;
	script->source = source;
	sql_parse(arena, source, part, diags, lower_statement, &l, &script->parsed);
}

static bool
same_name(const struct name *a, const struct name *b)
{
	return str_eq(a->name, b->name) && (a->schema.s == NULL || b->schema.s == NULL || str_eq(a->schema, b->schema));
}

/* A materialized view stands in for nothing but another one: it cannot be written to. */
static bool
creates_view(const struct op *other, const struct op *op)
{
	if (strcmp(other->kind->name, "create_view") == 0)
		return true;
	return strcmp(other->kind->name, "create_materialized_view") == 0 && op->table != NULL &&
	    op->table->kind == RELATION_MATVIEW;
}

/* What is looked for in relation to an operation. */
struct search {
	const struct op *op;
	bool (*is)(const struct op *other, const struct op *op);
};

static bool
is_searched(const struct op *other, void *arg)
{
	const struct search *s = arg;

	return s->is(other, s->op);
}

/* What a file does from some point on, with what it runs there. */
struct course {
	struct arena *arena;
	const struct script *file;
	bool (*is)(const struct op *other, void *arg);
	void *arg;
	unsigned depth;                 /* of calls */
};

enum { CALLS_DEEP = 4 };

static bool course_has(const struct course *, const struct op *);

/* In the part of it that begins at `from` and ends before `to`. */
static bool
part_has(const struct course *outer, const struct code_ops *ops, uint32_t from, uint32_t to)
{
	struct course c = *outer;

	if (c.depth++ == CALLS_DEEP)
		return false;
	for (size_t i = 0; i < ops->list.n; i++)
		if (ops->list.items[i].at >= from && ops->list.items[i].at < to && course_has(&c, ops->list.items[i].op))
			return true;
	return false;
}

static bool
code_has(const struct course *c, struct code *code)
{
	return part_has(c, code_list(code, NULL), 0, UINT32_MAX);
}

/* Of the code that runs the script. */
static bool
caller_has(const struct course *c, const struct script *script, uint32_t from, uint32_t to)
{
	return script->code != NULL && part_has(c, code_list(script->code, script->bindings), from, to);
}

/* A function that the file defines may not be known yet. */
static bool
defined_here_has(const struct course *c, const struct call *call)
{
	const struct name called = { .schema = call->schema, .name = call->name };

	for (size_t i = 0; i < c->file->ops.n; i++) {
		const struct op *op = c->file->ops.items[i];
		if (strcmp(op->kind->name, "create_function") == 0 && same_name(&op->target, &called) && op_code(op) != NULL &&
		    code_has(c, op_code(op)))
			return true;
	}
	return false;
}

static bool
called_has(const struct course *c, const struct op *op)
{
	struct code_call call;

	for (size_t i = 0; c->file->catalog != NULL && op_calls(op, c->file->catalog, i, &call); i++)
		if ((call.code != NULL && code_has(c, call.code)) || defined_here_has(c, call.call))
			return true;
	return false;
}

/* It is what is looked for, or a DO block or call in which that is. */
static bool
course_has(const struct course *c, const struct op *op)
{
	if (c->is(op, c->arg))
		return true;
	if (strcmp(op->kind->name, "do_block") == 0)
		return code_has(c, op_code(op));
	return called_has(c, op);
}

const struct op *
op_of_file(const struct op *op)
{
	while (op->script != NULL && op->script->caller != NULL)
		op = op->script->caller;
	return op;
}

/* Behind the operation at; NULL: from the start. */
static bool
script_has(const struct course *c, const struct script *script, const struct op *at)
{
	bool later = at == NULL;

	for (size_t i = 0; i < script->ops.n; i++) {
		if (later && course_has(c, script->ops.items[i]))
			return true;
		later = later || script->ops.items[i] == at;
	}
	return caller_has(c, script, script->at + 1, UINT32_MAX);
}

bool
script_find_later(const struct op *op, bool (*is)(const struct op *later, void *arg), void *arg)
{
	const struct script *file = op_of_file(op)->script;

	for (const struct op *at = op; at != NULL && at->script != NULL; at = at->script->caller)
		if (script_has(&(struct course){ file->arena, file, is, arg, 0 }, at->script, at))
			return true;
	return false;
}

static bool
holds_all(const struct later_file *file, struct arena *arena, const struct str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find(file->folded, str_fold(arena, words[i])) == (size_t)-1)
			return false;
	return file->up.source != NULL;
}

static const struct script *
script_of(const struct later_file *file)
{
	struct diags unheard = { .arena = file->arena };

	if (*file->script == NULL) {
		*file->script = NEW(file->arena, struct script);
		lower_source(file->arena, file->up.source, file->up.span, &unheard, *file->script);
	}
	return *file->script;
}

/* It is a migration that holds all of the words. */
static bool
later_one_has(const struct facts *f, const struct later_file *file, const struct str *words, size_t n, bool (*is)(const struct op *later, void *arg), void *arg)
{
	if (!holds_all(file, f->arena, words, n))
		return false;
	const struct script *script = script_of(file);
	return script_has(&(struct course){ f->arena, script, is, arg, 0 }, script, NULL);
}

bool
later_file_has(const struct facts *f, const struct str *words, size_t n, bool (*is)(const struct op *later, void *arg), void *arg)
{
	for (size_t i = 0; f->unit != NULL && i < f->unit->nlater; i++)
		if (later_one_has(f, &f->unit->later[i], words, n, is, arg))
			return true;
	return false;
}

struct finding {
	struct search search;
	const struct op *found;
};

static bool
is_found(const struct op *later, void *arg)
{
	struct finding *f = arg;

	f->found = is_searched(later, &f->search) ? later : NULL;
	return f->found != NULL;
}

struct str
later_file_of(const struct facts *f, const struct str *words, size_t n, bool (*is)(const struct op *later, const struct op *op))
{
	struct finding finding = { { f->op, is }, NULL };

	return later_file_has(f, words, n, is_found, &finding) ? file_name(statement_file(finding.found->statement)) : STR_NONE;
}

static bool
is_of_same_file(const struct unit *u, const struct later_file *file)
{
	return u->file.n > 0 && str_eq(file->file, u->file);
}

static bool
comes_with(const struct unit *u, const struct later_file *file)
{
	return file->runs == RUNS_EACH_TIME || is_of_same_file(u, file);
}

bool
later_changeset_has(const struct facts *f, struct str word, bool (*is)(const struct op *later, void *arg), void *arg)
{
	for (size_t i = 0; f->unit != NULL && !f->unit->down && i < f->unit->nlater; i++)
		if (is_of_same_file(f->unit, &f->unit->later[i]) && later_one_has(f, &f->unit->later[i], &word, 1, is, arg))
			return true;
	return false;
}

bool
script_later(const struct op *op, bool (*is)(const struct op *later, const struct op *op))
{
	struct search s = { op, is };

	return script_find_later(op, is_searched, &s);
}

static bool
is_followed_by_broken(const struct op *op)
{
	op = op_of_file(op);
	return op->script != NULL && op->script->parsed.broken > 0 && op->statement != NULL &&
	    op->script->parsed.last_broken > op->statement->span.off;
}

struct value
script_value(const struct op *op, bool later)
{
	return !later && is_followed_by_broken(op) ? value_unknown() : value_bool(later);
}

/* The token is that name, quoted or not; STR_NONE: any. */
static bool
token_names(const struct statement *s, size_t at, struct str name)
{
	return at < s->ntokens && (name.s == NULL || locate_name(s, span_of(s->tokens[at].off, s->tokens[at].off + s->tokens[at].len), name).len > 0);
}

/* The statement reads so far, whether or not the rest of it can be parsed. */
static bool
tokens_name(const struct statement *s, size_t at, const struct name *name)
{
	return s->source->sql.s[s->tokens[at + 1].off] == '.' ? token_names(s, at, name->schema) && token_names(s, at + 2, name->name)
	                                                      : token_names(s, at, name->name);
}

static bool
read_creation(struct arena *arena, const struct source *source, struct span span, struct statement *s)
{
	struct token_list tokens = { 0 };
	struct parse_result comments = { 0 };
	struct sql_error error;

	if (!sql_tokens(arena, source, span, &tokens, &comments, &error) || tokens.n < 6 || !str_is(tokens.items[0].keyword, "create"))
		return false;
	*s = (struct statement){ .source = source, .span = span, .tokens = tokens.items, .ntokens = tokens.n };
	return true;
}

static bool
creates_function_of(struct arena *arena, const struct source *source, struct span span, const struct name *name)
{
	static const char *const kinds[] = { "function", "procedure", NULL };
	struct statement s;
	size_t at;

	if (!read_creation(arena, source, span, &s))
		return false;
	at = str_is(s.tokens[1].keyword, "or") ? 4 : 2;
	return str_among(s.tokens[at - 1].keyword, kinds) && tokens_name(&s, at, name);
}

/* CREATE UNLOGGED TABLE IF NOT EXISTS */
static bool
creates_table_of(struct arena *arena, const struct source *source, struct span span, const struct name *name)
{
	static const char *const sorts[] = { "global", "local", "temporary", "temp", "unlogged", "foreign", NULL };
	struct statement s;
	size_t at = 1;

	if (!read_creation(arena, source, span, &s))
		return false;
	while (at < 3 && str_among(s.tokens[at].keyword, sorts))
		at++;
	if (!str_is(s.tokens[at++].keyword, "table"))
		return false;
	at += str_is(s.tokens[at].keyword, "if") ? 3 : 0;
	return at + 1 < s.ntokens && tokens_name(&s, at, name);
}

bool
script_broken_creates_function(const struct op *op)
{
	const struct op *at = op_of_file(op);
	const struct script *script = at->script;

	for (size_t i = 0; is_followed_by_broken(op) && i < script->parsed.spans.n; i++)
		if (script->parsed.spans.items[i].off > at->statement->span.off &&
		    creates_function_of(script->arena, script->source, script->parsed.spans.items[i], &op->target))
			return true;
	return false;
}

bool
script_broken_creates_table(const struct op *op, const struct relation *r)
{
	const struct op *at = op_of_file(op);
	const struct script *script = at->script;
	const struct name name = { .schema = STR_NONE, .name = r->name };

	for (size_t i = 0; script != NULL && at->statement != NULL && script->parsed.broken > 0 && i < script->parsed.spans.n; i++)
		if (script->parsed.spans.items[i].off < at->statement->span.off &&
		    creates_table_of(script->arena, script->source, script->parsed.spans.items[i], &name))
			return true;
	return false;
}

struct value
follows_value(const struct facts *f, bool later, struct str word, bool (*is)(const struct op *later, const struct op *op))
{
	struct search s = { f->op, is };
	const struct later_file *doubtful = NULL;

	for (size_t i = 0; !later && f->unit != NULL && !f->unit->down && i < f->unit->nlater; i++) {
		const struct later_file *file = &f->unit->later[i];
		bool certain = comes_with(f->unit, file);
		if ((!certain && file->runs == RUNS_ONCE) || !later_one_has(f, file, &word, 1, is_searched, &s))
			continue;
		later = certain;
		doubtful = file;
	}
	if (later || doubtful == NULL)
		return script_value(f->op, later);
	return value_unknown_because(str_printf(f->arena, "%.*s does, which runs again only when its text has changed",
	    STR_ARG(file_name(doubtful->up.source->path))));
}

struct value
script_later_value(const struct op *op, bool (*is)(const struct op *later, const struct op *op))
{
	return script_value(op, script_later(op, is));
}

/* Before the operation at. */
static bool
script_had(const struct course *c, const struct script *script, const struct op *at)
{
	for (size_t i = 0; i < script->ops.n && script->ops.items[i] != at; i++)
		if (course_has(c, script->ops.items[i]))
			return true;
	return caller_has(c, script, 0, script->at);
}

bool
script_earlier(const struct op *op, bool (*is)(const struct op *earlier, const struct op *op))
{
	const struct script *file = op_of_file(op)->script;
	struct search s = { op, is };

	for (const struct op *at = op; at != NULL && at->script != NULL; at = at->script->caller)
		if (script_had(&(struct course){ file->arena, file, is_searched, &s, 0 }, at->script, at))
			return true;
	return false;
}

bool
op_runs(const struct op *other, bool (*is)(const struct op *other, const struct op *op), const struct op *op)
{
	const struct script *file = op_of_file(op)->script;
	struct search s = { op, is };

	return course_has(&(struct course){ file->arena, file, is_searched, &s, 0 }, other);
}

static bool
is_one_of(const struct op *op, const char *a, const char *b)
{
	return strcmp(op->kind->name, a) == 0 || strcmp(op->kind->name, b) == 0;
}

/* Drops the column, or the table when that is NULL: the caller has seen that it names the table. */
static bool
drops_it(const struct op *other, const struct str *column)
{
	return column != NULL ? strcmp(other->kind->name, "drop_column") == 0 && str_eq(other->column_name, *column)
	    : strcmp(other->kind->name, "drop_table") == 0;
}

static bool
renames_it(const struct op *other, const struct str *column)
{
	return is_one_of(other, "rename_table", "set_schema") ||
	    (column != NULL && strcmp(other->kind->name, "rename_column") == 0 && str_eq(other->column_name, *column));
}

/* Under another name or in another schema it is not what a DROP names; a ROLLBACK undoes the DROP. */
static bool
drops_further_on(const struct facts *f, const struct relation *table, const struct str *column)
{
	const struct script *script = f->op->script;
	bool later = false, dropped = false;

	if (table == NULL || script == NULL || f->inside != NULL)
		return false;
	for (size_t i = 0; i < script->ops.n; later = later || script->ops.items[i] == f->op, i++) {
		const struct op *other = script->ops.items[i];
		if (!later)
			continue;
		if (is_one_of(other, "commit", "prepare_transaction"))
			break;
		if (is_one_of(other, "rollback", "rollback_to_savepoint"))
			return false;
		if (dropped || !str_eq(other->target.name, table->name) || catalog_find_relation(f->catalog, other->target) != table)
			continue;
		if (renames_it(other, column))
			return false;
		dropped = drops_it(other, column);
	}
	return dropped;
}

static bool
drops_later(const struct facts *f, const struct relation *table, const struct str *column)
{
	return f->session->open == YES && drops_further_on(f, table, column);
}

bool
script_drops_later(const struct facts *f, const struct relation *table)
{
	return drops_later(f, table, NULL);
}

bool
script_drops_column_later(const struct facts *f, struct str column)
{
	return drops_later(f, f->op->table, &column);
}

bool
script_drops_further_on(const struct facts *f, const struct str *column)
{
	return drops_further_on(f, f->op->table, column);
}

bool
script_makes_again(const struct facts *f, struct str name, bool (*makes)(const struct op *later, const struct op *op, struct str name))
{
	const struct script *script = f->op->script;
	bool later = false;

	for (size_t i = 0; script != NULL && f->inside == NULL && i < script->ops.n; later = later || script->ops.items[i] == f->op, i++) {
		const struct op *other = script->ops.items[i];
		bool same = other->statement == f->op->statement || f->session->open == YES;
		if (later && (!same || is_one_of(other, "commit", "prepare_transaction") || is_one_of(other, "rollback", "rollback_to_savepoint")))
			return false;
		if (later && makes(other, f->op, name))
			return true;
	}
	return false;
}

struct str
op_target_words(struct arena *arena, const struct op *op)
{
	struct str name = sql_ident(arena, op->target.name);

	return op->target.schema.n == 0 ? name
	    : str_printf(arena, "%.*s.%.*s", STR_ARG(sql_ident(arena, op->target.schema)), STR_ARG(name));
}

bool
op_names_same(const struct op *a, const struct op *b)
{
	return same_name(&a->target, &b->target);
}

bool
op_creates_view_of(const struct op *other, const struct op *op)
{
	return creates_view(other, op) && op_names_same(other, op);
}

bool
script_creates_view_later(const struct op *op)
{
	return script_later(op, op_creates_view_of);
}
