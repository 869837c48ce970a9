#ifndef OP_ONE_ROW_H
#define OP_ONE_ROW_H

#include "op/op.h"

/* UPDATE of a table that must have one row: a later statement proves it, or so many migrations do the same, each with its value. */
bool one_row_updated(const struct facts *);
/* What an UPDATE, or a column that is added with a constant, tells of the table. */
void one_row_note(const struct op *, struct catalog *);

#endif
