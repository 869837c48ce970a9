#ifndef OP_FIRING_H
#define OP_FIRING_H

#include "op/dml.h"

/*
 * The row trigger that an UPDATE or DELETE fires first, by name. One whose WHEN cannot be true for what is changed, or while
 * a setting is what the migration has set it to, does not fire. NULL: none is known.
 */
const struct trigger *firing_first(const struct facts *);
/* For advice: what makes that trigger anew, so that it heeds a setting of the migration. */
struct str firing_quiet(const struct facts *);

#endif
