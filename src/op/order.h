#ifndef OP_ORDER_H
#define OP_ORDER_H

#include "op/op.h"

/*
 * Which statements of its transaction go along when a statement leaves it for one before or behind. Two are tied, and keep their
 * order, where one makes, drops, renames or changes what the other names, where they write and use the same rows, or where nobody
 * knows what one does. The operations of a statement go together.
 */

VEC_TYPE(ops, const struct op *);

struct order {
	bool known;                     /* false: the statement is not one of the file, or no statement of the file took the lock */
	const struct op *lock;          /* the first statement that holds a lock as strong as the strongest one */
	struct ops needs;               /* from that on, what goes along to one before; the first operation of each statement */
	struct ops alike;               /* later ones that change rows as it does, and go where it goes */
	struct ops needed_by;           /* what else goes along to one behind */
	struct ops free_locks;          /* from `lock` on, statements that hold such a lock and could run behind this one */
	bool adds_only;                 /* all of `needs` make what was not there, so that nothing that runs misses them or is stopped by them */
	/* What would be missing, for everybody, between this transaction and one behind; NULL: nothing is known to be */
	const struct op *taken, *given_back;
	const struct op *retyped;       /* changes the type of a column that the statement fills; NULL: none */
};

struct order order_of(const struct facts *);
/* Writes rows that may be there before, or puts some in. */
bool op_writes_rows(const struct op *);

#endif
