#include "catalog/catalog.h"

struct options {
	const struct relation *of;
	struct str without;             /* one that is left out; STR_NONE: none */
};

static struct str
option(const struct options *all, const char *name)
{
	const struct object *o = str_is(all->without, name) ? NULL : catalog_find_object(NULL, all->of, "option", str_of(name));

	return o == NULL ? STR_NONE : o->text;
}

static struct str
either(struct str given, const char *otherwise)
{
	return given.n > 0 ? given : str_of(otherwise);
}

/* init_params() of sequence.c */
static struct sequence_shape
shape(const struct options *r)
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

struct sequence_shape
catalog_sequence(const struct relation *r)
{
	const struct options all = { r, STR_NONE };

	return shape(&all);
}

bool
sequence_option_is_default(const struct relation *r, const struct object *o)
{
	const struct options others = { r, o->name };
	struct sequence_shape given = catalog_sequence(r), otherwise = shape(&others);

	return str_eq(given.type, otherwise.type) && str_eq(given.start, otherwise.start) && str_eq(given.increment, otherwise.increment) &&
	    str_eq(given.min, otherwise.min) && str_eq(given.max, otherwise.max) && str_eq(given.cache, otherwise.cache) && given.cycle == otherwise.cycle;
}

void
catalog_own_sequence(struct catalog *c, struct relation *sequence, struct relation *owner, struct str column)
{
	catalog_set(c, &sequence->owner, owner);
	catalog_set(c, &sequence->owner_column, column);
	if (owner != NULL)
		catalog_push(c, &owner->owned, sequence);
}
