#ifndef OP_INVERSION_H
#define OP_INVERSION_H

#include "op/op.h"

/* A table is locked behind one that it references. */
struct inversion {
	const struct relation_effect *locking;  /* the referencing one, by the operation; NULL: none */
	const struct held_lock *held;           /* the referenced one, by an earlier statement */
	struct place locked;                    /* where that was */
};

struct inversion inversion_of(const struct facts *);

struct value inversion_get_is_there(const struct facts *);
struct value inversion_get_referenced(const struct facts *);
struct value inversion_get_referencing(const struct facts *);
struct value inversion_get_advice(const struct facts *);

#endif
