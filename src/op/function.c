#include <string.h>

#include "base/buf.h"
#include "catalog/spell.h"
#include "op/code.h"
#include "op/query.h"
#include "op/routine.h"
#include "op/sql_body.h"
#include "op/trigger.h"
#include "op/type_reference.h"
#include "op/uses.h"
#include "op/view_text.h"
#include "sql/deparse.h"

/* CREATE FUNCTION, CREATE PROCEDURE, DO, CALL. */

struct payload {
	struct str arguments;           /* input types, "integer, text" */
	struct str language;
	struct str returns;
	struct type return_type;
	struct function_columns gives;
	struct function_parameters parameters;
	struct str body;
	struct code *code;
	struct str definition;          /* all of it but its name; of ALTER FUNCTION: what it changes */
	struct query query;             /* of a body in standard SQL (BEGIN ATOMIC, RETURN) */
	const struct expr *gives_back;  /* of RETURN */
	VEC(const struct select *) statements;  /* of BEGIN ATOMIC */
	struct surroundings around;     /* the parameters, in a body of SQL */
	struct str_list path;           /* of SET search_path = ... */
	bool has_path, bodies_unchecked;        /* it sets that, and check_function_bodies */
	bool polymorphic;               /* an argument is anyelement or its like */
	bool volatility_given;
	enum volatility volatility;     /* of ALTER FUNCTION: VOLATILITY_UNKNOWN when it does not say */
	struct str_list inputs;         /* see code_unquoted() */
	bool procedure, window, replace, security_definer, search_path, strict;
	bool sets_security, sets_strict;        /* ALTER FUNCTION says so */
	bool any_arguments;             /* ALTER FUNCTION names none: it is the only one of its name */
	int objtype;                    /* of ALTER FUNCTION: see struct routine */
};

/* ---- calls ---- */

struct call_width
call_width_of(const struct function_parameters *list)
{
	struct call_width width = { 0, list->n };

	for (size_t i = 0; i < list->n; i++) {
		width.least += !list->items[i].has_default && !list->items[i].variadic;
		if (list->items[i].variadic)
			width.most = SIZE_MAX;
	}
	return width;
}

bool
function_op_takes(const struct op *op, struct call_width width)
{
	struct call_width own = call_width_of(&OP_DATA(op, struct payload)->parameters);

	return own.least <= width.most && width.least <= own.most;
}

/* ---- lowering ---- */

static bool
is_input(FunctionParameterMode mode)
{
	return mode != FUNC_PARAM_OUT && mode != FUNC_PARAM_TABLE;
}

static struct str
join(struct lowering *l, struct str all, const TypeName *type)
{
	struct str one = lower_argument_type(l, type);

	return all.n == 0 ? one : str_printf(l->arena, "%.*s, %.*s", STR_ARG(all), STR_ARG(one));
}

static struct str
input_types(struct lowering *l, const List *parameters)
{
	struct str all = STR("");
	const ListCell *cell;

	foreach (cell, parameters) {
		const FunctionParameter *p = lfirst(cell);
		if (is_input(p->mode))
			all = join(l, all, p->argType);
	}
	return all;
}

static bool
holds_text(struct type t)
{
	return t.builtin && (str_is(t.name, "text") || str_is(t.name, "varchar") || str_is(t.name, "bpchar"));
}

static struct str_list
text_inputs(struct lowering *l, const List *parameters)
{
	struct str_list list = { 0 };
	const ListCell *cell;

	foreach (cell, parameters) {
		const FunctionParameter *p = lfirst(cell);
		struct str name = p->name != NULL ? lower_text(l, p->name) : STR("");
		if (is_input(p->mode))
			*vec_push(l->arena, &list) = holds_text(type_from_node(l->arena, p->argType)) ? name : STR_NONE;
	}
	return list;
}

static void
put_parameter(struct lowering *l, struct buf *b, const FunctionParameter *p)
{
	buf_c(b, b->n > 0 ? ", " : "");
	if (p->name != NULL) {
		sql_put_ident(b, str_of(p->name));
		buf_char(b, ' ');
	}
	buf_str(b, lower_argument_type(l, p->argType));
}

/* NULL: none, or several. */
static const FunctionParameter *
only_output(const List *parameters)
{
	const FunctionParameter *only = NULL;
	const ListCell *cell;

	foreach (cell, parameters) {
		const FunctionParameter *p = lfirst(cell);
		if (p->mode != FUNC_PARAM_OUT && p->mode != FUNC_PARAM_INOUT)
			continue;
		if (only != NULL)
			return NULL;
		only = p;
	}
	return only;
}

