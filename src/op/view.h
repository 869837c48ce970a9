#ifndef OP_VIEW_H
#define OP_VIEW_H

#include "op/op.h"

/* Why CREATE VIEW with OR REPLACE cannot take the place of that view, the catalog being as it is; STR_NONE: nothing known. */
struct str view_op_misfit(const struct facts *, const struct op *create, const struct relation *old);

/* CREATE VIEW, also MATERIALIZED: a query of it takes all columns of what it reads. */
bool view_takes_all_columns(const struct op *);

#endif
