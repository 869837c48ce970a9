#ifndef OP_BATCH_H
#define OP_BATCH_H

#include "op/op.h"

/*
 * For advice: the UPDATE or DELETE for one range of the rows, as it is written, and a comment how to repeat it. Where that does not
 * do, the comment says what to add.
 */
struct str batch_of(const struct facts *);
/* What is set builds on what stood there: n = n + 1, active = NOT active; a = b, b = a. */
bool batch_repeats_badly(const struct facts *);
/* DELETE of all rows of the table. */
struct str batch_delete(const struct facts *);

#endif
