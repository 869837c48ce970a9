#include "catalog/catalog.h"

struct policy *
catalog_find_policy(const struct relation *r, struct str name)
{
	for (size_t i = 0; i < r->policies.n; i++)
		if (!policy_is_gone(r->policies.items[i]) && str_eq(r->policies.items[i]->name, name))
			return r->policies.items[i];
	return NULL;
}

bool
policy_is_gone(const struct policy *p)
{
	return p->dropped || p->table->dropped;
}

bool
policy_uses_column(const struct policy *p, const struct column *column)
{
	for (size_t i = 0; !policy_is_gone(p) && i < p->uses.n; i++)
		if (p->uses.items[i] == column)
			return true;
	return false;
}

bool
policy_reads(const struct policy *p, const struct relation *r)
{
	for (size_t i = 0; !policy_is_gone(p) && i < p->reads.n; i++)
		if (p->reads.items[i] == r)
			return true;
	return false;
}

static void
drop(struct catalog *c, struct policy *p)
{
	catalog_set(c, &p->dropped, true);
	for (size_t i = p->table->policies.n; i-- > 0;)
		if (p->table->policies.items[i] == p)
			catalog_remove(c, &p->table->policies, i);
}

void
catalog_drop_policies(struct catalog *c, struct relation *r, const struct column *column)
{
	for (size_t i = r->policies.n; column != NULL && i-- > 0;)
		if (policy_uses_column(r->policies.items[i], column))
			drop(c, r->policies.items[i]);
	for (size_t i = 0; i < r->readers.n; i++)
		if (column != NULL ? policy_uses_column(r->readers.items[i], column) : policy_reads(r->readers.items[i], r))
			drop(c, r->readers.items[i]);
}
