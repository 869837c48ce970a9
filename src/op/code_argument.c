#include "op/query.h"
#include "sql/ident.h"

/* Arguments of a call that are constants, for the code that it runs. */

/* ---- lowering ---- */

static enum parameter_kind
kind_of(struct type t)
{
	if (!t.builtin || t.dims > 0)
		return PARAMETER_OTHER;
	if (str_is(t.name, "text") || str_is(t.name, "varchar") || str_is(t.name, "name"))
		return PARAMETER_TEXT;
	if (str_is(t.name, "int2") || str_is(t.name, "int4") || str_is(t.name, "int8"))
		return PARAMETER_NUMBER;
	return str_is(t.name, "regclass") ? PARAMETER_RELATION : PARAMETER_OTHER;
}

void
lower_code_parameter(struct lowering *l, struct code *code, const void *node)
{
	const FunctionParameter *p = node;
	struct parameter *parameter = vec_push(l->arena, &code->parameters);

	parameter->name = p->name != NULL ? lower_text(l, p->name) : STR_NONE;
	parameter->kind = p->mode == FUNC_PARAM_VARIADIC ? PARAMETER_OTHER : kind_of(type_from_node(l->arena, p->argType));
	if (p->defexpr != NULL)
		parameter->otherwise.text = code_constant(l->arena, p->defexpr, NULL, &parameter->otherwise.number);
}

/* ---- whether the body keeps them ---- */

static struct str
word_at(const struct source *body, const struct token_list *tokens, size_t i)
{
	const struct token *t = &tokens->items[i];

	return str_slice(body->sql, t->off, (size_t)t->off + t->len);
}

/* Behind these PL/pgSQL reads a variable to declare or to change, as it does where a statement begins. */
static bool
begins_target(struct str before)
{
	static const char *const words[] = { ";", "begin", "declare", "then", "else", "loop", ">>", "into", "strict", "for", "foreach", "alias",
		"diagnostics", ",", "(", NULL };

	return str_among(before, words);
}

/* A comma or a parenthesis stands between arguments, too: what is changed there stands in a list of INTO, or in front of a sign. */
static bool
is_target(const struct source *body, const struct token_list *tokens, size_t i)
{
	static const char *const signs[] = { ":=", "=", ".", "[", NULL };
	size_t first = i;

	if (i == 0 || !begins_target(word_at(body, tokens, i - 1)))
		return i == 0;
	if (!str_is(word_at(body, tokens, i - 1), ",") && !str_is(word_at(body, tokens, i - 1), "("))
		return true;
	if (i + 1 < tokens->n && str_among(word_at(body, tokens, i + 1), signs))
		return true;
	while (first >= 2 && str_is(word_at(body, tokens, first - 1), ","))
		first -= 2;
	return first > 0 && (str_is_nocase(word_at(body, tokens, first - 1), "into") || str_is_nocase(word_at(body, tokens, first - 1), "strict"));
}

/*
 * A name is declared again, assigned to, or handed to a procedure, which may change it. The targets of INTO are blank in the body's sql.
 * declared: its own declaration does not count.
 */
static bool
may_change(struct arena *arena, const struct code *code, struct str name, bool declared)
{
	struct source *body = source_new(arena, code->source->path, code->source->text);
	struct token_list tokens = { 0 };
	struct parse_result comments = { 0 };
	struct sql_error error;

	if (!sql_tokens(arena, body, (struct span){ 0, (uint32_t)body->text.n }, &tokens, &comments, &error))
		return true;
	for (size_t i = 0; i < tokens.n; i++) {
		struct str word = word_at(body, &tokens, i);
		bool target = str_eq_nocase(word, name) && is_target(body, &tokens, i);
		if (str_is_nocase(word, "call") || (target && !declared))
			return true;
		declared = declared && !target;
	}
	return false;
}

/* ---- binding ---- */

