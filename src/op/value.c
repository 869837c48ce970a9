#include "sql/ast.h"

#include "op/op.h"

struct value
value_tri(enum tri t)
{
	return t == UNKNOWN ? value_unknown() : value_bool(t == YES);
}

struct value
value_bool(bool yes)
{
	return (struct value){ .state = VALUE_KNOWN, .type = FIELD_BOOL, .yes = yes };
}

struct value
value_number(int64_t number)
{
	return (struct value){ .state = VALUE_KNOWN, .type = FIELD_NUMBER, .number = number };
}

struct value
value_text(struct str text)
{
	if (text.s == NULL)
		return value_absent();
	return (struct value){ .state = VALUE_KNOWN, .type = FIELD_TEXT, .text = text };
}

struct value
value_lock(enum lock lock)
{
	return (struct value){ .state = VALUE_KNOWN, .type = FIELD_LOCK, .lock = lock };
}

struct value
value_absent(void)
{
	return (struct value){ .state = VALUE_ABSENT };
}

struct value
value_unknown(void)
{
	return (struct value){ .state = VALUE_UNKNOWN };
}

struct str
value_words(struct arena *arena, struct value v)
{
	if (v.state != VALUE_KNOWN)
		return STR("");
	switch (v.type) {
	case FIELD_BOOL:
		return v.yes ? STR("true") : STR("false");
	case FIELD_NUMBER:
		return str_printf(arena, "%lld", (long long)v.number);
	case FIELD_LOCK:
		return str_of(lock_words(v.lock));
	default:
		return v.text;
	}
}

static bool
is_plain(struct str s)
{
	if (s.n == 0 || (s.s[0] >= '0' && s.s[0] <= '9'))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	return true;
}

/* quote_identifier() quotes every keyword that is not unreserved. */
static bool
is_reserved(struct arena *arena, struct str s)
{
	int keyword = ScanKeywordLookup(str_c(arena, s), &ScanKeywords);

	return keyword >= 0 && ScanKeywordCategories[keyword] != UNRESERVED_KEYWORD;
}

struct str
sql_ident(struct arena *arena, struct str s)
{
	char *quoted;
	size_t n = 0;

	if (is_plain(s) && !is_reserved(arena, s))
		return s;
	quoted = arena_alloc(arena, 2 * s.n + 2);
	quoted[n++] = '"';
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == '"')
			quoted[n++] = '"';
		quoted[n++] = s.s[i];
	}
	quoted[n++] = '"';
	return (struct str){ quoted, n };
}

struct str
relation_words(struct arena *arena, const struct catalog *c, const struct relation *r)
{
	if (str_eq(r->schema, c->default_schema) || str_is(r->schema, "pg_temp"))
		return sql_ident(arena, r->name);
	return str_printf(arena, "%.*s.%.*s", STR_ARG(sql_ident(arena, r->schema)), STR_ARG(sql_ident(arena, r->name)));
}
