#include <string.h>

#include "op/code.h"
#include "op/lower.h"

/* Arguments that become part of the text that EXECUTE runs, and are not quoted on the way. */

/* Quotes that cannot be in an argument any more. */
struct stripped {
	bool single_quote, double_quote;
};

struct search {
	struct arena *arena;
	const struct code *code;
	const struct str_list *inputs;
	struct str_list variables;      /* that hold an argument unquoted */
	struct str_list origins;        /* of each, the argument */
	struct str_list befores;        /* of each, the text before that */
	VEC(struct stripped) strips;    /* of each, what it has lost */
	struct stripped stripped;       /* the same of what is found */
	struct str before;              /* the text so far; unknown_part for what is not known of it */
	struct str found;
	int depth;
	int inside;                     /* how many functions take what is found before it gets into the text */
};

/* Expressions of more parts do not come from people. */
enum { DEPTH_LIMIT = 1000 };

static const char *const unknown_part = "?";

static void look(struct search *, const Node *);

static void
append(struct search *s, struct str text)
{
	s->before = str_printf(s->arena, "%.*s%.*s", STR_ARG(s->before), STR_ARG(text));
}

static void
append_unknown(struct search *s)
{
	append(s, str_of(unknown_part));
}

/* The quote that is open where the text ends; 0: none */
static char
open_quote(struct str text)
{
	char open = 0;

	for (size_t i = 0; i < text.n; i++)
		if (text.s[i] == open)
			open = 0;
		else if (open == 0 && (text.s[i] == '\'' || text.s[i] == '"'))
			open = text.s[i];
	return open;
}

/* Between quotes it is one name or literal, whatever else it holds. */
static void
pass_what_is_quoted(struct search *s)
{
	char open = s->inside > 0 ? 0 : open_quote(s->before);

	if (s->found.s == NULL || !((open == '"' && s->stripped.double_quote) || (open == '\'' && s->stripped.single_quote)))
		return;
	s->found = STR_NONE;
	append_unknown(s);
}

static void
look_in(struct search *s, const List *nodes)
{
	const ListCell *cell;

	foreach (cell, nodes)
		look(s, lfirst(cell));
}

static void
look_at_name(struct search *s, const ColumnRef *c)
{
	const Node *first = linitial(c->fields);
	struct str name;

	name = list_length(c->fields) == 1 && IsA(first, String) ? str_of(strVal(first)) : STR_NONE;
	for (size_t i = s->variables.n; name.s != NULL && s->found.s == NULL && i-- > 0;)
		if (str_eq_nocase(s->variables.items[i], name)) {
			s->found = s->origins.items[i];
			s->stripped = s->strips.items[i];
			append(s, s->befores.items[i]);
		}
	if (s->found.s == NULL)
		append_unknown(s);
	pass_what_is_quoted(s);
}

static void
look_at_number(struct search *s, const ParamRef *p)
{
	s->stripped = (struct stripped){ false, false };
	if (p->number > 0 && (size_t)p->number <= s->inputs->n && s->inputs->items[p->number - 1].s != NULL)
		s->found = str_printf(s->arena, "$%d", p->number);
	else
		append_unknown(s);
}

/* The n-th argument, from 1, of those behind the first. */
static void
look_at_argument(struct search *s, const List *args, size_t n)
{
	if (n < (size_t)list_length(args))
		look(s, list_nth(args, (int)n));
}

/* text_format(): %s takes the argument as it is, %I and %L quote it */
static void
look_at_format(struct search *s, const List *args)
{
	const Node *first = args == NIL ? NULL : linitial(args);
	const char *at, *from;
	size_t next = 1;

	if (first == NULL || !IsA(first, A_Const) || !IsA(&((const A_Const *)first)->val, String))
		return;
	for (from = at = ((const A_Const *)first)->val.sval.sval; s->found.s == NULL && (at = strchr(at, '%')) != NULL; from = ++at) {
		append(s, (struct str){ from, (size_t)(at - from) });
		size_t digits = strspn(++at, "0123456789"), n = next;
		if (*at == '\0' || *at == '%') {
			at -= *at == '\0';
			continue;
		}
		if (digits > 0 && at[digits] == '$') {
			n = (size_t)strtoul(at, NULL, 10);
			at += digits + 1;
		}
		at += strspn(at, "-0123456789");
		if (*at == 's')
			look_at_argument(s, args, n);
		else
			append_unknown(s);
		next = n + 1;
		at -= *at == '\0';
	}
}

struct passage {
	const char *name;
	const char *positions;          /* of the arguments that get into the result, from 1; NULL: all */
};