/* pg_get_function_result(): "SETOF users", "TABLE(a integer)"; OUT arguments give their type, or record. */
static struct str
result_of(struct lowering *l, const CreateFunctionStmt *st)
{
	struct buf columns = BUF(l->arena);
	const FunctionParameter *only = only_output(st->parameters);
	const ListCell *cell;

	foreach (cell, st->parameters) {
		const FunctionParameter *p = lfirst(cell);
		if (p->mode == FUNC_PARAM_TABLE)
			put_parameter(l, &columns, p);
	}
	if (columns.n > 0)
		return str_printf(l->arena, "TABLE(%.*s)", STR_ARG(buf_text(&columns)));
	if (st->is_procedure)
		return STR_NONE;
	if (st->returnType == NULL)
		return only == NULL ? STR("record") : lower_argument_type(l, only->argType);
	return str_printf(l->arena, "%s%.*s", st->returnType->setof ? "SETOF " : "", STR_ARG(lower_argument_type(l, st->returnType)));
}

/* What anyelement and its like are depends on what is given (enforce_generic_type_consistency()), so nothing is known. */
static struct type
result_type(struct lowering *l, const TypeName *written)
{
	struct type t = type_from_node(l->arena, written);

	return t.builtin && str_starts(t.name, "any") ? (struct type){ .name = STR_NONE } : t;
}

static struct function_columns
columns_of(struct lowering *l, const List *parameters)
{
	struct function_columns list = { 0 };
	const ListCell *cell;

	foreach (cell, parameters) {
		const FunctionParameter *p = lfirst(cell);
		if (p->mode == FUNC_PARAM_TABLE || p->mode == FUNC_PARAM_OUT || p->mode == FUNC_PARAM_INOUT)
			*vec_push(l->arena, &list) = (struct function_column){ lower_text(l, p->name), result_type(l, p->argType) };
	}
	return list;
}

static enum volatility
volatility_of(const List *options, enum volatility otherwise)
{
	const DefElem *d = lower_option(options, "volatility");

	if (d == NULL)
		return otherwise;
	return strcmp(strVal(d->arg), "immutable") == 0 ? IMMUTABLE : strcmp(strVal(d->arg), "stable") == 0 ? STABLE : VOLATILE;
}

static bool
sets_search_path(const List *options)
{
	const ListCell *cell;

	foreach (cell, options) {
		const DefElem *d = lfirst(cell);
		const VariableSetStmt *set = (const VariableSetStmt *)d->arg;
		if (strcmp(d->defname, "set") == 0 && set->name != NULL && strcmp(set->name, "search_path") == 0)
			return true;
	}
	return false;
}

/* SET name = value, ...; not FROM CURRENT, which is what is in force. */
static void
lower_settings(struct lowering *l, struct payload *p, const List *options)
{
	const ListCell *cell, *inner;

	foreach (cell, options) {
		const DefElem *d = lfirst(cell);
		const VariableSetStmt *set = (const VariableSetStmt *)d->arg;
		if (strcmp(d->defname, "set") != 0 || set->name == NULL)
			continue;
		p->bodies_unchecked = p->bodies_unchecked || strcmp(set->name, "check_function_bodies") == 0;
		if (strcmp(set->name, "search_path") != 0 || set->kind == VAR_SET_CURRENT)
			continue;
		p->has_path = true;
		foreach (inner, set->args)
			if (IsA(lfirst(inner), A_Const) && IsA(&((const A_Const *)lfirst(inner))->val, String))
				*vec_push(l->arena, &p->path) = lower_text(l, strVal(&((const A_Const *)lfirst(inner))->val));
	}
}

static bool
is_polymorphic(const TypeName *written)
{
	return str_in_words(str_of(strVal(llast(written->names))), "anyelement anyarray anynonarray anyenum anyrange anymultirange "
	    "anycompatible anycompatiblearray anycompatiblenonarray anycompatiblerange anycompatiblemultirange");
}

static struct str
body_of(struct lowering *l, const List *options)
{
	const DefElem *d = lower_option(options, "as");

	if (d == NULL || d->arg == NULL)
		return STR_NONE;
	if (IsA(d->arg, List))
		return lower_text(l, strVal(linitial((const List *)d->arg)));
	return lower_text(l, strVal(d->arg));
}

/* A body in standard SQL: RETURN, or a list of lists of statements; utility statements in it are not looked into. */
static void
add_body(struct query_walk *w, struct payload *p, const Node *body)
{
	const ListCell *cell;

	if (body == NULL)
		return;
	switch (nodeTag(body)) {
	case T_List:
		foreach (cell, (const List *)body)
			add_body(w, p, lfirst(cell));
		break;
	case T_ReturnStmt:
		query_add(w, ((const ReturnStmt *)body)->returnval);
		p->gives_back = lower_expr(w->lowering, ((const ReturnStmt *)body)->returnval);
		break;
	case T_SelectStmt:
	case T_InsertStmt:
	case T_UpdateStmt:
	case T_DeleteStmt:
	case T_MergeStmt:
		query_add(w, body);
		*vec_push(w->lowering->arena, &p->statements) = lower_select(w->lowering, body);
		break;
	default:
		break;
	}
}

