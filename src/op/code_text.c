#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "op/query.h"

/* The text that EXECUTE runs, when it is made of constants: literals, ||, and functions of text. */

/* A text under way, and where its parts come from. */
struct made {
	struct buf text;
	VEC(struct excerpt) pieces;
	bool null, number;
	bool stands_in;                 /* part of it is a name that the session has, in the word that asks for it */
};

struct maker {
	struct arena *arena;
	struct str sql;                 /* the expression; STR_NONE: nobody asks where the parts come from */
	uint32_t base;                  /* its offset in the body */
	const struct bindings *bindings;        /* NULL: none */
	bool outline;                   /* what is not constant leaves a hole */
	bool runs;                      /* the text is run: the names of the session's role and database may stay the words that ask for them */
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
	*vec_push(m->arena, &to->pieces) = (struct excerpt){ (uint32_t)to->text.n, from, verbatim, NULL };
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

	if (m->sql.s == NULL) {
		buf_str(&to->text, value);
		return true;
	}
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
	to->number = true;
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
make_replaced(struct maker *m, const struct made *of, const struct made *what, const struct made *by, struct made *to)
{
	struct str text = buf_text(&of->text), pattern = buf_text(&what->text);
	size_t from = 0;

	for (size_t i = 0; pattern.n > 0 && i + pattern.n <= text.n;) {
		if (!str_eq(str_slice(text, i, i + pattern.n), pattern)) {
			i++;
			continue;
		}
		add_slice(m, to, of, from, i);
		add_slice(m, to, by, 0, by->text.n);
		from = i += pattern.n;
	}
	add_slice(m, to, of, from, text.n);
	return true;
}

static bool
fold_format(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	return !a[0].null && make_format(m, &a[0], a + 1, n - 1, to);
}

static bool
fold_quote_ident(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	(void)n;
	return add_argument(m, to, 'I', &a[0]);
}

static bool
fold_quote_literal(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	(void)n;
	return add_argument(m, to, 'L', &a[0]);
}

static bool
fold_concat(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	for (size_t i = 0; i < n; i++)
		add_slice(m, to, &a[i], 0, a[i].text.n);
	return true;
}

static bool
fold_concat_ws(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	bool any = false;

	for (size_t i = 1; i < n; i++) {
		if (a[i].null)
			continue;
		if (any)
			add_slice(m, to, &a[0], 0, a[0].text.n);
		add_slice(m, to, &a[i], 0, a[i].text.n);
		any = true;
	}
	return !a[0].null;
}

static bool
fold_replace(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	(void)n;
	return make_replaced(m, &a[0], &a[1], &a[2], to);
}

static bool
fold_case(struct maker *m, const struct made *a, struct made *to, int (*fold)(int))
{
	add_slice(m, to, &a[0], 0, a[0].text.n);
	for (size_t i = 0; i < to->text.n; i++)
		to->text.s[i] = (char)fold((unsigned char)to->text.s[i]);
	return true;
}

static bool
fold_lower(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	(void)n;
	return fold_case(m, a, to, tolower);
}

static bool
fold_upper(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	(void)n;
	return fold_case(m, a, to, toupper);
}

/* A number small enough to count with. */
static bool
number_of(const struct made *a, long *n)
{
	struct str text = buf_text(&a->text);
	bool minus = str_starts(text, "-");

	*n = 0;
	for (size_t i = minus; i < text.n && *n < 1000000; i++)
		*n = *n * 10 + (text.s[i] - '0');
	*n = minus ? -*n : *n;
	return a->number && *n < 1000000 && *n > -1000000;
}

/* text_left(), text_right(): a negative number leaves out as many at the other end. */
static bool
fold_left(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	long size = (long)a[0].text.n, count;

	(void)n;
	if (!number_of(&a[1], &count))
		return false;
	count = count < 0 ? size + count : count;
	add_slice(m, to, &a[0], 0, count < 0 ? 0 : (size_t)(count < size ? count : size));
	return true;
}

static bool
fold_right(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	long size = (long)a[0].text.n, count;

	(void)n;
	if (!number_of(&a[1], &count))
		return false;
	count = count < 0 ? size + count : count;
	count = count < 0 ? 0 : count < size ? count : size;
	add_slice(m, to, &a[0], (size_t)(size - count), (size_t)size);
	return true;
}

/* text_substring(): places before the first character count. */
static bool
fold_substring(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	long size = (long)a[0].text.n, from, count = size, end;

	if (!number_of(&a[1], &from) || (n > 2 && (!number_of(&a[2], &count) || count < 0)))
		return false;
	from--;
	end = n > 2 && from + count < size ? from + count : size;
	from = from < 0 ? 0 : from;
	if (from < end)
		add_slice(m, to, &a[0], (size_t)from, (size_t)end);
	return true;
}

static bool
fold_split_part(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	struct str text = buf_text(&a[0].text), by = buf_text(&a[1].text);
	size_t from = 0, i;
	long part;

	(void)n;
	if (!number_of(&a[2], &part) || part < 1 || by.n == 0)
		return false;
	for (i = 0; i < text.n; i++) {
		if (!str_eq(str_slice(text, i, i + by.n), by))
			continue;
		if (--part == 0)
			break;
		from = i + by.n;
		i = from - 1;
	}
	if (part <= 1)
		add_slice(m, to, &a[0], from, i);
	return true;
}

static bool
trims(const struct made *a, size_t n, size_t i)
{
	return str_find_char(n > 1 ? buf_text(&a[1].text) : STR(" "), a[0].text.s[i]) != (size_t)-1;
}

static bool
make_trimmed(struct maker *m, const struct made *a, size_t n, bool left, bool right, struct made *to)
{
	size_t from = 0, end = a[0].text.n;

	while (left && from < end && trims(a, n, from))
		from++;
	while (right && end > from && trims(a, n, end - 1))
		end--;
	add_slice(m, to, &a[0], from, end);
	return true;
}

static bool
fold_btrim(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	return make_trimmed(m, a, n, true, true, to);
}

static bool
fold_ltrim(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	return make_trimmed(m, a, n, true, false, to);
}

static bool
fold_rtrim(struct maker *m, const struct made *a, size_t n, struct made *to)
{
	return make_trimmed(m, a, n, false, true, to);
}

struct folding {
	const char *name;
	size_t least, most;             /* arguments */
	bool parts;                     /* it only joins: what is not known stays a hole, and NULL is no obstacle */
	bool (*fold)(struct maker *, const struct made *arguments, size_t n, struct made *to);
};

static const struct folding *
folding_of(struct str name, size_t n)
{
	static const struct folding all[] = {
		{ "format", 1, 1000, true, fold_format }, { "concat", 1, 1000, true, fold_concat },
		{ "quote_ident", 1, 1, true, fold_quote_ident }, { "quote_literal", 1, 1, true, fold_quote_literal },
		{ "concat_ws", 2, 1000, false, fold_concat_ws }, { "replace", 3, 3, false, fold_replace },
		{ "lower", 1, 1, false, fold_lower }, { "upper", 1, 1, false, fold_upper },
		{ "left", 2, 2, false, fold_left }, { "right", 2, 2, false, fold_right },
		{ "substring", 2, 3, false, fold_substring }, { "substr", 2, 3, false, fold_substring },
		{ "split_part", 3, 3, false, fold_split_part }, { "btrim", 1, 2, false, fold_btrim },
		{ "ltrim", 1, 2, false, fold_ltrim }, { "rtrim", 1, 2, false, fold_rtrim },
	};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (str_is(name, all[i].name) && n >= all[i].least && n <= all[i].most)
			return &all[i];
	return NULL;
}

/* Known in full, and a character is a byte. */
static bool
is_whole(const struct made *a)
{
	for (size_t i = 0; i < a->text.n; i++)
		if (a->text.s[i] == CODE_HOLE || (unsigned char)a->text.s[i] >= 0x80)
			return false;
	return true;
}

/* The n first that can be made. */
static size_t
make_arguments(struct maker *m, const List *list, struct made *arguments)
{
	size_t n = 0;
	const ListCell *cell;

	foreach (cell, list) {
		arguments[n].text = BUF(m->arena);
		if (!make(m, lfirst(cell), &arguments[n]))
			break;
		n++;
	}
	return n;
}

/* array_to_string() of a text that is taken apart, or of a list. */
static bool
make_joined(struct maker *m, const FuncCall *f, struct made *to)
{
	const FuncCall *apart = linitial(f->args);
	const List *elements = IsA(apart, A_ArrayExpr) ? ((const A_ArrayExpr *)apart)->elements : NIL;
	struct made *a = NEW_ARRAY(m->arena, struct made, (size_t)list_length(elements) + 3);
	const List *parts = elements;

	if (IsA(apart, FuncCall) && strcmp(strVal(llast(apart->funcname)), "string_to_array") == 0 && list_length(apart->args) == 2)
		parts = apart->args;
	if (parts == NIL || make_arguments(m, list_make1(lsecond(f->args)), a) != 1 ||
	    make_arguments(m, parts, a + 1) != (size_t)list_length(parts))
		return false;
	if (elements != NIL)
		return fold_concat_ws(m, a, (size_t)list_length(parts) + 1, to);
	return is_whole(&a[1]) && a[2].text.n > 0 && is_whole(&a[2]) && !a[0].null && !a[1].null && make_replaced(m, &a[1], &a[2], &a[0], to);
}

static bool
make_folded(struct maker *m, const struct folding *f, const struct made *a, size_t n, struct made *to)
{
	bool joins = strncmp(f->name, "concat", strlen("concat")) == 0;

	for (size_t i = 0; i < n; i++) {
		if (!f->parts && (!is_whole(&a[i]) || a[i].stands_in))
			return false;
		if (a[i].null && !joins && strcmp(f->name, "format") != 0)
			return false;
	}
	for (size_t i = 0; i < n; i++)
		to->stands_in = to->stands_in || a[i].stands_in;
	return f->fold(m, a, n, to);
}

/* The word that stands for the name of the session's role or database; NULL: another node. */
static const char *
session_name(const Node *node)
{
	if (IsA(node, SQLValueFunction)) {
		SQLValueFunctionOp op = ((const SQLValueFunction *)node)->op;
		return op == SVFOP_CURRENT_USER || op == SVFOP_CURRENT_ROLE || op == SVFOP_USER || op == SVFOP_SESSION_USER ? "current_user" : NULL;
	}
	return IsA(node, FuncCall) && ((const FuncCall *)node)->args == NIL &&
	    strcmp(strVal(llast(((const FuncCall *)node)->funcname)), "current_database") == 0 ? "current_database" : NULL;
}

static bool
make_session_name(struct maker *m, const Node *node, struct made *to)
{
	const char *word = session_name(node);
	int location = exprLocation(node);

	if (!m->runs || word == NULL)
		return false;
	to->stands_in = true;
	add_text(m, to, str_of(word), (struct span){ m->base + (location > 0 ? (uint32_t)location : 0), (uint32_t)strlen(word) }, false);
	return true;
}

static bool
make_call(struct maker *m, const FuncCall *f, struct made *to)
{
	struct str name = str_of(strVal(llast(f->funcname)));
	size_t n = (size_t)list_length(f->args);
	struct made *arguments = NEW_ARRAY(m->arena, struct made, n + 1);
	const struct folding *folding = folding_of(name, n);

	if (n == 0 || f->func_variadic)
		return false;
	if (n == 2 && str_is(name, "array_to_string"))
		return make_joined(m, f, to);
	if (make_arguments(m, f->args, arguments) == n)
		return folding != NULL && make_folded(m, folding, arguments, n, to);
	if (str_is(name, "format"))
		add_slice(m, to, &arguments[0], 0, str_find_char(buf_text(&arguments[0].text), '%'));
	return false;
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
	to->number = b->number;
	add_text(m, to, b->text, (struct span){ m->base + (location > 0 ? (uint32_t)location : 0), (uint32_t)length }, false);
	return true;
}

static bool
make_text(struct maker *m, const Node *node, struct made *to)
{
	bool made = make(m, node, to);

	to->number = false;
	return made;
}

/* What a subselect gives begins so wherever there is a row; which rows there are nobody knows. */
static void
make_queried(struct maker *m, const SubLink *s, struct made *to)
{
	const SelectStmt *st = (const SelectStmt *)s->subselect;

	if (s->subLinkType == EXPR_SUBLINK && IsA(st, SelectStmt) && st->op == SETOP_NONE && list_length(st->targetList) == 1)
		(void)make(m, ((const ResTarget *)linitial(st->targetList))->val, to);
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
		return make_text(m, ((const A_Expr *)node)->lexpr, to) && !to->null && make_text(m, ((const A_Expr *)node)->rexpr, to) && !to->null;
	else if (IsA(node, TypeCast) && is_plain_text(((const TypeCast *)node)->typeName))
		return make_text(m, ((const TypeCast *)node)->arg, to);
	else if (session_name(node) != NULL)
		made = make_session_name(m, node, to);
	else if (IsA(node, FuncCall))
		made = make_call(m, (const FuncCall *)node, to);
	else if (IsA(node, SubLink))
		make_queried(m, (const SubLink *)node, to);
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

struct str
code_constant(struct arena *arena, const void *node, const struct bindings *bindings, bool *number)
{
	struct maker m = { .arena = arena, .bindings = bindings };
	struct made made = { .text = BUF(arena) };
	bool good = make(&m, node, &made) && !made.null;

	*number = good && made.number;
	return good ? buf_text(&made.text) : STR_NONE;
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

	making->good = list_length(st->targetList) == 1 && st->fromClause == NIL && st->whereClause == NULL && st->groupClause == NIL && st->havingClause == NULL &&
	    st->limitCount == NULL && st->limitOffset == NULL &&
	    make(&making->maker, ((const ResTarget *)linitial(st->targetList))->val, &making->made) && !making->made.null;
}

static void
read_expression(struct making *making)
{
	struct sql_error error;

	if (making->maker.sql.n > 0)
		(void)sql_parse_one(making->maker.arena, making->maker.sql, SQL_EXPRESSION, on_expression, making, &error);
}

/* Where the server has a name it may not take the word for it: DROP TABLE current_user. */
static bool
stands_where_roles_do(struct arena *arena, struct str text)
{
	struct sql_error error;

	return sql_parse_one(arena, text, SQL_STATEMENT, NULL, NULL, &error);
}

struct source *
code_text(struct arena *arena, const struct source *body, struct span expression, const struct bindings *bindings, struct str *start,
    struct str *culprit)
{
	struct str text = str_slice(body->sql, expression.off, (size_t)expression.off + expression.len);
	struct making making = { .maker = { .arena = arena, .sql = text, .base = expression.off, .bindings = bindings, .runs = true },
	    .made = { .text = BUF(arena) } };

	read_expression(&making);
	*culprit = making.maker.culprit;
	*start = buf_text(&making.made.text);
	if (!making.good || making.made.pieces.n == 0 || (making.made.stands_in && !stands_where_roles_do(arena, *start)))
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
