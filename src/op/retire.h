#ifndef OP_RETIRE_H
#define OP_RETIRE_H

#include "op/op.h"

/* For advice: what stands in the place of DROP TABLE when a later statement of the file makes another table of the name. */
struct value get_set_aside(const struct facts *, struct str taken);

#endif
