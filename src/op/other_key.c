#include "op/other_key.h"

#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/failure.h"

/* index_check_primary_key(), check_replica_identity() */
static bool
identifies_rows(const struct relation *r, const struct index *index, struct str but)
{
	if (!index->unique || index->primary || index->predicate != NULL || index->valid != YES || index->parent != NULL ||
	    (index->constraint != NULL && index->constraint->deferrable))
		return false;
	for (size_t i = 0; i < index->columns.n; i++) {
		const struct column *column = index->columns.items[i].name.s == NULL ? NULL : catalog_find_column(r, index->columns.items[i].name);
		if (column == NULL || column->not_null != YES || (but.s != NULL && str_eq(column->name, but)))
			return false;
	}
	return index->columns.n > 0;
}

const struct relation *
other_key(const struct relation *r, const struct relation *but, struct str column)
{
	for (size_t i = 0; i < r->indexes.n; i++)
		if (r->indexes.items[i] != but && identifies_rows(r, r->indexes.items[i]->index, column))
			return r->indexes.items[i];
	return NULL;
}

static struct str
key_columns(const struct facts *f, const struct index *index)
{
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < index->columns.n; i++)
		buf_item(&b, ", ", sql_ident(f->arena, index->columns.items[i].name));
	return buf_text(&b);
}

struct value
key_instead(const struct facts *f, struct str drop, struct str column)
{
	const struct relation *r = f->op->table, *key = other_key(r, NULL, column);
	const struct constraint *old = relation_primary_key(r);
	struct str name = old != NULL ? old->name : catalog_object_name(f->arena, r->name, STR_NONE, STR("pkey"));
	struct str index = catalog_object_name(f->arena, r->name, STR_NONE, STR("new_pkey")), build = STR("");

	if (key != NULL && key->index->constraint == NULL)
		index = key->name;
	else
		build = str_printf(f->arena, "-- (no transaction)%.*s\nCREATE UNIQUE INDEX CONCURRENTLY %.*s ON %.*s (%.*s);\n-- next migration\n",
		    STR_ARG(get_lock_timeout_off(f).text), STR_ARG(sql_ident(f->arena, index)), STR_ARG(words(f, r)),
		    STR_ARG(key == NULL ? STR("...") : key_columns(f, key->index)));
	return value_text(str_printf(f->arena, "%.*sALTER TABLE %.*s %.*s, ADD CONSTRAINT %.*s PRIMARY KEY USING INDEX %.*s;", STR_ARG(build),
	    STR_ARG(words(f, r)), STR_ARG(drop), STR_ARG(sql_ident(f->arena, name)), STR_ARG(sql_ident(f->arena, index))));
}
