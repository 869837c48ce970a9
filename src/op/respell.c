#include "op/respell.h"

#include "sql/ident.h"

struct change {
	struct catalog *catalog;
	struct str column;
	struct str cast;                /* "a::text"; STR_NONE: it stands as it is */
};

/* IS NULL takes any type as it comes. */
static bool
uses_value(const struct expr *e, struct str column)
{
	bool any_type = e->kind == EXPR_IS_NULL || e->kind == EXPR_IS_NOT_NULL;

	if (e->kind == EXPR_COLUMN)
		return str_eq(e->name, column);
	for (size_t i = 0; i < e->nargs; i++)
		if (e->args[i] != NULL && !(any_type && e->args[i]->kind == EXPR_COLUMN) && uses_value(e->args[i], column))
			return true;
	return false;
}

/* There are no operators for domains, nor for varchar. */
static struct str
cast_of(struct catalog *c, struct str column, struct type from, struct type to)
{
	struct type plain = type_below_domains(c, from);
	bool varchar = plain.builtin && plain.dims == 0 && str_is(plain.name, "varchar");

	if (type_same_base(from, to) || !type_known(plain) || (!varchar && type_same_base(from, plain)))
		return STR_NONE;
	plain.nmods = 0;
	return str_printf(c->arena, "%.*s::%.*s", STR_ARG(sql_ident(c->arena, column)),
	    STR_ARG(varchar ? STR("text") : type_format(c->arena, plain)));
}

static bool
respell(const struct change *change, const struct expr **at)
{
	struct catalog *c = change->catalog;
	struct expr *copy;

	if (*at == NULL || !uses_value(*at, change->column))
		return false;
	if (change->cast.s == NULL)
		return true;
	copy = NEW(c->arena, struct expr);
	*copy = **at;
	copy->text = sql_exchange(c->arena, copy->text, sql_ident(c->arena, change->column), change->cast);
	catalog_set(c, at, copy);
	return true;
}

/* The keys of an index may be shared with those it was copied from. */
static void
respell_index(const struct change *change, struct index *index)
{
	struct catalog *c = change->catalog;
	struct index made = *index;

	made.columns.items = NEW_ARRAY(c->arena, struct index_column, index->columns.n);
	made.columns.cap = index->columns.n;
	for (size_t i = 0; i < index->columns.n; i++)
		made.columns.items[i] = index->columns.items[i];
	made.respelled = respell(change, &made.predicate) || made.respelled;
	for (size_t i = 0; i < made.columns.n; i++)
		made.respelled = respell(change, &made.columns.items[i].expr) || made.respelled;
	catalog_set(c, index, made);
}

void
respell_column(struct catalog *c, struct relation *r, struct str column, struct type from, struct type to)
{
	struct change change = { c, column, cast_of(c, column, from, to) };

	for (size_t i = 0; i < r->constraints.n; i++)
		if (respell(&change, &r->constraints.items[i]->check))
			catalog_set(c, &r->constraints.items[i]->respelled, true);
	for (size_t i = 0; i < r->indexes.n; i++)
		respell_index(&change, r->indexes.items[i]->index);
}
