#ifndef OP_ASIDE_H
#define OP_ASIDE_H

#include "op/op.h"

/* For advice: how long work gets out of the transaction that holds a lock; comments. */
struct value aside_get_advice(const struct facts *);

#endif
