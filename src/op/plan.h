#ifndef OP_PLAN_H
#define OP_PLAN_H

#include "op/put_off.h"

/*
 * The SQL of an advice: what stands in front of the first line that puts off ("next migration"), and what behind it. false: it has
 * no SQL, leaves something to its reader to fill in, or offers several ways.
 */
bool plan_read(const struct facts *, struct str advice, struct plan *);

/* That operation of the script is chosen, and one of another statement. */
bool plan_waits(const struct facts *, const struct range *, size_t i);
/* DROP SEQUENCE of the one that the old column draws from, and that goes with it. */
bool plan_drops_sequence(const struct facts *, struct str advice, const struct op *other);
/* Of a column of the primary key: the advice makes the next one. */
bool plan_adds_key(const struct facts *, struct str advice, const struct op *);
/* The advice does it itself, or takes it away. */
bool plan_leaves_out(const struct facts *, struct str advice, const struct op *);
/*
 * Follows the advice to the end, and chooses what it would make fail, or what would make it fail. What is left of that is in
 * `refused`. true: all that is behind the statement has to wait.
 */
bool plan_follow(const struct facts *, struct str advice, struct waiting *, struct range *, struct refused *);

#endif
