#ifndef OP_TYPE_REFERENCE_H
#define OP_TYPE_REFERENCE_H

#include "op/op.h"

/* Lowers once more what refers to types, now on that catalog. */
void type_reference_bind(struct op *, const struct catalog *);
/* Types of arguments, one of which nobody knows: "t.id%TYPE". */
bool type_reference_stays(struct str arguments);

#endif
