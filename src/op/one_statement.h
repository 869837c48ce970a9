#ifndef OP_ONE_STATEMENT_H
#define OP_ONE_STATEMENT_H

#include "op/op.h"

/*
 * For advice: one ALTER TABLE with the clauses of this statement and of those of the file before it that alter the same table and can go with
 * it: nothing else is done with the table in between, and ALTER TABLE, which has an order of its own, does them in theirs.
 */
struct value get_one_statement(const struct facts *);
/* Among those is one that worked through the table. */
struct value get_joins_pass(const struct facts *);

#endif
