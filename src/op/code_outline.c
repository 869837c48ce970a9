#include <string.h>

#include "op/code.h"

/* What a text that is only known in parts may do. */

static const char *const blanks = " \t\r\n(;";

static bool
is_blank(char c)
{
	return c != '\0' && strchr(blanks, c) != NULL;
}

/* Takes the next word; STR_NONE: the text ends, or what is not known is a part of the word. */
static struct str
take_word(struct str *rest)
{
	size_t from = 0, to;

	while (from < rest->n && is_blank(rest->s[from]))
		from++;
	for (to = from; to < rest->n && !is_blank(rest->s[to]); to++)
		if (rest->s[to] == CODE_HOLE)
			return STR_NONE;
	struct str word = str_slice(*rest, from, to);
	*rest = str_slice(*rest, to, rest->n);
	return word.n > 0 ? word : STR_NONE;
}

static bool
has_word(struct str text, const char *const *words)
{
	while (text.n > 0) {
		struct str word = take_word(&text);
		if (str_among(word, words))
			return true;
		if (word.s == NULL)
			text = str_slice(text, 1, text.n);
	}
	return false;
}

/* The clause that is there is no ADD, and no ATTACH. */
static bool
only_alters(struct str clauses)
{
	static const char *const harmless[] = { "drop", "enable", "disable", "owner", "set", "rename", "validate", "force", "no", "inherit",
		"detach", "replica", "alter", NULL };
	static const char *const builds[] = { "add", "attach", NULL };

	return has_word(clauses, harmless) && !has_word(clauses, builds);
}

bool
code_may_make_index(struct str outline)
{
	static const char *const others[] = { "insert", "update", "delete", "merge", "drop", "truncate", "grant", "revoke",
		"comment", "set", "reset", "vacuum", "analyze", "refresh", "lock", "notify", "copy", "reindex", "cluster", NULL };
	static const char *const from[] = { "from", NULL };
	static const char *const created[] = { "trigger", "constraint", "function", "procedure", "view", "materialized", "or", "type", "sequence",
		"schema", "policy", "role", "user", "extension", "domain", "rule", "database", "table", "temp", "temporary", "unlogged",
		"publication", "subscription", "server", "foreign", "statistics", NULL };
	size_t end = str_find_char(outline, ';');
	struct str rest = outline, first = take_word(&rest), second = STR_NONE;

	if (end != (size_t)-1 && str_trim(str_slice(outline, end + 1, outline.n)).n > 0)
		return true;
	if (str_among(first, others))
		return false;
	/* a function that it calls may do anything */
	if (first.s != NULL && str_is_nocase(first, "select"))
		return !has_word(rest, from);
	second = first.s == NULL ? STR_NONE : take_word(&rest);
	if (second.s == NULL)
		return true;
	if (str_is_nocase(first, "create"))
		return !str_among(second, created);
	return !str_is_nocase(first, "alter") || (str_is_nocase(second, "table") && !only_alters(rest));
}
