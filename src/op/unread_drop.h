#ifndef OP_UNREAD_DROP_H
#define OP_UNREAD_DROP_H

#include "op/op.h"

/*
 * Code in front of the operation, in its file, that puts together what it runs while it runs, and may have dropped what was born then: word is "index" or
 * "constraint". As a fact that something is there: unknown, and why, where there is such code.
 */
struct value unread_drop_spares(const struct facts *, const char *word, const struct birth *);

#endif
