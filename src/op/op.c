#include <pthread.h>

#include "op/existence.h"
#include "op/failure.h"
#include "op/type_reference.h"

extern const struct op_kind *const op_registry[];       /* generated: one array of kinds per file of op/ */

enum { KINDS_MAX = 512 };

struct kind_list {
	const struct op_kind *items[KINDS_MAX];
	size_t n;
};

static struct kind_list sorted;
static pthread_once_t sorted_once = PTHREAD_ONCE_INIT;

static void
insert_sorted(struct kind_list *list, const struct op_kind *kind)
{
	size_t i = list->n++;

	for (; i > 0 && str_cmp(str_of(list->items[i - 1]->name), str_of(kind->name)) > 0; i--)
		list->items[i] = list->items[i - 1];
	list->items[i] = kind;
}

static void
sort_kinds(void)
{
	for (size_t i = 0; op_registry[i] != NULL; i++)
		for (const struct op_kind *k = op_registry[i]; k->name != NULL; k++)
			insert_sorted(&sorted, k);
}

const struct op_kind *const *
op_kinds(size_t *n)
{
	(void)pthread_once(&sorted_once, sort_kinds);
	*n = sorted.n;
	return sorted.items;
}

const struct op_kind *
op_kind_find(struct str name)
{
	size_t n;
	const struct op_kind *const *kinds = op_kinds(&n);

	for (size_t i = 0; i < n; i++)
		if (str_is(name, kinds[i]->name))
			return kinds[i];
	return NULL;
}

const struct op_kind *
op_kind_for(int node, int subtype)
{
	size_t n;
	const struct op_kind *const *kinds = op_kinds(&n);
	const struct op_kind *any = NULL;

	for (size_t i = 0; i < n; i++) {
		if (kinds[i]->node != node || node == 0)
			continue;
		if (kinds[i]->subtype == subtype)
			return kinds[i];
		if (kinds[i]->subtype == -1)
			any = kinds[i];
	}
	return any;
}

static void
bind_table(struct op *op, struct catalog *c)
{
	if (op->target.name.s != NULL)
		op->table = catalog_relation(c, op->target, op->target_kind);
	if (op->table != NULL && op->column_name.s != NULL)
		op->column = catalog_column(c, op->table, op->column_name);
	if (op->reference.name.s != NULL)
		op->references = catalog_relation(c, op->reference, RELATION_TABLE);
}

void
op_bind(struct op *op, struct catalog *c)
{
	size_t known = c->all.n;

	op->may_be_missing = false;
	op->noop = existence_lacks_relation(op, c);
	op->remade = !op->noop && op_names_relation(op) && existence_is_remade(op, c);
	op->noop = op->noop || op->remade;
	if (op->noop)
		return;
	if (op->refers_to_types)
		type_reference_bind(op, c);
	if (op->kind->bind != NULL)
		op->kind->bind(op, c);
	else if (op->kind->has & HAS_TABLE)
		bind_table(op, c);
	existence_doubt(op, c, known);
	op->remade = op->may_be_missing && existence_is_remade(op, c);
	op->noop = op->noop || op->remade;
	op->may_be_missing = op->may_be_missing && !op->remade;
}

void
op_effects(const struct facts *f, struct effects *e)
{
	bool is_gone = f->op->noop && (f->op->kind->has & HAS_TABLE) && f->op->table == NULL;

	if (f->op->kind->effects != NULL && !is_gone)
		f->op->kind->effects(f->op, f, e);
}

void
op_apply(struct op *op, struct catalog *c, struct session *session)
{
	if (op->kind->apply != NULL && !op->noop)
		op->kind->apply(op, c, session);
}
