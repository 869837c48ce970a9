#include "op/query.h"
#include "op/tie.h"
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
	return str_is(t.name, "bool") ? PARAMETER_BOOLEAN : str_is(t.name, "regclass") ? PARAMETER_RELATION : PARAMETER_OTHER;
}

enum tri
code_truth(const void *node)
{
	const A_Const *c = node;

	return c != NULL && IsA(c, A_Const) && !c->isnull && IsA(&c->val, Boolean) ? tri_of(c->val.boolval.boolval) : UNKNOWN;
}

void
lower_code_parameter(struct lowering *l, struct code *code, const void *node)
{
	const FunctionParameter *p = node;
	struct parameter *parameter = vec_push(l->arena, &code->parameters);

	parameter->name = p->name != NULL ? lower_text(l, p->name) : STR_NONE;
	parameter->kind = p->mode == FUNC_PARAM_VARIADIC ? PARAMETER_OTHER : kind_of(type_from_node(l->arena, p->argType));
	if (p->defexpr == NULL)
		return;
	parameter->otherwise.text = code_constant(l->arena, p->defexpr, NULL, &parameter->otherwise.number);
	parameter->otherwise.truth = code_truth(p->defexpr);
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

/* regclassout() of one that is on the search path; STR_NONE: it has a schema, or is no name. */
static struct str
relation_out(struct arena *arena, struct str text)
{
	bool quoted = text.n > 2 && text.s[0] == '"' && text.s[text.n - 1] == '"';
	struct str inner = quoted ? str_slice(text, 1, text.n - 1) : text;

	if (quoted && str_find_char(inner, '"') == (size_t)-1)
		return sql_ident(arena, inner);
	return str_eq(sql_ident(arena, text), text) ? text : STR_NONE;
}

/* As the type's output function spells it; STR_NONE: it is of another type. */
static struct str
put_out(struct arena *arena, enum parameter_kind kind, const struct argument *a)
{
	switch (kind) {
	case PARAMETER_TEXT:
		return a->number ? STR_NONE : a->text;
	case PARAMETER_NUMBER:
		return a->number ? a->text : STR_NONE;
	case PARAMETER_RELATION:
		return a->number || a->text.s == NULL ? STR_NONE : relation_out(arena, a->text);
	case PARAMETER_BOOLEAN:
	case PARAMETER_OTHER:
		return STR_NONE;
	}
	return STR_NONE;
}

static void
bind_parameters(struct arena *arena, const struct code *code, const struct call *call, struct bindings *all)
{
	for (size_t i = 0; i < code->parameters.n; i++) {
		const struct parameter *p = &code->parameters.items[i];
		const struct argument *a = argument_for(call, code, i);
		struct binding *b = vec_push(arena, all);
		*b = (struct binding){ .name = p->name, .text = STR_NONE };
		if (call->once && code->source != NULL && (a->text.s != NULL || a->truth != UNKNOWN) && (p->name.s == NULL || !may_change(arena, code, p->name, false))) {
			b->text = put_out(arena, p->kind, a);
			b->truth = p->kind == PARAMETER_BOOLEAN ? a->truth : UNKNOWN;
		}
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

/* ---- variables that get a constant later ---- */

/* The statements of the outermost block, which run one behind the other, once. */
struct straight {
	struct arena *arena;
	const struct source *body;      /* with all that is PL/pgSQL's own */
	struct pl_list list;            /* with those of the branch that a parameter chooses */
	VEC(struct span) never;         /* the other branches */
	struct token_list tokens;
};

/* name := expression; SELECT expression INTO name */
struct given {
	struct str name;                /* STR_NONE: it assigns to no name alone */
	uint32_t from;                  /* where it begins in the body */
	struct span value;
};

static struct given
given_by(const struct straight *s, const struct pl_statement *st)
{
	static const char *const signs[] = { ":=", "=", NULL }, *const befores[] = { ";", "begin", ">>", "then", "else", NULL };
	size_t i = 0;

	if (st->kind == PL_SQL && st->into.len > 0)
		return (struct given){ source_text(s->body, st->into), st->sql.off, st->given };
	while (i < s->tokens.n && s->tokens.items[i].off != st->sql.off)
		i++;
	if (st->kind != PL_EVALUATE || i == s->tokens.n || i <= 2 || !str_among(word_at(s->body, &s->tokens, i - 1), signs) ||
	    !str_among(word_at(s->body, &s->tokens, i - 3), befores))
		return (struct given){ STR_NONE, 0, { 0, 0 } };
	return (struct given){ word_at(s->body, &s->tokens, i - 2), s->tokens.items[i - 2].off, st->sql };
}

static bool
assigns(const struct straight *s, const struct pl_statement *st, struct str name)
{
	struct given a = given_by(s, st);

	return a.name.s != NULL && str_eq_nocase(a.name, name);
}

/* The token stands in an assignment to the name, on either side of its sign. */
static bool
is_within_assignment(const struct straight *s, size_t token, struct str name)
{
	uint32_t off = s->tokens.items[token].off;

	for (size_t i = 0; i < s->list.n; i++) {
		struct given a = given_by(s, s->list.items[i]);
		if (a.name.s != NULL && str_eq_nocase(a.name, name) && off >= a.from && off < a.value.off + a.value.len)
			return true;
	}
	return false;
}

static bool
never_runs(const struct straight *s, size_t token)
{
	uint32_t off = s->tokens.items[token].off;

	for (size_t i = 0; i < s->never.n; i++)
		if (off >= s->never.items[i].off && off < s->never.items[i].off + s->never.items[i].len)
			return true;
	return false;
}

/* Up to the end of that statement nothing but its assignments names the variable, and behind it nothing changes it. */
static bool
keeps_behind(const struct straight *s, const struct pl_statement *last, struct str name)
{
	bool declared = false;

	for (size_t i = 0; i < s->tokens.n; i++) {
		struct str word = word_at(s->body, &s->tokens, i);
		bool early = s->tokens.items[i].off < last->sql.off + last->sql.len;
		if (str_is_nocase(word, "call"))
			return false;
		if (!str_eq_nocase(word, name) || never_runs(s, i))
			continue;
		if (declared && (early ? !is_within_assignment(s, i, name) : is_target(s->body, &s->tokens, i)))
			return false;
		declared = true;
	}
	return true;
}

static bool
is_last(const struct straight *s, size_t nth, struct str name)
{
	for (size_t i = nth + 1; i < s->list.n; i++)
		if (assigns(s, s->list.items[i], name))
			return false;
	return true;
}

static struct str
value_of(struct arena *arena, const struct code *code, struct span expression, const struct bindings *all)
{
	struct str start, culprit;
	const struct source *text = expression.len > 0 ? code_text(arena, code->source, expression, all, &start, &culprit) : NULL;

	/* An empty one stands nowhere. */
	if (text == NULL && str_is(str_trim(source_text(code->source, expression)), "''"))
		return STR("");
	return text != NULL ? text->text : STR_NONE;
}

/* What the first assignment gives, then what the next makes of that. */
static void
bind_assigned(const struct straight *s, const struct code *code, const struct pl_variable *v, size_t last, struct bindings *all)
{
	struct str text = value_of(s->arena, code, v->initial, all);
	size_t at = all->n;

	*vec_push(s->arena, all) = (struct binding){ .name = v->name, .text = text, .declared = true };
	for (size_t i = 0; i <= last; i++)
		if (assigns(s, s->list.items[i], v->name))
			all->items[at].text = value_of(s->arena, code, given_by(s, s->list.items[i]).value, all);
	if (all->items[at].text.s == NULL)
		all->n = at;
}

static const struct pl_variable *
variable_named(const struct code *code, struct str word)
{
	for (size_t i = 0; i < code->body.variables.n; i++)
		if (str_eq_nocase(code->body.variables.items[i].name, word))
			return &code->body.variables.items[i];
	return NULL;
}

/* IF unq, IF NOT unq: as the call gives it. */
static enum tri
chooses(const struct code *code, const struct pl_arm *arm, const struct bindings *all)
{
	struct str text = str_trim(source_text(code->source, arm->condition));
	bool negated = str_starts_nocase(text, "not ");

	if (arm->otherwise)
		return YES;
	text = negated ? str_trim(str_slice(text, 4, text.n)) : text;
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].name.s != NULL && str_eq_nocase(all->items[i].name, text))
			return negated ? tri_not(all->items[i].truth) : all->items[i].truth;
	return UNKNOWN;
}

static void add_straight(struct straight *, const struct code *, const struct pl_list *, const struct bindings *);

/* false: nobody knows which branch runs. */
static bool
add_branch(struct straight *s, const struct code *code, const struct pl_statement *choice, const struct bindings *all)
{
	uint32_t from = choice->span.off;
	size_t taken = 0;
	enum tri runs = NO;

	while (taken < choice->arms.n && (runs = chooses(code, &choice->arms.items[taken], all)) == NO)
		taken++;
	if (runs == UNKNOWN)
		return false;
	for (size_t i = 0; i < choice->arms.n; i++) {
		const struct pl_list *body = &choice->arms.items[i].body;
		uint32_t end = body->n == 0 ? from : body->items[body->n - 1]->span.off + body->items[body->n - 1]->span.len;
		if (i == taken)
			add_straight(s, code, body, all);
		else
			*vec_push(s->arena, &s->never) = span_of(from, end);
		from = end;
	}
	return true;
}

static void
add_straight(struct straight *s, const struct code *code, const struct pl_list *list, const struct bindings *all)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i]->kind != PL_CHOICE || !add_branch(s, code, list->items[i], all))
			*vec_push(s->arena, &s->list) = list->items[i];
}

