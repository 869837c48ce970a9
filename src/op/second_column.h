#ifndef OP_SECOND_COLUMN_H
#define OP_SECOND_COLUMN_H

#include "op/op.h"

/* For advice, of RENAME COLUMN: the steps by which a column of the new name takes the place of the other one. */
struct value get_second_column(const struct facts *);

#endif
