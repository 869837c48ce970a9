#include "op/op.h"

static struct relation_effect *
find(struct effects *e, const struct relation *r)
{
	for (size_t i = 0; i < e->list.n; i++)
		if (e->list.items[i].relation == r)
			return &e->list.items[i];
	return NULL;
}

const struct relation_effect *
effects_find(const struct effects *e, const struct relation *r)
{
	for (size_t i = 0; i < e->list.n; i++)
		if (e->list.items[i].relation == r)
			return &e->list.items[i];
	return NULL;
}

static struct relation_effect *
add(struct effects *e, struct relation *r, struct str schema, struct str name)
{
	struct relation_effect *entry = vec_push(e->arena, &e->list);

	*entry = (struct relation_effect){ .relation = r, .schema = schema, .name = name, .rewrite = NO, .scan = NO,
		.rebuild = NO };
	return entry;
}

struct relation_effect *
effects_lock(struct effects *e, struct relation *r, enum lock lock)
{
	struct relation_effect *entry = find(e, r);

	if (entry == NULL)
		entry = add(e, r, r->schema, r->name);
	entry->lock = lock_stronger(entry->lock, lock);
	return entry;
}

/* recordMultipleDependencies() locks it since the minor releases of August 2026, 14.24 to 18.5 (commit 2fbb21170e). */
void
effects_depend(struct effects *e, const struct facts *f, struct relation *r)
{
	if (f->pg_version >= 14)
		effects_lock(e, r, ACCESS_SHARE);
}

struct relation_effect *
effects_create(struct effects *e, struct str schema, struct str name)
{
	struct relation_effect *entry = add(e, NULL, schema, name);

	entry->lock = ACCESS_EXCLUSIVE;
	entry->created = true;
	return entry;
}

void
effects_lock_tree(struct effects *e, struct relation *r, enum lock lock, bool only)
{
	effects_lock(e, r, lock);
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		effects_lock_tree(e, r->partitions.items[i], lock, false);
}

void
effects_lock_children(struct effects *e, const struct relation *r, enum lock lock)
{
	for (size_t i = 0; i < r->partitions.n; i++)
		effects_lock(e, r->partitions.items[i], lock);
}

/* A rewrite reads every row and makes every index anew (ATRewriteTables, finish_heap_swap). */
void
effects_rewrite_table(struct effects *e, struct relation *r, enum tri certain)
{
	struct relation_effect *table;

	if (certain == NO || r->kind == RELATION_PARTITIONED)
		return;
	table = effects_lock(e, r, ACCESS_EXCLUSIVE);
	table->rewrite = tri_or(table->rewrite, certain);
	table->scan = tri_or(table->scan, certain);
	for (size_t i = 0; i < r->indexes.n; i++) {
		struct relation_effect *index = effects_lock(e, r->indexes.items[i], ACCESS_EXCLUSIVE);
		index->rewrite = tri_or(index->rewrite, certain);
		index->rebuild = tri_or(index->rebuild, certain);
	}
	table = find(e, r);
	if (r->indexes.n > 0)
		table->rebuild = tri_or(table->rebuild, certain);
	else if (r->assumed)
		table->rebuild = tri_or(table->rebuild, UNKNOWN);
}

static struct relation_effect *
same_created(struct effects *into, const struct relation_effect *entry)
{
	for (size_t i = 0; i < into->list.n; i++) {
		struct relation_effect *other = &into->list.items[i];
		if (other->created && str_eq(other->schema, entry->schema) && str_eq(other->name, entry->name))
			return other;
	}
	return NULL;
}

/* The entry of an earlier operation for what this one found under the same name after it was created. */
static struct relation_effect *
counterpart(struct effects *into, const struct relation_effect *entry)
{
	struct relation_effect *known = entry->relation != NULL ? find(into, entry->relation) : NULL;

	return known != NULL ? known : same_created(into, entry);
}

void
effects_merge(struct effects *into, const struct effects *from)
{
	for (size_t i = 0; i < from->list.n; i++) {
		const struct relation_effect *entry = &from->list.items[i];
		struct relation_effect *known = counterpart(into, entry);
		if (known == NULL) {
			*vec_push(into->arena, &into->list) = *entry;
			continue;
		}
		known->lock = lock_stronger(known->lock, entry->lock);
		known->rewrite = tri_or(known->rewrite, entry->rewrite);
		known->scan = tri_or(known->scan, entry->scan);
		known->rebuild = tri_or(known->rebuild, entry->rebuild);
	}
	into->all_unknown = into->all_unknown || from->all_unknown;
}
