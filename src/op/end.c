#include "op/op.h"

/* Synthetic operations: the replay makes them when a migration ends and when the whole history has run. */

static struct value
get_left_open(const struct facts *f)
{
	return value_bool(f->session->explicit_block && f->session->open == YES);
}

static const struct field migration_fields[] = {
	{ "left_open", FIELD_BOOL, "the file began a transaction and never ended it", get_left_open },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static struct value
get_indexed(const struct facts *f)
{
	return value_tri(foreign_key_is_covered(f->op->constraint, NULL));
}

static struct value
get_columns(const struct facts *f)
{
	struct str all = STR("");
	const struct constraint *k = f->op->constraint;

	for (size_t i = 0; i < k->columns.n; i++)
		all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "",
		    STR_ARG(sql_ident(f->arena, k->columns.items[i])));
	return value_text(all);
}

static struct value
get_column_count(const struct facts *f)
{
	return value_number((int64_t)f->op->constraint->columns.n);
}

static struct value
get_of_partition(const struct facts *f)
{
	return value_bool(f->op->constraint->parent != NULL);
}

static const struct field foreign_key_fields[] = {
	{ "is_indexed", FIELD_BOOL, "an index whose leading columns are the key columns, in any order, covers it", get_indexed },
	{ "constraint_columns", FIELD_TEXT, "the key columns, separated by commas", get_columns },
	{ "column_count", FIELD_NUMBER, "how many columns it has", get_column_count },
	{ "is_inherited", FIELD_BOOL, "it is the copy of a partitioned table's foreign key", get_of_partition },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static struct value
get_validated(const struct facts *f)
{
	return value_tri(f->op->constraint->valid);
}

static struct value
get_enforced(const struct facts *f)
{
	return value_bool(f->op->constraint->enforced);
}

static const struct field constraint_fields[] = {
	{ "is_valid", FIELD_BOOL, "it was added valid or has been validated", get_validated },
	{ "enforced", FIELD_BOOL, "false with NOT ENFORCED (18)", get_enforced },
	{ "is_inherited", FIELD_BOOL, "it is the copy of a partitioned table's constraint", get_of_partition },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static struct value
get_has_primary_key(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->constraints.n; i++)
		if (r->constraints.items[i]->kind == CONSTRAINT_PRIMARY_KEY)
			return value_bool(true);
	return value_tri(r->assumed ? UNKNOWN : NO);
}

static const struct field table_fields[] = {
	{ "has_primary_key", FIELD_BOOL, "it has a primary key", get_has_primary_key },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_end[] = {
	{ .name = "end_of_migration", .doc = "the end of a migration, before its transaction commits", .fields = migration_fields },
	{ .name = "final_foreign_key", .doc = "each foreign key that is left when the whole history has run",
	    .has = HAS_TABLE | HAS_CONSTRAINT | HAS_REFERENCES, .fields = foreign_key_fields },
	{ .name = "final_constraint", .doc = "each constraint that is left when the whole history has run",
	    .has = HAS_TABLE | HAS_CONSTRAINT, .fields = constraint_fields },
	{ .name = "final_table", .doc = "each table that is left when the whole history has run", .has = HAS_TABLE,
	    .fields = table_fields },
	{ .name = NULL }
};
