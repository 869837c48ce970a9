#include "op/key_index.h"

static struct str
column_pointing_at(const struct constraint *k, struct str column)
{
	for (size_t i = 0; column.s != NULL && i < k->reference_columns.n && i < k->columns.n; i++)
		if (str_eq(k->reference_columns.items[i], column))
			return k->columns.items[i];
	return STR_NONE;
}

/* Under MATCH SIMPLE a NULL in one of the others lets any number of rows agree in these. */
static bool
others_are_given(const struct constraint *k, const struct str_list *names)
{
	for (size_t i = 0; k->match != 'f' && i < k->columns.n; i++)
		if (!str_in(k->columns.items[i], names->items, names->n) && relation_proves_not_null(k->table, k->columns.items[i]) == NO)
			return false;
	return true;
}

static bool
settles(struct arena *arena, const struct constraint *k, const struct index *x, struct str_list *names)
{
	*names = (struct str_list){ 0 };
	if (!x->unique || x->valid == NO || x->predicate != NULL || x->columns.n >= k->columns.n)
		return false;
	for (size_t i = 0; i < x->columns.n; i++) {
		struct str name = column_pointing_at(k, x->columns.items[i].name);
		if (name.s == NULL)
			return false;
		*vec_push(arena, names) = name;
	}
	return names->n > 0 && others_are_given(k, names);
}

bool
key_settling_columns(struct arena *arena, const struct constraint *k, struct str_list *fewest)
{
	struct str_list names;

	*fewest = (struct str_list){ 0 };
	for (size_t i = 0; k->references != NULL && i < k->references->indexes.n; i++)
		if (settles(arena, k, k->references->indexes.items[i]->index, &names) && (fewest->n == 0 || names.n < fewest->n))
			*fewest = names;
	return fewest->n > 0;
}

bool
key_index_serves(struct arena *arena, const struct constraint *k, const struct index *x)
{
	struct str_list names;

	if (index_covers(x, k->columns.items, k->columns.n))
		return true;
	for (size_t i = 0; k->references != NULL && i < k->references->indexes.n; i++)
		if (settles(arena, k, k->references->indexes.items[i]->index, &names) && index_covers(x, names.items, names.n))
			return true;
	return false;
}

enum tri
key_is_found(struct arena *arena, const struct constraint *k)
{
	for (size_t i = 0; i < k->table->indexes.n; i++)
		if (key_index_serves(arena, k, k->table->indexes.items[i]->index))
			return YES;
	return foreign_key_is_covered(k, NULL);
}
