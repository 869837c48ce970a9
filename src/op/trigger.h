#ifndef OP_TRIGGER_H
#define OP_TRIGGER_H

#include "op/op.h"

/* What REFERENCING calls the rows of a statement; NULL: the operation makes no trigger that calls the function. */
const struct str_list *trigger_row_tables(const struct op *, const struct name *function);

/* Of an operation that makes a trigger: the other one, of rows of its table, is an event of that. */
bool trigger_op_fires_for(const struct op *, const struct op *change);
/* It fires before each row that comes, and its function, which a statement of the file makes, gives the column a value. */
bool trigger_op_gives(const struct op *, struct str column);

#endif
