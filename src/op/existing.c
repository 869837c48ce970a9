#include "op/lower.h"

/*
 * The synthetic operations for what IF NOT EXISTS leaves as it is, though the statement says something else, for what IF EXISTS does not find under the arguments
 * that the statement says, and IF EXISTS in the first file.
 */

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
get_begun(const struct facts *f)
{
	return f->catalog->complete || f->catalog->begun ? value_bool(true) : value_unknown();
}

static const struct field misnamed_fields[] = {
	{ "all_told", FIELD_BOOL, "the history starts from an empty database, so that its files make all that is there; unknown where nothing tells so", get_begun },
	{ "difference", FIELD_TEXT, "what is not there, and what is instead", get_difference },
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
	{ .name = "if_exists", .doc = "IF EXISTS drops nothing, as what has the name of the function takes other arguments", .subtype = -1, .fields = misnamed_fields },
	{ .name = "if_not_exists", .doc = "IF NOT EXISTS leaves something as it is that differs from the statement", .subtype = -1,
	    .has = HAS_TABLE, .fields = existing_fields },
	{ 0 }
};
