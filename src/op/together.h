#ifndef OP_TOGETHER_H
#define OP_TOGETHER_H

#include "op/op.h"

/* UPDATEs and DELETEs of one file that each search one column of a table for one constant, and read all of its rows for it. */

/* For advice: one statement in the place of such as this one, an index as far as it pays; batch_of(), where there is one alone. */
struct str together_advice(const struct facts *);

#endif
