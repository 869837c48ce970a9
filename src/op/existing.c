#include "op/lower.h"

/* The synthetic operations for what IF NOT EXISTS leaves as it is, though the statement says something else, and IF EXISTS in the first file. */

static struct value
get_difference(const struct facts *f)
{
	return value_text(f->op->difference);
}

static struct value
get_column(const struct facts *f)
{
	return f->op->column != NULL ? value_text(sql_ident(f->arena, f->op->column->name)) : value_absent();
}

static const struct field existing_fields[] = {
	{ "difference", FIELD_TEXT, "how what is there differs from what the statement says", get_difference },
	{ "added_column", FIELD_TEXT, "the column of ADD COLUMN IF NOT EXISTS; absent: it is CREATE TABLE", get_column },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static struct value
get_object(const struct facts *f)
{
	return value_text(op_target_words(f->arena, f->op));
}

static const struct field remade_fields[] = {
	{ "object", FIELD_TEXT, "what the first such statement of the file drops", get_object },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_existing[] = {
	{ .name = "first_drop", .doc = "the first migration of a history drops, IF EXISTS, what it makes itself", .subtype = -1, .fields = remade_fields },
	{ .name = "if_not_exists", .doc = "IF NOT EXISTS leaves something as it is that differs from the statement", .subtype = -1,
	    .has = HAS_TABLE, .fields = existing_fields },
	{ 0 }
};
