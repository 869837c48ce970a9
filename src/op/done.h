#ifndef OP_DONE_H
#define OP_DONE_H

#include "op/dml.h"

/* What an UPDATE does to rows that it has changed already, when it runs for them again. */

/* Its condition is true for none of them. */
bool done_rows_left_out(const struct dml *, const struct relation *table);
/* The condition of another change is true of none of them. */
bool done_rows_fail(const struct dml *, const struct relation *table, const struct dml *other);
/* What is said of NEW, as WHEN of a trigger does, is not true of any row with the values that the UPDATE gives it. */
bool new_row_fails(const struct dml *, const struct relation *table, const struct expr *when);
/* The operator makes the same of its own result: flags | 4, data - 'key', n % 10. */
bool operator_settles(const struct expr *, const struct column *);
/* A value of the column that CASE tells from others is a result of it, too: 0 to 1, 1 to 2. */
bool case_chains(const struct expr *, struct str column);
/* Of column = a, column IN (a, b): the constant is sure to be one of what the column is compared with, or to be none as a value of the column. */
bool value_is_listed(const struct expr *value, const struct expr *comparison);
bool value_is_other(const struct relation *, const struct expr *value, const struct expr *comparison);

#endif
