#include <string.h>

#include "adapter/adapter.h"

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
scan_is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

static char
at_char(struct str text, size_t at)
{
	return at < text.n ? text.s[at] : '\0';
}

size_t
scan_quoted(struct str text, size_t at, bool escapes)
{
	char quote = text.s[at];

	for (at++; at < text.n; at++) {
		if (escapes && text.s[at] == '\\')
			at++;
		else if (text.s[at] == quote)
			return at + 1;
	}
	return text.n;
}

size_t
scan_comment(struct str text, size_t at)
{
	unsigned depth = 0;

	while (at < text.n) {
		if (text.s[at] == '/' && at_char(text, at + 1) == '*') {
			depth++;
			at += 2;
		} else if (text.s[at] == '*' && at_char(text, at + 1) == '/') {
			at += 2;
			if (--depth == 0)
				return at;
		} else
			at++;
	}
	return text.n;
}

size_t
scan_dollar(struct str text, size_t at)
{
	size_t n = 1, found;

	if (is_digit(at_char(text, at + 1)))
		return at + 1;
	while (scan_is_name(at_char(text, at + n)))
		n++;
	if (at_char(text, at + n) != '$')
		return at + 1;
	struct str tag = str_slice(text, at, at + n + 1);
	found = str_find(str_slice(text, at + tag.n, text.n), tag);
	return found == (size_t)-1 ? text.n : at + found + 2 * tag.n;
}

size_t
scan_line_end(struct str text, size_t at)
{
	const char *end = at < text.n ? memchr(text.s + at, '\n', text.n - at) : NULL;

	return end != NULL ? (size_t)(end - text.s) : text.n;
}

static void
skip_blanks(struct scan *s)
{
	for (;;) {
		char c = at_char(s->text, s->at);
		if (s->at < s->text.n && is_space(c))
			s->at++;
		else if (c == '-' && at_char(s->text, s->at + 1) == '-')
			s->at = scan_line_end(s->text, s->at);
		else if (c == '/' && at_char(s->text, s->at + 1) == '*')
			s->at = scan_comment(s->text, s->at);
		else
			return;
	}
}

static size_t
word_end(struct scan *s, size_t at)
{
	while (scan_is_name(at_char(s->text, at)) || at_char(s->text, at) == '$')
		at++;
	struct str word = str_slice(s->text, s->at, at);
	s->kind = SCAN_WORD;
	if (at_char(s->text, at) != '\'' || !str_is_nocase(word, "e"))
		return at;
	s->kind = SCAN_TEXT;
	return scan_quoted(s->text, at, true);
}

static size_t
token_end(struct scan *s)
{
	char c = s->text.s[s->at];

	if (scan_is_name(c))
		return word_end(s, s->at);
	s->kind = c == '\'' || c == '$' ? SCAN_TEXT : c == '"' ? SCAN_NAME : SCAN_SIGN;
	if (s->kind == SCAN_SIGN)
		return s->at + 1;
	return c == '$' ? scan_dollar(s->text, s->at) : scan_quoted(s->text, s->at, false);
}

bool
scan_next(struct scan *s)
{
	size_t end;

	if (s->token.n > 0 && scan_is(s, "("))
		s->parens++;
	else if (s->token.n > 0 && scan_is(s, ")") && s->parens > 0)
		s->parens--;
	skip_blanks(s);
	if (s->at >= s->text.n)
		return false;
	end = token_end(s);
	s->token = str_slice(s->text, s->at, end);
	s->at = end;
	return true;
}

bool
scan_is(const struct scan *s, const char *word)
{
	return s->kind == SCAN_WORD ? str_is_nocase(s->token, word) : s->kind == SCAN_SIGN && str_is(s->token, word);
}
