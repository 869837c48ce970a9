#include <ctype.h>

#include "base/buf.h"
#include "rule/rule.h"

/* A literal, or a placeholder when the field has a name. */
struct piece {
	struct str text;
	struct field_ref field;
};

struct template {
	VEC(struct piece) pieces;
};

static bool
is_field_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.';
}

static void
add_text(struct arena *a, struct template *t, struct str text)
{
	if (text.n > 0)
		*vec_push(a, &t->pieces) = (struct piece){ .text = text };
}

/* Length of the placeholder at the start of the text, with its braces; 0: none. */
static size_t
placeholder(struct str text)
{
	size_t n = 1;

	while (n < text.n && is_field_char(text.s[n]))
		n++;
	return n > 1 && n < text.n && text.s[n] == '}' ? n + 1 : 0;
}

static int
add_placeholder(struct arena *a, struct template *t, struct str text, const struct op_kind *const *kinds, size_t nkinds,
    struct err *err)
{
	struct piece piece = { 0 };

	if (text.n == 0)
		return err_set(err, a, "'{' begins a placeholder such as {table}; for the brace itself write '{{'");
	if (field_resolve(a, str_slice(text, 1, text.n - 1), kinds, nkinds, false, &piece.field, err) < 0)
		return -1;
	*vec_push(a, &t->pieces) = piece;
	return 0;
}

struct template *
template_parse(struct arena *a, struct str text, const struct op_kind *const *kinds, size_t nkinds, struct str *wrong,
    struct err *err)
{
	struct template *t = NEW(a, struct template);
	size_t at, n;

	while ((at = str_find_char(text, '{')) != (size_t)-1) {
		struct str rest = str_slice(text, at, text.n);
		if (str_starts(rest, "{{")) {
			add_text(a, t, str_slice(text, 0, at + 1));
			text = str_slice(text, at + 2, text.n);
			continue;
		}
		n = placeholder(rest);
		add_text(a, t, str_slice(text, 0, at));
		*wrong = str_slice(rest, 0, n > 0 ? n : 1);
		if (add_placeholder(a, t, str_slice(rest, 0, n), kinds, nkinds, err) < 0)
			return NULL;
		text = str_slice(rest, n, rest.n);
	}
	add_text(a, t, text);
	return t;
}

static bool
is_placeholder(const struct piece *p)
{
	return p->field.name.s != NULL;
}

static struct str
words(const struct piece *p, const struct facts *f)
{
	struct value v;

	if (!is_placeholder(p))
		return p->text;
	v = field_value(&p->field, f);
	if (v.state != VALUE_KNOWN)
		return str_printf(f->arena, "<%.*s>", STR_ARG(p->field.name));
	return value_words(f->arena, v);
}

struct str
template_render(const struct template *t, const struct facts *f)
{
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < t->pieces.n; i++)
		buf_str(&b, words(&t->pieces.items[i], f));
	return buf_text(&b);
}

bool
template_filled(const struct template *t, const struct facts *f)
{
	for (size_t i = 0; i < t->pieces.n; i++)
		if (is_placeholder(&t->pieces.items[i]) && field_value(&t->pieces.items[i].field, f).state != VALUE_KNOWN)
			return false;
	return true;
}

static bool
is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80) != 0;
}

enum { NAME_MAX_BYTES = 63 };

/* Length of the identifier characters at the end, or the start, of a literal. */
static size_t
tail(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_word_char(s.s[s.n - 1 - n]))
		n++;
	return n;
}

static size_t
head(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_word_char(s.s[n]))
		n++;
	return n;
}

/* The bare name inside an SQL name: quotes and schema taken off; of a list or an expression, its words joined by "_". */
static void
put_bare(struct buf *b, struct str sql)
{
	size_t start = b->n;
	bool quoted = false;

	for (size_t i = 0; i < sql.n; i++) {
		char c = sql.s[i];
		if (c == '"' && quoted && i + 1 < sql.n && sql.s[i + 1] == '"')
			buf_char(b, sql.s[i++]);
		else if (c == '"')
			quoted = !quoted;
		else if (c == '.' && !quoted)
			b->n = start;
		else if (c == ',' && !quoted) {
			buf_char(b, '_');
			start = b->n;
		} else if (quoted || is_word_char(c))
			buf_char(b, c);
		else if (c == '(')
			buf_char(b, '_');
	}
}