static const struct argument *
argument_for(const struct call *call, const struct code *code, size_t n)
{
	for (size_t i = 0; i < call->arguments.n; i++) {
		const struct argument *a = &call->arguments.items[i];
		if (a->name.s == NULL ? i == n : code->parameters.items[n].name.s != NULL && str_eq(a->name, code->parameters.items[n].name))
			return a;
	}
	return &code->parameters.items[n].otherwise;
}

/* As the type's output function spells it. */
static bool
fits(struct arena *arena, enum parameter_kind kind, const struct argument *a)
{
	switch (kind) {
	case PARAMETER_TEXT:
		return !a->number;
	case PARAMETER_NUMBER:
		return a->number;
	case PARAMETER_RELATION:
		return !a->number && str_eq(sql_ident(arena, a->text), a->text);
	case PARAMETER_OTHER:
		return false;
	}
	return false;
}

static void
bind_parameters(struct arena *arena, const struct code *code, const struct call *call, struct bindings *all)
{
	for (size_t i = 0; i < code->parameters.n; i++) {
		const struct parameter *p = &code->parameters.items[i];
		const struct argument *a = argument_for(call, code, i);
		struct binding *b = vec_push(arena, all);
		*b = (struct binding){ .name = p->name, .text = STR_NONE };
		if (call->once && code->source != NULL && a->text.s != NULL && fits(arena, p->kind, a) &&
		    (p->name.s == NULL || !may_change(arena, code, p->name, false)))
			b->text = a->text;
		b->number = p->kind == PARAMETER_NUMBER;
	}
}

static bool
is_bound(const struct bindings *all, struct str name)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].name.s != NULL && str_eq(all->items[i].name, name))
			return true;
	return false;
}

/* name ALIAS FOR $1: what changes the one changes the other. */
static void
bind_alias(struct arena *arena, const struct code *code, const struct pl_variable *v, struct bindings *all)
{
	struct binding *of = &all->items[v->alias - 1], alias;

	if (may_change(arena, code, v->name, true))
		of->text = STR_NONE;
	alias = *of;
	alias.name = v->name;
	*vec_push(arena, all) = alias;
}

static bool
is_text(struct str type)
{
	return str_is_nocase(type, "text") || str_is_nocase(type, "varchar") || str_is_nocase(type, "character varying");
}

/* DECLARE name text := what is made of constants, and of what is bound before it. */
static void
bind_variables(struct arena *arena, const struct code *code, struct bindings *all)
{
	for (size_t i = 0; i < code->body.variables.n; i++) {
		const struct pl_variable *v = &code->body.variables.items[i];
		struct str start, culprit;
		const struct source *text;
		if (v->alias > 0 && v->alias <= code->parameters.n && code->parameters.n <= all->n && !is_bound(all, v->name))
			bind_alias(arena, code, v, all);
		if (v->initial.len == 0 || !is_text(v->type) || is_bound(all, v->name) || may_change(arena, code, v->name, true))
			continue;
		text = code_text(arena, code->source, v->initial, all, &start, &culprit);
		if (text != NULL)
			*vec_push(arena, all) = (struct binding){ .name = v->name, .text = text->text, .declared = true };
	}
}

struct bindings *
code_bind(struct arena *arena, struct code *code, const struct call *call)
{
	struct bindings *all = NEW(arena, struct bindings);

	if (call != NULL)
		bind_parameters(arena, code, call, all);
	if (code->source == NULL || !code_is_plpgsql(code))
		return all;
	code_read(arena, code);
	if (code->error.s == NULL)
		bind_variables(arena, code, all);
	return all;
}

const struct binding *
code_binding(const struct bindings *all, const void *node)
{
	const ColumnRef *c = node;

	if (all == NULL || node == NULL)
		return NULL;
	if (IsA(node, ParamRef) && ((const ParamRef *)node)->number > 0 && (size_t)((const ParamRef *)node)->number <= all->n)
		return &all->items[((const ParamRef *)node)->number - 1];
	if (!IsA(node, ColumnRef) || list_length(c->fields) != 1 || !IsA(linitial(c->fields), String))
		return NULL;
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].name.s != NULL && str_is(all->items[i].name, strVal(linitial(c->fields))))
			return &all->items[i];
	return NULL;
}