static int
compare_options(const ListCell *a, const ListCell *b)
{
	return strcmp(((const DefElem *)a->ptr_value)->defname, ((const DefElem *)b->ptr_value)->defname);
}

List *
lower_quoted_parameters(struct lowering *l, const List *parameters)
{
	List *list = NIL;
	const ListCell *cell;

	foreach (cell, parameters) {
		FunctionParameter *p = makeNode(FunctionParameter);
		*p = *(const FunctionParameter *)lfirst(cell);
		if (p->name != NULL)
			p->name = str_c(l->arena, sql_ident(l->arena, str_of(p->name)));
		list = lappend(list, p);
	}
	return list;
}

static struct str
definition_of(struct lowering *l, const CreateFunctionStmt *st)
{
	CreateFunctionStmt copy = *st;

	copy.parameters = lower_quoted_parameters(l, st->parameters);
	copy.options = list_copy(st->options);
	list_sort(copy.options, compare_options);
	copy.funcname = list_make1(makeString(pstrdup("f")));
	copy.replace = false;
	return sql_deparse_behind(l->arena, &copy, st->is_procedure ? "CREATE PROCEDURE f" : "CREATE FUNCTION f");
}

static struct code *
code_of(struct lowering *l, const struct payload *p, const List *options, struct place place)
{
	struct code *code = NEW(l->arena, struct code);
	const DefElem *as = lower_option(options, "as");

	code->arena = l->arena;
	code->language = p->language;
	code->place = place;
	code->procedure = p->procedure;
	code->confined = p->security_definer || lower_option(options, "set") != NULL;
	if (as == NULL) {
		code->standard = true;
		code->source = code_standard(l);
	} else if (as->arg != NULL && (!IsA(as->arg, List) || list_length((const List *)as->arg) == 1)) {
		code->source = code_literal(l, as->location, p->body);
	}
	return code;
}

/* In the body it has its name, if it has one, and a number. */
static void
add_parameter(struct lowering *l, struct payload *p, struct str function, const FunctionParameter *parameter)
{
	struct offered o = { .qualifier = STR_NONE, .type = type_from_node(l->arena, parameter->argType) };
	struct str name = lower_text(l, parameter->name);

	if (!is_input(parameter->mode))
		return;
	p->polymorphic = p->polymorphic || is_polymorphic(parameter->argType);
	*vec_push(l->arena, &p->parameters) = (struct function_parameter){ .name = name, .type = o.type, .has_default = parameter->defexpr != NULL,
		.variadic = parameter->mode == FUNC_PARAM_VARIADIC };
	o.name = str_printf(l->arena, "$%zu", p->parameters.n);
	*vec_push(l->arena, &p->around.offers) = o;
	o.name = name;
	if (o.name.s != NULL)
		*vec_push(l->arena, &p->around.offers) = o;
	o.qualifier = function;
	if (o.name.s != NULL)
		*vec_push(l->arena, &p->around.offers) = o;
}

static void
lower_create(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateFunctionStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	struct query_walk w = { .lowering = l, .query = &p->query, .defining = true };
	const ListCell *cell;

	op->target = lower_name_list(l, st->funcname);
	op->spans[SPAN_NAME] = op->target.span;
	p->arguments = input_types(l, st->parameters);
	p->inputs = text_inputs(l, st->parameters);
	p->language = lower_def_text(l, lower_option(st->options, "language"));
	if (p->language.s == NULL)
		p->language = STR("sql");
	if (st->returnType != NULL || only_output(st->parameters) != NULL)
		p->return_type = result_type(l, st->returnType != NULL ? st->returnType : only_output(st->parameters)->argType);
	p->returns = result_of(l, st);
	p->gives = columns_of(l, st->parameters);
	p->volatility = volatility_of(st->options, VOLATILE);
	p->volatility_given = lower_option(st->options, "volatility") != NULL;
	p->security_definer = lower_option_true(st->options, "security", false);
	p->strict = lower_option_true(st->options, "strict", false);
	p->search_path = sets_search_path(st->options);
	lower_settings(l, p, st->options);
	p->body = body_of(l, st->options);
	p->procedure = st->is_procedure;
	p->window = lower_option_true(st->options, "window", false);
	p->replace = st->replace;
	p->definition = definition_of(l, st);
	p->around.numbered = true;
	add_body(&w, p, st->sql_body);
	p->code = code_of(l, p, st->options, (struct place){ l->statement->source, op->target.span });
	p->code->name = op->target.name;
	foreach (cell, st->parameters)
		add_parameter(l, p, op->target.name, lfirst(cell));
	foreach (cell, st->parameters)
		if (is_input(((const FunctionParameter *)lfirst(cell))->mode))
			lower_code_parameter(l, p->code, lfirst(cell));
		else if (((const FunctionParameter *)lfirst(cell))->name != NULL)
			*vec_push(l->arena, &p->code->results) = lower_text(l, ((const FunctionParameter *)lfirst(cell))->name);
}

