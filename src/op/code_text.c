#include <string.h>

#include "base/buf.h"
#include "op/query.h"

/* The text that EXECUTE runs, when it is made of constants: literals, ||, format(), quote_ident(), quote_literal(). */

/* A text under way, and where its parts come from. */
struct made {
	struct buf text;
	VEC(struct excerpt) pieces;
	bool null;
};

struct maker {
	struct arena *arena;
	struct str sql;                 /* the expression */
	uint32_t base;                  /* its offset in the body */
	const struct bindings *bindings;        /* NULL: none */
	bool outline;                   /* what is not constant leaves a hole */
	struct str culprit;             /* what is not constant */
	int depth;
};

/* Texts of more parts do not come from people. */
enum { DEPTH_LIMIT = 1000 };

static bool make(struct maker *, const Node *, struct made *);

/* ---- putting together ---- */

static void
add_text(struct maker *m, struct made *to, struct str text, struct span from, bool verbatim)
{
	if (text.n == 0)
		return;
	*vec_push(m->arena, &to->pieces) = (struct excerpt){ (uint32_t)to->text.n, from, verbatim };
	buf_str(&to->text, text);
}

/* Bytes [from, to) of a text, with what is known of where they come from. */
static void
add_slice(struct maker *m, struct made *to, const struct made *of, size_t from, size_t end)
{
	for (size_t i = 0; i < of->pieces.n; i++) {
		const struct excerpt *e = &of->pieces.items[i];
		size_t next = i + 1 < of->pieces.n ? of->pieces.items[i + 1].off : of->text.n;
		size_t a = from > e->off ? from : e->off, b = end < next ? end : next;
		if (a >= b)
			continue;
		struct span at = e->verbatim ? (struct span){ e->outer.off + (uint32_t)(a - e->off), (uint32_t)(b - a) } : e->outer;
		add_text(m, to, str_slice(buf_text(&of->text), a, b), at, e->verbatim);
	}
}

static struct span
whole(const struct made *of)
{
	const struct excerpt *last = of->pieces.n > 0 ? vec_last(&of->pieces) : NULL;

	if (last == NULL)
		return (struct span){ 0, 0 };
	return span_of(of->pieces.items[0].outer.off, (size_t)last->outer.off + last->outer.len);
}

/* ---- literals ---- */

static size_t
closing(struct str raw, size_t from, bool escapes)
{
	size_t i = from;

	for (; i < raw.n; i++) {
		if (escapes && raw.s[i] == '\\')
			i++;
		else if (raw.s[i] == '\'' && i + 1 < raw.n && raw.s[i + 1] == '\'')
			i++;
		else if (raw.s[i] == '\'')
			break;
	}
	return i < raw.n ? i : raw.n;
}

static bool
make_dollar(struct maker *m, uint32_t off, struct str value, struct made *to)
{
	size_t tag = str_find_char(str_slice(m->sql, off + 1u, m->sql.n), '$');

	if (tag == (size_t)-1)
		return false;
	add_text(m, to, value, (struct span){ m->base + off + (uint32_t)tag + 2, (uint32_t)value.n }, true);
	return true;
}

/* Runs of bytes without a doubled quote are verbatim. */
static void
make_quoted(struct maker *m, size_t at, size_t end, struct str value, struct made *to)
{
	size_t first = 0, from = at;

	for (size_t i = 0; i < value.n && at < end; i++, at++) {
		if (value.s[i] != '\'')
			continue;
		add_text(m, to, str_slice(value, first, i + 1), (struct span){ m->base + (uint32_t)from, (uint32_t)(at + 1 - from) }, true);
		first = i + 1;
		from = ++at + 1;
	}
	add_text(m, to, str_slice(value, first, value.n), (struct span){ m->base + (uint32_t)from, (uint32_t)(value.n - first) }, true);
}

static size_t
quotes_in(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.s[i] == '\'';
	return n;
}

static bool
make_string(struct maker *m, int location, struct str value, struct made *to)
{
	uint32_t off = location > 0 ? (uint32_t)location : 0;
	struct str raw = str_slice(m->sql, off, m->sql.n);
	size_t quote = str_find_char(raw, '\''), end;
	bool escapes = str_starts_nocase(raw, "e");

	if (str_starts(raw, "$") && make_dollar(m, off, value, to))
		return true;
	if (quote == (size_t)-1)
		return false;
	end = closing(raw, quote + 1, escapes);
	if (end - quote - 1 == value.n + quotes_in(value) && quote <= 1)
		make_quoted(m, off + quote + 1, off + end, value, to);
	else
		add_text(m, to, value, (struct span){ m->base + off, (uint32_t)end + 1 }, false);
	return true;
}

static bool
make_constant(struct maker *m, const A_Const *c, struct made *to)
{
	uint32_t off = m->base + (c->location > 0 ? (uint32_t)c->location : 0);

	to->null = c->isnull;
	if (c->isnull)
		return true;
	if (IsA(&c->val, String))
		return make_string(m, c->location, str_copy(m->arena, str_of(c->val.sval.sval)), to);
	if (!IsA(&c->val, Integer))
		return false;
	struct str text = str_printf(m->arena, "%d", c->val.ival.ival);
	add_text(m, to, text, (struct span){ off, (uint32_t)text.n }, true);
	return true;
}

