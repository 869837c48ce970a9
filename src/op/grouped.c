#include "op/grouped.h"

#include "op/failure.h"
#include "op/misplaced.h"
#include "op/operators.h"

struct grouping {
	struct arena *arena;
	const struct catalog *catalog;
	const struct facts *facts;      /* NULL: only the keys that decide are asked for */
	const struct select *select;
	const struct offers *offers;
	const struct offers *own;       /* as misplaced_call() wants them */
	VEC(const struct expr *) keys;
	VEC(const struct constraint *) deciding;
};

/* ---- columns ---- */

static bool
is_offered(const struct offers *offers, struct str name)
{
	for (size_t i = 0; i < offers->n; i++)
		if (str_eq(offers->items[i].name, name) && offer_answers(&offers->items[i], STR_NONE))
			return true;
	return false;
}

/* NULL: none, more than one, or one that a join made of two. */
static const struct offered *
find(const struct grouping *g, const struct expr *column)
{
	const struct offered *found = NULL;
	size_t n = 0;

	for (size_t i = 0; column->qualifier.s == NULL && i < g->offers->n; i++) {
		const struct offered *o = &g->offers->items[i];
		if (!str_eq(o->name, column->name) || !offer_answers(o, column->schema))
			continue;
		found = o;
		n++;
	}
	return n != 1 || found->merged || found->qualifier.s == NULL ? NULL : found;
}

/* ---- keys ---- */

const struct expr *
select_group_key(const struct select *select, const struct offers *offers, const struct expr *written)
{
	bool number = written->kind == EXPR_CONST && type_known(written->type), named = written->kind == EXPR_COLUMN && written->schema.s == NULL;
	int64_t n = 0;

	if (number)
		return select_has_star(select) || !str_to_int(written->name, &n) || n < 1 || (size_t)n > select->outputs.n ? NULL : select->outputs.items[n - 1].expr;
	for (size_t i = 0; named && !is_offered(offers, written->name) && i < select->outputs.n; i++)
		if (select->outputs.items[i].name.s != NULL && str_eq(select->outputs.items[i].name, written->name))
			return select->outputs.items[i].expr;
	return written;
}

static bool
find_keys(struct grouping *g)
{
	for (size_t i = 0; i < g->select->groups.n; i++) {
		const struct expr *key = select_group_key(g->select, g->offers, g->select->groups.items[i]);
		/* a row as a whole holds each of its columns */
		if (key == NULL || expr_has_star(key) || (key->kind == EXPR_COLUMN && key->schema.s == NULL && !is_offered(g->offers, key->name)))
			return false;
		*vec_push(g->arena, &g->keys) = key;
	}
	return true;
}

static bool
is_same(const struct grouping *g, const struct expr *a, const struct expr *b)
{
	if (a->kind == EXPR_COLUMN && b->kind == EXPR_COLUMN && find(g, a) != NULL)
		return find(g, a) == find(g, b);
	if (a->kind != b->kind || a->nargs != b->nargs || !str_eq(a->name, b->name) || !str_eq(a->schema, b->schema) || !type_eq(a->type, b->type) ||
	    a->kind == EXPR_SUBQUERY)
		return false;
	for (size_t i = 0; i < a->nargs; i++)
		if (!is_same(g, a->args[i], b->args[i]))
			return false;
	return true;
}

static bool
is_key(const struct grouping *g, const struct expr *e)
{
	for (size_t i = 0; i < g->keys.n; i++)
		if (is_same(g, g->keys.items[i], e))
			return true;
	return false;
}

/* What the join made one of two may be either of them. */
static bool
may_be_key(const struct grouping *g, const struct offered *o, bool alone)
{
	for (size_t i = 0; i < g->keys.n; i++) {
		const struct expr *key = g->keys.items[i];
		if (key->kind == EXPR_COLUMN ? find(g, key) == o || (find(g, key) == NULL && str_eq(key->name, o->name)) : !alone && expr_mentions_column(key, o->name))
			return true;
	}
	return false;
}

/* ---- columns that a primary key decides ---- */

static const struct from *
item_called(const struct from *item, struct str qualifier)
{
	const struct from *found = NULL;

	if (item->kind == FROM_JOIN && item->alias.s == NULL) {
		found = item_called(item->left, qualifier);
		return found != NULL ? found : item_called(item->right, qualifier);
	}
	return from_is_called(item, qualifier) ? item : NULL;
}

static bool
has_key_column(const struct grouping *g, struct str qualifier, struct str name)
{
	for (size_t i = 0; i < g->keys.n; i++) {
		const struct expr *key = g->keys.items[i];
		const struct offered *o = key->kind == EXPR_COLUMN ? find(g, key) : NULL;
		if (key->kind == EXPR_COLUMN && str_eq(key->name, name) && (o == NULL || str_eq(o->qualifier, qualifier)))
			return true;
	}
	return false;
}

/* check_functional_grouping(); a join with a name of its own is not looked into. */
static bool
may_follow(struct grouping *g, struct str qualifier)
{
	const struct from *item = NULL;
	const struct relation *r;
	const struct constraint *key;

	for (size_t i = 0; item == NULL && i < g->select->from.n; i++)
		item = item_called(g->select->from.items[i], qualifier);
	if (item == NULL || item->kind == FROM_JOIN || item->kind == FROM_OTHER)
		return true;
	if (item->kind != FROM_TABLE || select_find_common(g->select, item) != NULL)
		return false;
	r = catalog_find_relation(g->catalog, item->table);
	if (g->facts != NULL && !is_settled(g->facts, r, REACH_SCHEMA))
		return true;
	key = r == NULL ? NULL : relation_primary_key(r);
	for (size_t i = 0; key != NULL && i < key->columns.n; i++)
		if (!has_key_column(g, qualifier, key->columns.items[i]))
			return false;
	if (key != NULL)
		*vec_push(g->arena, &g->deciding) = key;
	return key != NULL;
}

