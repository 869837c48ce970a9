#ifndef OP_COPIED_H
#define OP_COPIED_H

#include "op/op.h"

/* What op puts into a table; NULL: it does not, or not from a query that can be read. In create_table_as.c. */
const struct select *created_from(const struct op *);
/* An earlier statement of the file puts values of op's column, or what follows of them, into another table or column, as far as names tell. */
bool column_copied_before(const struct op *);
/* The table into which an earlier statement of the file puts all rows of op's table, with all columns; NULL: none does, or a later one drops that. */
const struct relation *table_copied_before(const struct op *);

#endif