static void
bind_straight(struct arena *arena, const struct code *code, struct bindings *all)
{
	struct parse_result comments = { 0 };
	struct sql_error error;
	const struct pl_statement *block = code->body.list.n == 1 ? code->body.list.items[0] : NULL;
	struct straight s = { .arena = arena, .body = source_new(arena, code->source->path, code->source->text) };

	if (block == NULL || block->kind != PL_BLOCK || block->arms.n > 0 ||
	    !sql_tokens(arena, (struct source *)(uintptr_t)s.body, (struct span){ 0, (uint32_t)s.body->text.n }, &s.tokens, &comments, &error))
		return;
	add_straight(&s, code, &block->body, all);
	for (size_t i = 0; i < s.list.n; i++) {
		struct str name = given_by(&s, s.list.items[i]).name;
		const struct pl_variable *v = name.s == NULL ? NULL : variable_named(code, name);
		if (v != NULL && v->alias == 0 && is_text(v->type) && !is_bound(all, v->name) && is_last(&s, i, v->name) && keeps_behind(&s, s.list.items[i], v->name))
			bind_assigned(&s, code, v, i, all);
	}
}

/* ---- a variable that gets one of several texts ---- */

/* The assignment whose expression begins there; NULL: there is none. */
static const struct pl_statement *
assignment_at(const struct pl_list *list, uint32_t off)
{
	const struct pl_statement *found = NULL;

	for (size_t i = 0; found == NULL && i < list->n; i++) {
		const struct pl_statement *st = list->items[i];
		if (st->kind == PL_EVALUATE && st->sql.off == off)
			return st;
		found = assignment_at(&st->body, off);
		for (size_t k = 0; found == NULL && k < st->arms.n; k++)
			found = assignment_at(&st->arms.items[k].body, off);
	}
	return found;
}

