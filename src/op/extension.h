#ifndef OP_EXTENSION_H
#define OP_EXTENSION_H

#include "op/op.h"

/* What uses what a well-known extension brings, and goes or stays with it. */

/* By its text, `op` cannot run before `create`, which makes the extension. */
bool extension_op_serves(const struct catalog *, const struct op *create, const struct op *op);

/* The first thing that keeps it from being dropped without CASCADE, in words; STR_NONE: nothing that is known. */
struct str extension_needed(const struct facts *, struct str extension);
/* CASCADE: tables whose columns, indexes and the like go. */
void extension_lock_users(struct effects *, const struct facts *, struct str extension);
void extension_drop_users(struct catalog *, struct str extension);

#endif
