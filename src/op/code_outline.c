#include <string.h>

#include "op/code.h"

/* What a text that is only known in parts may do. */

static const char *const blanks = " \t\r\n(;";

static bool
is_blank(char c)
{
	return c != '\0' && strchr(blanks, c) != NULL;
}

/* Takes the next one, also where a part of it is not known; STR_NONE: the text ends. */
static struct str
take_any(struct str *rest)
{
	size_t from = 0, to;

	while (from < rest->n && is_blank(rest->s[from]))
		from++;
	for (to = from; to < rest->n && !is_blank(rest->s[to]);)
		to++;
	struct str word = str_slice(*rest, from, to);
	*rest = str_slice(*rest, to, rest->n);
	return word.n > 0 ? word : STR_NONE;
}

/* Takes the next word; STR_NONE: the text ends, or what is not known is a part of the word. */
static struct str
take_word(struct str *rest)
{
	struct str before = *rest, word = take_any(rest);

	if (word.s == NULL || str_find_char(word, CODE_HOLE) == (size_t)-1)
		return word;
	*rest = before;
	return STR_NONE;
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

/* Behind ADD: GENERATED, or COLUMN with a type that is written, and no constraint in it or behind it. */
static bool
adds_no_index(struct str clauses)
{
	static const char *const add[] = { "add", NULL }, *const guard[] = { "if", "not", "exists", NULL };
	static const char *const keys[] = { "unique", "primary", "constraint", "exclude", "attach", NULL };
	struct str rest = clauses, word;

	do
		word = take_any(&rest);
	while (rest.n > 0 && !str_among(word, add));
	word = take_word(&rest);
	if (word.s == NULL || has_word(rest, keys) || has_word(rest, add))
		return false;
	if (str_is_nocase(word, "generated"))
		return true;
	if (!str_is_nocase(word, "column"))
		return false;
	do
		word = take_any(&rest);        /* the name, known or not */
	while (word.s != NULL && str_among(word, guard));
	return take_word(&rest).s != NULL;
}

/* Of a table; what is not known may be any clause where none is known. */
static enum reach
clauses_make(struct str clauses)
{
	static const char *const builds[] = { "add", "attach", NULL }, *const parts[] = { "set", "rename", "validate", "inherit", "replica", NULL };
	static const char *const policies[] = { "enable", "force", NULL };
	static const char *const nothing[] = { "drop", "disable", "no", "detach", "owner", "alter", NULL };
	bool guards = has_word(clauses, policies), alters = has_word(clauses, parts);

	if (has_word(clauses, builds) && adds_no_index(clauses))
		return REACH_PARTS;
	if (has_word(clauses, builds) || (guards && alters))
		return REACH_SCHEMA;
	if (guards || alters)
		return guards ? REACH_POLICIES : REACH_PARTS;
	return has_word(clauses, nothing) ? REACH_NOTHING : REACH_SCHEMA;
}

static enum reach
alter_makes(struct str rest)
{
	static const char *const relations[] = { "view", "materialized", "foreign", NULL };
	struct str what = take_word(&rest);

	if (what.s == NULL)
		return REACH_SCHEMA;
	if (str_is_nocase(what, "table"))
		return clauses_make(rest);
	if (str_is_nocase(what, "policy"))
		return REACH_POLICIES;
	return str_among(what, relations) ? REACH_PARTS : REACH_NOTHING;
}

static enum reach
create_makes(struct str rest)
{
	static const char *const indexes[] = { "index", "unique", NULL }, *const triggers[] = { "trigger", "constraint", NULL };
	static const char *const parts[] = { "statistics", NULL };
	static const char *const others[] = { "function", "procedure", "view", "materialized", "type", "sequence", "schema", "role", "user", "extension",
		"domain", "rule", "database", "table", "temp", "temporary", "unlogged", "publication", "subscription", "server", "foreign", NULL };
	struct str what = take_word(&rest);
	bool replaces = what.s != NULL && str_is_nocase(what, "or");

	if (replaces) {
		(void)take_word(&rest);
		what = take_word(&rest);
	}
	if (what.s == NULL)
		return replaces ? REACH_PARTS : REACH_SCHEMA;
	if (str_is_nocase(what, "policy"))
		return REACH_POLICIES;
	if (str_among(what, indexes) || str_among(what, triggers))
		return str_among(what, indexes) ? REACH_INDEXES : REACH_TRIGGERS;
	if (str_among(what, parts) || (replaces && str_is_nocase(what, "view")))
		return REACH_PARTS;
	return str_among(what, others) ? REACH_NOTHING : REACH_SCHEMA;
}

/* The word that ends there, as written; a hole in it is a part of it. */
static struct str
word_before(struct str text, size_t end)
{
	size_t from = end;

	while (from > 0 && !is_blank(text.s[from - 1]) && strchr(",'|)", text.s[from - 1]) == NULL)
		from--;
	return str_slice(text, from, end);
}

/* Of a function that is not known nobody can say what it does. */
static bool
calls_only_known(struct str text)
{
	static const char *const known[] = { "setval", "pg_catalog.setval", "nextval", "currval", "pg_get_serial_sequence", "coalesce", "greatest", "max", "min", NULL };
	bool calls = false;

	for (size_t i = 0; i < text.n; i++) {
		struct str called = text.s[i] == '(' ? word_before(text, i) : STR("");
		if (called.n > 0 && !str_among(called, known))
			return false;
		calls = calls || called.n > 0;
	}
	return calls;
}

static enum reach
select_makes(struct str rest)
{
	static const char *const from[] = { "from", NULL };

	return calls_only_known(rest) || has_word(rest, from) ? REACH_NOTHING : REACH_SCHEMA;
}

enum reach
code_makes(struct str outline)
{
	static const char *const others[] = { "insert", "update", "delete", "merge", "drop", "truncate", "grant", "revoke",
		"comment", "set", "reset", "vacuum", "analyze", "refresh", "lock", "notify", "copy", "reindex", "cluster", NULL };
	static const char *const queries[] = { "select", "with", NULL };
	size_t end = str_find_char(outline, ';');
	struct str rest = outline, first = take_word(&rest);

	if (first.s == NULL || (end != (size_t)-1 && str_trim(str_slice(outline, end + 1, outline.n)).n > 0))
		return REACH_SCHEMA;
	if (str_among(first, others))
		return REACH_NOTHING;
	if (str_among(first, queries))
		return select_makes(rest);
	if (str_is_nocase(first, "create"))
		return create_makes(rest);
	return str_is_nocase(first, "alter") ? alter_makes(rest) : REACH_SCHEMA;
}