/* That all of them may make. */
static enum reach
either(enum reach a, enum reach b)
{
	return a == b || b == REACH_NOTHING ? a : a == REACH_NOTHING ? b : REACH_SCHEMA;
}

/* The reach of one that is assigned by name only, whichever of its texts it has. */
static enum reach
variable_makes(struct arena *arena, const struct code *code, const struct source *body, const struct token_list *tokens, const struct pl_variable *v,
    const struct bindings *bindings)
{
	enum reach reach = v->initial.len == 0 ? REACH_NOTHING : code_makes(code_outline(arena, code->source, v->initial, bindings));
	bool declared = false;

	for (size_t i = 0; i < tokens->n; i++) {
		struct str word = word_at(body, tokens, i);
		bool target = str_eq_nocase(word, v->name) && is_target(body, tokens, i), named = target && declared;
		const struct pl_statement *st = named && i + 2 < tokens->n ? assignment_at(&code->body.list, tokens->items[i + 2].off) : NULL;
		if (str_is_nocase(word, "call") || (named && st == NULL))
			return REACH_SCHEMA;
		if (st != NULL)
			reach = either(reach, code_makes(code_outline(arena, code->source, st->sql, bindings)));
		declared = declared || target;
	}
	return reach;
}

static size_t
count_variables(const struct code *code, struct str name)
{
	size_t n = 0;

	for (size_t i = 0; i < code->body.variables.n; i++)
		n += str_eq_nocase(code->body.variables.items[i].name, name);
	return n;
}

enum reach
code_expression_makes(struct arena *arena, const struct code *code, struct span expression, const struct bindings *bindings)
{
	const struct source *body = source_new(arena, code->source->path, code->source->text);
	struct str name = str_trim(source_text(code->source, expression));
	const struct pl_variable *v = variable_named(code, name);
	struct token_list tokens = { 0 };
	struct parse_result comments = { 0 };
	struct sql_error error;

	if (v == NULL || v->alias > 0 || !is_text(v->type) || count_variables(code, name) > 1 ||
	    !sql_tokens(arena, (struct source *)(uintptr_t)body, (struct span){ 0, (uint32_t)body->text.n }, &tokens, &comments, &error))
		return code_makes(code_outline(arena, code->source, expression, bindings));
	return variable_makes(arena, code, body, &tokens, v, bindings);
}

struct bindings *
code_bind(struct arena *arena, struct code *code, const struct call *call)
{
	struct bindings *all = NEW(arena, struct bindings);

	if (call != NULL)
		bind_parameters(arena, code, call, all);
	if (code->source == NULL || !code_is_plpgsql(code))
		return all;
	code_read(code);
	if (code->error.s != NULL)
		return all;
	bind_variables(arena, code, all);
	bind_straight(arena, code, all);
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

/* ---- what a statement takes from the code around it ---- */

static void
put_if_named(const struct facts *f, struct buf *b, struct str name)
{
	bool column = f->op->table != NULL && name.n > 0 && catalog_find_column(f->op->table, name) != NULL;

	if (name.n > 0 && !column && op_mentions(f->op, name))
		buf_item(b, ", ", name);
}

struct str
op_variables_named(const struct facts *f)
{
	const struct code *code = f->inside != NULL ? f->inside->code : NULL;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; code != NULL && i < code->parameters.n; i++)
		put_if_named(f, &b, code->parameters.items[i].name);
	for (size_t i = 0; code != NULL && i < code->body.variables.n; i++)
		put_if_named(f, &b, code->body.variables.items[i].name);
	return buf_text(&b);
}
