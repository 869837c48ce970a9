#ifndef OP_DONE_H
#define OP_DONE_H

#include "op/dml.h"

/* What an UPDATE does to rows that it has changed already, when it runs for them again. */

/* Its condition is true for none of them. */
bool done_rows_left_out(const struct dml *, const struct relation *table);
/* The operator makes the same of its own result: flags | 4, data - 'key', n % 10. */
bool operator_settles(const struct expr *, const struct column *);
/* A value of the column that CASE tells from others is a result of it, too: 0 to 1, 1 to 2. */
bool case_chains(const struct expr *, struct str column);

#endif
