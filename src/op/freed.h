#ifndef OP_FREED_H
#define OP_FREED_H

#include "op/op.h"

/*
 * The first drops a table, view, column or default, or changes the type of a column; the second drops or changes what that depends
 * on, which fails while it is there: a type, function, sequence, table or column. Neither has run.
 */
bool op_frees(const struct facts *, const struct op *first, const struct op *second);

#endif