static struct str
changes_of(struct lowering *l, const AlterFunctionStmt *st)
{
	AlterFunctionStmt copy = *st;
	ObjectWithArgs name = { .type = T_ObjectWithArgs, .objname = list_make1(makeString(pstrdup("f"))), .args_unspecified = true };

	copy.func = &name;
	copy.objtype = OBJECT_FUNCTION;
	return sql_deparse_behind(l->arena, &copy, "ALTER FUNCTION f ");
}

static void
lower_alter(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterFunctionStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	const ListCell *cell;

	op->target = lower_name_list(l, st->func->objname);
	op->spans[SPAN_NAME] = op->target.span;
	p->arguments = STR("");
	p->any_arguments = st->func->args_unspecified;
	foreach (cell, st->func->objargs)
		p->arguments = join(l, p->arguments, lfirst(cell));
	p->volatility = volatility_of(st->actions, VOLATILITY_UNKNOWN);
	p->security_definer = lower_option_true(st->actions, "security", false);
	p->search_path = sets_search_path(st->actions);
	p->sets_security = lower_option(st->actions, "security") != NULL;
	p->strict = lower_option_true(st->actions, "strict", false);
	p->sets_strict = lower_option(st->actions, "strict") != NULL;
	p->procedure = st->objtype == OBJECT_PROCEDURE;
	p->objtype = (int)st->objtype;
	p->definition = changes_of(l, st);
}

static void
lower_do(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const DoStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	p->language = lower_def_text(l, lower_option(st->args, "language"));
	if (p->language.s == NULL)
		p->language = STR("plpgsql");
	p->body = body_of(l, st->args);
	p->code = code_of(l, p, st->args, (struct place){ l->statement->source, op->spans[SPAN_KEYWORD] });
}

static void
lower_call(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CallStmt *st = node;
	struct query query = { 0 };
	struct query_walk w = { .lowering = l, .query = &query };
	struct op *op;

	w.once = list_make1(st->funccall);
	query_add(&w, st->funccall);
	op = lower_add(l, kind);
	OP_DATA(op, struct payload)->query = query;
	op->target = lower_name_list(l, st->funccall->funcname);
	op->spans[SPAN_NAME] = op->target.span;
}

static void
bind(struct op *op, struct catalog *c)
{
	query_bind(&OP_DATA(op, struct payload)->query, c);
}

static struct sql_body
body_as_sql(const struct payload *p)
{
	return (struct sql_body){ p->code, &p->around, p->return_type, &p->gives, p->has_path ? &p->path : NULL, p->bodies_unchecked, p->polymorphic };
}

static void
create_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct sql_body body = body_as_sql(p);

	query_define_effects(&p->query, e);
	if (code_is_sql(p->code))
		sql_body_effects(f, &body, e);
}

static void
call_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	query_effects(&OP_DATA(op, struct payload)->query, f, e);
}

static const struct query *
query(const struct op *op)
{
	return &OP_DATA(op, struct payload)->query;
}

static struct str
create_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	const struct sql_body body = body_as_sql(p);
	struct str reason = expr_call_missing(f, &p->around, p->gives_back);

	for (size_t i = 0; reason.s == NULL && i < p->statements.n; i++)
		reason = select_call_missing(f, &p->around, p->statements.items[i]);
	return reason.s != NULL || !code_is_sql(p->code) ? reason : sql_body_refused(f, &body);
}

struct code *
op_code(const struct op *op)
{
	bool has = strcmp(op->kind->name, "do_block") == 0 || strcmp(op->kind->name, "create_function") == 0;

	return has ? OP_DATA(op, struct payload)->code : NULL;
}

static void
tell_calls(struct catalog *c, const struct payload *p, struct calls_told *told)
{
	expr_tell_calls(c->arena, c, &p->around, p->gives_back, told);
	for (size_t i = 0; i < p->statements.n; i++)
		select_tell_calls(c->arena, c, &p->around, p->statements.items[i], told);
}

static void
note_uses(struct catalog *c, struct function *f, const struct query *q, const struct calls_told *told)
{
	for (size_t i = 0; i < q->tables.n; i++)
		if (q->tables.items[i].relation != NULL)
			*vec_push(c->arena, &f->reads) = q->tables.items[i].relation;
	query_note_calls(c, &f->calls, q, told);
}

