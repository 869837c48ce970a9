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

struct value
value_unknown_because(struct str why)
{
	return (struct value){ .state = VALUE_UNKNOWN, .text = why };
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

struct str
relation_words(struct arena *arena, const struct catalog *c, const struct relation *r)
{
	if (str_eq(r->schema, c->default_schema) || str_is(r->schema, "pg_temp"))
		return sql_ident(arena, r->name);
	return str_printf(arena, "%.*s.%.*s", STR_ARG(sql_ident(arena, r->schema)), STR_ARG(sql_ident(arena, r->name)));
}

struct str
relation_committed_words(struct arena *arena, const struct catalog *c, const struct relation *r)
{
	struct name known = relation_committed_name(c, r);
	struct relation before = *r;

	before.schema = known.schema;
	before.name = known.name;
	return relation_words(arena, c, &before);
}
