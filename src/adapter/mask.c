#include <string.h>

#include "adapter/adapter.h"
#include "text/stand_in.h"

/* How far a statement has come to be COPY ... FROM STDIN. */
enum copy { COPY_START, COPY_NO, COPY_TABLE, COPY_FROM, COPY_STDIN };

struct mask {
	struct arena *arena;
	struct source *source;
	struct str text;
	size_t at;
	char *out;                      /* NULL: nothing is masked yet */
	bool variables;                 /* replace them */
	bool bodies;                    /* in what dollars quote, too, those that stand outside as well */
	struct str_list used;           /* their names, so far */
	struct map *stand_ins;          /* gets the identifiers that are left of those in front of a dot; NULL: not kept */
	bool commands;                  /* there is a backslash command */
	bool rows;                      /* the next line is the first row of a COPY */
	bool rows_end;                  /* there may be a "\." ahead */
	/* of the statement */
	size_t start;                   /* of its first token; NONE: it has none yet */
	enum copy copy;
	unsigned parens, brackets;
};

#define NONE ((size_t)-1)

static char
peek(const struct mask *m, size_t ahead)
{
	return m->at + ahead < m->text.n ? m->text.s[m->at + ahead] : '\0';
}

static void
put(struct mask *m, size_t at, char c)
{
	if (m->out == NULL) {
		m->out = str_c(m->arena, m->source->sql);
		m->source->sql.s = m->out;
	}
	m->out[at] = c;
}