static struct str
column_ungrouped(struct grouping *g, const struct offered *o, bool alone)
{
	return o == NULL || o->merged || o->qualifier.s == NULL || may_be_key(g, o, alone) || may_follow(g, o->qualifier) ? STR_NONE
	    : str_printf(g->arena, "column \"%.*s.%.*s\" must appear in the GROUP BY clause or be used in an aggregate function", STR_ARG(o->qualifier),
	    STR_ARG(o->name));
}

/* ---- expressions ---- */

/* Neither an aggregate nor something that may be one. */
static bool
is_plain_call(const struct catalog *c, const struct expr *e)
{
	bool own = catalog_functions(c, e->schema, e->name) != NULL;

	return expr_call_kind(c, e) != CALL_AGGREGATE && (own ? !aggregate_is_own(c, e->name) : true) && (!e->gathers || e->windowed) &&
	    own != (volatile_builtin(e->name) != VOLATILITY_UNKNOWN);
}

static bool
is_looked_into(const struct catalog *c, const struct expr *e)
{
	if (e->kind == EXPR_FUNCTION)
		return is_plain_call(c, e);
	return e->kind != EXPR_OTHER || str_in_words(e->name, "array row [] [:] collate => case when");
}

static struct str
ungrouped(struct grouping *g, const struct expr *e, bool alone)
{
	struct str reason = STR_NONE;

	if (e == NULL || is_key(g, e))
		return STR_NONE;
	if (e->kind == EXPR_COLUMN)
		return column_ungrouped(g, find(g, e), alone);
	/* of a subquery the last one is its query */
	for (size_t i = 0; reason.s == NULL && is_looked_into(g->catalog, e) && i + (e->kind == EXPR_SUBQUERY) < e->nargs; i++)
		reason = ungrouped(g, e->args[i], false);
	return reason;
}

static struct str
star_ungrouped(struct grouping *g, struct str qualifier)
{
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < g->offers->n; i++)
		if (offer_answers(&g->offers->items[i], qualifier))
			reason = column_ungrouped(g, &g->offers->items[i], true);
	return reason;
}

/* ---- the query ---- */

static bool
has_aggregate(const struct grouping *g, const struct expr *e)
{
	bool has = e != NULL && expr_is_own_aggregate(g->catalog, g->own, e);

	for (size_t i = 0; e != NULL && !has && e->kind != EXPR_SUBQUERY && i < e->nargs; i++)
		has = has_aggregate(g, e->args[i]);
	return has;
}

static bool
is_grouped(const struct grouping *g)
{
	const struct select *select = g->select;
	bool grouped = select->groups.n > 0 || select->having != NULL;

	for (size_t i = 0; !grouped && i < select->outputs.n; i++)
		grouped = has_aggregate(g, select->outputs.items[i].expr);
	for (size_t i = 0; !grouped && i < select->beside.n; i++)
		grouped = has_aggregate(g, select->beside.items[i]);
	return grouped;
}

static struct str
parts_ungrouped(struct grouping *g)
{
	const struct select *select = g->select;
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < select->outputs.n; i++) {
		const struct output *o = &select->outputs.items[i];
		reason = o->star && o->expr == NULL ? star_ungrouped(g, o->qualifier) : o->star ? STR_NONE : ungrouped(g, o->expr, true);
	}
	for (size_t i = 0; reason.s == NULL && i < select->beside.n; i++)
		reason = ungrouped(g, select->beside.items[i], true);
	for (size_t i = 0; reason.s == NULL && i < select->named.n; i++)
		if (!select_names_output(select, select->named.items[i]->name))
			reason = ungrouped(g, select->named.items[i], true);
	return reason.s != NULL ? reason : ungrouped(g, select->having, true);
}

struct str
select_ungrouped(const struct facts *f, const struct select *select, const struct offers *offers)
{
	struct grouping g = { .arena = f->arena, .catalog = f->catalog, .facts = f, .select = select, .offers = offers, .own = f->around == NULL ? NULL : offers };

	return select->values || select->changes || !is_grouped(&g) || !find_keys(&g) ? STR_NONE : parts_ungrouped(&g);
}

/* ---- for a view ---- */

static void note_in_item(struct catalog *, const struct from *, struct relation *view);

void
select_note_deciding(struct catalog *c, const struct select *select, struct relation *view)
{
	struct offers offers = { 0 };
	struct grouping g = { .arena = c->arena, .catalog = c, .select = select, .offers = &offers };

	if (select == NULL)
		return;
	for (size_t i = 0; i < select->with.n; i++)
		select_note_deciding(c, select->with.items[i].query, view);
	select_note_deciding(c, select->left, view);
	select_note_deciding(c, select->right, view);
	for (size_t i = 0; i < select->from.n; i++)
		note_in_item(c, select->from.items[i], view);
	if (!select->values && select->groups.n > 0 && select_offers(c->arena, c, select, &offers) && find_keys(&g))
		(void)parts_ungrouped(&g);
	for (size_t i = 0; i < g.deciding.n; i++)
		catalog_push(c, &view->deciding, g.deciding.items[i]);
}

static void
note_in_item(struct catalog *c, const struct from *item, struct relation *view)
{
	if (item->kind == FROM_QUERY)
		select_note_deciding(c, item->query, view);
	if (item->kind == FROM_JOIN) {
		note_in_item(c, item->left, view);
		note_in_item(c, item->right, view);
	}
}
