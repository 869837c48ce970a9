#include "catalog/catalog.h"

/* CHECK and NOT NULL constraints pass from a table to its children: coninhcount and conislocal of pg_constraint. */

bool
constraint_passes_down(const struct constraint *k)
{
	return (k->kind == CONSTRAINT_CHECK || k->kind == CONSTRAINT_NOT_NULL) && !k->no_inherit;
}

struct constraint *
constraint_heir(const struct relation *child, const struct constraint *k)
{
	if (k->kind == CONSTRAINT_NOT_NULL)
		return k->columns.n == 1 ? catalog_find_not_null(child, k->columns.items[0]) : NULL;
	for (size_t i = 0; i < child->constraints.n; i++)
		if (child->constraints.items[i]->kind == k->kind && str_eq(child->constraints.items[i]->name, k->name))
			return child->constraints.items[i];
	return NULL;
}

/* A NOT NULL gets another name where its own is taken. */
static struct constraint *
copy(struct catalog *c, struct relation *child, const struct constraint *k)
{
	struct str name = k->name;
	struct column *column = k->kind == CONSTRAINT_NOT_NULL && k->columns.n == 1 ? catalog_column(c, child, k->columns.items[0]) : NULL;
	struct constraint *heir;
	struct birth born;

	if (column != NULL && catalog_find_constraint(child, name) != NULL)
		name = catalog_choose_name(c, child, &column->name, 1, "not_null", true);
	heir = catalog_add_constraint(c, child, name, k->kind);
	born = heir->born;
	*heir = *k;
	heir->name = name;
	heir->table = child;
	heir->born = born;
	heir->born.place = k->born.place;
	heir->own = false;
	heir->inherited = 1;
	if (column != NULL && k->valid == YES)
		catalog_set(c, &column->not_null, YES);
	return heir;
}

void
catalog_inherit_constraint(struct catalog *c, struct relation *child, const struct constraint *k)
{
	struct constraint *heir = constraint_heir(child, k);

	if (heir != NULL) {
		catalog_set(c, &heir->inherited, heir->inherited + 1);
		return;
	}
	heir = copy(c, child, k);
	for (size_t i = 0; i < child->partitions.n; i++)
		catalog_inherit_constraint(c, child->partitions.items[i], heir);
}

void
catalog_merge_constraints(struct catalog *c, const struct relation *parent, struct relation *child)
{
	for (size_t i = 0; i < parent->constraints.n; i++) {
		const struct constraint *k = parent->constraints.items[i];
		struct constraint *heir = constraint_passes_down(k) ? constraint_heir(child, k) : NULL;
		if (heir == NULL)
			continue;
		catalog_set(c, &heir->inherited, heir->inherited + 1);
		if (child->is_partition)
			catalog_set(c, &heir->own, false);
	}
}

void
catalog_part_constraints(struct catalog *c, const struct relation *parent, struct relation *child)
{
	for (size_t i = 0; i < parent->constraints.n; i++) {
		const struct constraint *k = parent->constraints.items[i];
		struct constraint *heir = constraint_passes_down(k) ? constraint_heir(child, k) : NULL;
		if (heir == NULL || heir->inherited == 0)
			continue;
		catalog_set(c, &heir->inherited, heir->inherited - 1);
		if (heir->inherited == 0)
			catalog_set(c, &heir->own, true);
	}
}

void
catalog_leave_to_children(struct catalog *c, const struct constraint *k)
{
	for (size_t i = 0; constraint_passes_down(k) && i < k->table->partitions.n; i++) {
		struct constraint *heir = constraint_heir(k->table->partitions.items[i], k);
		if (heir != NULL)
			catalog_set(c, &heir->own, true);
	}
}

void
catalog_disinherit_constraint(struct catalog *c, const struct constraint *k)
{
	for (size_t i = 0; constraint_passes_down(k) && i < k->table->partitions.n; i++) {
		struct constraint *heir = constraint_heir(k->table->partitions.items[i], k);
		if (heir != NULL && heir->inherited == 1 && !heir->own)
			catalog_drop_constraint(c, heir);
		else if (heir != NULL && heir->inherited > 0)
			catalog_set(c, &heir->inherited, heir->inherited - 1);
	}
}

void
catalog_validate_constraint(struct catalog *c, struct constraint *k)
{
	struct column *column = k->kind == CONSTRAINT_NOT_NULL && k->columns.n == 1 ? catalog_find_column(k->table, k->columns.items[0]) : NULL;

	if (k->valid != YES) {
		catalog_set(c, &k->valid, YES);
		catalog_set(c, &k->validated, c->now);
	}
	if (column != NULL)
		catalog_set(c, &column->not_null, YES);
	for (size_t i = 0; i < k->table->partitions.n; i++) {
		struct relation *child = k->table->partitions.items[i];
		struct constraint *heir = constraint_passes_down(k) ? constraint_heir(child, k) : NULL;
		for (size_t j = 0; heir == NULL && j < child->constraints.n; j++)
			if (child->constraints.items[j]->parent == k)
				heir = child->constraints.items[j];
		if (heir != NULL && heir->valid != YES)
			catalog_validate_constraint(c, heir);
	}
}