static void
blank(struct mask *m, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (m->text.s[i] != '\n' && m->text.s[i] != '\r')
			put(m, i, ' ');
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* ---- what holds no commands ---- */

static void
follow_copy(struct mask *m, struct str word)
{
	if (m->copy == COPY_START)
		m->copy = str_is_nocase(word, "copy") ? COPY_TABLE : COPY_NO;
	else if (m->parens == 0 && m->copy == COPY_FROM)
		m->copy = str_is_nocase(word, "stdin") ? COPY_STDIN : COPY_TABLE;
	else if (m->parens == 0 && m->copy == COPY_TABLE && str_is_nocase(word, "from"))
		m->copy = COPY_FROM;
}

static void
skip_word(struct mask *m)
{
	size_t from = m->at;

	while (scan_is_name(peek(m, 0)) || peek(m, 0) == '$')
		m->at++;
	struct str word = str_slice(m->text, from, m->at);
	follow_copy(m, word);
	if (peek(m, 0) == '\'' && str_is_nocase(word, "e"))
		m->at = scan_quoted(m->text, m->at, true);
}

/* ---- statements and rows ---- */

static void
start_statement(struct mask *m)
{
	m->start = NONE;
	m->copy = COPY_START;
	m->parens = m->brackets = 0;
}

static void
end_statement(struct mask *m)
{
	if (m->copy == COPY_STDIN)
		m->rows = true;
	start_statement(m);
}

/* The end of the line "\." at or after from; NONE: there is none. */
static size_t
find_rows_end(const struct mask *m, size_t from)
{
	while (from < m->text.n) {
		size_t end = scan_line_end(m->text, from);
		struct str line = str_slice(m->text, from, end);
		if (str_is(line, "\\.") || str_is(line, "\\.\r"))
			return end;
		from = end + 1;
	}
	return NONE;
}

/* handleCopyIn() takes the rows from the lines behind the one that the statement ends in. */
static void
mask_rows(struct mask *m)
{
	size_t end = m->rows_end ? find_rows_end(m, m->at) : NONE;

	m->rows = false;
	m->rows_end = end != NONE;
	if (end == NONE)
		return;
	blank(m, m->at, end);
	m->at = end;
}

/* ---- backslash commands ---- */

/* Where the arguments end: with the line, behind "\\", or before the next command (xslashargstart of psqlscanslash.l). */
static size_t
arguments_end(const struct mask *m, size_t from)
{
	char quote = '\0';
	size_t i;

	for (i = from; i < m->text.n && m->text.s[i] != '\n'; i++) {
		char c = m->text.s[i];
		bool more = i + 1 < m->text.n && m->text.s[i + 1] != '\n';
		if (quote == '\'' && c == '\\')
			i += more;
		else if (quote != '\0')
			quote = c == quote ? '\0' : quote;
		else if (c == '\'' || c == '"' || c == '`')
			quote = c;
		else if (c == '\\')
			return more && m->text.s[i + 1] == '\\' ? i + 2 : i;
	}
	return i;
}

static bool
copies_from_stdin(struct str arguments)
{
	struct str word, last = STR("");

	for (size_t i = 0; i < arguments.n; i++)
		if (scan_is_name(arguments.s[i])) {
			size_t from = i;
			while (i < arguments.n && scan_is_name(arguments.s[i]))
				i++;
			word = str_slice(arguments, from, i);
			if (str_is_nocase(last, "from") && str_is_nocase(word, "stdin"))
				return true;
			last = word;
		}
	return false;
}

static void
run_command(struct mask *m, struct str name, size_t from, size_t to)
{
	if (str_in_words(name, "g gx gexec gset gdesc crosstabview watch parse") && m->start != NONE) {
		put(m, from, ';');
		end_statement(m);
	} else if (str_in_words(name, "r reset") && m->start != NONE) {
		blank(m, m->start, from);
		start_statement(m);
	} else if (str_is(name, "copy") && copies_from_stdin(str_slice(m->text, from, to)))
		m->rows = true;
}

static void
mask_command(struct mask *m)
{
	size_t from = m->at, n = 1, to;

	if (peek(m, 1) == ';' || peek(m, 1) == ':') {
		blank(m, from, from + 1);
		m->at += peek(m, 1) == ':' ? 2 : 1;
		return;
	}
	while (from + n < m->text.n && !is_space(peek(m, n)) && peek(m, n) != '\\' && peek(m, n) != ';')
		n++;
	struct str name = str_slice(m->text, from + 1, from + n);
	if (name.n == 0)
		to = from + (peek(m, 1) == '\\' ? 2 : 1);
	else if (str_in_words(name, "copy !"))
		to = scan_line_end(m->text, from);
	else
		to = arguments_end(m, from + n);
	m->commands = m->commands || !str_is(name, ".");
	blank(m, from, to);
	run_command(m, name, from, to);
	m->at = to;
}

/* ---- variables ---- */

/* The length of the name at that distance, if `close` follows it ('\0': anything may); else 0. */
static size_t
name_length(const struct mask *m, size_t ahead, char close)
{
	size_t n = 0;

	while (scan_is_name(peek(m, ahead + n)))
		n++;
	return close == '\0' || peek(m, ahead + n) == close ? n : 0;
}

/* :{?name} is TRUE or FALSE. */
static void
mask_test(struct mask *m)
{
	size_t n = name_length(m, 3, '}');

	if (peek(m, 2) == '?' && n > 0) {
		blank(m, m->at, m->at + n + 4);
		for (size_t i = 0; i < 4; i++)
			put(m, m->at + i, "TRUE"[i]);
		m->at += n + 3;
	}
	m->at++;
}

/* As the identifier is read that is left without the colon; what may be a value keeps it, as it names nothing in the text. */
static void
note_stand_in(const struct mask *m, struct str name, bool quoted, size_t end)
{
	struct str read = quoted ? str_copy(m->arena, name) : str_fold(m->arena, name), written = str_copy(m->arena, str_slice(m->source->text, m->at, end));
	bool qualifies = end < m->text.n && m->text.s[end] == '.';

	stand_in_add(m->stand_ins, qualifies ? read : str_printf(m->arena, ":%.*s", STR_ARG(read)), written);
}

static void
mask_variable(struct mask *m, struct str name, bool quoted)
{
	size_t end = m->at + 1 + name.n + (quoted ? 2 : 0);

	put(m, m->at, ' ');
	*vec_push(m->arena, &m->used) = name;
	if (m->stand_ins != NULL)
		note_stand_in(m, name, quoted, end);
}

/* Inside brackets a colon is taken for an array slice's: psql leaves it alone unless there is such a variable. */
static void
mask_colon(struct mask *m)
{
	char next = peek(m, 1);
	bool quoted = next == '\'' || next == '"';
	size_t n = name_length(m, quoted ? 2 : 1, quoted ? next : '\0');

	if (next == ':' || next == '=')
		m->at += 2;
	else if (!m->variables || m->brackets > 0)
		m->at++;
	else if (next == '{')
		mask_test(m);
	else {
		if (n > 0)
			mask_variable(m, str_slice(m->text, m->at + (quoted ? 2 : 1), m->at + n + (quoted ? 2 : 1)), quoted);
		m->at += n == 0 ? 1 : n + (quoted ? 3 : 1);
	}
}

static bool
is_used(const struct mask *m, struct str name)
{
	for (size_t i = 0; i < m->used.n; i++)
		if (str_eq(m->used.items[i], name))
			return true;
	return false;
}

/* psql leaves a body alone; who puts a variable of the file there has it filled in otherwise. */
static void
mask_body(struct mask *m, size_t end)
{
	for (; m->bodies && m->used.n > 0 && m->at < end; m->at++) {
		size_t n = peek(m, 0) == ':' ? name_length(m, 1, '\0') : 0;
		if (peek(m, 0) == ':' && (peek(m, 1) == ':' || peek(m, 1) == '='))
			m->at++;
		else if (n > 0 && is_used(m, str_slice(m->text, m->at + 1, m->at + 1 + n)))
			put(m, m->at, ' ');
	}
	m->at = end;
}

/* ---- the text ---- */

static void
mask_sign(struct mask *m, char c)
{
	m->at++;
	switch (c) {
	case '(':
		m->parens++;
		break;
	case ')':
		m->parens -= m->parens > 0;
		break;
	case '[':
		m->brackets++;
		break;
	case ']':
		m->brackets -= m->brackets > 0;
		break;
	case ';':
		if (m->parens == 0)
			end_statement(m);
		break;
	}
}

static void
mask_token(struct mask *m, char c)
{
	if (m->start == NONE && c != ';')
		m->start = m->at;
	if (scan_is_name(c)) {
		skip_word(m);
		return;
	}
	if (m->copy == COPY_START)
		m->copy = COPY_NO;
	if (c == '\'' || c == '"')
		m->at = scan_quoted(m->text, m->at, false);
	else if (c == '$')
		mask_body(m, scan_dollar(m->text, m->at));
	else if (c == ':')
		mask_colon(m);
	else
		mask_sign(m, c);
}

static void
mask_next(struct mask *m)
{
	char c = peek(m, 0);

	if (is_space(c)) {
		m->at++;
		if (c == '\n' && m->rows)
			mask_rows(m);
	} else if (c == '-' && peek(m, 1) == '-')
		m->at = scan_line_end(m->text, m->at);
	else if (c == '/' && peek(m, 1) == '*')
		m->at = scan_comment(m->text, m->at);
	else if (c == '\\')
		mask_command(m);
	else
		mask_token(m, c);
}

static void
mask_text(struct mask *m)
{
	m->at = 0;
	m->rows = false;
	m->rows_end = true;
	start_statement(m);
	while (m->at < m->text.n)
		mask_next(m);
}

void
mask_psql_script(struct arena *a, struct source *source, struct map *stand_ins, bool bodies)
{
	struct mask m = { .arena = a, .source = source, .text = source->sql, .stand_ins = stand_ins, .variables = true, .bodies = bodies };

	if (m.text.n > 0 && memchr(m.text.s, ':', m.text.n) != NULL)
		mask_text(&m);
}

void
mask_psql(struct arena *a, struct source *source, struct map *stand_ins)
{
	struct mask m = { .arena = a, .source = source, .text = source->sql, .stand_ins = stand_ins };

	if (m.text.n == 0 || memchr(m.text.s, '\\', m.text.n) == NULL)
		return;
	mask_text(&m);
	if (m.commands) {
		m.variables = true;
		mask_text(&m);
	}
}
