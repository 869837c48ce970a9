#include "catalog/catalog.h"

static void
write_rows(struct catalog *c, struct relation *r, enum tri bulk)
{
	catalog_set(c, &r->written, c->now.statement);
	if (bulk == YES || (bulk == UNKNOWN && r->filled == NO))
		catalog_set(c, &r->filled, bulk);
}

/* Which partition they go to is not known. */
static void
write_partitions(struct catalog *c, struct relation *r, enum tri bulk)
{
	for (size_t i = 0; i < r->partitions.n; i++) {
		if (!r->partitions.items[i]->is_partition)
			continue;
		write_rows(c, r->partitions.items[i], bulk);
		write_partitions(c, r->partitions.items[i], bulk);
	}
}

void
catalog_add_rows(struct catalog *c, struct relation *r, bool bulk)
{
	while (r->kind == RELATION_VIEW && r->reads.n == 1)
		r = r->reads.items[0];
	write_rows(c, r, tri_of(bulk));
	write_partitions(c, r, bulk ? UNKNOWN : NO);
}

void
catalog_write_columns(struct catalog *c, struct relation *r, const struct str *names, size_t n)
{
	for (size_t i = 0; i < r->columns.n; i++)
		if (n == 0 || str_in(r->columns.items[i]->name, names, n))
			catalog_set(c, &r->columns.items[i]->written, c->now.statement);
	for (size_t i = 0; i < r->partitions.n; i++)
		catalog_write_columns(c, r->partitions.items[i], names, n);
	for (size_t i = 0; r->kind == RELATION_VIEW && i < r->reads.n; i++)
		catalog_write_columns(c, r->reads.items[i], names, 0);
}

void
catalog_remove_rows(struct catalog *c, struct relation *r, bool truncated, bool alone)
{
	catalog_set(c, &r->emptied, ((struct emptying){ c->now, truncated, alone }));
	if (truncated)
		catalog_set(c, &r->filled, NO);
}

void
catalog_take_empty(struct catalog *c, struct relation *r)
{
	catalog_set(c, &r->taken_empty, c->now);
	catalog_set(c, &r->filled, NO);
}

void
catalog_take_empty_next(struct catalog *c, struct relation *r)
{
	struct birth next = c->now;

	next.statement++;
	next.doubtful = false;
	catalog_set(c, &r->taken_empty, next);
	catalog_set(c, &r->filled, NO);
}

void
catalog_note_unseen(struct catalog *c)
{
	catalog_set(c, &c->unseen, c->now.statement);
}

/* TriggerEnabled() */
void
catalog_note_triggers(struct catalog *c, const struct relation *r, unsigned events)
{
	for (size_t i = 0; i < r->triggers.n; i++) {
		const struct trigger *t = r->triggers.items[i];
		if (!t->dropped && (t->events & events) && !str_is(t->state, "disabled") && !str_is(t->state, "replica"))
			catalog_note_unseen(c);
	}
}

/* By a statement of this file, since when nothing that is not followed has run. */
static enum tri
in_this_file(const struct catalog *c, const struct birth *when)
{
	if (when->statement <= c->before)
		return NO;
	return when->doubtful || c->unseen >= when->statement ? UNKNOWN : YES;
}

static bool
refuses_rows(const struct constraint *k)
{
	return k->kind == CONSTRAINT_CHECK && !k->dropped && !k->assumed && !k->born.doubtful && k->enforced && k->valid == YES &&
	    k->check != NULL && k->check->kind == EXPR_CONST && str_is(k->check->name, "false");
}

bool
relation_refuses_rows(const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++)
		if (refuses_rows(r->constraints.items[i]))
			return true;
	return false;
}

static enum tri
held_no_rows(const struct catalog *c, const struct relation *r)
{
	if (r->persistence == 't' || relation_new_in_change(c, r))
		return YES;
	return tri_or(in_this_file(c, &r->taken_empty), r->emptied.truncated ? in_this_file(c, &r->emptied.when) : NO);
}

/* Of the table and its partitions. */
static enum tri
all_below(const struct catalog *c, const struct relation *r, enum tri own, enum tri (*fact)(const struct catalog *, const struct relation *))
{
	for (size_t i = 0; own != NO && i < r->partitions.n; i++)
		own = tri_and(own, fact(c, r->partitions.items[i]));
	return own;
}

enum tri
relation_is_small(const struct catalog *c, const struct relation *r)
{
	enum tri own = relation_refuses_rows(r) ? YES : tri_and(held_no_rows(c, r), tri_not(r->filled));

	return r->persistence == 't' ? YES : relation_new_in_change(c, r) ? own : all_below(c, r, own, relation_is_small);
}

/* ATRewriteTable() and the checks of constraints pass over deleted rows; an index build takes them along as long as someone may see them. */
static enum tri
was_deleted_from(const struct catalog *c, const struct relation *r)
{
	return r->written >= r->emptied.when.statement ? NO : in_this_file(c, &r->emptied.when);
}

enum tri
relation_has_few_rows(const struct catalog *c, const struct relation *r)
{
	enum tri own = tri_or(relation_is_small(c, r), was_deleted_from(c, r));

	return r->persistence == 't' || relation_new_in_change(c, r) ? own : all_below(c, r, own, relation_has_few_rows);
}

/* Between two transactions, or before a lock that keeps them out, others may write. */
static enum tri
was_emptied(const struct catalog *c, const struct relation *r)
{
	const struct emptying *e = &r->emptied;

	if (relation_refuses_rows(r))
		return YES;
	if (r->written >= e->when.statement)
		return NO;
	return tri_and(in_this_file(c, &e->when), e->alone && e->when.transaction == c->now.transaction ? YES : UNKNOWN);
}

enum tri
relation_is_empty(const struct catalog *c, const struct relation *r)
{
	if (r->persistence == 't' || relation_new_in_change(c, r))
		return tri_or(relation_is_small(c, r), was_emptied(c, r));
	return all_below(c, r, was_emptied(c, r), relation_is_empty);
}

enum tri
column_is_unfilled(const struct catalog *c, const struct relation *r, struct str name)
{
	const struct column *column = catalog_find_column(r, name);
	enum tri own;

	if (column == NULL || column->assumed || column->born.statement <= r->born.statement)
		return NO;
	own = column->written > 0 || r->written >= column->born.statement ? NO : in_this_file(c, &column->born);
	/* ADD COLUMN keeps others out until its transaction ends */
	if (own == YES && column->born.transaction != c->now.transaction)
		own = UNKNOWN;
	for (size_t i = 0; own != NO && i < r->partitions.n; i++)
		own = tri_and(own, column_is_unfilled(c, r->partitions.items[i], name));
	return own;
}
