#include "op/typed.h"

#include "op/failure.h"
#include "op/operators.h"

static bool
is_of(const struct relation *table, const struct relation *type)
{
	return !table->dropped && table->row_of == type;
}

struct relation *
typed_table(const struct op *op, size_t nth)
{
	const struct relation *type = op->table;

	for (size_t i = 0; type != NULL && type->kind == RELATION_COMPOSITE && op->cascade && i < type->typed.n; i++)
		if (is_of(type->typed.items[i], type) && nth-- == 0)
			return type->typed.items[i];
	return NULL;
}

struct relation *
composite_type(const struct catalog *c, struct name name)
{
	struct relation *r = name.name.s == NULL ? NULL : catalog_find_relation(c, name);

	return r != NULL && r->kind == RELATION_COMPOSITE ? r : NULL;
}

void
table_become_typed(struct catalog *c, struct relation *table, struct relation *type, bool columns)
{
	catalog_set(c, &table->row_of, type);
	catalog_push(c, &type->typed, table);
	for (size_t i = 0; columns && i < type->columns.n; i++) {
		const struct column *from = type->columns.items[i];
		struct column *column = from->dropped ? NULL : catalog_add_column(c, table, from->name);
		if (column == NULL)
			continue;
		column->type = from->type;
		column->collation = from->collation;
		column->not_null = NO;
		type_note_user(c, column->type, table);
	}
}

static const struct relation *
first_table(const struct facts *f, const struct relation *type)
{
	for (size_t i = 0; i < type->typed.n; i++)
		if (is_of(type->typed.items[i], type) && is_settled(f, type->typed.items[i], REACH_SCHEMA))
			return type->typed.items[i];
	return NULL;
}

/* ATPrepAddColumn(), ATPrepDropColumn(), ATPrepAlterColumnType(), renameatt_check(), ATPrepAddInherit() */
struct str
typed_misfit(const struct facts *f)
{
	static const struct { const char *kind, *words; } refused[] = { { "add_column", "cannot add column to typed table" },
		{ "drop_column", "cannot drop column from typed table" }, { "alter_column_type", "cannot alter column type of typed table" },
		{ "rename_column", "cannot rename column of typed table" }, { "rename_constraint", "cannot rename column of typed table" },
		{ "add_inherit", "cannot change inheritance of typed table" } };
	const struct op *op = f->op;
	const struct relation *r = op->table;
	bool attribute = is_kind(op, "rename_attribute") || is_kind(op, "add_column") || is_kind(op, "drop_column") || is_kind(op, "alter_column_type");

	if (!is_known(r) || op->noop)
		return STR_NONE;
	if (r->kind == RELATION_COMPOSITE)
		return !attribute || op->cascade || first_table(f, r) == NULL ? STR_NONE
		    : str_printf(f->arena, "cannot alter type \"%.*s\" because it is the type of a typed table", STR_ARG(r->name));
	for (size_t i = 0; r->row_of != NULL && i < sizeof refused / sizeof refused[0]; i++)
		if (is_kind(op, refused[i].kind))
			return str_of(refused[i].words);
	return STR_NONE;
}

static const struct column *
next_column(const struct relation *r, size_t *at)
{
	while (*at < r->columns.n && r->columns.items[*at]->dropped)
		++*at;
	return *at < r->columns.n ? r->columns.items[(*at)++] : NULL;
}

struct str
columns_misfit_type(const struct facts *f, const struct relation *table, const struct relation *type)
{
	size_t i = 0, j = 0;
	const struct column *wanted, *column;

	while ((wanted = next_column(type, &i)) != NULL) {
		column = next_column(table, &j);
		if (column == NULL)
			return str_printf(f->arena, "table is missing column \"%.*s\"", STR_ARG(wanted->name));
		if (!str_eq(column->name, wanted->name))
			return str_printf(f->arena, "table has column \"%.*s\" where type requires \"%.*s\"", STR_ARG(column->name), STR_ARG(wanted->name));
		if (type_is_same(f->catalog, column->type, wanted->type) == NO)
			return str_printf(f->arena, "table \"%.*s\" has different type for column \"%.*s\"", STR_ARG(table->name), STR_ARG(column->name));
	}
	column = next_column(table, &j);
	return column == NULL ? STR_NONE : str_printf(f->arena, "table has extra column \"%.*s\"", STR_ARG(column->name));
}
