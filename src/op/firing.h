#ifndef OP_FIRING_H
#define OP_FIRING_H

#include "op/dml.h"

/*
 * The row trigger that an UPDATE or DELETE fires first, by name. One whose WHEN cannot be true for what is changed does
 * not fire. NULL: none is known.
 */
const struct trigger *firing_first(const struct op *);

#endif