/* The scanner's view of a body, one space between tokens; STR_NONE: of another language, or not to be read. */
static struct str
scanned_body(struct arena *a, const struct code *code, struct str language)
{
	const struct source *source = code == NULL ? NULL : code->source, *written;
	struct buf b = BUF(a);
	struct token_list tokens = { 0 };
	struct parse_result comments = { 0 };
	struct sql_error error;

	if (source == NULL || source->text.n == 0 || !(str_is(language, "sql") || str_is(language, "plpgsql")))
		return STR_NONE;
	/* PL/pgSQL that was read has SELECT where PERFORM is written, and no INTO */
	written = source_new(a, source->path, source->text);
	if (!sql_tokens(a, written, (struct span){ 0, (uint32_t)written->text.n }, &tokens, &comments, &error))
		return STR_NONE;
	for (size_t i = 0; i < tokens.n; i++)
		buf_printf(&b, "%s%.*s", i > 0 ? " " : "", STR_ARG(source_text(written, span_of(tokens.items[i].off, tokens.items[i].off + tokens.items[i].len))));
	return buf_text(&b);
}

/* What is left of the definition when nobody reads it: comments and white space between tokens of the body make no difference. */
static struct str
essence_of(struct arena *a, const struct payload *p)
{
	struct str body = scanned_body(a, p->code, p->language);
	size_t at = body.s == NULL ? (size_t)-1 : str_find(p->definition, p->body);

	if (at == (size_t)-1)
		return p->definition;
	return str_printf(a, "%.*s%.*s%.*s", STR_ARG(str_slice(p->definition, 0, at)), STR_ARG(body),
	    STR_ARG(str_slice(p->definition, at + p->body.n, p->definition.n)));
}

static void
create_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct str schema = catalog_target_schema(c, op->target);
	bool is_new = catalog_find_function(c, schema, op->target.name, p->arguments) == NULL;
	struct calls_told told = { 0 };
	struct function *f;

	(void)session;
	catalog_settle(c);
	tell_calls(c, p, &told);
	f = catalog_add_function(c, schema, op->target.name, p->arguments, p->volatility);
	f->owner = is_new ? c->role : f->owner;
	if (is_new)
		catalog_give_defaults_on(c, "function", schema, str_printf(c->arena, "%.*s.%.*s(%.*s)", STR_ARG(schema), STR_ARG(f->name),
		    STR_ARG(f->arguments)), &f->dropped, f->owner);
	f->volatility_given = p->volatility_given;
	f->definition = p->definition;
	f->essence = essence_of(c->arena, p);
	f->code = p->code;
	f->procedure = p->procedure;
	f->window = p->window;
	f->security_definer = p->security_definer;
	f->search_path = p->search_path;
	f->strict = p->strict;
	f->returns = p->returns.s == NULL ? STR_NONE : catalog_plain_types(c, p->returns);
	f->return_type = p->return_type;
	f->gives = p->gives;
	f->parameters = p->parameters;
	f->language = p->language;
	f->body = p->body;
	memset(&f->reads, 0, sizeof f->reads);
	memset(&f->calls, 0, sizeof f->calls);
	note_uses(c, f, &p->query, &told);
	f->definition = body_text_fixed(c->arena, c, f);
	f->born.place = (struct place){ op->statement->source, op->spans[SPAN_NAME] };
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static const struct function_set *
overloads(const struct facts *f)
{
	return catalog_slot_object(&f->catalog->functions, catalog_target_schema(f->catalog, f->op->target), f->op->target.name);
}

static const struct function *
same_function(const struct facts *f)
{
	const struct function_set *set = overloads(f);

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped && function_takes(f->catalog, set->overloads.items[i], payload(f)->arguments))
			return set->overloads.items[i];
	return NULL;
}

static struct routine
altered(const struct op *op)
{
	const struct payload *p = OP_DATA(op, struct payload);

	return (struct routine){ p->objtype, op->target, p->any_arguments ? STR_NONE : p->arguments };
}

static void
alter_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct routine r = altered(op);
	struct function *old = routine_find(c, &r).function;

	(void)session;
	catalog_touch(c, TOUCHED_FUNCTION, catalog_target_schema(c, op->target), op->target.name, old == NULL);
	if (old == NULL)
		return;
	catalog_save(c, old, sizeof *old);
	if (p->volatility != VOLATILITY_UNKNOWN) {
		old->volatility = p->volatility;
		old->volatility_given = true;
	}
	if (p->sets_security)
		old->security_definer = p->security_definer;
	if (p->sets_strict)
		old->strict = p->strict;
	*vec_push(c->arena, &old->changes) = p->definition;
	old->marked = true;
}

/* AlterFunction() */
static struct str
alter_refused(const struct facts *f)
{
	const struct routine r = altered(f->op);
	const struct object *aggregate = routine_find(f->catalog, &r).aggregate;

	if (aggregate == NULL)
		return routine_missing(f, &r);
	return aggregate->born.doubtful || f->catalog->unread[REACH_SCHEMA] > 0 ? STR_NONE
	    : str_printf(f->arena, "\"%.*s\" is an aggregate function", STR_ARG(f->op->target.name));
}

static struct value
get_name(const struct facts *f)
{
	return value_text(op_target_words(f->arena, f->op));
}

static struct value
get_arguments(const struct facts *f)
{
	return value_text(payload(f)->arguments);
}

static struct value
get_language(const struct facts *f)
{
	return value_text(payload(f)->language);
}