/* Where the word that piece i is part of ends: the index behind its last piece. */
static size_t
word_end(const struct template *t, size_t i)
{
	const struct piece *p = t->pieces.items;

	while (i < t->pieces.n && (is_placeholder(&p[i]) || tail(p[i].text) == p[i].text.n))
		i++;
	return i;
}

/* truncate_identifier(): the server would cut the end off, which says what the name is for. */
static void
cut_name(struct buf *b, size_t more)
{
	size_t limit = more < NAME_MAX_BYTES ? NAME_MAX_BYTES - more : 0;

	if (b->n <= limit)
		return;
	while (limit > 0 && ((unsigned char)b->s[limit] & 0xC0) == 0x80)
		limit--;
	b->n = limit;
}

/*
 * Writes the word made of pieces [from, to), what precedes it of the literal before, and what follows it of
 * the literal behind; *skip is how much of the latter that was.
 */
static void
put_word(struct buf *out, const struct template *t, size_t from, size_t to, struct str before, const struct facts *f,
    size_t *skip)
{
	const struct piece *p = t->pieces.items;
	struct str after = to < t->pieces.n ? p[to].text : STR_NONE;
	struct buf b = BUF(f->arena);
	struct str word;

	*skip = head(after);
	if (to - from == 1 && before.n == 0 && *skip == 0) {
		buf_str(out, words(&p[from], f));
		return;
	}
	buf_str(&b, before);
	for (size_t i = from; i < to; i++) {
		word = words(&p[i], f);
		if (is_placeholder(&p[i]) && !str_starts(word, "<"))
			put_bare(&b, word);
		else
			buf_str(&b, word);
	}
	cut_name(&b, *skip);
	buf_str(&b, str_slice(after, 0, *skip));
	word = buf_text(&b);
	/* "5ms" is not a name. */
	buf_str(out, word.n > 0 && isdigit((unsigned char)word.s[0]) ? word : sql_ident(f->arena, word));
}

struct str
template_render_sql(const struct template *t, const struct facts *f)
{
	struct buf b = BUF(f->arena);
	const struct piece *p = t->pieces.items;
	size_t skip = 0;

	for (size_t i = 0; i < t->pieces.n;) {
		struct str text = str_slice(p[i].text, skip, p[i].text.n), before = STR_NONE;
		bool glued = i + 1 < t->pieces.n && is_placeholder(&p[i + 1]);
		skip = 0;
		if (!is_placeholder(&p[i])) {
			before = str_slice(text, text.n - (glued ? tail(text) : 0), text.n);
			buf_str(&b, str_slice(text, 0, text.n - before.n));
			i++;
			if (!glued)
				continue;
		}
		size_t end = word_end(t, i);
		put_word(&b, t, i, end, before, f, &skip);
		i = end;
	}
	return buf_text(&b);
}

/* ---- as people read it ---- */

/* Length of the placeholder, {table.name}, that s starts with, or 0. */
static size_t
placeholder_length(struct str s)
{
	size_t n = 1;

	while (n < s.n && is_field_char(s.s[n]))
		n++;
	return n > 1 && s.s[0] == '{' && n < s.n && s.s[n] == '}' ? n + 1 : 0;
}

struct str
template_shown(struct arena *arena, struct str s)
{
	struct buf out = BUF(arena);

	for (size_t i = 0; i < s.n; i++) {
		size_t n = placeholder_length(str_slice(s, i, s.n));
		if (n > 0) {
			buf_printf(&out, "<%.*s>", (int)(n - 2), s.s + i + 1);
			i += n - 1;
			continue;
		}
		buf_char(&out, s.s[i]);
		if ((s.s[i] == '{' || s.s[i] == '}') && i + 1 < s.n && s.s[i + 1] == s.s[i])
			i++;
	}
	return buf_text(&out);
}
