#ifndef OP_KEY_DROPS_H
#define OP_KEY_DROPS_H

#include "op/op.h"

/*
 * For advice: the migrations before one that drops a table or a column of it, which drop the foreign keys for which locks() is true,
 * those on each referenced table by themselves, and the lock_timeout of the next. Each stands behind a lock_timeout of its own and begins with a
 * line break; empty: there are none, or they are parts of those of another table.
 */
struct value get_key_drops(const struct facts *, bool (*locks)(const struct facts *, const struct constraint *));

#endif