static struct value
get_returns(const struct facts *f)
{
	return value_text(payload(f)->returns);
}

static struct value
get_body(const struct facts *f)
{
	return value_text(payload(f)->body);
}

static struct value
get_volatility(const struct facts *f)
{
	switch (payload(f)->volatility) {
	case IMMUTABLE: return value_text(STR("immutable"));
	case STABLE: return value_text(STR("stable"));
	case VOLATILE: return value_text(STR("volatile"));
	default: return value_absent();
	}
}

static struct value
get_security_definer(const struct facts *f)
{
	return value_bool(payload(f)->security_definer);
}

static struct value
get_search_path(const struct facts *f)
{
	return value_bool(payload(f)->search_path);
}

struct str
function_op_arguments(const struct op *op)
{
	return OP_DATA(op, struct payload)->arguments;
}

bool
function_op_sets_path(const struct op *op)
{
	return strcmp(op->kind->name, "create_function") == 0 && OP_DATA(op, struct payload)->search_path;
}

/* What %TYPE means in a statement that has not run yet is not looked up: the function is taken to be the one. */
static bool
pins_path(const struct op *other, const struct op *op)
{
	const struct payload *p = OP_DATA(other, struct payload);

	return strcmp(other->kind->name, "alter_function") == 0 && p->search_path && op_names_same(other, op) &&
	    (p->any_arguments || type_reference_stays(p->arguments) || str_eq(p->arguments, OP_DATA(op, struct payload)->arguments));
}

static bool
pins_path_later(const struct op *other, void *op)
{
	return pins_path(other, op);
}

/* The first names of a list, as far as a sentence holds them. */
static struct str
some_names(struct arena *arena, const struct str_list *names)
{
	struct buf b = BUF(arena);

	for (size_t i = 0; i < names->n && i < 3; i++)
		buf_item(&b, ", ", names->items[i]);
	if (names->n > 3)
		buf_printf(&b, " and %zu more", names->n - 3);
	return buf_text(&b);
}

struct row_tables {
	struct arena *arena;
	const struct name *function;
	struct str_list names;
};

static void
add_names(struct row_tables *all, const struct str_list *names)
{
	for (size_t i = 0; names != NULL && i < names->n; i++)
		*vec_push(all->arena, &all->names) = names->items[i];
}

static bool
add_later_names(const struct op *later, void *arg)
{
	struct row_tables *all = arg;

	add_names(all, trigger_row_tables(later, all->function));
	return false;
}

/* What the triggers that call the function hand to it: those that are there, and those that come. */
static struct str_list
row_tables(const struct facts *f)
{
	struct row_tables all = { .arena = f->arena, .function = &f->op->target };
	const struct str words[] = { STR("referencing"), f->op->target.name };

	for (size_t i = 0; f->catalog != NULL && i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		for (size_t j = 0; j < r->triggers.n; j++)
			if (str_eq(r->triggers.items[j]->function, f->op->target.name))
				add_names(&all, &r->triggers.items[j]->row_tables);
	}
	(void)script_find_later(f->op, add_later_names, &all);
	(void)later_file_has(f, words, 2, add_later_names, &all);
	return all.names;
}

static struct code_names
names_of_body(const struct facts *f)
{
	struct str_list given = row_tables(f);

	return code_names(f->arena, payload(f)->code, &given);
}

static struct value
get_looks_up(const struct facts *f)
{
	struct code_names names = names_of_body(f);

	if (names.objects.n > 0)
		return value_bool(true);
	if (names.unread)
		return value_unknown_because(STR("not all of its body can be read, and what can be looks up no table or type"));
	if (names.routines.n == 0)
		return value_bool(false);
	return value_unknown_because(STR("every table and type has its schema, so that temporary objects change nothing; it takes a caller who may make functions or operators in some schema"));
}

static struct value
get_looked_up(const struct facts *f)
{
	struct code_names names = names_of_body(f);

	if (names.objects.n + names.routines.n == 0)
		return value_text(STR("what its body names"));
	return value_text(some_names(f->arena, names.objects.n > 0 ? &names.objects : &names.routines));
}

static struct value
get_search_path_later(const struct facts *f)
{
	const struct str words[] = { STR("search_path"), f->op->target.name };

	return value_bool(script_later(f->op, pins_path) || later_file_has(f, words, 2, pins_path_later, (void *)(uintptr_t)f->op));
}

static struct value
get_procedure(const struct facts *f)
{
	return value_bool(payload(f)->procedure);
}

static struct value
get_window(const struct facts *f)
{
	return value_bool(payload(f)->window);
}

static struct value
get_replace(const struct facts *f)
{
	return value_bool(payload(f)->replace);
}

static struct value
get_replaces(const struct facts *f)
{
	return value_bool(payload(f)->replace && same_function(f) != NULL);
}

