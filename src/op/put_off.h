#ifndef OP_PUT_OFF_H
#define OP_PUT_OFF_H

#include "op/order.h"

/* What becomes of the rest of the file while an operation waits. */
struct waiting {
	bool rehearsed;
	bool given_up;                  /* it could not be, as in a long file */
	struct failing_ops failing;
	struct str renames;             /* statements that free names which the rest takes; empty: none is needed */
	struct ops taking;              /* what takes them */
	struct ops ambiguous;           /* what names the function that waits, and the one beside it, without arguments */
	struct ops own;                 /* clauses of the same statement that have to wait, too */
};

/* Leaves the operation out, does what of the advice is done in its place, and runs the rest of the file. */
struct waiting put_off_try(const struct facts *, struct str advice);
/* Chooses those that need the operation done, and what has to follow these. */
void put_off_choose(const struct facts *, struct str advice, const struct waiting *, struct range *);
/* What has to follow those that are chosen. */
void put_off_choose_following(const struct facts *, const struct waiting *, struct range *);
/* What names those could not do so behind it. */
bool put_off_takes_name(const struct op *);
/* The first behind the operation that has to do with the name makes an index of it; NULL: none does. */
const struct op *put_off_next_of_name(const struct facts *, const struct relation *index);
/* A view that the last steps of the advice make again, of the new column. */
bool put_off_remakes_view(const struct facts *, struct str advice, const struct op *other);

#endif
