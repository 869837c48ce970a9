#ifndef OP_PLAN_H
#define OP_PLAN_H

#include "op/op.h"

/*
 * The SQL of an advice: what stands in front of the first line that puts off ("next migration"), and what behind it. false: it has
 * no SQL, leaves something to its reader to fill in, or offers several ways.
 */
bool plan_read(const struct facts *, struct str advice, struct plan *);

#endif