/* Two that one migration makes are both meant. */
static bool
is_left_over(const struct facts *f, const struct function *other)
{
	bool made_here = other->born.migration != 0 && other->born.migration == f->catalog->now.migration;

	return !other->dropped && other != same_function(f) && !made_here;
}

static struct value
get_overloads(const struct facts *f)
{
	const struct function_set *set = overloads(f);
	bool unclear = false;

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (is_left_over(f, set->overloads.items[i])) {
			if (!type_reference_stays(payload(f)->arguments) && !type_reference_stays(set->overloads.items[i]->arguments))
				return value_bool(true);
			unclear = true;
		}
	return unclear ? value_unknown_because(STR("the type of a column that %TYPE names is not known")) : value_bool(false);
}

struct leaving {
	const struct facts *facts;
	const struct function *function;
};

static bool
takes_away(const struct op *later, void *arg)
{
	const struct leaving *l = arg;

	return op_names_same(later, l->facts->op) && function_op_drops(later, l->facts->catalog, l->function);
}

/* By the file, or by one that follows. */
static bool
goes_later(const struct facts *f, const struct function *old)
{
	const struct str words[] = { STR("drop"), f->op->target.name };
	struct leaving l = { f, old };

	return script_find_later(f->op, takes_away, &l) || (f->unit != NULL && !f->unit->down && later_file_has(f, words, 2, takes_away, &l));
}

static struct value
get_old_dropped(const struct facts *f)
{
	const struct function_set *set = overloads(f);
	bool any = false, all = true;

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		const struct function *old = set->overloads.items[i];
		bool left = is_left_over(f, old);
		any = any || left;
		all = all && (!left || goes_later(f, old));
	}
	return script_value(f->op, any && all);
}

static struct value
get_drops_overloads(const struct facts *f)
{
	const struct function_set *set = overloads(f);
	struct buf b = BUF(f->arena);

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		const struct function *old = set->overloads.items[i];
		if (!is_left_over(f, old) || goes_later(f, old))
			continue;
		buf_printf(&b, "\nDROP %s ", old->procedure ? "PROCEDURE" : "FUNCTION");
		spell_function(&b, f->catalog, old);
		buf_char(&b, ';');
	}
	return value_text(b.n > 0 ? buf_text(&b) : STR(""));
}

static struct value
get_has_body(const struct facts *f)
{
	return value_bool(payload(f)->body.s != NULL);
}

static struct value
get_used_by(const struct facts *f)
{
	const struct function *same = same_function(f);

	return same != NULL ? value_text(function_users(f->arena, f->catalog, same)) : value_absent();
}

static struct value
get_rebuild(const struct facts *f)
{
	const struct function *same = same_function(f);

	return same != NULL ? value_text(function_rebuild(f->arena, f->catalog, same)) : value_absent();
}

static struct value
get_is_used(const struct facts *f)
{
	return value_bool(get_used_by(f).state == VALUE_KNOWN);
}

/* The body as it was, however it is laid out; what a function means may change through others it calls, too. */
static struct value
get_changes_body(const struct facts *f)
{
	const struct function *same = same_function(f);
	struct str was = same == NULL ? STR_NONE : scanned_body(f->arena, same->code, same->language);
	struct str is = scanned_body(f->arena, payload(f)->code, payload(f)->language);

	if (was.s != NULL && is.s != NULL)
		return value_bool(!str_eq(was, is));
	return value_bool(same != NULL && !(same->body.s != NULL && payload(f)->body.s != NULL &&
	    str_eq(str_trim(same->body), str_trim(payload(f)->body))));
}

static struct value
get_unquoted(const struct facts *f)
{
	bool is_sql;

	return value_text(code_unquoted(f->arena, payload(f)->code, &payload(f)->inputs, &is_sql));
}

/* The text of %I, %L and USING is one name or value. */
static struct value
get_unquoted_advice(const struct facts *f)
{
	const struct payload *p = payload(f);
	bool is_sql;
	struct str argument = code_unquoted(f->arena, p->code, &p->inputs, &is_sql);
	struct buf name = BUF(f->arena);

	if (!is_sql)
		return value_text(str_printf(f->arena, "-- names through format(%%I) or quote_ident(), values through USING\n"
		    "EXECUTE format('SELECT count(*) FROM %%I WHERE id = $1', %.*s) USING ...;", STR_ARG(argument)));
	spell_name(&name, f->catalog, catalog_target_schema(f->catalog, f->op->target), f->op->target.name);
	return value_text(str_printf(f->arena, "-- %.*s is SQL itself, which no quoting makes safe: build it in the function, or let only those\n"
	    "-- call it who may run SQL of their own\nREVOKE EXECUTE ON ROUTINE %.*s(%.*s) FROM PUBLIC;", STR_ARG(argument),
	    STR_ARG(buf_text(&name)), STR_ARG(p->arguments)));
}

static struct value
get_is_unquoted(const struct facts *f)
{
	return value_bool(get_unquoted(f).state == VALUE_KNOWN);
}