/* Functions that give what they are given; of others, quote_ident() among them, we believe that they make it safe. */
static const struct passage *
passage_of(const char *name)
{
	static const struct passage passages[] = { { "concat", NULL }, { "concat_ws", NULL }, { "array_to_string", NULL }, { "string_agg", NULL },
		{ "lower", "1" }, { "upper", "1" }, { "initcap", "1" }, { "trim", "1" }, { "btrim", "1" }, { "ltrim", "1" }, { "rtrim", "1" },
		{ "replace", "13" }, { "regexp_replace", "13" }, { "translate", "13" }, { "overlay", "12" }, { "left", "1" }, { "right", "1" },
		{ "substr", "1" }, { "substring", "1" }, { "split_part", "1" }, { "lpad", "13" }, { "rpad", "13" }, { "repeat", "1" } };

	for (size_t i = 0; i < sizeof passages / sizeof *passages; i++)
		if (strcmp(name, passages[i].name) == 0)
			return &passages[i];
	return NULL;
}

static void
look_through(struct search *s, const struct passage *p, const List *args)
{
	if (p->positions == NULL) {
		look_in(s, args);
		return;
	}
	s->inside++;
	for (const char *position = p->positions; *position != '\0'; position++) {
		if (position != p->positions)
			append_unknown(s);
		if (*position - '1' < list_length(args))
			look(s, list_nth(args, *position - '1'));
	}
	s->inside--;
}

static struct str
constant(const Node *node)
{
	return IsA(node, A_Const) && IsA(&((const A_Const *)node)->val, String) ? str_of(((const A_Const *)node)->val.sval.sval) : STR_NONE;
}

/* replace(x, '"', ''), or with '""' */
static bool
strips(const char *name, const List *args, const char *quote)
{
	struct str by;

	if (strcmp(name, "replace") != 0 || list_length(args) != 3 || !str_is(constant(lsecond(args)), quote))
		return false;
	by = constant(lthird(args));
	return by.s != NULL && (by.n == 0 || (by.n == 2 && by.s[0] == *quote && by.s[1] == *quote));
}

/* Other functions may cut a doubled quote in two. */
static void
note_stripped(struct search *s, const char *name, const List *args)
{
	bool double_quote = strips(name, args, "\""), single_quote = strips(name, args, "'");

	if (!double_quote && !single_quote)
		s->stripped = (struct stripped){ false, false };
	s->stripped.double_quote = s->stripped.double_quote || double_quote;
	s->stripped.single_quote = s->stripped.single_quote || single_quote;
	pass_what_is_quoted(s);
}

static void
look_at_call(struct search *s, const FuncCall *call)
{
	const char *name = strVal(llast(call->funcname));
	const struct passage *p = passage_of(name);

	if (strcmp(name, "format") == 0)
		look_at_format(s, call->args);
	else if (p != NULL)
		look_through(s, p, call->args);
	else
		append_unknown(s);
	if (p != NULL && p->positions != NULL && s->found.s != NULL)
		note_stripped(s, name, call->args);
}

static bool
is_text_cast(const TypeCast *cast)
{
	const char *type = strVal(llast(cast->typeName->names));

	return strcmp(type, "text") == 0 || strcmp(type, "varchar") == 0;
}

static bool
joins(const A_Expr *e)
{
	return e->kind == AEXPR_OP && strcmp(strVal(llast(e->name)), "||") == 0;
}

static void
look_at(struct search *s, const Node *node)
{
	if (IsA(node, ColumnRef)) {
		look_at_name(s, (const ColumnRef *)node);
	} else if (IsA(node, ParamRef)) {
		look_at_number(s, (const ParamRef *)node);
	} else if (IsA(node, A_Expr) && joins((const A_Expr *)node)) {
		look(s, ((const A_Expr *)node)->lexpr);
		look(s, ((const A_Expr *)node)->rexpr);
	} else if (IsA(node, TypeCast) && is_text_cast((const TypeCast *)node)) {
		look(s, ((const TypeCast *)node)->arg);
	} else if (IsA(node, CoalesceExpr)) {
		look_in(s, ((const CoalesceExpr *)node)->args);
	} else if (IsA(node, FuncCall)) {
		look_at_call(s, (const FuncCall *)node);
	} else if (IsA(node, A_Const) && IsA(&((const A_Const *)node)->val, String)) {
		append(s, str_of(((const A_Const *)node)->val.sval.sval));
	} else {
		append_unknown(s);
	}
}

static void
look(struct search *s, const Node *node)
{
	if (node == NULL || s->found.s != NULL || s->depth >= DEPTH_LIMIT)
		return;
	s->depth++;
	look_at(s, node);
	s->depth--;
}

static void
on_expression(void *arg, const void *node)
{
	const SelectStmt *st = node;

	if (list_length(st->targetList) == 1)
		look(arg, ((const ResTarget *)linitial(st->targetList))->val);
}

/* The argument that the text of the expression holds unquoted. */
static struct str
argument_in(struct search *s, struct span expression)
{
	struct str text = str_slice(s->code->source->sql, expression.off, (size_t)expression.off + expression.len);
	struct sql_error error;

	s->found = STR_NONE;
	s->before = STR("");
	if (expression.len > 0)
		(void)sql_parse_one(s->arena, text, SQL_EXPRESSION, on_expression, s, &error);
	return s->found;
}

