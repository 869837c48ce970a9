#ifndef OP_OLD_NAME_H
#define OP_OLD_NAME_H

#include "op/op.h"

/*
 * For advice on a table that gets another name or schema: the statement with that action, and a view where it was, with the grants of the table, of what
 * later statements of the file neither drop nor give another type; comments where row level security forbids it.
 */
struct str keeping_old_name(const struct facts *, struct str action);

#endif