#define FIELD_END { NULL, FIELD_BOOL, NULL, NULL }

static const struct field create_fields[] = {
	{ "function", FIELD_TEXT, "its name as written", get_name },
	{ "arguments", FIELD_TEXT, "types of its input arguments, separated by commas; empty: none", get_arguments },
	{ "returns", FIELD_TEXT, "what it returns, as pg_get_function_result() spells it; absent: a procedure", get_returns },
	{ "language", FIELD_TEXT, "its language", get_language },
	{ "volatility", FIELD_TEXT, "immutable, stable or volatile", get_volatility },
	{ "security_definer", FIELD_BOOL, "it runs with the rights of its owner", get_security_definer },
	{ "sets_search_path", FIELD_BOOL, "SET search_path is part of it", get_search_path },
	{ "search_path_set_later", FIELD_BOOL, "a later ALTER FUNCTION or ALTER PROCEDURE, of this file or of one that follows, sets it", get_search_path_later },
	{ "is_procedure", FIELD_BOOL, "CREATE PROCEDURE", get_procedure },
	{ "is_window", FIELD_BOOL, "WINDOW", get_window },
	{ "or_replace", FIELD_BOOL, "OR REPLACE is given", get_replace },
	{ "replaces", FIELD_BOOL, "a function of that name and argument types was created before", get_replaces },
	{ "overloads", FIELD_BOOL, "an earlier migration made a function of that name with other argument types", get_overloads },
	{ "overload_drops", FIELD_TEXT, "for advice: the statements that drop those of them that no later statement or file drops", get_drops_overloads },
	{ "old_is_dropped", FIELD_BOOL, "later statements of the file, or files that follow, drop all of these", get_old_dropped },
	{ "used_by", FIELD_TEXT, "what a function of that name and argument types is used by already: CHECKs, indexes, stored generated columns, partition keys, also through other functions; absent: nothing known", get_used_by },
	{ "rebuild", FIELD_TEXT, "for advice: the statements that compute them anew, each on a line of its own", get_rebuild },
	{ "is_used", FIELD_BOOL, "there is something of that kind", get_is_used },
	{ "changes_body", FIELD_BOOL, "a function of that name and argument types was created before, with another body", get_changes_body },
	{ "has_body", FIELD_BOOL, "its body is a text; false: standard SQL, whose names are resolved when it is made", get_has_body },
	{ "looks_names_up", FIELD_BOOL, "its body names a table or a type without its schema; unknown: only functions and operators, or not all of it is read", get_looks_up },
	{ "looked_up", FIELD_TEXT, "the first of these tables and types, otherwise of the functions and operators", get_looked_up },
	{ "unquoted_argument", FIELD_TEXT, "an argument that is put into the text of an EXECUTE unquoted; absent: none is known", get_unquoted },
	{ "unquoted_advice", FIELD_TEXT, "for advice: what to do about it", get_unquoted_advice },
	{ "executes_argument", FIELD_BOOL, "there is one", get_is_unquoted },
	{ "body", FIELD_TEXT, "the text of its body; absent: standard SQL (BEGIN ATOMIC)", get_body },
	FIELD_END
};

static const struct field alter_fields[] = {
	{ "function", FIELD_TEXT, "its name as written", get_name },
	{ "volatility", FIELD_TEXT, "immutable, stable or volatile; absent: not changed", get_volatility },
	{ "security_definer", FIELD_BOOL, "it is made to run with the rights of its owner", get_security_definer },
	{ "sets_search_path", FIELD_BOOL, "SET search_path is given", get_search_path },
	FIELD_END
};

static const struct field do_fields[] = {
	{ "language", FIELD_TEXT, "its language", get_language },
	{ "body", FIELD_TEXT, "its text", get_body },
	FIELD_END
};

static const struct field call_fields[] = {
	{ "procedure", FIELD_TEXT, "the procedure that is called", get_name },
	FIELD_END
};

const struct op_kind op_kinds_function[] = {
	{ .name = "create_function", .doc = "CREATE FUNCTION, CREATE PROCEDURE", .node = T_CreateFunctionStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = create_fields, .lower = lower_create, .bind = bind,
	    .effects = create_effects, .stored = query, .refused = create_refused, .apply = create_apply },
	{ .name = "alter_function", .doc = "ALTER FUNCTION, ALTER PROCEDURE", .node = T_AlterFunctionStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = alter_fields, .lower = lower_alter, .refused = alter_refused, .apply = alter_apply },
	{ .name = "do_block", .doc = "DO", .node = T_DoStmt, .subtype = -1, .size = sizeof(struct payload), .fields = do_fields,
	    .lower = lower_do },
	{ .name = "call", .doc = "CALL", .node = T_CallStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = call_fields, .lower = lower_call, .bind = bind, .effects = call_effects, .query = query },
	{ .name = NULL }
};
