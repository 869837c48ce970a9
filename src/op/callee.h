#ifndef OP_CALLEE_H
#define OP_CALLEE_H

#include "op/op.h"

/* Which functions of the files a call may mean (FuncnameGetCandidates(), func_match_argtypes()); given: the type of each argument, "?" of a literal that has none yet. */

/* Its i-th argument, of name => value the value. */
const struct expr *expr_argument(const struct expr *call, size_t i);
/* Whatever the types of the arguments, their number. */
bool callee_takes_number(const struct function *, const struct expr *call);
/* The only one of several that takes it; NULL: it cannot be told. */
const struct function *callee_only(const struct catalog *, const struct expr *call, const struct type *given);
/* Why the server refuses the call: neither the files nor the server have a function that takes it; STR_NONE: there may be one. */
struct str callee_missing(struct arena *, const struct catalog *, const struct expr *call, const struct type *given);

#endif