/* ---- functions ---- */

static struct str
quoted_literal(struct arena *a, struct str s)
{
	struct buf b = BUF(a);

	buf_str(&b, str_find_char(s, '\\') != (size_t)-1 ? STR(" E'") : STR("'"));
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == '\'' || s.s[i] == '\\')
			buf_char(&b, s.s[i]);
		buf_char(&b, s.s[i]);
	}
	buf_char(&b, '\'');
	return buf_text(&b);
}

static bool
add_argument(struct maker *m, struct made *to, char type, const struct made *argument)
{
	struct str text = buf_text(&argument->text);

	if (type == 's')
		add_slice(m, to, argument, 0, text.n);
	else if (type == 'L')
		add_text(m, to, argument->null ? STR("NULL") : quoted_literal(m->arena, text), whole(argument), false);
	else if (type == 'I' && !argument->null)
		add_text(m, to, sql_ident(m->arena, text), whole(argument), false);
	else
		return false;
	return true;
}

/* One specifier, behind its %: [position$][flags][width]type; no width. */
static bool
read_specifier(struct str format, size_t *i, size_t *argument, char *type)
{
	size_t at = *i, n = 0;

	while (at < format.n && format.s[at] >= '0' && format.s[at] <= '9' && n < 1000)
		n = n * 10 + (size_t)(format.s[at++] - '0');
	if (at > *i) {
		if (at >= format.n || format.s[at] != '$' || n == 0)
			return false;
		*argument = n - 1;
		at++;
	}
	if (at >= format.n)
		return false;
	*type = format.s[at];
	*i = at + 1;
	return true;
}

static bool
make_format(struct maker *m, const struct made *format, const struct made *arguments, size_t n, struct made *to)
{
	struct str text = buf_text(&format->text);
	size_t from = 0, next = 0, argument;
	char type;

	for (size_t i = 0; i < text.n;) {
		if (text.s[i] != '%') {
			i++;
			continue;
		}
		add_slice(m, to, format, from, i++);
		argument = next;
		if (!read_specifier(text, &i, &argument, &type))
			return false;
		from = i;
		if (type == '%') {
			add_slice(m, to, format, i - 1, i);
			continue;
		}
		if (argument >= n || !add_argument(m, to, type, &arguments[argument]))
			return false;
		next = argument + 1;
	}
	add_slice(m, to, format, from, text.n);
	return true;
}

static bool
make_call(struct maker *m, const FuncCall *f, struct made *to)
{
	struct str name = str_of(strVal(llast(f->funcname)));
	size_t n = (size_t)list_length(f->args);
	struct made *arguments = NEW_ARRAY(m->arena, struct made, n + 1);

	if (n == 0 || f->func_variadic)
		return false;
	for (size_t i = 0; i < n; i++) {
		arguments[i].text = BUF(m->arena);
		if (make(m, list_nth(f->args, (int)i), &arguments[i]))
			continue;
		if (str_is(name, "format"))
			add_slice(m, to, &arguments[0], 0, str_find_char(buf_text(&arguments[0].text), '%'));
		return false;
	}
	if (str_is(name, "format"))
		return !arguments[0].null && make_format(m, &arguments[0], arguments + 1, n - 1, to);
	if (n == 1 && !arguments[0].null && (str_is(name, "quote_ident") || str_is(name, "quote_literal")))
		return add_argument(m, to, str_is(name, "quote_ident") ? 'I' : 'L', &arguments[0]);
	for (size_t i = 0; i < n && str_is(name, "concat"); i++)
		add_slice(m, to, &arguments[i], 0, arguments[i].text.n);
	return str_is(name, "concat");
}

static bool
joins(const A_Expr *e)
{
	return e->kind == AEXPR_OP && e->lexpr != NULL && strcmp(strVal(llast(e->name)), "||") == 0;
}

static bool
make_parameter(struct maker *m, const Node *node, const struct binding *b, struct made *to)
{
	int location = exprLocation(node);
	size_t length = IsA(node, ParamRef) ? strlen("$1") : b->name.n;

	if (b->text.s == NULL)
		return false;
	add_text(m, to, b->text, (struct span){ m->base + (location > 0 ? (uint32_t)location : 0), (uint32_t)length }, false);
	return true;
}

