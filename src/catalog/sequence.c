#include "catalog/catalog.h"

static struct str
option(const struct relation *r, const char *name)
{
	const struct object *o = catalog_find_object(NULL, r, "option", str_of(name));

	return o == NULL ? STR_NONE : o->text;
}

static struct str
either(struct str given, const char *otherwise)
{
	return given.n > 0 ? given : str_of(otherwise);
}

/* init_params() of sequence.c */
struct sequence_shape
catalog_sequence(const struct relation *r)
{
	struct sequence_shape s = { .type = either(option(r, "as"), "bigint") };
	bool small = str_is(s.type, "smallint"), big = str_is(s.type, "bigint");
	bool down;

	s.increment = either(option(r, "increment"), "1");
	down = str_starts(s.increment, "-");
	s.min = either(option(r, "minvalue"), !down ? "1" : small ? "-32768" : big ? "-9223372036854775808" : "-2147483648");
	s.max = either(option(r, "maxvalue"), down ? "-1" : small ? "32767" : big ? "9223372036854775807" : "2147483647");
	s.start = option(r, "start");
	if (s.start.n == 0)
		s.start = down ? s.max : s.min;
	s.cache = either(option(r, "cache"), "1");
	s.cycle = str_is(option(r, "cycle"), "true");
	return s;
}

void
catalog_own_sequence(struct catalog *c, struct relation *sequence, struct relation *owner, struct str column)
{
	catalog_set(c, &sequence->owner, owner);
	catalog_set(c, &sequence->owner_column, column);
	if (owner != NULL)
		catalog_push(c, &owner->owned, sequence);
}
