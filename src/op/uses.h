#ifndef OP_USES_H
#define OP_USES_H

#include "op/op.h"

/*
 * A function of the expression that was created in the files, names relations or other functions of them in its body (SQL or
 * PL/pgSQL) without a schema, and does not say SET search_path; STR_NONE: none known.
 */
struct str unpinned_function(const struct catalog *, const struct expr *);
/* The same of a name that a query calls. */
bool calls_unpinned(const struct catalog *, struct str schema, struct str name);
/* A function, or a word such as CURRENT_DATE, whose result changes though its arguments stay; STR_NONE: none is sure to. */
struct str varying_function(const struct catalog *, const struct expr *);
/*
 * What calls the function in its definition: CHECKs, indexes, generated columns, defaults are no such thing, partition keys. In words for a
 * message, separated by commas; STR_NONE: nothing known.
 */
struct str function_users(struct arena *, const struct catalog *, const struct function *);

#endif
