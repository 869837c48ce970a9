#include <string.h>

#include "op/meant.h"

unsigned
call_told(const struct calls_told *told, uint32_t at, struct str name)
{
	for (size_t i = 0; i < told->n; i++)
		if (told->items[i].function != NULL && told->items[i].at == at && str_eq(told->items[i].function->name, name))
			return told->items[i].function->number;
	return 0;
}

void
surround_with_row(struct arena *arena, struct surroundings *around, const struct relation *r, struct str qualifier)
{
	around->partial = around->partial || r->assumed;
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			*vec_push(arena, &around->offers) = (struct offered){ .qualifier = qualifier, .name = r->columns.items[i]->name, .type = r->columns.items[i]->type,
				.relation = r };
}

/* The names are listed only for what is not settled yet. */
struct settling {
	struct catalog *catalog;
	const struct relation *relation;        /* NULL: that of a domain */
	const struct str *qualifiers;           /* under which the columns of the relation can be named */
	size_t n;
	struct surroundings around;
	bool surrounded;
	struct calls_told told;
};

static const struct surroundings *
surroundings_of(struct settling *s)
{
	for (size_t i = 0; !s->surrounded && i < s->n; i++)
		surround_with_row(s->catalog->arena, &s->around, s->relation, s->qualifiers[i]);
	s->surrounded = true;
	return &s->around;
}

static unsigned
operator_told(const struct calls_told *told, const struct expr *e)
{
	for (size_t i = 0; e->kind == EXPR_OPERATOR && i < told->n; i++)
		if (told->items[i].expr == e)
			return told->items[i].operator->number;
	return 0;
}

static void
mark(void *arg, const struct expr *e)
{
	struct settling *s = arg;
	unsigned function = e->kind == EXPR_FUNCTION ? call_told(&s->told, e->span.off, e->name) : operator_told(&s->told, e);
	struct expr *at = (struct expr *)(uintptr_t)e;

	if (e->function != function)
		catalog_set(s->catalog, &at->function, function);
}

static void
settle(struct settling *s, const struct expr *e)
{
	struct expr *root = (struct expr *)(uintptr_t)e;

	if (e == NULL || e->settled)
		return;
	memset(&s->told, 0, sizeof s->told);
	expr_tell_calls(s->catalog->arena, s->catalog, surroundings_of(s), e, &s->told);
	expr_walk(e, mark, s);
	catalog_set(s->catalog, &root->settled, true);
}

static void
settle_keys(struct settling *s, const struct index_column *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		settle(s, keys[i].expr);
}

static void
settle_triggers(struct catalog *c, const struct relation *r)
{
	const struct str rows[] = { STR("old"), STR("new") };
	struct settling s = { .catalog = c, .relation = r, .qualifiers = rows, .n = 2 };

	for (size_t i = 0; i < r->triggers.n; i++)
		settle(&s, r->triggers.items[i]->when);
}

void
relation_settle(struct catalog *c, struct relation *r)
{
	struct settling s = { .catalog = c, .relation = r, .qualifiers = &r->name, .n = 1 };

	for (size_t i = 0; i < r->columns.n; i++)
		settle(&s, r->columns.items[i]->default_expr);
	for (size_t i = 0; i < r->constraints.n; i++)
		settle(&s, r->constraints.items[i]->check);
	for (size_t i = 0; i < r->indexes.n; i++) {
		settle_keys(&s, r->indexes.items[i]->index->columns.items, r->indexes.items[i]->index->columns.n);
		settle(&s, r->indexes.items[i]->index->predicate);
	}
	settle_keys(&s, r->partition_key.items, r->partition_key.n);
	for (size_t i = 0; i < r->policies.n; i++) {
		settle(&s, r->policies.items[i]->using_expr);
		settle(&s, r->policies.items[i]->check_expr);
	}
	settle_triggers(c, r);
}

static void
unsettle(struct catalog *c, const struct expr *e)
{
	struct expr *root = (struct expr *)(uintptr_t)e;

	if (e != NULL)
		catalog_set(c, &root->settled, false);
}

void
relation_settle_again(struct catalog *c, struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++)
		unsettle(c, r->constraints.items[i]->check);
	for (size_t i = 0; i < r->indexes.n; i++) {
		const struct index *index = r->indexes.items[i]->index;
		for (size_t j = 0; j < index->columns.n; j++)
			unsettle(c, index->columns.items[j].expr);
		unsettle(c, index->predicate);
	}
	relation_settle(c, r);
}

static void
settle_domain(struct catalog *c, const struct typedef_ *t)
{
	struct settling s = { .catalog = c, .surrounded = true };

	*vec_push(c->arena, &s.around.offers) = (struct offered){ .name = STR("value"), .type = t->base };
	settle(&s, t->default_expr);
	for (size_t i = 0; i < t->constraints.n; i++)
		settle(&s, t->constraints.items[i].check);
}

void
catalog_settle(struct catalog *c)
{
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && c->all.items[i]->index == NULL)
			relation_settle(c, c->all.items[i]);
	for (size_t i = 0; i < c->all_types.n; i++)
		if (!c->all_types.items[i]->dropped && c->all_types.items[i]->kind == TYPE_DOMAIN)
			settle_domain(c, c->all_types.items[i]);
}
