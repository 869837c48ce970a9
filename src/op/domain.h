#ifndef OP_DOMAIN_H
#define OP_DOMAIN_H

#include "catalog/catalog.h"

/* NULL: it is none, or an array of one. */
const struct typedef_ *domain_of(const struct catalog *, struct type);
/* The constraint as a condition on a column, in parentheses: VALUE is the column. */
struct str domain_constraint_on(struct arena *, const struct domain_constraint *, struct str column);

#endif
