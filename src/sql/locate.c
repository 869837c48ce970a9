#include <string.h>

#include "sql/locate.h"

static struct span
nowhere(void)
{
	return (struct span){ 0, 0 };
}

static uint32_t
span_end(struct span s)
{
	return s.off + s.len;
}

/* Index of the first token at or after off. */
static size_t
token_from(const struct statement *st, uint32_t off)
{
	size_t low = 0, high = st->ntokens;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (st->tokens[middle].off < off)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct span
tokens_between(const struct statement *st, size_t first, size_t after)
{
	const struct token *last = &st->tokens[after - 1];

	return first < after ? span_of(st->tokens[first].off, last->off + last->len) : nowhere();
}

static int
depth_change(int kind)
{
	if (kind == '(' || kind == '[')
		return 1;
	return kind == ')' || kind == ']' ? -1 : 0;
}

struct span
locate_piece(const struct statement *st, struct span within, size_t n)
{
	size_t first = token_from(st, within.off), i = first;
	int depth = 0;

	for (; i < st->ntokens && st->tokens[i].off < span_end(within); i++) {
		depth += depth_change(st->tokens[i].kind);
		if (depth != 0 || st->tokens[i].kind != ',')
			continue;
		if (n-- == 0)
			break;
		first = i + 1;
	}
	return n == 0 || n == (size_t)-1 ? tokens_between(st, first, i) : nowhere();
}

struct span
locate_element(const struct statement *st, uint32_t off)
{
	size_t first = token_from(st, off), i = first;
	int depth = 0;

	for (; i < st->ntokens; i++) {
		int change = depth_change(st->tokens[i].kind);
		if (depth == 0 && (change < 0 || st->tokens[i].kind == ','))
			break;
		depth += change;
	}
	return tokens_between(st, first, i);
}

struct span
locate_parens(const struct statement *st, uint32_t off)
{
	size_t i = token_from(st, off), first;
	int depth = 1;

	while (i < st->ntokens && st->tokens[i].kind != '(')
		i++;
	for (first = ++i; i < st->ntokens; i++) {
		depth += depth_change(st->tokens[i].kind);
		if (depth == 0)
			return tokens_between(st, first, i);
	}
	return nowhere();
}

typedef bool token_test(const struct statement *, const struct token *, struct str word);

static bool
token_is(const struct token *t, struct str word)
{
	return t->keyword.s != NULL && str_eq(t->keyword, word);
}

static bool
is_keyword(const struct statement *st, const struct token *t, struct str word)
{
	(void)st;
	return token_is(t, word);
}

static bool
is_text(const struct statement *st, const struct token *t, struct str word)
{
	return str_is(word, "_") || (t->len == word.n && str_eq_nocase(source_text(st->source, (struct span){ t->off, t->len }), word));
}

/* How many of the words match from token i on; 0: not all of them. */
static size_t
match_words(const struct statement *st, size_t i, struct str words, token_test *is)
{
	struct str word;
	size_t n = 0;

	while (str_cut(&words, ' ', &word))
		if (i + n >= st->ntokens || !is(st, &st->tokens[i + n++], word))
			return 0;
	return n;
}

static struct span
locate_run(const struct statement *st, struct span within, const char *words, token_test *is)
{
	for (size_t i = token_from(st, within.off); i < st->ntokens && st->tokens[i].off < span_end(within); i++) {
		size_t n = match_words(st, i, str_of(words), is);
		if (n > 0)
			return tokens_between(st, i, i + n);
	}
	return nowhere();
}

struct span
locate_keywords(const struct statement *st, struct span within, const char *keywords)
{
	return locate_run(st, within, keywords, is_keyword);
}

struct span
locate_top(const struct statement *st, struct span within, const char *keywords)
{
	int depth = 0;

	for (size_t i = token_from(st, within.off); i < st->ntokens && st->tokens[i].off < span_end(within); i++) {
		size_t n = depth == 0 ? match_words(st, i, str_of(keywords), is_keyword) : 0;
		if (n > 0)
			return tokens_between(st, i, i + n);
		depth += depth_change(st->tokens[i].kind);
	}
	return nowhere();
}

struct span
locate_tokens(const struct statement *st, struct span within, const char *tokens)
{
	return locate_run(st, within, tokens, is_text);
}

static char
folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool
unquoted_is(struct str text, struct str name)
{
	if (text.n != name.n)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (folded(text.s[i]) != name.s[i])
			return false;
	return true;
}

static bool
quoted_is(struct str text, struct str name)
{
	size_t n = 0;

	for (size_t i = 1; i + 1 < text.n; i++, n++) {
		if (n >= name.n || text.s[i] != name.s[n])
			return false;
		if (text.s[i] == '"')
			i++;
	}
	return n == name.n;
}

/* Whether the token, folded or unquoted, is that identifier. */
static bool
token_names(const struct statement *st, const struct token *t, struct str name)
{
	struct str text = str_slice(st->source->sql, t->off, t->off + t->len);

	if (text.n > 1 && text.s[0] == '"')
		return quoted_is(text, name);
	return text.n > 0 && text.s[0] != '\'' && unquoted_is(text, name);
}

/* What stands before the name of a part of a table, or of an object, and, not being reserved, can itself be a name. */
static const char *const before_part[] = { "add", "alter", "create", "drop", "rename", "validate", "unique", "index", "if", "not",
	"exists", "concurrently", "column", "constraint", "trigger", "policy", "rule", NULL };
static const char *const before_object[] = { "alter", "create", "drop", "index", "if", "exists", "concurrently", "type", "domain",
	"view", "sequence", "schema", "statistics", "function", "procedure", "routine", "extension", "publication", NULL };

static bool
is_one_of(const struct token *t, const char *const *words)
{
	while (*words != NULL && !token_is(t, str_of(*words)))
		words++;
	return *words != NULL;
}

/* Of names that are spelled like a keyword before them ("VALIDATE CONSTRAINT validate") the last is meant. */
static size_t
find_name(const struct statement *st, struct span within, struct str name, const char *const *before,
    bool (*fits)(const struct statement *, size_t, struct str), struct str schema)
{
	size_t found = st->ntokens;
	bool leading = true;

	for (size_t i = token_from(st, within.off); i < st->ntokens && st->tokens[i].off < span_end(within); i++) {
		leading = leading && is_one_of(&st->tokens[i], before);
		if (token_names(st, &st->tokens[i], name) && fits(st, i, schema))
			found = i;
		if (!leading && found < st->ntokens)
			break;
	}
	return found;
}

static bool
anyhow(const struct statement *st, size_t i, struct str schema)
{
	(void)st, (void)i, (void)schema;
	return true;
}

static bool
is_in_schema(const struct statement *st, size_t i, struct str schema)
{
	if (i < 2 || st->tokens[i - 1].kind != '.')
		return schema.s == NULL;
	return schema.s != NULL && token_names(st, &st->tokens[i - 2], schema);
}

struct span
locate_name(const struct statement *st, struct span within, struct str name)
{
	size_t i = find_name(st, within, name, before_part, anyhow, STR_NONE);

	return i < st->ntokens ? tokens_between(st, i, i + 1) : nowhere();
}

struct span
locate_object(const struct statement *st, struct str schema, struct str name)
{
	size_t i = find_name(st, st->span, name, before_object, is_in_schema, schema);

	return i < st->ntokens ? tokens_between(st, schema.s != NULL ? i - 2 : i, i + 1) : nowhere();
}

struct span
locate_qualified(const struct statement *st, uint32_t off)
{
	size_t first = token_from(st, off), i = first;

	if (i >= st->ntokens)
		return nowhere();
	while (i + 2 < st->ntokens && st->tokens[i + 1].kind == '.')
		i += 2;
	return tokens_between(st, first, i + 1);
}

struct span
locate_rest(const struct statement *st, struct span after)
{
	size_t i = token_from(st, span_end(after));

	return i < st->ntokens ? tokens_between(st, i, st->ntokens) : nowhere();
}

struct span
locate_between(const struct statement *st, uint32_t from, uint32_t to)
{
	size_t first = token_from(st, from), after = token_from(st, to);

	return first < after ? tokens_between(st, first, after) : nowhere();
}

struct span
locate_leading(const struct statement *st, struct span within, size_t n)
{
	size_t first = token_from(st, within.off), i = first;

	while (i < st->ntokens && i - first < n && st->tokens[i].off < span_end(within) && st->tokens[i].keyword.s != NULL &&
	    !token_is(&st->tokens[i], STR("if")))
		i++;
	return i > first ? tokens_between(st, first, i) : nowhere();
}
