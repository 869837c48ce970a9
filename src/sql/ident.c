#include <stdlib.h>
#include <string.h>

#include "sql/ident.h"

/* The categories of kwlist.h. */
enum { UNRESERVED_KEYWORD, COL_NAME_KEYWORD, TYPE_FUNC_NAME_KEYWORD, RESERVED_KEYWORD };

struct keyword {
	const char *word;
	int category;
};

static int
compare_keyword(const void *key, const void *at)
{
	const struct str *name = key;
	const struct keyword *keyword = at;

	return str_cmp(*name, str_of(keyword->word));
}

/* -1: no keyword */
static int
category(struct str name)
{
	static const struct keyword keywords[] = {
#define PG_KEYWORD(name, value, category, label) { name, category },
#include "parser/kwlist.h"
#undef PG_KEYWORD
	};
	const struct keyword *at = bsearch(&name, keywords, sizeof keywords / sizeof *keywords, sizeof *keywords, compare_keyword);

	return at == NULL ? -1 : at->category;
}

static bool
is_reserved(struct str name)
{
	return category(name) > UNRESERVED_KEYWORD;
}

static bool
is_plain(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.s[i];
		if (!((c >= 'a' && c <= 'z') || c == '_' || (i > 0 && c >= '0' && c <= '9')))
			return false;
	}
	return name.n > 0;
}

bool
sql_needs_quotes(struct str name)
{
	return !is_plain(name) || category(name) >= TYPE_FUNC_NAME_KEYWORD;
}

static void
put_quoted(struct buf *b, struct str name)
{
	buf_char(b, '"');
	for (size_t i = 0; i < name.n; i++) {
		if (name.s[i] == '"')
			buf_char(b, '"');
		buf_char(b, name.s[i]);
	}
	buf_char(b, '"');
}

void
sql_put_ident(struct buf *b, struct str name)
{
	if (is_plain(name) && !is_reserved(name))
		buf_str(b, name);
	else
		put_quoted(b, name);
}

struct str
sql_ident(struct arena *arena, struct str name)
{
	struct buf b = BUF(arena);

	if (is_plain(name) && !is_reserved(name))
		return name;
	put_quoted(&b, name);
	return buf_text(&b);
}

void
sql_put_literal(struct buf *b, struct str text)
{
	if (str_find_char(text, '\\') != (size_t)-1)
		buf_char(b, 'E');
	buf_char(b, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '\'' || text.s[i] == '\\')
			buf_char(b, text.s[i]);
		buf_char(b, text.s[i]);
	}
	buf_char(b, '\'');
}

static bool
is_word(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_' || ch == '$' ||
	    (unsigned char)ch >= 0x80;
}

size_t
sql_find_word(struct str text, struct str word, size_t from)
{
	for (size_t at; word.n > 0 && (at = str_find(str_slice(text, from, text.n), word)) != (size_t)-1; from += at + 1) {
		size_t begin = from + at, end = begin + word.n;
		if ((begin == 0 || !is_word(text.s[begin - 1])) && (end == text.n || !is_word(text.s[end])))
			return begin;
	}
	return (size_t)-1;
}

/* Bytes of the word, quoted text or single character that starts at i. */
static size_t
piece_size(struct str s, size_t i)
{
	size_t n = i + 1;
	char first = s.s[i];

	if (first == '"' || first == '\'') {
		while (n < s.n && s.s[n] != first)
			n++;
		return (n < s.n ? n + 1 : n) - i;
	}
	while (is_word(first) && n < s.n && is_word(s.s[n]))
		n++;
	return n - i;
}

struct str
sql_exchange(struct arena *arena, struct str text, struct str from, struct str to)
{
	struct buf b = BUF(arena);

	for (size_t i = 0, n; i < text.n; i += n) {
		n = piece_size(text, i);
		struct str piece = str_slice(text, i, i + n);
		bool called = i + n < text.n && text.s[i + n] == '(';
		bool is_type = str_ends(str_slice(text, 0, i), "::");
		buf_str(&b, str_eq(piece, from) && !called && !is_type ? to : piece);
	}
	return buf_text(&b);
}