static bool
make_part(struct maker *m, const Node *node, struct made *to)
{
	const struct binding *b = code_binding(m->bindings, node);
	bool made = false;

	if (b != NULL)
		made = make_parameter(m, node, b, to);
	else if (IsA(node, A_Const))
		made = make_constant(m, (const A_Const *)node, to);
	else if (IsA(node, A_Expr) && joins((const A_Expr *)node))
		return make(m, ((const A_Expr *)node)->lexpr, to) && !to->null && make(m, ((const A_Expr *)node)->rexpr, to) && !to->null;
	else if (IsA(node, TypeCast) && is_plain_text(((const TypeCast *)node)->typeName))
		return make(m, ((const TypeCast *)node)->arg, to);
	else if (IsA(node, FuncCall))
		made = make_call(m, (const FuncCall *)node, to);
	if (!made && m->culprit.s == NULL && IsA(node, ColumnRef) && IsA(linitial(((const ColumnRef *)node)->fields), String))
		m->culprit = str_copy(m->arena, str_of(strVal(linitial(((const ColumnRef *)node)->fields))));
	return made;
}

static bool
make(struct maker *m, const Node *node, struct made *to)
{
	bool made;

	if (node == NULL || m->depth >= DEPTH_LIMIT)
		return false;
	m->depth++;
	made = make_part(m, node, to);
	m->depth--;
	if (!made && m->outline)
		buf_char(&to->text, CODE_HOLE);
	return made || m->outline;
}

/* ---- EXECUTE ---- */

struct making {
	struct maker maker;
	struct made made;
	bool good;
};

static void
on_expression(void *arg, const void *node)
{
	struct making *making = arg;
	const SelectStmt *st = node;

	making->good = list_length(st->targetList) == 1 && st->fromClause == NIL &&
	    make(&making->maker, ((const ResTarget *)linitial(st->targetList))->val, &making->made) && !making->made.null;
}

static void
read_expression(struct making *making)
{
	struct sql_error error;

	if (making->maker.sql.n > 0)
		(void)sql_parse_one(making->maker.arena, making->maker.sql, SQL_EXPRESSION, on_expression, making, &error);
}

struct source *
code_text(struct arena *arena, const struct source *body, struct span expression, const struct bindings *bindings, struct str *start,
    struct str *culprit)
{
	struct str text = str_slice(body->sql, expression.off, (size_t)expression.off + expression.len);
	struct making making = { .maker = { .arena = arena, .sql = text, .base = expression.off, .bindings = bindings },
	    .made = { .text = BUF(arena) } };

	read_expression(&making);
	*culprit = making.maker.culprit;
	*start = buf_text(&making.made.text);
	if (!making.good || making.made.pieces.n == 0)
		return NULL;
	return source_inside(arena, body, buf_text(&making.made.text), making.made.pieces.items, making.made.pieces.n);
}

struct str
code_outline(struct arena *arena, const struct source *body, struct span expression, const struct bindings *bindings)
{
	struct str text = str_slice(body->sql, expression.off, (size_t)expression.off + expression.len);
	struct making making = { .maker = { .arena = arena, .sql = text, .bindings = bindings, .outline = true }, .made = { .text = BUF(arena) } };

	read_expression(&making);
	return buf_text(&making.made.text);
}

/* ---- what it may touch ---- */

static bool
is_blank(struct str text, size_t i)
{
	return i < text.n && str_find_char(STR(" \t\r\n"), text.s[i]) != (size_t)-1;
}

/* One that a blank ends: without it the word may go on. */
static struct str
take_word(struct str *rest)
{
	size_t from = 0, to;

	while (is_blank(*rest, from))
		from++;
	for (to = from; to < rest->n && !is_blank(*rest, to);)
		to++;
	struct str word = to < rest->n ? str_slice(*rest, from, to) : STR("");
	*rest = str_slice(*rest, to, rest->n);
	return word;
}

static bool
begins_with(struct str text, const char *words)
{
	struct str all = str_of(words), want;

	while (str_cut(&all, ' ', &want))
		if (!str_eq_nocase(take_word(&text), want))
			return false;
	return true;
}

static bool
reads_from(struct str text)
{
	while (text.n > 0)
		if (str_is_nocase(take_word(&text), "from"))
			return true;
	return false;
}

enum reach
sql_reach(struct str start)
{
	static const struct {
		const char *words;
		enum reach reach;
	} known[] = {
		{ "create trigger", REACH_TRIGGERS }, { "create or replace trigger", REACH_TRIGGERS },
		{ "create constraint trigger", REACH_TRIGGERS }, { "drop trigger", REACH_TRIGGERS }, { "alter trigger", REACH_TRIGGERS },
		{ "create policy", REACH_POLICIES }, { "drop policy", REACH_POLICIES }, { "alter policy", REACH_POLICIES },
		{ "insert", REACH_NOTHING }, { "update", REACH_NOTHING }, { "delete", REACH_NOTHING }, { "merge", REACH_NOTHING },
		{ "truncate", REACH_NOTHING }, { "copy", REACH_NOTHING }, { "lock", REACH_NOTHING }, { "analyze", REACH_NOTHING },
		{ "refresh", REACH_NOTHING }, { "grant", REACH_NOTHING }, { "revoke", REACH_NOTHING }, { "comment", REACH_NOTHING },
		{ "notify", REACH_NOTHING },
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (begins_with(start, known[i].words))
			return known[i].reach;
	/* a function that it calls may do anything */
	return begins_with(start, "select") && reads_from(start) ? REACH_NOTHING : REACH_SCHEMA;
}