static bool
is_word_char(char c)
{
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static struct str
first_word(struct str text)
{
	size_t n = 0;

	while (n < text.n && is_word_char(text.s[n]))
		n++;
	return str_slice(text, 0, n);
}

static bool
opens(struct str word)
{
	static const char *const words[] = { "declare", "begin", "then", "else", "loop", NULL };

	return str_among(word, words);
}

/* What stands left of the expression on its line: "name := ", "name text := ", "name text DEFAULT ". STR_NONE: no assignment. */
static struct str
assigned_name(const struct source *body, struct span expression)
{
	struct str text = str_trim(str_slice(body->text, 0, expression.off)), name;
	size_t from = text.n;

	if (!str_ends(text, "=") && !(text.n > 7 && str_is_nocase(str_slice(text, text.n - 7, text.n), "default")))
		return STR_NONE;
	while (from > 0 && text.s[from - 1] != ';' && text.s[from - 1] != '\n')
		from--;
	text = str_trim(str_slice(text, from, text.n));
	while (opens(name = first_word(text)))
		text = str_trim(str_slice(text, name.n, text.n));
	return name.n > 0 ? name : STR_NONE;
}

static void
keep_assigned(struct search *s, const struct pl_statement *st)
{
	struct str name = assigned_name(s->code->source, st->sql), origin = argument_in(s, st->sql);

	if (origin.s == NULL || name.s == NULL)
		return;
	*vec_push(s->arena, &s->variables) = name;
	*vec_push(s->arena, &s->origins) = origin;
	*vec_push(s->arena, &s->befores) = s->before;
	*vec_push(s->arena, &s->strips) = s->stripped;
}

static struct str search_list(struct search *, const struct pl_list *);

/* In the order in which it is written. */
static struct str
search_statement(struct search *s, const struct pl_statement *st)
{
	struct str found = st->kind == PL_EXECUTE ? argument_in(s, st->sql) : STR_NONE;

	if (st->kind == PL_EVALUATE)
		keep_assigned(s, st);
	if (found.s == NULL)
		found = search_list(s, &st->body);
	for (size_t i = 0; found.s == NULL && i < st->arms.n; i++)
		found = search_list(s, &st->arms.items[i].body);
	return found;
}

static struct str
search_list(struct search *s, const struct pl_list *list)
{
	struct str found = STR_NONE;

	for (size_t i = 0; found.s == NULL && i < list->n; i++)
		found = search_statement(s, list->items[i]);
	return found;
}

/* ---- where the argument stands ---- */

static struct str
last_word(struct str text)
{
	size_t from = text.n;

	while (from > 0 && is_word_char(text.s[from - 1]))
		from--;
	return str_slice(text, from, text.n);
}

/* EXPLAIN, EXPLAIN ANALYZE VERBOSE, EXPLAIN (FORMAT JSON) */
static bool
explains(struct str text)
{
	static const char *const options[] = { "analyze", "analyse", "verbose", NULL };
	struct str rest;

	if (!str_is_nocase(first_word(text), "explain"))
		return false;
	rest = str_trim(str_slice(text, strlen("explain"), text.n));
	if (rest.n > 0 && rest.s[0] == '(')
		return str_find(rest, STR(")")) == rest.n - 1;
	while (str_among(first_word(rest), options))
		rest = str_trim(str_slice(rest, first_word(rest).n, rest.n));
	return rest.n == 0;
}

/* Behind such a text comes a statement, a query or a condition, no name and no value. */
static bool
begins_sql(struct str text)
{
	static const char *const conditions[] = { "where", "having", NULL }, *const queries[] = { "from", "join", "exists", "as", "copy", NULL },
		*const makers[] = { "create", "prepare", NULL };
	struct str word;

	for (size_t i = text.n; i > 0; i--)
		if (text.s[i - 1] == ';')
			text = str_slice(text, i, text.n);
	text = str_trim(text);
	if (text.n == 0 || explains(text) || str_among(last_word(text), conditions))
		return true;
	if (text.s[text.n - 1] != '(')
		return str_is_nocase(last_word(text), "as") && str_among(first_word(text), makers);
	text = str_trim(str_slice(text, 0, text.n - 1));
	word = last_word(text);
	return text.n == 0 || str_among(word, queries);
}

struct str
code_unquoted(struct arena *arena, struct code *code, const struct str_list *inputs, bool *is_sql)
{
	struct search s = { .arena = arena, .code = code, .inputs = inputs };
	struct str found;

	*is_sql = false;
	if (code->source == NULL || !code_is_plpgsql(code))
		return STR_NONE;
	code_read(code);
	if (code->error.s != NULL)
		return STR_NONE;
	for (size_t i = 0; i < inputs->n; i++)
		if (inputs->items[i].n > 0) {
			*vec_push(arena, &s.variables) = inputs->items[i];
			*vec_push(arena, &s.origins) = inputs->items[i];
			*vec_push(arena, &s.befores) = STR("");
			*vec_push(arena, &s.strips) = (struct stripped){ false, false };
		}
	found = search_list(&s, &code->body.list);
	*is_sql = found.s != NULL && begins_sql(s.before);
	return found;
}
