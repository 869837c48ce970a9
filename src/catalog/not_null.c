#include "catalog/catalog.h"

/* Since 18 every NOT NULL is a constraint with a name of its own (AddRelationNotNullConstraints, ATExecSetNotNull). */

struct constraint *
catalog_find_not_null(const struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_NOT_NULL && k->columns.n == 1 && str_eq(k->columns.items[0], column))
			return k;
	}
	return NULL;
}

static bool
is_taken(const struct relation *r, struct str name)
{
	return name.s == NULL || catalog_find_constraint(r, name) != NULL;
}

/* AddRelationNotNullConstraints(): those of the statement are named first, and one that is inherited gives way. */
static void
give_way(struct catalog *c, struct relation *r, struct str name)
{
	struct constraint *k = catalog_find_constraint(r, name);

	if (k != NULL && k->kind == CONSTRAINT_NOT_NULL && k->inherited > 0 && !k->own && r->born.statement == c->now.statement)
		catalog_rename_constraint(c, k, catalog_choose_name(c, r, &k->columns.items[0], 1, "not_null", true));
}

static void
add(struct catalog *c, struct relation *r, const struct column *column, struct str name)
{
	struct constraint *k;

	give_way(c, r, name.s != NULL ? name : catalog_object_name(c->arena, r->name, column->name, STR("not_null")));
	if (is_taken(r, name))
		name = catalog_choose_name(c, r, &column->name, 1, "not_null", true);
	k = catalog_add_constraint(c, r, name, CONSTRAINT_NOT_NULL);
	*vec_push(c->arena, &k->columns) = column->name;
	k->valid = YES;
	k->enforced = true;
	k->born.place = column->born.place;
}

void
catalog_set_not_null(struct catalog *c, struct relation *r, struct column *column, enum tri not_null, struct str name)
{
	struct constraint *k = catalog_find_not_null(r, column->name);

	catalog_set(c, &column->not_null, not_null);
	if (not_null == NO && k != NULL)
		catalog_drop_constraint(c, k);
	if (not_null == YES && k != NULL && k->valid == NO)
		catalog_validate_constraint(c, k);
	if (not_null == YES && k == NULL && c->pg_version >= 18)
		add(c, r, column, name);
}

void
catalog_make_not_null(struct catalog *c, struct relation *r, struct str name, struct str constraint, bool only)
{
	struct column *column = catalog_column(c, r, name);
	struct constraint *k = catalog_find_not_null(r, name);
	bool is_new = k == NULL;

	if (k != NULL)
		catalog_set(c, &k->own, true);
	if (column != NULL)
		catalog_set_not_null(c, r, column, YES, constraint);
	k = catalog_find_not_null(r, name);
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		if (k == NULL)
			catalog_make_not_null(c, r->partitions.items[i], name, STR_NONE, false);
		else if (is_new)
			catalog_inherit_constraint(c, r->partitions.items[i], k);
}

void
catalog_own_not_null(struct catalog *c, struct relation *r, struct column *column, struct str name)
{
	struct constraint *k = catalog_find_not_null(r, column->name);
	unsigned inherited = k == NULL ? 0 : k->inherited;

	catalog_set_not_null(c, r, column, NO, STR_NONE);
	catalog_set_not_null(c, r, column, YES, name);
	k = catalog_find_not_null(r, column->name);
	if (k != NULL)
		catalog_set(c, &k->inherited, inherited);
}
