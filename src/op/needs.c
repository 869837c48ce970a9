#include <string.h>

#include "op/op.h"

/* The first version of the server that knows what is written; from the release notes. */

struct need {
	const char *kind;
	const char *field;              /* NULL: the statement itself */
	const char *value;              /* of that field, in words */
	int version;
};

static const struct need needs[] = {
	{ "detach_partition", "concurrently", "true", 14 },
	{ "set_compression", NULL, NULL, 14 },
	{ "merge", NULL, NULL, 15 },
	{ "set_access_method", NULL, NULL, 15 },
	{ "set_expression", NULL, NULL, 17 },
	{ "add_column", "generated", "virtual", 18 },
	{ "add_check", "enforced", "false", 18 },
	{ "add_foreign_key", "enforced", "false", 18 },
	{ "add_not_null", "not_valid", "true", 18 },
};

static bool
holds(const struct facts *f, const struct need *need)
{
	const struct field *field = need->field == NULL ? NULL : field_find(f->op->kind, str_of(need->field));
	struct value v;

	if (field == NULL)
		return need->field == NULL;
	v = field->get(f);
	return v.state == VALUE_KNOWN && str_is(value_words(f->arena, v), need->value);
}

int
op_needs_version(const struct facts *f)
{
	int version = 13;

	for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
		if (strcmp(f->op->kind->name, needs[i].kind) == 0 && needs[i].version > version && holds(f, &needs[i]))
			version = needs[i].version;
	return version;
}
